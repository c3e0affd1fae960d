package tandem.persistence.readmodel;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;
import tandem.router.call.Invite;
import tandem.router.call.Invite.Purpose;
import tandem.router.call.TableEvent;
import tandem.router.domain.AgentId;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.plan.CallbackPromise;
import tandem.router.edge.Outbound;

/** Who is who in a call, event by event: the later events only name legs, offers and invites. */
public final class Cast {
  private static final String CALLER = "caller";

  private final Map<OfferId, AgentId> agents = new HashMap<>();
  private final Map<LegId, String> legs = new HashMap<>();
  private final Map<Integer, Invite> invites = new HashMap<>();
  private @Nullable Outbound outbound;
  private @Nullable CallbackPromise promise;

  /** Takes a call's next event. */
  public void see(Call.Event event) {
    if (event instanceof Call.Arrived e) {
      outbound = e.arrival().outbound();
      promise = e.arrival().callback();
      legs.put(e.arrival().leg(), CALLER);
    } else if (event instanceof Call.AgentOffered e) {
      agents.put(e.offer(), e.agent());
      legs.put(e.leg(), agent(e.agent()));
    } else if (event instanceof Call.OfferRefused e) {
      agents.put(e.offer(), e.agent());
    } else if (event instanceof Call.CustomerDialed e) {
      legs.put(e.leg(), called());
    } else if (event instanceof TableEvent.Invited e) {
      Invite invite = e.invite();
      invites.put(invite.number(), invite);
      if (invite.offer() != null && invite.agent() != null) {
        agents.put(invite.offer(), invite.agent());
      }
    } else if (event instanceof TableEvent.InviteOrdered e) {
      legs.put(e.leg(), invited(e.number()));
    }
  }

  /** Whose leg it is, as sentences name them. */
  public String who(LegId leg) {
    return legs.getOrDefault(leg, "leg " + leg.value());
  }

  /** The agent of an offer; empty when the events do not tell. */
  public Optional<AgentId> agent(OfferId offer) {
    return Optional.ofNullable(agents.get(offer));
  }

  /** The agent of an offer, as sentences name them. */
  public String who(OfferId offer) {
    return agent(offer).map(Cast::agent).orElse("an agent");
  }

  /** Somebody the call itself wanted; empty when the events do not tell. */
  public Optional<Invite> invite(int number) {
    return Optional.ofNullable(invites.get(number));
  }

  /** Who is consulted, or was last; empty when nobody ever was. */
  Optional<Invite> consulted() {
    return invites.values().stream()
        .filter(invite -> invite.purpose() == Purpose.CONSULT)
        .reduce((one, other) -> one.number() > other.number() ? one : other);
  }

  /** Whom the call itself wanted, as sentences name them. */
  public String invited(int number) {
    return invite(number).map(Cast::who).orElse("somebody");
  }

  /** Whom the call itself wants, as sentences name them. */
  static String who(Invite invite) {
    if (invite.agent() != null) {
      return agent(invite.agent());
    }
    return invite.outside() == null ? "somebody" : invite.outside().value();
  }

  /** An agent, as sentences name them. */
  public static String agent(AgentId agent) {
    return "agent " + agent.name();
  }

  /** What an agent wants who has made the call; null for other calls. */
  public @Nullable Outbound outbound() {
    return outbound;
  }

  /** Who is called, or called back: a number, or {@code the caller} where it is not known. */
  public String called() {
    if (outbound != null) {
      return outbound.to().value();
    }
    return promise == null ? "the caller" : promise.number().value();
  }
}
