package tandem.http.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tandem.http.json.ProblemException;
import tandem.persistence.readmodel.CallFilter;
import tandem.persistence.readmodel.CallHistory;
import tandem.persistence.readmodel.CallPage;
import tandem.persistence.readmodel.CallRecord;
import tandem.persistence.readmodel.TimelineEntry;
import tandem.router.call.Call;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.QueueId;
import tandem.router.domain.SwitchId;
import tandem.router.domain.TenantId;
import tandem.router.domain.simulate.Arrival;
import tandem.router.domain.simulate.Recorded;
import tandem.router.domain.simulate.Traffic;
import tandem.router.feed.CallView.Outcome;

/** How calls of the history become calls of a simulation. */
class RecordedCallsTest {
  private static final TenantId DEMO = new TenantId("demo");
  private static final Instant AT = Instant.parse("2026-11-20T09:00:00Z");

  /** Its pages come one after the other, from the function. */
  private record Pages(IntFunction<CompletionStage<CallPage>> pages) implements CallHistory {
    @Override
    public CompletionStage<CallPage> list(
        TenantId tenant, CallFilter filter, @Nullable String cursor, int limit) {
      assertThat(limit).isEqualTo(MAX_PAGE);
      return pages.apply(cursor == null ? 0 : Integer.parseInt(cursor));
    }

    @Override
    public CompletionStage<Optional<CallRecord>> get(CallId call) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<List<TimelineEntry>> timeline(CallId call) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<List<Call.Event>> events(CallId call) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void shouldRefuseMoreCallsThanCanBeSimulated() {
    AtomicInteger asked = new AtomicInteger();
    CallHistory endless =
        new Pages(
            page -> {
              asked.incrementAndGet();
              List<CallRecord> calls =
                  IntStream.range(0, CallHistory.MAX_PAGE)
                      .mapToObj(i -> call(page * CallHistory.MAX_PAGE + i))
                      .toList();
              return page(calls, page + 1);
            });

    assertThatThrownBy(() -> read(endless))
        .hasRootCauseInstanceOf(ProblemException.class)
        .hasRootCauseMessage("traffic: must be at most 200000 calls; ask for a shorter time");
    assertThat(asked).hasValue(Traffic.MOST / CallHistory.MAX_PAGE + 1);
  }

  @Test
  void shouldGoOnOverShortPagesAndCountACallOnce() {
    List<List<CallRecord>> pages =
        List.of(List.of(), List.of(call(1), call(2)), List.of(), List.of(call(2), call(3)));
    CallHistory history =
        new Pages(page -> page(pages.get(page), page + 1 < pages.size() ? page + 1 : null));

    Optional<Traffic> traffic = read(history);

    assertThat(traffic.orElseThrow().arrivals())
        .extracting(Arrival::id)
        .containsExactly(id(1).channel(), id(2).channel(), id(3).channel());
  }

  @Test
  void shouldTakeACallerWhoWasCalledBackOnce() {
    CallRecord came = call(1, Outcome.CALLBACK, "support", null, AT.plusSeconds(90));
    CallRecord back =
        record(
            came.id().callback(),
            Outcome.ANSWERED,
            "support",
            AT.plusSeconds(900),
            AT.plusSeconds(960));

    Optional<Traffic> traffic = read(new Pages(page -> page(List.of(back, came), null)));

    assertThat(traffic.orElseThrow().arrivals())
        .singleElement()
        .extracting(Arrival::id, arrival -> arrival.recorded().outcome())
        .containsExactly(id(1).channel(), Recorded.Outcome.OTHER);
    assertThatThrownBy(() -> read(new Pages(page -> page(List.of(back), null))))
        .hasRootCauseMessage("traffic: no call was recorded in that time");
  }

  @Test
  void shouldSayWhenThereAreNone() {
    assertThatThrownBy(() -> read(new Pages(page -> page(List.of(), null))))
        .hasRootCauseMessage("traffic: no call was recorded in that time");
    assertThatThrownBy(() -> read(new Pages(page -> page(List.of(), page == 0 ? 1 : null))))
        .as("a page without calls need not be the last")
        .hasRootCauseMessage("traffic: no call was recorded in that time");
  }

  @Test
  void shouldTellThatTheHistoryIsOutOfReachAlsoHalfway() {
    CallHistory history =
        new Pages(
            page ->
                page == 0
                    ? page(List.of(call(1)), 1)
                    : CompletableFuture.failedFuture(new IllegalStateException("no node")));

    assertThatThrownBy(() -> read(history))
        .hasRootCauseMessage("The call history is out of reach; try again.");
  }

