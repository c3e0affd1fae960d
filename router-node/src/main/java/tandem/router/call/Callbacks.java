package tandem.router.call;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.QueueId;
import tandem.router.domain.ReleaseReason;
import tandem.router.domain.geo.Geography;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.CallbackPromise;
import tandem.router.domain.plan.Wants;
import tandem.router.edge.CallFact;
import tandem.router.edge.Causes;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToSwitch;
import tandem.router.entity.Turn;
import tandem.router.feed.CallView;

/**
 * How a call promises to call its caller back, and how a callback reaches who it is to call.
 *
 * <p>A callback waits in its queues as a caller does, with nobody on the line. When an agent is
 * there it dials; who answers is its caller from then on.
 */
final class Callbacks {
  /** Who has answered waits so long for another agent when the one who was there has failed. */
  private static final Duration LONGEST_ON_LINE = Duration.ofMinutes(5);

  private final CallId id;
  private final CallTimings timings;
  private final CallMemory memory;

  Callbacks(CallId id, CallTimings timings, CallMemory memory) {
    this.id = id;
    this.timings = timings;
    this.memory = memory;
  }

  // ---- The promise

  /** Where a caller can be called back, if at all. */
  static Optional<PhoneNumber> number(CallState state, Action.Callback terms) {
    CallFact.Arrived arrival = Objects.requireNonNull(state.arrival());
    return terms.number(arrival.callerNumber(), arrival.calledNumber());
  }

  /**
   * A caller who hears that somebody will call back, and hangs up before the file has ended, is
   * called back all the same.
   */
  void onHangUp(Turn<CallState, Call.Event> turn) {
    CallState state = turn.state();
    if (state.activity() instanceof Away away
        && away.errand().returns()
        && state.routing() != null
        && state.routing().action() instanceof Action.Callback terms) {
      number(state, terms).ifPresent(number -> promise(turn, terms, number));
    }
  }

  /** As a plan says it. */
  void promise(Turn<CallState, Call.Event> turn, Action.Callback terms, PhoneNumber number) {
    CallState state = turn.state();
    Instant now = turn.now();
    boolean elsewhere = !terms.queues().isEmpty();
    promise(
        turn,
        number,
        elsewhere ? terms.queues() : queues(state),
        state.stay() == null || elsewhere ? Wants.ANYBODY : state.stay().wants(),
        now,
        now.plus(terms.within()),
        terms.attempts(),
        terms.every(),
        terms.ring());
  }

  private void promise(
      Turn<CallState, Call.Event> turn,
      PhoneNumber number,
      List<String> queues,
      Wants wants,
      Instant from,
      Instant until,
      int attempts,
      Duration every,
      Duration ring) {
    CallFact.Arrived arrival = Objects.requireNonNull(turn.state().arrival());
    Stay stay = turn.state().stay();
    turn.persist(
        new Call.CallbackPromised(
            id.callback(),
            new CallbackPromise(
                id,
                number,
                queues,
                stay == null ? arrival.entry().priority() : stay.priority(),
                wants,
                stay == null ? arrival.at() : stay.since(),
                from,
                until,
                attempts,
                every,
                ring),
            turn.now()));
  }

  /** Where it waits, or waited last, or would have without a plan. */
  private static List<String> queues(CallState state) {
    Stay stay = state.stay();
    List<String> last =
        stay == null
            ? List.of()
            : !stay.queues().isEmpty()
                ? stay.queues().stream().map(QueueId::name).toList()
                : state.left().stream()
                    .filter(left -> left.round() == stay.round())
                    .map(left -> left.queue().name())
                    .distinct()
                    .toList();
    return last.isEmpty()
        ? List.of(Objects.requireNonNull(state.arrival()).entry().queue().name())
        : last;
  }

  /** Somebody asks that the caller be called back. */
  void onAsk(Turn<CallState, Call.Event> turn, Call.AskCallback m) {
    CallState state = turn.state();
    if (state.arrival() == null) {
      answer(turn, m.replyTo(), Call.Asked.NO_SUCH_CALL, null);
    } else if (state.promised() != null) {
      answer(turn, m.replyTo(), Call.Asked.DONE, state.promised().callback());
    } else if (state.callback() != null || !waits(state)) {
      answer(turn, m.replyTo(), Call.Asked.NOT_WAITING, null);
    } else {
      Optional<PhoneNumber> number = asked(state, m.number());
      if (number.isEmpty()) {
        answer(turn, m.replyTo(), Call.Asked.NO_NUMBER, null);
        return;
      }
      stopRinging(turn);
      Instant from = m.from() == null || m.from().isBefore(turn.now()) ? turn.now() : m.from();
      Stay stay = state.stay();
      promise(
          turn,
          number.get(),
          queues(state),
          stay == null ? Wants.ANYBODY : stay.wants(),
          from,
          from.plus(m.within()),
          m.attempts(),
          m.every(),
          m.ring());
      answer(turn, m.replyTo(), Call.Asked.DONE, id.callback());
    }
  }

