package tandem.router.domain.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.Caller;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.select.Matcher;

/** One call's life in the simulation. */
final class SimCall {
  /** Where it is. */
  enum State {
    /** On its way through a flow. */
    ROUTED,
    WAITING,
    /** Phones ring for it. */
    RINGING,
    TALKING,
    PARKED,
    OVER
  }

  final int index;
  final Arrival arrival;
  Caller caller;
  State state = State.ROUTED;

  /** When it first waited; null before. */
  @Nullable Instant waitsSince;

  /** Where it waited last; empty before. */
  String queue = "";

  /** When it came to the queues it is in; its place in line is by {@link #waitsSince}. */
  Instant begun = Instant.EPOCH;

  /** Counts its waits, so that what was meant for one does not reach the next. */
  int round;

  /** Actions of this very instant. */
  int actions;

  Instant lastAction = Instant.EPOCH;

  final List<Desk> desks = new ArrayList<>();
  Wants wants = Wants.ANYBODY;
  int priority;
  List<Action.Step> steps = List.of();

  /** Steps that have fired in this wait. */
  final BitSet fired = new BitSet();

  /** Offers of this wait that rang to the end. */
  int unanswered;

  /** Offers of all its waits. */
  int offers;

  /** Whose phones ring, and the number of the offer. */
  final Map<SimAgent, Integer> ringing = new LinkedHashMap<>();

  @Nullable Desk ringsFor;

  /** Queues it waited in last, or that had no place for it then; empty before. */
  List<String> stood = List.of();

  /** What its caller was promised; null while the caller is on the line. */
  @Nullable Promise promise;

  /**
   * Nobody is on the line: an agent calls the caller back.
   *
   * @param until no attempt begins at or after this
   * @param rings how long its phone rings until it answers
   */
  record Promise(Instant until, Duration rings) {}

  SimCall(int index, Arrival arrival, Caller caller) {
    this.index = index;
    this.arrival = arrival;
    this.caller = caller;
  }

  boolean isIn(int thisRound) {
    return round == thisRound && (state == State.WAITING || state == State.RINGING);
  }

  Matcher.Waiter<Integer> waiter(@Nullable AgentId last) {
    Instant since = waitsSince == null ? begun : waitsSince;
    return new Matcher.Waiter<>(index, wants, priority, since, last, Set.of());
  }
}