  @Test
  void shouldReadNoFurtherPageWhenNobodyWantsThem() {
    AtomicInteger asked = new AtomicInteger();
    CallHistory endless =
        new Pages(
            page -> {
              asked.incrementAndGet();
              return page(List.of(call(page)), page + 1);
            });
    RecordedCalls calls = recorded(endless);
    AtomicInteger left = new AtomicInteger(3);

    Optional<Traffic> traffic =
        calls
            .first()
            .thenCompose(page -> calls.all(page, () -> left.getAndDecrement() > 0))
            .toCompletableFuture()
            .join();

    assertThat(traffic).isEmpty();
    assertThat(asked).hasValue(4);
  }

  @ParameterizedTest
  @CsvSource({
    "ANSWERED,    support, 5,  65, ANSWERED,  5,  60",
    "ANSWERED,    support, -1, 65, ANSWERED,  0,  66",
    "SWITCH_LOST, support, 5,  65, ANSWERED,  5,  ",
    "ABANDONED,   support, ,   40, ABANDONED, 40, ",
    "ABANDONED,   ,        ,   40, OTHER,     40, ",
    "VOICEMAIL,   support, ,   40, OTHER,     40, ",
    "TRANSFERRED, ,        ,   1,  OTHER,     1,  ",
    "TURNED_AWAY, support, ,   0,  OTHER,     0,  ",
    "SWITCH_LOST, support, ,   9,  OTHER,     9,  ",
    "ABANDONED,   support, ,   90000, ABANDONED, 86400, ",
  })
  void shouldTellWhatReallyHappened(
      Outcome outcome,
      String queue,
      Integer answered,
      int ended,
      Recorded.Outcome as,
      int waited,
      Integer talk) {
    CallRecord call =
        call(
            7,
            outcome,
            queue,
            answered == null ? null : AT.plusSeconds(answered),
            AT.plusSeconds(ended));

    Arrival arrival = RecordedCalls.arrival(call);

    assertThat(arrival.id()).isEqualTo(id(7).channel());
    assertThat(arrival.at()).isEqualTo(AT);
    assertThat(arrival.from()).isEqualTo("+15551230000");
    assertThat(arrival.to()).isEqualTo("+14155550100");
    assertThat(arrival.patience()).isNull();
    assertThat(arrival.handle()).isNull();
    assertThat(arrival.recorded())
        .isEqualTo(
            new Recorded(
                queue == null ? "" : queue,
                Duration.ofSeconds(waited),
                as,
                talk == null ? null : Duration.ofSeconds(talk)));
  }

  private static Optional<Traffic> read(CallHistory history) {
    RecordedCalls calls = recorded(history);
    return calls
        .first()
        .thenCompose(page -> calls.all(page, () -> true))
        .toCompletableFuture()
        .join();
  }

  private static RecordedCalls recorded(CallHistory history) {
    Executor executor = CompletableFuture.completedFuture(1).defaultExecutor();
    return new RecordedCalls(history, DEMO, CallFilter.ALL, executor);
  }

  private static CompletionStage<CallPage> page(List<CallRecord> calls, @Nullable Integer next) {
    return CompletableFuture.completedFuture(
        new CallPage(calls, next == null ? null : next.toString()));
  }

  private static CallId id(int i) {
    return new CallId(DEMO, String.format(Locale.ROOT, "00000000-0000-4000-8000-%012d", i));
  }

  private static CallRecord call(int i) {
    return call(i, Outcome.ANSWERED, "support", AT.plusSeconds(3), AT.plusSeconds(100));
  }

  private static CallRecord call(
      int i, Outcome outcome, @Nullable String queue, @Nullable Instant answered, Instant ended) {
    return record(id(i), outcome, queue, answered, ended);
  }

  private static CallRecord record(
      CallId id,
      Outcome outcome,
      @Nullable String queue,
      @Nullable Instant answered,
      Instant ended) {
    return new CallRecord(
        id,
        new SwitchId("fs1"),
        "+15551230000",
        "+14155550100",
        queue == null ? null : new QueueId(DEMO, queue),
        answered == null ? null : new AgentId(DEMO, "anna"),
        AT,
        answered,
        ended,
        outcome,
        "NORMAL_CLEARING",
        1,
        9);
  }
}
