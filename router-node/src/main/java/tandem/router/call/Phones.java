package tandem.router.call;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.ReleaseReason;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToSwitch;
import tandem.router.entity.Turn;
import tandem.router.feed.CallView.Outcome;

/** What people do with phones that ring, and with the whole call. */
final class Phones {
  /** A digit or an answer that comes later than this is not wanted any more. */
  static final Duration NOT_LATER = Duration.ofSeconds(5);

  private static final String DECLINED = "CALL_REJECTED";

  private final CallId id;
  private final CallMemory memory;
  private final Invites invites;

  Phones(CallId id, CallMemory memory, Invites invites) {
    this.id = id;
    this.memory = memory;
    this.invites = invites;
  }

  @Nullable Refusal hangUp(Turn<CallState, Call.Event> turn, Act act) {
    Callbacks.stopRinging(turn);
    OfferId offer = turn.state().activity().offer();
    if (offer != null && !(turn.state().activity() instanceof Bridged)) {
      turn.persist(new Call.OfferFailed(offer, ReleaseReason.CALLER_GONE, false, turn.now()));
    }
    turn.persist(new TableEvent.HungUp(act, turn.now()));
    if (turn.state().legs().isEmpty()) {
      turn.persist(new Call.Ended(Outcome.HUNG_UP, CallFacts.NORMAL, turn.now()));
    }
    return null;
  }

  @Nullable Refusal answer(Turn<CallState, Call.Event> turn, Act act, Operation.Answer operation) {
    Optional<Leg> leg = ringing(turn.state(), operation.agent());
    String incarnation = memory.incarnation();
    if (leg.isEmpty()) {
      return Refusal.NOT_RINGING;
    } else if (incarnation == null) {
      return Refusal.SWITCH_LOST;
    }
    turn.persist(
        new TableEvent.AnswerAsked(Objects.requireNonNull(leg.get().offer()), act, turn.now()));
    turn.tell(
        new ToSwitch(Objects.requireNonNull(turn.state().arrival()).home()),
        new SwitchCommand.PickUpPhone(id, leg.get().id(), turn.now().plus(NOT_LATER), incarnation));
    return null;
  }

  @Nullable Refusal decline(
      Turn<CallState, Call.Event> turn, Act act, Operation.Decline operation) {
    Optional<Leg> leg = ringing(turn.state(), operation.agent());
    if (leg.isEmpty()) {
      return Refusal.NOT_RINGING;
    }
    LegId legId = leg.get().id();
    OfferId offer = Objects.requireNonNull(leg.get().offer());
    Coming coming = turn.state().table().coming(legId);
    turn.persist(new TableEvent.Declined(offer, act, turn.now()));
    if (coming != null) {
      invites.end(turn, coming, DECLINED);
    } else {
      turn.persist(new Call.OfferFailed(offer, ReleaseReason.DECLINED, false, turn.now()));
    }
    return null;
  }

  private static Optional<Leg> ringing(CallState state, AgentId agent) {
    return state.legs().values().stream()
        .filter(leg -> leg.status() == Leg.Status.ORDERED || leg.status() == Leg.Status.RINGING)
        .filter(
            leg -> {
              OfferRecord offer = leg.offer() == null ? null : state.offers().get(leg.offer());
              return offer != null && offer.agent().equals(agent);
            })
        .findFirst();
  }
}
