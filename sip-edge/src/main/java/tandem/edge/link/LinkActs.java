package tandem.edge.link;

import java.time.Duration;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;

/** What a link's logic can do; the shell does it, tests look at it. */
interface LinkActs {
  /** Runs an API command on the present connection; its reply comes back with the purpose. */
  void api(String command, Purpose purpose);

  /**
   * Runs an originate in the background; the job's id is the leg's.
   *
   * @param patience how long its outcome may take
   */
  void originate(LegId leg, String command, Duration patience, Purpose purpose);

  void tell(CallId call, CallFact fact);

  /** Writes the event; the logic hears when it is written. */
  void persist(LinkEvent event);

  /** Gives the connection up; a new one is made. */
  void reconnect(String why);

  /** Whether the switch's listener is to be woken all the time. */
  void nudge(boolean on);
}
