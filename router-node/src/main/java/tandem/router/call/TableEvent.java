package tandem.router.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.Contact;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.edge.SwitchCommand;

/** What changes about who is in a conversation, and who of them hears whom. */
public sealed interface TableEvent extends Call.Event, Act.Done {
  @Override
  default @Nullable Act act() {
    return null;
  }

  /** Somebody is wanted in the call. */
  record Invited(Invite invite, @Nullable Act act, Instant at) implements TableEvent {}

  /**
   * The phone of who is wanted is to ring.
   *
   * @param number the invite's
   * @param contact of an agent; null for a number
   * @param trunk of a number: which of the switch's trunks, from 0
   */
  record InviteOrdered(
      int number, LegId leg, @Nullable Contact contact, int trunk, Instant ringDeadline, Instant at)
      implements TableEvent {}

  /** Who was wanted is there. */
  record InviteAnswered(int number, Instant at) implements TableEvent {}

  /**
   * Who was wanted does not come.
   *
   * @param cause as the switch named it, or the agent's reason
   */
  record InviteEnded(int number, String cause, Instant at) implements TableEvent {}

  /** All hear whom they are to hear: what was done to get there cannot fail any more. */
  record Settled(int version, Instant at) implements TableEvent {}

  /** The switch could not do it; what depends on it is undone. */
  record Unsettled(int version, LegId leg, String text, Instant at) implements TableEvent {}

  /** The link lost sight of who hears whom: said to it once more. */
  record SetAgain(Instant at) implements TableEvent {}

  record PutOnHold(@Nullable Act act, Instant at) implements TableEvent {}

  record TakenOffHold(@Nullable Act act, Instant at) implements TableEvent {}

  record Muted(LegId leg, boolean on, @Nullable Act act, Instant at) implements TableEvent {}

  /** How many digits were sent; which is not kept, they may be anything. */
  record DigitsSent(LegId leg, int count, @Nullable Act act, Instant at) implements TableEvent {}

  /** A ringing phone was asked to pick up. */
  record AnswerAsked(OfferId offer, @Nullable Act act, Instant at) implements TableEvent {}

  /** An agent does not want the call that rings. */
  record Declined(OfferId offer, @Nullable Act act, Instant at) implements TableEvent {}

  record Swapped(@Nullable Act act, Instant at) implements TableEvent {}

  /** The caller goes to who is consulted; the agent is released when the two hear each other. */
  record Completed(@Nullable Act act, Instant at) implements TableEvent {}

  /** Who is consulted, or was to be, is sent away. */
  record ConsultCancelled(@Nullable Act act, Instant at) implements TableEvent {}

  record Merged(@Nullable Act act, Instant at) implements TableEvent {}

  /**
   * An agent gives the caller away.
   *
   * @param back to whom the caller comes when nothing comes of it; null when nobody gave it away
   */
  record GivenAway(Target to, @Nullable AgentId back, @Nullable Act act, Instant at)
      implements TableEvent {}

  /** A supervisor is not wanted any more before it has come. */
  record StoppedSupervising(AgentId supervisor, @Nullable Act act, Instant at)
      implements TableEvent {}

  record SentOut(LegId leg, @Nullable Act act, Instant at) implements TableEvent {}

  record LockSet(boolean on, @Nullable Act act, Instant at) implements TableEvent {}

  record EarSet(
      AgentId supervisor,
      @Nullable AgentId target,
      SwitchCommand.Ear ear,
      @Nullable Act act,
      Instant at)
      implements TableEvent {}

  record TakenOver(AgentId supervisor, AgentId from, @Nullable Act act, Instant at)
      implements TableEvent {}

  /** Somebody has ended the call for all. */
  record HungUp(@Nullable Act act, Instant at) implements TableEvent {}
}
