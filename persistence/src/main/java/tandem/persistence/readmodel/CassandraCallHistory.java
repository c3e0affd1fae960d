package tandem.persistence.readmodel;

import akka.stream.javadsl.Source;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;

/** Answers about the past from the journal, where it still has the call, and from the history. */
final class CassandraCallHistory implements CallHistory {
  /** A call cannot have arrived earlier than this: the oldest partition anybody looks for. */
  private static final LocalDate OLDEST = LocalDate.of(2026, 1, 1);

  private final CallTables tables;
  private final CallEvents events;

  CassandraCallHistory(CallTables tables, CallEvents events) {
    this.tables = tables;
    this.events = events;
  }

  @Override
  public CompletionStage<CallPage> list(
      TenantId tenant, CallFilter filter, @Nullable String cursor, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("limit: must be 1 to " + MAX_PAGE + ", got " + limit);
    }
    Cursor start = cursor == null ? newest(filter) : Cursor.decode(cursor);
    LocalDate oldest =
        filter.from() == null ? OLDEST : LocalDate.ofInstant(filter.from(), ZoneOffset.UTC);
    PageBuilder page = new PageBuilder(filter, limit);
    return tables
        .days(tenant, start.day(), oldest)
        .thenCompose(
            days ->
                tables.run(
                    Source.from(days)
                        .flatMapConcat(day -> tables.callsOfDay(tenant, day, start))
                        .takeWhile(page::takeAndGoOn, true)))
        .thenApply(done -> page.build());
  }

  private static Cursor newest(CallFilter filter) {
    // Tomorrow: a node whose clock is ahead of ours may have recorded a call already.
    Instant before = filter.to() == null ? Instant.now().plus(1, ChronoUnit.DAYS) : filter.to();
    return new Cursor(before.truncatedTo(ChronoUnit.MILLIS).plusMillis(1), null);
  }

  @Override
  public CompletionStage<Optional<CallRecord>> get(CallId call) {
    return events.of(call).thenApply(CallRecord::of);
  }

  @Override
  public CompletionStage<List<TimelineEntry>> timeline(CallId call) {
    return events.of(call).thenApply(Timeline::of);
  }

  @Override
  public CompletionStage<List<Call.Event>> events(CallId call) {
    return events
        .of(call, MAX_EVENTS)
        .thenApply(found -> found.stream().map(JournaledEvent::event).toList());
  }
}
