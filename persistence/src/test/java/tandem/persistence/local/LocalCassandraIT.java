package tandem.persistence.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCassandraIT {
  @TempDir Path dir;

  private LocalCassandra start() {
    long from = System.nanoTime();
    LocalCassandra cassandra = LocalCassandra.start(LocalCassandra.Settings.in(dir));
    System.out.printf(
        "Cassandra answered after %d ms%n", Duration.ofNanos(System.nanoTime() - from).toMillis());
    return cassandra;
  }

  private static CqlSession connect(LocalCassandra cassandra) {
    return CqlSession.builder()
        .addContactPoint(cassandra.contactPoint())
        .withLocalDatacenter(LocalCassandra.DATACENTER)
        .build();
  }

  @Test
  void shouldKeepItsDataOverAStopAndOverAKill() throws Exception {
    int port;
    try (LocalCassandra cassandra = start();
        CqlSession session = connect(cassandra)) {
      port = cassandra.port();
      session.execute(
          "CREATE KEYSPACE acme WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
      session.execute("CREATE TABLE acme.calls (id text PRIMARY KEY, caller text)");
      session.execute("INSERT INTO acme.calls (id, caller) VALUES ('1', '+14155550100')");
    }

    LocalCassandra killed = start();
    try (CqlSession session = connect(killed)) {
      assertThat(killed.port()).isEqualTo(port);
      assertThat(callers(session)).isEqualTo(1);
      session.execute("CREATE TABLE acme.agents (id text PRIMARY KEY)");
      session.execute("INSERT INTO acme.calls (id, caller) VALUES ('2', '+14155550101')");
      session.execute("INSERT INTO acme.agents (id) VALUES ('ann')");
    }
    ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();
    assertThat(killed.ended().toCompletableFuture().get(10, TimeUnit.SECONDS).orElseThrow())
        .startsWith("Cassandra was ended by signal 9");

    try (LocalCassandra cassandra = start();
        CqlSession session = connect(cassandra)) {
      assertThat(callers(session)).isEqualTo(2);
      assertThat(session.execute("SELECT id FROM acme.agents").all()).hasSize(1);
    }
  }

  private static int callers(CqlSession session) {
    return session.execute("SELECT caller FROM acme.calls").all().size();
  }
}
