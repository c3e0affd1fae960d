package tandem.http.routes;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.persistence.readmodel.CallFilter;
import tandem.persistence.readmodel.CallHistory;
import tandem.persistence.readmodel.CallPage;
import tandem.persistence.readmodel.CallRecord;
import tandem.router.domain.Attributes;
import tandem.router.domain.TenantId;
import tandem.router.domain.simulate.Arrival;
import tandem.router.domain.simulate.Recorded;
import tandem.router.domain.simulate.Recorded.Outcome;
import tandem.router.domain.simulate.Traffic;
import tandem.router.feed.CallView;

/** Reads a tenant's calls of a time from the history, as traffic to be simulated. */
final class RecordedCalls {
  private final CallHistory history;
  private final TenantId tenant;
  private final CallFilter filter;
  private final Executor executor;
  private final Map<String, Arrival> calls = new LinkedHashMap<>();

  RecordedCalls(CallHistory history, TenantId tenant, CallFilter filter, Executor executor) {
    this.history = history;
    this.tenant = tenant;
    this.filter = filter;
    this.executor = executor;
  }

  /** The first page: whether the history answers, and there are calls at all. */
  CompletionStage<CallPage> first() {
    return page(null)
        .thenApply(
            page -> {
              if (page.calls().isEmpty() && page.next() == null) {
                throw new ProblemException(none());
              }
              return page;
            });
  }

  /**
   * All of them, page by page.
   *
   * @param goesOn asked before each page
   * @return empty when {@code goesOn} ended it; fails with 400 when there are too many calls, or
   *     none
   */
  CompletionStage<Optional<Traffic>> all(CallPage page, BooleanSupplier goesOn) {
    // A callback did not come: its caller did, with the call that promised it.
    page.calls().stream()
        .filter(call -> !call.id().mayBeCallback())
        .forEach(call -> calls.putIfAbsent(call.id().channel(), arrival(call)));
    @Nullable String next = page.next();
    if (calls.size() > Traffic.MOST) {
      return CompletableFuture.failedFuture(
          new ProblemException(
              Problem.field(
                  "traffic",
                  "must be at most " + Traffic.MOST + " calls; ask for a shorter time")));
    } else if (!goesOn.getAsBoolean()) {
      return CompletableFuture.completedFuture(Optional.empty());
    } else if (next != null) {
      return page(next).thenComposeAsync(more -> all(more, goesOn), executor);
    } else if (calls.isEmpty()) {
      return CompletableFuture.failedFuture(new ProblemException(none()));
    }
    return CompletableFuture.completedFuture(Optional.of(new Traffic(List.copyOf(calls.values()))));
  }

  private CompletionStage<CallPage> page(@Nullable String cursor) {
    return CallRoutes.reachable(history.list(tenant, filter, cursor, CallHistory.MAX_PAGE));
  }

  private static Problem none() {
    return Problem.field("traffic", "no call was recorded in that time");
  }

  /**
   * A call as it came. Its attributes are not recorded, and neither is how long a caller would have
   * waited who did not hang up.
   */
  static Arrival arrival(CallRecord call) {
    return new Arrival(
        call.id().channel(),
        call.arrivedAt(),
        call.callerNumber(),
        call.calledNumber(),
        Attributes.NONE,
        null,
        null,
        recorded(call));
  }

  private static @Nullable Recorded recorded(CallRecord call) {
    Instant ended = call.endedAt();
    if (ended == null) {
      return null;
    }
    Instant arrived = call.arrivedAt();
    Instant answered = call.answeredAt();
    String queue = call.queue() == null ? "" : call.queue().name();
    if (answered != null) {
      // Of one that the switch was lost with, nobody knows how long it would have been.
      boolean whole = call.outcome() == CallView.Outcome.ANSWERED;
      return new Recorded(
          queue,
          between(arrived, answered),
          Outcome.ANSWERED,
          whole ? between(answered, ended) : null);
    }
    // Who hung up before there was a queue did not wait for an agent.
    boolean abandoned = call.outcome() == CallView.Outcome.ABANDONED && !queue.isEmpty();
    return new Recorded(
        queue, between(arrived, ended), abandoned ? Outcome.ABANDONED : Outcome.OTHER, null);
  }

  /** Clocks of two machines may differ, and some calls are never hung up. */
  private static Duration between(Instant from, Instant to) {
    Duration between = Duration.between(from, to);
    if (between.isNegative()) {
      return Duration.ZERO;
    }
    return between.compareTo(Arrival.LONGEST) > 0 ? Arrival.LONGEST : between;
  }
}
