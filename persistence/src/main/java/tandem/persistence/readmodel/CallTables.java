package tandem.persistence.readmodel;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.QueueId;
import tandem.router.domain.SwitchId;
import tandem.router.domain.TenantId;
import tandem.router.feed.CallView;

/**
 * The history's tables. Single owner of their statements; writing the same call again, or an older
 * state of it, changes nothing.
 */
public final class CallTables {
  /** Rows of one call in one batch: below the 5 KiB at which Cassandra warns. */
  private static final int BATCH = 10;

  private final RecordSession session;
  private final CallJson json;

  /** The day of each tenant that was noted last: it need not be noted again for every call. */
  private final Map<TenantId, LocalDate> lastDays = new ConcurrentHashMap<>();

  private CallTables(RecordSession session, CallJson json) {
    this.session = session;
    this.json = json;
  }

  public static CallTables of(ActorSystem<?> system) {
    return new CallTables(RecordSession.of(system), CallJson.of(system));
  }

  /** Writes what a call's events add up to, and each of them. */
  public CompletionStage<Done> write(CallRecord call, List<JournaledEvent> events) {
    return writeEvents(call.id(), events)
        .thenCompose(done -> writeSummary(call))
        .thenCompose(done -> writeDay(call));
  }

  private CompletionStage<Done> writeSummary(CallRecord call) {
    // The write's timestamp grows with the call's events, so whoever comes late with an older state
    // loses; it begins at the arrival, so that time-window compaction keeps days apart.
    String cql =
        "INSERT INTO %s.calls_by_day (tenant, day, arrived_at, channel, home, caller_number,"
            + " called_number, queue, agent, answered_at, ended_at, outcome, cause, offers, seq,"
            + " tags, disposition, disposition_comment, disposed_by, disposed_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP"
            + " ?";
    return session
        .prepare(cql)
        .thenCompose(
            statement -> {
              BoundStatementBuilder row =
                  statement
                      .boundStatementBuilder()
                      .setString(0, call.id().tenant().value())
                      .setLocalDate(1, day(call.arrivedAt()))
                      .setInstant(2, call.arrivedAt())
                      .setString(3, call.id().channel())
                      .setString(4, call.home().value())
                      .setString(5, call.callerNumber())
                      .setString(6, call.calledNumber())
                      .setInt(13, call.offers())
                      .setLong(14, call.seq())
                      .setLong(20, call.arrivedAt().toEpochMilli() * 1_000 + call.seq());
              // What is not known stays unset: a null would be stored as a tombstone.
              if (call.queue() != null) {
                row = row.setString(7, call.queue().name());
              }
              if (call.agent() != null) {
                row = row.setString(8, call.agent().name());
              }
              if (call.answeredAt() != null) {
                row = row.setInstant(9, call.answeredAt());
              }
              if (call.endedAt() != null && call.outcome() != null && call.cause() != null) {
                row =
                    row.setInstant(10, call.endedAt())
                        .setString(11, call.outcome().name())
                        .setString(12, call.cause());
              }
              return session.write(remarked(row, call.remarks()).build());
            });
  }

  private static BoundStatementBuilder remarked(
      BoundStatementBuilder row, CallView.Remarks remarks) {
    CallView.Disposition disposition = remarks.disposition();
    // Said again when there is nothing any more: what stays unset stays as it was.
    BoundStatementBuilder now = row.setList(15, remarks.tags(), String.class);
    return disposition == null
        ? now
        : now.setString(16, disposition.code())
            .setString(17, disposition.comment() == null ? "" : disposition.comment())
            .setString(18, disposition.by())
            .setInstant(19, disposition.at());
  }

