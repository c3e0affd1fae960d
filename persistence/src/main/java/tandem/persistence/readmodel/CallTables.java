package tandem.persistence.readmodel;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.Materializer;
import akka.stream.alpakka.cassandra.javadsl.CassandraSession;
import akka.stream.alpakka.cassandra.javadsl.CassandraSessionRegistry;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
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
  /** Rows fetched at a time: a page of a client, mostly. */
  private static final int FETCH = 200;

  /** Rows of one call in one batch: below the 5 KiB at which Cassandra warns. */
  private static final int BATCH = 10;

  private final CassandraSession session;
  private final Materializer materializer;
  private final CallJson json;
  private final String profile;
  private final String keyspace;
  private final Map<String, CompletionStage<PreparedStatement>> prepared =
      new ConcurrentHashMap<>();

  /** The day of each tenant that was noted last: it need not be noted again for every call. */
  private final Map<TenantId, LocalDate> lastDays = new ConcurrentHashMap<>();

  private CallTables(
      CassandraSession session,
      Materializer materializer,
      CallJson json,
      String profile,
      String keyspace) {
    this.session = session;
    this.materializer = materializer;
    this.json = json;
    this.profile = profile;
    this.keyspace = keyspace;
  }

  public static CallTables of(ActorSystem<?> system) {
    return new CallTables(
        CassandraSessionRegistry.get(system).sessionFor("tandem.persistence.record.session"),
        Materializer.matFromSystem(system),
        CallJson.of(system),
        system.settings().config().getString("tandem.persistence.record.profile"),
        system.settings().config().getString("tandem.persistence.cassandra.keyspaces.record"));
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
            + " called_number, queue, agent, answered_at, ended_at, outcome, cause, offers, seq)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?";
    return prepare(cql)
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
                      .setString(7, call.queue().name())
                      .setInt(13, call.offers())
                      .setLong(14, call.seq())
                      .setLong(15, call.arrivedAt().toEpochMilli() * 1_000 + call.seq());
              // What is not known stays unset: a null would be stored as a tombstone.
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
              return session.executeWrite(row.setExecutionProfileName(profile).build());
            });
  }

  private CompletionStage<Done> writeDay(CallRecord call) {
    TenantId tenant = call.id().tenant();
    LocalDate day = day(call.arrivedAt());
    if (day.equals(lastDays.get(tenant))) {
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    return prepare("INSERT INTO %s.call_days (tenant, day) VALUES (?, ?)")
        .thenCompose(
            statement ->
                session.executeWrite(
                    statement.bind(tenant.value(), day).setExecutionProfileName(profile)))
        .thenApply(
            done -> {
              lastDays.put(tenant, day);
              return done;
            });
  }

  private CompletionStage<Done> writeEvents(CallId call, List<JournaledEvent> events) {
    String cql = "INSERT INTO %s.call_timeline (call, seq, at, name, event) VALUES (?, ?, ?, ?, ?)";
    return prepare(cql)
        .thenCompose(
            statement -> {
              CompletionStage<Done> done = CompletableFuture.completedFuture(Done.getInstance());
              for (BatchStatement batch : batches(statement, call, events)) {
                done = done.thenCompose(before -> session.executeWriteBatch(batch));
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
      batches.add(batch.setExecutionProfileName(profile).setIdempotence(true).build());
    }
    return batches;
  }

  /** The recorded events of a call, in order. */
  CompletionStage<List<JournaledEvent>> events(CallId call) {
    return select(
            "SELECT seq, name, event FROM %s.call_timeline WHERE call = ?", List.of(call.value()))
        .map(
            row ->
                json.read(text(row, "name"), text(row, "event"))
                    .map(event -> new JournaledEvent(row.getLong("seq"), event)))
        .filter(Optional::isPresent)
        .map(Optional::get)
        .runWith(Sink.seq(), materializer);
  }

  /** The days a tenant has calls of, newest first, both ends included. */
  CompletionStage<List<LocalDate>> days(TenantId tenant, LocalDate newest, LocalDate oldest) {
    return select(
            "SELECT day FROM %s.call_days WHERE tenant = ? AND day <= ? AND day >= ?",
            List.of(tenant.value(), newest, oldest))
        .map(row -> require(row.getLocalDate("day"), "day"))
        .runWith(Sink.seq(), materializer);
  }

  /** A tenant's calls of one day (UTC) that come after the cursor, newest first. */
  Source<CallRecord, NotUsed> callsOfDay(TenantId tenant, LocalDate day, Cursor after) {
    String head = "SELECT * FROM %s.calls_by_day WHERE tenant = ? AND day = ? AND ";
    Source<Row, NotUsed> rows =
        after.channel() == null
            ? select(head + "arrived_at < ?", List.of(tenant.value(), day, after.arrivedAt()))
            : select(
                head + "(arrived_at, channel) < (?, ?)",
                List.of(tenant.value(), day, after.arrivedAt(), after.channel()));
    return rows.map(row -> record(tenant, row));
  }

  /** Runs a stream of this history to its end. */
  CompletionStage<Done> run(Source<?, ?> source) {
    return source.runWith(Sink.ignore(), materializer);
  }

  private static CallRecord record(TenantId tenant, Row row) {
    String agent = row.getString("agent");
    String outcome = row.getString("outcome");
    return new CallRecord(
        new CallId(tenant, text(row, "channel")),
        new SwitchId(text(row, "home")),
        text(row, "caller_number"),
        text(row, "called_number"),
        new QueueId(tenant, text(row, "queue")),
        agent == null ? null : new AgentId(tenant, agent),
        require(row.getInstant("arrived_at"), "arrived_at"),
        row.getInstant("answered_at"),
        row.getInstant("ended_at"),
        outcome == null ? null : CallView.Outcome.valueOf(outcome),
        row.getString("cause"),
        row.getInt("offers"),
        row.getLong("seq"));
  }

  /**
   * How far a reader of calls' events has come with a call: the last sequence number, 0 at first.
   */
  public CompletionStage<Long> progress(String reader, CallId call) {
    return select(
            "SELECT seq FROM %s.call_progress WHERE reader = ? AND call = ?",
            List.of(reader, call.value()))
        .map(row -> row.getLong("seq"))
        .runWith(Sink.headOption(), materializer)
        .thenApply(seq -> seq.orElse(0L));
  }

  /** Notes how far a reader has come; noted twice or an older one only means reading again. */
  public CompletionStage<Done> saveProgress(String reader, CallId call, long seq) {
    return prepare("INSERT INTO %s.call_progress (reader, call, seq) VALUES (?, ?, ?)")
        .thenCompose(
            statement ->
                session.executeWrite(
                    statement.bind(reader, call.value(), seq).setExecutionProfileName(profile)));
  }

  private Source<Row, NotUsed> select(String cql, List<Object> values) {
    CompletionStage<Statement<?>> bound =
        prepare(cql)
            .thenApply(
                statement ->
                    statement
                        .bind(values.toArray())
                        .setPageSize(FETCH)
                        .setExecutionProfileName(profile));
    return session.select(bound);
  }

  private CompletionStage<PreparedStatement> prepare(String cql) {
    return prepared.compute(
        cql,
        (key, before) ->
            // One that failed, as Cassandra was away, is tried anew.
            before == null || before.toCompletableFuture().isCompletedExceptionally()
                ? session.prepare(String.format(key, keyspace))
                : before);
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
