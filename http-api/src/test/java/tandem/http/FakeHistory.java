package tandem.http;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tandem.persistence.readmodel.CallFilter;
import tandem.persistence.readmodel.CallHistory;
import tandem.persistence.readmodel.CallPage;
import tandem.persistence.readmodel.CallRecord;
import tandem.persistence.readmodel.TimelineEntry;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;

/** A history in memory; its cursor is the place in the sorted list. */
final class FakeHistory implements CallHistory {
  final List<CallRecord> records = new CopyOnWriteArrayList<>();
  final Map<CallId, List<Call.Event>> events = new ConcurrentHashMap<>();
  private volatile boolean down;

  void down(boolean now) {
    down = now;
  }

  @Override
  public CompletionStage<CallPage> list(
      TenantId tenant, CallFilter filter, String cursor, int limit) {
    int from;
    try {
      from = cursor == null ? 0 : Integer.parseInt(cursor);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("cursor: was not given out by this history", e);
    }
    List<CallRecord> all =
        records.stream()
            .filter(r -> r.id().tenant().equals(tenant))
            .filter(r -> filter.from() == null || !r.arrivedAt().isBefore(filter.from()))
            .filter(r -> filter.to() == null || r.arrivedAt().isBefore(filter.to()))
            .filter(r -> filter.outcome() == null || filter.outcome() == r.outcome())
            .filter(
                r ->
                    filter.queue() == null
                        || (r.queue() != null && filter.queue().equals(r.queue().name())))
            .sorted(Comparator.comparing(CallRecord::arrivedAt).reversed())
            .toList();
    int to = Math.min(all.size(), from + limit);
    return answer(
        new CallPage(all.subList(from, to), to < all.size() ? Integer.toString(to) : null));
  }

  @Override
  public CompletionStage<Optional<CallRecord>> get(CallId call) {
    return answer(records.stream().filter(r -> r.id().equals(call)).findFirst());
  }

  @Override
  public CompletionStage<List<TimelineEntry>> timeline(CallId call) {
    return answer(
        records.stream()
            .filter(r -> r.id().equals(call))
            .findFirst()
            .map(
                r ->
                    List.of(
                        new TimelineEntry(
                            1,
                            r.arrivedAt(),
                            "arrived",
                            r.callerNumber() + " called",
                            Map.of("queue", r.queue().name())),
                        new TimelineEntry(
                            2,
                            r.arrivedAt(),
                            "queued",
                            "Waiting",
                            Map.of("round", 1, "first", true))))
            .orElse(List.of()));
  }

  @Override
  public CompletionStage<List<Call.Event>> events(CallId call) {
    return answer(events.getOrDefault(call, List.of()));
  }

  private <T> CompletionStage<T> answer(T value) {
    return down
        ? CompletableFuture.failedFuture(new IllegalStateException("no node was available"))
        : CompletableFuture.completedFuture(value);
  }
}
