package tandem.bench;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import tandem.cli.stack.Wait;
import tandem.persistence.local.LocalCassandra;

/**
 * The bench's own connection to Cassandra: looks into the journals, and inserts as fast as
 * Cassandra takes it, without any of Tandem.
 */
final class BenchCassandra implements AutoCloseable {
  private static final int IN_FLIGHT = 1024;
  private static final int ROWS_A_PARTITION = 100;
  private static final int SAMPLE = 5000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SETTLING = Duration.ofMinutes(2);
  private static final Set<String> WRITERS =
      Set.of("MutationStage", "MemtableFlushWriter", "MemtablePostFlush", "CompactionExecutor");

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
                    .setTimeout(PATIENCE))
            .one();
    return row == null ? 0 : row.getLong("last");
  }

  /** Rows of the calls' journal, as they are stored. */
  List<Row> sampleRows() {
    List<Row> rows =
        session
            .execute(
                SimpleStatement.newInstance("SELECT * FROM tandem_calls.messages LIMIT " + SAMPLE)
                    .setTimeout(PATIENCE))
            .all();
    if (rows.isEmpty()) {
      throw new IllegalStateException("the calls' journal is empty");
    }
    return rows;
  }

  /** How large the events in these rows are, in bytes: the mean. */
  static int meanEventBytes(List<Row> rows) {
    long bytes = 0;
    for (Row row : rows) {
      bytes += Objects.requireNonNull(row.getByteBuffer("event")).remaining();
    }
    return (int) (bytes / rows.size());
  }

  /**
   * Waits until Cassandra has written down and compacted what came before.
   *
   * @return whether it has, within two minutes
   */
  boolean settle() {
    long end = System.nanoTime() + SETTLING.toNanos();
    boolean[] quiet = new boolean[1];
    Wait.until(
        "Cassandra is done with the calls",
        SETTLING.plus(PATIENCE),
        () -> {
          quiet[0] = isQuiet();
          return quiet[0] || System.nanoTime() > end;
        });
    return quiet[0];
  }

  private boolean isQuiet() {
    return session.execute("SELECT * FROM system_views.sstable_tasks").one() == null
        && session
            .execute("SELECT name, active_tasks, pending_tasks FROM system_views.thread_pools")
            .all()
            .stream()
            .filter(pool -> WRITERS.contains(pool.getString("name")))
            .allMatch(pool -> pool.getInt("active_tasks") + pool.getInt("pending_tasks") == 0);
  }

  /** Inserts rows of a key and a blob: the least a row can be. */
  double blobsPerSecond(int payloadBytes, Duration budget) {
    makeKeyspace();
    session.execute(
        "CREATE TABLE IF NOT EXISTS tandem_bench.raw"
            + " (id text, seq bigint, event blob, PRIMARY KEY (id, seq))");
    PreparedStatement insert =
        session.prepare("INSERT INTO tandem_bench.raw (id, seq, event) VALUES (?, ?, ?)");
    // Zeros would be compressed to nothing.
    byte[] payload = new byte[payloadBytes];
    new Random(1).nextBytes(payload);
    return insertsPerSecond(
        budget,
        i ->
            insert.bind(
                "raw-" + i / ROWS_A_PARTITION, i % ROWS_A_PARTITION, ByteBuffer.wrap(payload)));
  }

  /** Inserts the journal's own rows again, under new ids, into a table made as the journal is. */
  double rowsPerSecond(List<Row> rows, Duration budget) {
    makeKeyspace();
    session.execute(
        session
            .getMetadata()
            .getKeyspace("tandem_calls")
            .flatMap(keyspace -> keyspace.getTable("messages"))
            .orElseThrow()
            .describe(false)
            .replace("tandem_calls", "tandem_bench")
            .replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS"));
    PreparedStatement insert =
        session.prepare(
            "INSERT INTO tandem_bench.messages (persistence_id, partition_nr, sequence_nr,"
                + " timestamp, timebucket, writer_uuid, ser_id, ser_manifest, event_manifest,"
                + " event, tags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    return insertsPerSecond(
        budget,
        i -> {
          Row row = rows.get((int) (i % rows.size()));
          return insert.bind(
              row.getString("persistence_id") + i / rows.size(),
              row.getLong("partition_nr"),
              row.getLong("sequence_nr"),
              row.getUuid("timestamp"),
              row.getString("timebucket"),
              row.getString("writer_uuid"),
              row.getInt("ser_id"),
              row.getString("ser_manifest"),
              row.getString("event_manifest"),
              row.getByteBuffer("event"),
              row.getSet("tags", String.class));
        });
  }

  private void makeKeyspace() {
    session.execute(
        "CREATE KEYSPACE IF NOT EXISTS tandem_bench WITH replication ="
            + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
  }

  /**
   * Inserts asynchronously, a thousand at a time, as fast as they are taken; the first third of the
   * time is for warming up.
   *
   * @return inserts a second
   */
  private double insertsPerSecond(Duration budget, LongFunction<BoundStatement> statement) {
    Semaphore free = new Semaphore(IN_FLIGHT);
    AtomicLong done = new AtomicLong();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
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
              .executeAsync(statement.apply(i))
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
