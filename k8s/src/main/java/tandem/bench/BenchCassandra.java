package tandem.bench;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tandem.persistence.local.LocalCassandra;

/** The bench's own connection to Cassandra: looks into the journals, and writes plain rows. */
final class BenchCassandra implements AutoCloseable {
  private static final int IN_FLIGHT = 1024;
  private static final int ROWS_A_PARTITION = 100;
  private static final int SAMPLE = 5000;

  private final CqlSession session;

  BenchCassandra(InetSocketAddress contactPoint) {
    this.session =
        CqlSession.builder()
            .addContactPoint(contactPoint)
            .withLocalDatacenter(LocalCassandra.DATACENTER)
            .build();
  }

  /** Events that one entity of the long-lived journal has persisted. */
  long eventsOf(String persistenceId) {
    Row row =
        session
            .execute(
                SimpleStatement.newInstance(
                        "SELECT max(sequence_nr) AS last FROM tandem_journal.messages"
                            + " WHERE persistence_id = ? AND partition_nr = 0",
                        persistenceId)
                    .setTimeout(Duration.ofSeconds(30)))
            .one();
    return row == null ? 0 : row.getLong("last");
  }

  /** How large the calls' events are as stored, in bytes: the mean of a sample. */
  int meanEventBytes() {
    ResultSet rows =
        session.execute(
            SimpleStatement.newInstance("SELECT event FROM tandem_calls.messages LIMIT " + SAMPLE)
                .setTimeout(Duration.ofSeconds(30)));
    long bytes = 0;
    int count = 0;
    for (Row row : rows) {
      bytes += Objects.requireNonNull(row.getByteBuffer("event")).remaining();
      count++;
    }
    if (count == 0) {
      throw new IllegalStateException("the calls' journal is empty");
    }
    return (int) (bytes / count);
  }

  /**
   * Inserts rows of a key and a blob, asynchronously, a thousand at a time, as fast as they are
   * taken; the first third of the time is for warming up.
   *
   * @return inserts a second
   */
  double insertsPerSecond(int payloadBytes, Duration budget) {
    session.execute(
        "CREATE KEYSPACE IF NOT EXISTS tandem_bench WITH replication ="
            + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
    session.execute(
        "CREATE TABLE IF NOT EXISTS tandem_bench.raw"
            + " (id text, seq bigint, event blob, PRIMARY KEY (id, seq))");
    PreparedStatement insert =
        session.prepare("INSERT INTO tandem_bench.raw (id, seq, event) VALUES (?, ?, ?)");
    Semaphore free = new Semaphore(IN_FLIGHT);
    AtomicLong done = new AtomicLong();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    byte[] payload = new byte[payloadBytes];
    long begin = System.nanoTime();
    long warm = begin + budget.toNanos() / 3;
    long end = begin + budget.toNanos();
    long counted = 0;
    long countedSince = 0;
    for (long i = 0; System.nanoTime() < end && failure.get() == null; i++) {
      if (countedSince == 0 && System.nanoTime() > warm) {
        countedSince = System.nanoTime();
        counted = done.get();
      }
      free.acquireUninterruptibly();
      var unused =
          session
              .executeAsync(
                  insert.bind(
                      "raw-" + i / ROWS_A_PARTITION,
                      i % ROWS_A_PARTITION,
                      ByteBuffer.wrap(payload)))
              .whenComplete((ok, failed) -> finished(ok, failed, free, done, failure));
    }
    long inserted = done.get() - counted;
    double seconds = (System.nanoTime() - countedSince) / 1e9;
    free.acquireUninterruptibly(IN_FLIGHT);
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("a plain insert failed: " + failed.getMessage(), failed);
    }
    return inserted / seconds;
  }

  private static void finished(
      @Nullable AsyncResultSet ok,
      @Nullable Throwable failed,
      Semaphore free,
      AtomicLong done,
      AtomicReference<@Nullable Throwable> failure) {
    if (ok == null) {
      failure.set(failed);
    } else {
      done.incrementAndGet();
    }
    free.release();
  }

  @Override
  public void close() {
    session.close();
  }
}