  private static boolean waits(CallState state) {
    Activity activity = state.activity();
    return activity instanceof Queued
        || activity instanceof Offering
        || activity instanceof Holding
        || activity instanceof LookingUp
        || (activity instanceof Away away && away.errand().returns());
  }

  /** Also a number that somebody names is to be one of the country that was dialled. */
  private static Optional<PhoneNumber> asked(CallState state, @Nullable PhoneNumber named) {
    CallFact.Arrived arrival = Objects.requireNonNull(state.arrival());
    String number = named == null ? arrival.callerNumber() : named.value();
    return Geography.dialable(number, arrival.calledNumber(), List.of());
  }

  private static void answer(
      Turn<CallState, Call.Event> turn,
      ActorRef<Call.AskedReply> to,
      Call.Asked asked,
      @Nullable CallId callback) {
    turn.reply(to, new Call.AskedReply(asked, callback));
  }

  // ---- The callback

  /** The link carries it: it takes its place. */
  void arrive(Turn<CallState, Call.Event> turn, CallbackPromise promise) {
    turn.persist(
        new Call.Queued(
            new QueueId(id.tenant(), promise.queues().get(0)),
            1,
            promise.priority(),
            promise.since(),
            turn.now()));
  }

  /** The agent has answered: who is called back is dialled. */
  void dial(Turn<CallState, Call.Event> turn, OfferId offer, LegId agentLeg) {
    CallState state = turn.state();
    Callback callback = Objects.requireNonNull(state.callback());
    CallFact.Arrived arrival = Objects.requireNonNull(state.arrival());
    String incarnation = memory.incarnation();
    Instant now = turn.now();
    int attempt = callback.attempts() + 1;
    LegId leg = LegId.ofCustomer(id, attempt);
    Duration ring = callback.promise().ring();
    turn.persist(
        new Call.CustomerDialed(
            offer, leg, attempt, now.plus(ring).plus(timings.ringGrace()), now));
    if (incarnation != null) {
      turn.tell(
          new ToSwitch(arrival.home()),
          new SwitchCommand.Dial(
              id,
              leg,
              callback.promise().number(),
              arrival.calledNumber(),
              agentLeg,
              true,
              0,
              ring,
              now.plus(timings.orderWithin()),
              incarnation));
    }
  }

  /** Whether this leg is the one that is being dialled. */
  static boolean isDialled(CallState state, LegId leg) {
    return state.activity() instanceof Dialing dialing && dialing.customerLeg().equals(leg);
  }

  /** Who is called back is there. */
  void answered(Turn<CallState, Call.Event> turn, Dialing dialing) {
    turn.persist(
        new Call.CustomerAnswered(
            dialing.offer(),
            dialing.customerLeg(),
            turn.now().plus(timings.bridgeWithin()),
            turn.now()));
  }

  /** Who is called back is gone, or never came, before anybody talked. */
  void customerGone(Turn<CallState, Call.Event> turn, Leg leg, String cause) {
    Activity activity = turn.state().activity();
    turn.persist(new Call.LegLeft(leg.id(), cause, turn.now()));
    if (!leg.isWanted()) {
      return;
    }
    if (activity instanceof Offering) {
      stopRinging(turn);
    } else if (activity.offer() != null) {
      fail(turn, activity.offer(), ReleaseReason.CALLER_GONE);
    }
    attemptFailed(turn, cause);
  }

  /** The agent has hung up while the other phone rings, which is not to ring for nobody. */
  void agentGone(Turn<CallState, Call.Event> turn, Dialing dialing, String cause) {
    boolean lost = Causes.releaseReason(cause) == ReleaseReason.LINK_LOST;
    // As with a bridge: who has answered and hangs up is not taken off work for it.
    fail(turn, dialing.offer(), lost ? ReleaseReason.LINK_LOST : ReleaseReason.BRIDGE_FAILED);
    attemptFailed(turn, cause);
  }

