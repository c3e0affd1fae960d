package tandem.router.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.CallId;
import tandem.router.domain.Contact;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.plan.CallbackPromise;

/**
 * What a call tells the link of its home switch. Orders that make something happen name the link's
 * incarnation that the call last heard from: another one refuses them, since its tombstones are
 * gone, and answers with {@link CallFact.StillUp}.
 */
public sealed interface SwitchCommand extends LinkMessage {
  CallId call();

  /** The call has persisted its arrival: answers {@link CallFact.Arrived}. */
  record Taken(CallId call, LegId leg) implements SwitchCommand {}

  /** The call has no journal: the link repeats {@link CallFact.Arrived}, channel or not. */
  record Unknown(CallId call) implements SwitchCommand {}

  /**
   * Take the dialplan's safety hang-up back, then answer (or pre-answer, or ring) and play music.
   * Repeated until {@link CallFact.Greeted}; harmless when repeated.
   */
  record Greet(CallId call, LegId leg, AnswerMode mode, String incarnation)
      implements SwitchCommand {}

  /**
   * Ring a phone; ordered once in a leg's life. It shows as ringing, answered or gone.
   *
   * @param leg the channel's UUID to be
   * @param callerNumber shown on the phone
   * @param ringTimeout after which the switch itself gives up
   * @param notAfter an order still waiting then is dropped and answered as absent
   */
  record Originate(
      CallId call,
      LegId leg,
      Contact contact,
      String callerNumber,
      Duration ringTimeout,
      Instant notAfter,
      String incarnation)
      implements SwitchCommand {}

  /**
   * Ring the phone of somebody who is to be called back, over the trunk; ordered once in a leg's
   * life. It shows as ringing, answered or gone, as a leg of {@link Originate} does.
   *
   * @param leg the channel's UUID to be, as {@link LegId#ofCustomer} names it
   * @param shownNumber shown on the phone
   * @param agentLeg hears it ring meanwhile
   * @param ringTimeout after which the switch itself gives up
   * @param notAfter an order still waiting then is dropped and answered as absent
   */
  record Dial(
      CallId call,
      LegId leg,
      PhoneNumber number,
      String shownNumber,
      LegId agentLeg,
      Duration ringTimeout,
      Instant notAfter,
      String incarnation)
      implements SwitchCommand {}

  /**
   * Carry a call that is to call somebody back: from now on the link brings it to life as it does
   * with one that has arrived. Repeated until {@link CallFact.CallbackKept}.
   *
   * @param call the call that promised it, which hears the answer
   * @param callback the call to be carried
   * @param calledNumber what the caller dialled
   */
  record CallBack(
      CallId call, CallId callback, CallbackPromise promise, String calledNumber, Entry entry)
      implements SwitchCommand {}

  /**
   * Connect the two; only {@link CallFact.Bridged} says that it happened. Ordered once for an
   * agent's leg: the link ignores a repeat, which would tear a living bridge apart. A leg that was
   * to be killed, or named by a {@link Repark}, is never bridged after that.
   *
   * @param notAfter an order that comes later is answered by {@link CallFact.BridgeRefused}: the
   *     call may already be on its way to another agent
   */
  record Bridge(CallId call, LegId agentLeg, LegId callerLeg, Instant notAfter, String incarnation)
      implements SwitchCommand {}

  /**
   * Hang a leg up, and leave a tombstone when there is none; repeated until the leg is gone.
   *
   * @param cause FreeSWITCH's name of the cause
   */
  record Kill(CallId call, LegId leg, String cause) implements SwitchCommand {}

  /**
   * Bring a caller back who may be stuck after a failed bridge, and play music again.
   *
   * @param failedLeg the agent's leg whose bridge failed: the link ignores this order while the
   *     caller is joined, or being joined, to another living leg, for then it is late
   */
  record Repark(CallId call, LegId callerLeg, LegId failedLeg, String incarnation)
      implements SwitchCommand {}

  /**
   * Do something with a caller who waits. Repeated, every 10 s at last, for as long as the caller
   * is away: the link runs an errand once, and answers a repeat with what has become of it.
   *
   * @param number counts the call's errands: names this one among them
   */
  record HandOver(CallId call, LegId leg, int number, Errand errand, String incarnation)
      implements SwitchCommand {}

  /** Which of these legs live? Answered by {@link CallFact.StillUp}. */
  record Ask(CallId call, List<LegId> legs) implements SwitchCommand {
    public Ask {
      legs = List.copyOf(legs);
    }
  }

  /**
   * The call has ended and all have heard: the link kills what may still live of it, forgets it,
   * and answers {@link CallFact.Dropped}.
   */
  record Drop(CallId call) implements SwitchCommand {}
}
