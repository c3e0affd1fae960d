package tandem.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to change the schema: one holder at a time, by a lightweight transaction. It lapses by
 * itself when its holder dies.
 */
final class MigrationLock {
  private static final Logger log = LoggerFactory.getLogger(MigrationLock.class);
  private static final String TABLE = "migration_lock";

  private final CqlSession session;
  private final String keyspace;
  private final Duration lapse;
  private final Duration poll;
  private final UUID owner = UUID.randomUUID();

  MigrationLock(CqlSession session, String keyspace, Duration lapse, Duration poll) {
    this.session = session;
    this.keyspace = keyspace;
    this.lapse = lapse;
    this.poll = poll;
  }

  /** Completes once this instance holds the right. */
  CompletionStage<Void> acquire() {
    // The driver waits until all Cassandra nodes agree on the table, so that two nodes that create
    // it
    // at the same moment end up with one.
    return session
        .executeAsync(
            statement(
                "CREATE TABLE IF NOT EXISTS %s (name text PRIMARY KEY, owner uuid, at timestamp)"))
        .thenCompose(created -> tryUntilHeld(true));
  }

  private CompletionStage<Void> tryUntilHeld(boolean first) {
    return session
        .executeAsync(
            statement(
                "INSERT INTO %s (name, owner, at) VALUES ('schema', ?, toTimestamp(now()))"
                    + " IF NOT EXISTS USING TTL "
                    + lapse.toSeconds(),
                owner))
        .thenCompose(
            result -> {
              if (result.wasApplied()) {
                return CompletableFuture.completedStage(null);
              }
              if (first) {
                log.info("Another node changes the schema; waiting for it");
              }
              Executor later =
                  CompletableFuture.delayedExecutor(poll.toMillis(), TimeUnit.MILLISECONDS);
              return CompletableFuture.runAsync(() -> {}, later)
                  .thenCompose(waited -> tryUntilHeld(false));
            });
  }

  /** Gives the right back; nobody else's is touched. */
  void release() {
    session.execute(statement("DELETE FROM %s WHERE name = 'schema' IF owner = ?", owner));
  }

  private SimpleStatement statement(String cql, Object... values) {
    return SimpleStatement.newInstance(String.format(cql, keyspace + '.' + TABLE), values)
        .setExecutionProfileName(Migrations.PROFILE);
  }
}