  /** The switch was to end the ringing, and did not say that it has. */
  void onDeadline(Turn<CallState, Call.Event> turn, Dialing dialing) {
    fail(turn, dialing.offer(), ReleaseReason.CALLER_GONE);
    attemptFailed(turn, "NO_ANSWER");
  }

  /** Nobody is there any more for whose phone agents' phones ring. */
  static void stopRinging(Turn<CallState, Call.Event> turn) {
    if (turn.state().activity() instanceof Offering offering) {
      offering.rings().forEach(ring -> fail(turn, ring.offer(), ReleaseReason.CALLER_GONE));
    }
  }

  private static void fail(Turn<CallState, Call.Event> turn, OfferId offer, ReleaseReason reason) {
    turn.persist(new Call.OfferFailed(offer, reason, false, turn.now()));
  }

  /** An attempt counts whatever has come of it: nobody is to be rung without end. */
  private void attemptFailed(Turn<CallState, Call.Event> turn, String cause) {
    Callback callback = Objects.requireNonNull(turn.state().callback());
    CallbackPromise promise = callback.promise();
    int attempt = callback.attempts();
    Instant again = turn.now().plus(promise.every());
    boolean more = attempt < promise.attempts() && again.isBefore(promise.until());
    turn.persist(new Call.AttemptFailed(attempt, cause, more ? again : null, turn.now()));
    if (!more) {
      giveUp(turn, CallView.Outcome.UNREACHED, cause);
    }
  }

  private static void giveUp(
      Turn<CallState, Call.Event> turn, CallView.Outcome outcome, String cause) {
    turn.persist(new Call.GivenUp(outcome, cause, turn.now()));
    if (turn.state().legs().isEmpty()) {
      turn.persist(new Call.Ended(outcome, cause, turn.now()));
    }
  }

  void onCancel(Turn<CallState, Call.Event> turn, Call.CancelCallback m) {
    CallState state = turn.state();
    if (state.arrival() == null) {
      answer(turn, m.replyTo(), Call.Asked.NO_SUCH_CALL, null);
    } else if (state.callback() == null) {
      answer(turn, m.replyTo(), Call.Asked.NO_CALLBACK, null);
    } else if (isCancelled(state)) {
      answer(turn, m.replyTo(), Call.Asked.DONE, id);
    } else if (state.callerLeg().isPresent() || !waits(state)) {
      // Somebody rings or is on the line.
      answer(turn, m.replyTo(), Call.Asked.NOT_WAITING, null);
    } else {
      stopRinging(turn);
      giveUp(turn, CallView.Outcome.CANCELLED, Causes.CANCELLED);
      answer(turn, m.replyTo(), Call.Asked.DONE, id);
    }
  }

  private static boolean isCancelled(CallState state) {
    return (state.activity() instanceof Ending ending
            && ending.outcome() == CallView.Outcome.CANCELLED)
        || (state.activity() instanceof Over over && over.outcome() == CallView.Outcome.CANCELLED);
  }

  /**
   * Ends a callback whose time is over while nothing is under way.
   *
   * @return when to look again, or null
   */
  @Nullable Instant settle(Turn<CallState, Call.Event> turn) {
    CallState state = turn.state();
    Callback callback = state.callback();
    if (callback == null || state.talkedAt() != null || !(state.activity() instanceof Queued)) {
      return null;
    }
    Optional<Leg> customer = state.callerLeg();
    if (customer.isPresent()) {
      return letGo(turn, customer.get().since().plus(LONGEST_ON_LINE));
    }
    Instant until = callback.promise().until();
    if (Objects.requireNonNull(state.stay()).queues().isEmpty()) {
      giveUp(turn, CallView.Outcome.UNREACHED, Causes.NO_PLACE);
      return null;
    }
    if (!until.isAfter(turn.now())) {
      giveUp(turn, CallView.Outcome.UNREACHED, Causes.TOO_LATE);
      return null;
    }
    Instant notBefore = callback.notBefore();
    return notBefore.isAfter(turn.now()) && notBefore.isBefore(until) ? notBefore : until;
  }

  /**
   * Who has answered and gets no other agent is called again later, rather than kept on the line.
   */
  private @Nullable Instant letGo(Turn<CallState, Call.Event> turn, Instant due) {
    if (due.isAfter(turn.now())) {
      return due;
    }
    attemptFailed(turn, Causes.TOO_LATE);
    return null;
  }
}