  private CompletionStage<Done> writeDay(CallRecord call) {
    TenantId tenant = call.id().tenant();
    LocalDate day = day(call.arrivedAt());
    if (day.equals(lastDays.get(tenant))) {
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    return session
        .write("INSERT INTO %s.call_days (tenant, day) VALUES (?, ?)", tenant.value(), day)
        .thenApply(
            done -> {
              lastDays.put(tenant, day);
              return done;
            });
  }

  private CompletionStage<Done> writeEvents(CallId call, List<JournaledEvent> events) {
    String cql = "INSERT INTO %s.call_timeline (call, seq, at, name, event) VALUES (?, ?, ?, ?, ?)";
    return session
        .prepare(cql)
        .thenCompose(
            statement -> {
              CompletionStage<Done> done = CompletableFuture.completedFuture(Done.getInstance());
              for (BatchStatement batch : batches(statement, call, events)) {
                done = done.thenCompose(before -> session.write(batch));
              }
              return done;
            });
  }

  private List<BatchStatement> batches(
      PreparedStatement statement, CallId call, List<JournaledEvent> events) {
    List<BoundStatement> rows = new ArrayList<>();
    for (JournaledEvent each : events) {
      CallEventNames.of(each.event())
          .ifPresent(
              name ->
                  rows.add(
                      statement.bind(
                          call.value(),
                          each.seq(),
                          each.event().at(),
                          name,
                          json.write(each.event()))));
    }
    List<BatchStatement> batches = new ArrayList<>();
    for (int i = 0; i < rows.size(); i += BATCH) {
      // One partition: a single mutation, no batch log.
      BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
      rows.subList(i, Math.min(rows.size(), i + BATCH)).forEach(batch::addStatement);
      batches.add(batch.build());
    }
    return batches;
  }

  /** The first recorded events of a call, in order. */
  CompletionStage<List<JournaledEvent>> events(CallId call, int most) {
    return session
        .select(
            "SELECT seq, name, event FROM %s.call_timeline WHERE call = ? LIMIT ?",
            List.of(call.value(), most))
        .map(
            row ->
                json.read(text(row, "name"), text(row, "event"))
                    .map(event -> new JournaledEvent(row.getLong("seq"), event)))
        .filter(Optional::isPresent)
        .map(Optional::get)
        .runWith(Sink.seq(), session.materializer());
  }

  /** The days a tenant has calls of, newest first, both ends included. */
  CompletionStage<List<LocalDate>> days(TenantId tenant, LocalDate newest, LocalDate oldest) {
    return session
        .select(
            "SELECT day FROM %s.call_days WHERE tenant = ? AND day <= ? AND day >= ?",
            List.of(tenant.value(), newest, oldest))
        .map(row -> require(row.getLocalDate("day"), "day"))
        .runWith(Sink.seq(), session.materializer());
  }

  /** A tenant's calls of one day (UTC) that come after the cursor, newest first. */
  Source<CallRecord, NotUsed> callsOfDay(TenantId tenant, LocalDate day, Cursor after) {
    String head = "SELECT * FROM %s.calls_by_day WHERE tenant = ? AND day = ? AND ";
    Source<Row, NotUsed> rows =
        after.channel() == null
            ? session.select(
                head + "arrived_at < ?", List.of(tenant.value(), day, after.arrivedAt()))
            : session.select(
                head + "(arrived_at, channel) < (?, ?)",
                List.of(tenant.value(), day, after.arrivedAt(), after.channel()));
    return rows.map(row -> record(tenant, row));
  }

  /** Runs a stream of this history to its end. */
  CompletionStage<Done> run(Source<?, ?> source) {
    return source.runWith(Sink.ignore(), session.materializer());
  }

  private static CallRecord record(TenantId tenant, Row row) {
    String queue = row.getString("queue");
    String agent = row.getString("agent");
    String outcome = row.getString("outcome");
    return new CallRecord(
        new CallId(tenant, text(row, "channel")),
        new SwitchId(text(row, "home")),
        text(row, "caller_number"),
        text(row, "called_number"),
        queue == null ? null : new QueueId(tenant, queue),
        agent == null ? null : new AgentId(tenant, agent),
        require(row.getInstant("arrived_at"), "arrived_at"),
        row.getInstant("answered_at"),
        row.getInstant("ended_at"),
        outcome == null ? null : CallView.Outcome.valueOf(outcome),
        row.getString("cause"),
        row.getInt("offers"),
        remarks(row),
        row.getLong("seq"));
  }

  private static CallView.Remarks remarks(Row row) {
    List<String> tags = row.getList("tags", String.class);
    String code = row.getString("disposition");
    String comment = row.getString("disposition_comment");
    CallView.Disposition disposition =
        code == null
            ? null
            : new CallView.Disposition(
                code,
                comment == null || comment.isEmpty() ? null : comment,
                text(row, "disposed_by"),
                require(row.getInstant("disposed_at"), "disposed_at"));
    return new CallView.Remarks(
        List.of(), tags == null ? List.of() : tags, disposition, Map.of(), "", List.of());
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  private static String text(Row row, String column) {
    return require(row.getString(column), column);
  }

  private static <T> T require(@Nullable T value, String column) {
    if (value == null) {
      throw new IllegalStateException("a history row has no " + column);
    }
    return value;
  }
}
