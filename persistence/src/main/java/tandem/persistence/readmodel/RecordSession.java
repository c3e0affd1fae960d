package tandem.persistence.readmodel;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.Materializer;
import akka.stream.alpakka.cassandra.javadsl.CassandraSession;
import akka.stream.alpakka.cassandra.javadsl.CassandraSessionRegistry;
import akka.stream.javadsl.Source;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Statements on the record's keyspace. {@code %s} in a statement stands for the keyspace; each text
 * is prepared once.
 */
public final class RecordSession {
  /** Rows fetched at a time: a page of a client, mostly. */
  private static final int FETCH = 200;

  private final CassandraSession session;
  private final Materializer materializer;
  private final String profile;
  private final String keyspace;
  private final Map<String, CompletionStage<PreparedStatement>> prepared =
      new ConcurrentHashMap<>();

  private RecordSession(
      CassandraSession session, Materializer materializer, String profile, String keyspace) {
    this.session = session;
    this.materializer = materializer;
    this.profile = profile;
    this.keyspace = keyspace;
  }

  public static RecordSession of(ActorSystem<?> system) {
    return new RecordSession(
        CassandraSessionRegistry.get(system).sessionFor("tandem.persistence.record.session"),
        Materializer.matFromSystem(system),
        system.settings().config().getString("tandem.persistence.record.profile"),
        system.settings().config().getString("tandem.persistence.cassandra.keyspaces.record"));
  }

  /** Where streams of its rows run. */
  public Materializer materializer() {
    return materializer;
  }

  /** The statement, prepared now or before. */
  CompletionStage<PreparedStatement> prepare(String cql) {
    return prepared.compute(
        cql,
        (key, before) ->
            // One that failed, as Cassandra was away, is tried anew.
            before == null || before.toCompletableFuture().isCompletedExceptionally()
                ? session.prepare(String.format(key, keyspace))
                : before);
  }

  CompletionStage<Done> write(BoundStatement statement) {
    return session.executeWrite(statement.setExecutionProfileName(profile));
  }

  /** Writes rows of one partition in one go. */
  CompletionStage<Done> write(BatchStatement batch) {
    return session.executeWriteBatch(batch.setExecutionProfileName(profile));
  }

  public CompletionStage<Done> write(String cql, Object... values) {
    return prepare(cql).thenCompose(statement -> write(statement.bind(values)));
  }

  public Source<Row, NotUsed> select(String cql, List<Object> values) {
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
}
