package tandem.persistence.readmodel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.feed.CallView;

/**
 * Which calls of a tenant are wanted; null means any.
 *
 * @param from arrived at this instant or later
 * @param to arrived before this instant
 * @param queue name of the queue whose agent talked with the caller, else where the caller waited
 *     last
 * @param agent name of the agent who talked with the caller
 * @param outcome how the call ended; living calls have none
 * @param callerNumber exactly as the switch reported it
 */
public record CallFilter(
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String queue,
    @Nullable String agent,
    CallView.@Nullable Outcome outcome,
    @Nullable String callerNumber) {
  /** Every call there is. */
  public static final CallFilter ALL = new CallFilter(null, null, null, null, null, null);

  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("3000-01-01T00:00:00Z");

  public CallFilter {
    if (from != null) {
      requireSensible("from", from);
    }
    if (to != null) {
      requireSensible("to", to);
    }
    if (from != null && to != null && !from.isBefore(to)) {
      throw new IllegalArgumentException("from: must be before to, got " + from + " and " + to);
    }
  }

  /** Cassandra's dates reach less far than Java's; nobody's calls do. */
  static void requireSensible(String field, Instant at) {
    if (at.isBefore(FIRST) || at.isAfter(LAST)) {
      throw new IllegalArgumentException(field + ": must lie in the years 2000 to 2999, got " + at);
    }
  }

  /** Whether the call is wanted. */
  boolean accepts(CallRecord call) {
    return (from == null || !call.arrivedAt().isBefore(from))
        && (to == null || call.arrivedAt().isBefore(to))
        && (queue == null || (call.queue() != null && queue.equals(call.queue().name())))
        && (agent == null || (call.agent() != null && agent.equals(call.agent().name())))
        && (outcome == null || outcome == call.outcome())
        && (callerNumber == null || callerNumber.equals(call.callerNumber()));
  }
}
