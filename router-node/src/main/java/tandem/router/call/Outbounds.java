package tandem.router.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.ReleaseReason;
import tandem.router.edge.CallFact;
import tandem.router.edge.Causes;
import tandem.router.edge.Outbound;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToSwitch;
import tandem.router.entity.Turn;
import tandem.router.feed.CallView;

/**
 * How a call reaches whom an agent calls: the agent's phone first, then the other one, over one
 * trunk after the other. Who answers is the call's caller from then on.
 */
final class Outbounds {
  private final CallId id;
  private final CallTimings timings;
  private final CallMemory memory;
  private final Invites invites;

  Outbounds(CallId id, CallTimings timings, CallMemory memory, Invites invites) {
    this.id = id;
    this.timings = timings;
    this.memory = memory;
    this.invites = invites;
  }

  /** The link carries it: its agent is asked. */
  void arrive(Turn<CallState, Call.Event> turn, Outbound outbound) {
    Refusal refusal =
        invites.want(
            turn,
            null,
            Destinations.agent(outbound.agent()),
            Invite.Purpose.OUTBOUND,
            outbound.agent(),
            null);
    if (refusal != null) {
      throw new IllegalStateException("an agent cannot be asked to make its call: " + refusal);
    }
  }

  /** The agent is there: whom it calls is rung. */
  void dial(Turn<CallState, Call.Event> turn, OfferId offer, LegId agentLeg) {
    dial(turn, offer, agentLeg, 1);
  }

  private void dial(Turn<CallState, Call.Event> turn, OfferId offer, LegId agentLeg, int attempt) {
    CallFact.Arrived arrival = Objects.requireNonNull(turn.state().arrival());
    Outbound outbound = Objects.requireNonNull(arrival.outbound());
    String incarnation = memory.incarnation();
    Instant now = turn.now();
    LegId leg = LegId.ofCustomer(id, attempt);
    Duration ring = outbound.ring();
    turn.persist(
        new Call.CustomerDialed(
            offer, leg, attempt, now.plus(ring).plus(timings.ringGrace()), now));
    if (incarnation != null) {
      turn.tell(
          new ToSwitch(arrival.home()),
          new SwitchCommand.Dial(
              id,
              leg,
              outbound.to(),
              outbound.shown().value(),
              agentLeg,
              true,
              attempt - 1,
              ring,
              now.plus(timings.orderWithin()),
              incarnation));
    }
  }

  /** Whom the agent calls is gone, or never came, before the two talked. */
  void customerGone(Turn<CallState, Call.Event> turn, Leg leg, String cause) {
    turn.persist(new Call.LegLeft(leg.id(), cause, turn.now()));
    if (!leg.isWanted()) {
      return;
    }
    if (turn.state().activity() instanceof Dialing dialing
        && Causes.triesNextTrunk(cause)
        && memory.incarnation() != null) {
      dial(turn, dialing.offer(), dialing.agentLeg(), dialing.attempt() + 1);
      return;
    }
    boolean noMore =
        turn.state().activity() instanceof Dialing last
            && last.attempt() > 1
            && cause.equals(Causes.NO_TRUNK);
    giveUp(turn, noMore ? turn.state().lastMiss() : cause);
  }

  /** The agent hangs up while the other phone rings, or never came. */
  void agentGone(Turn<CallState, Call.Event> turn, String cause) {
    giveUp(turn, cause);
  }

  void onDeadline(Turn<CallState, Call.Event> turn) {
    giveUp(turn, "NO_ANSWER");
  }

  /** It is not tried again: the agent knows, and may. */
  private static void giveUp(Turn<CallState, Call.Event> turn, String cause) {
    CallState state = turn.state();
    if (state.isLeaving()) {
      return;
    }
    OfferId offer = state.activity().offer();
    if (offer != null) {
      turn.persist(new Call.OfferFailed(offer, ReleaseReason.CALLER_GONE, false, turn.now()));
    }
    turn.persist(new Call.GivenUp(CallView.Outcome.UNREACHED, cause, turn.now()));
    if (turn.state().legs().isEmpty()) {
      turn.persist(new Call.Ended(CallView.Outcome.UNREACHED, cause, turn.now()));
    }
  }

  /** Whether nobody is on the way any more, and nobody there: the agent did not come. */
  void settle(Turn<CallState, Call.Event> turn) {
    CallState state = turn.state();
    if (state.activity() instanceof Reaching
        && state.arrival() != null
        && state.arrival().outbound() != null
        && state.talkedAt() == null
        && state.table().coming().isEmpty()) {
      giveUp(turn, state.lastMiss());
    }
  }
}
