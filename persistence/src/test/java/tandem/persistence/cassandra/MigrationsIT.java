package tandem.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.stream.alpakka.cassandra.DriverConfigLoaderFromConfig;
import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MigrationsIT {

  @Test
  void shouldMakeEveryTableAndChangeNothingTheSecondTime() {
    Config config = TestKeyspaces.whole(TestKeyspaces.fresh());

    assertThat(Migrations.run(config)).isTrue();
    try (CqlSession session = session(config)) {
      assertThat(tables(session, config, "journal"))
          .contains("messages", "metadata", "all_persistence_ids", "snapshots");
      assertThat(tables(session, config, "calls")).contains("messages", "metadata");
      assertThat(tables(session, config, "record"))
          .contains("calls_by_day", "call_days", "call_timeline", "unpublished_calls");
      assertThat(timeToLive(session, config, "calls", "messages")).isEqualTo(30 * 86_400);
      assertThat(timeToLive(session, config, "record", "calls_by_day")).isEqualTo(400 * 86_400);
      assertThat(timeToLive(session, config, "record", "call_days")).isEqualTo(402 * 86_400);
      assertThat(timeToLive(session, config, "journal", "messages")).isZero();
      String before = description(session, config);
      List<String> applied = applied(session, config);

      assertThat(Migrations.run(config)).isFalse();
      assertThat(description(session, config)).isEqualTo(before);
      assertThat(applied(session, config)).isEqualTo(applied);
    }
  }

  @Test
  void shouldMigrateOnceWhenNodesStartTogether() {
    Config config = TestKeyspaces.whole(TestKeyspaces.fresh());

    List<CompletableFuture<Boolean>> nodes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      nodes.add(CompletableFuture.supplyAsync(() -> Migrations.run(config)));
    }

    assertThat(nodes.stream().map(CompletableFuture::join).filter(changed -> changed)).hasSize(1);
    Migrations.check(config);
  }

  @Test
  void shouldRefuseToStartOnAnOldSchemaWhenItMayNotChangeIt() {
    Config config = TestKeyspaces.whole(TestKeyspaces.fresh());

    assertThatThrownBy(() -> Migrations.check(config))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is at version 0 and must be at 4");
  }

  @Test
  void shouldSayWhichCassandraDoesNotAnswer() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + silent.getLocalPort();
      Config config =
          TestKeyspaces.whole(
              ConfigFactory.parseMap(
                  Map.of(
                      "tandem.persistence.cassandra.contact-point",
                      address,
                      "tandem.persistence.cassandra.start-within",
                      "1s")));

      assertThatThrownBy(() -> Migrations.run(config))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Cassandra at [" + address + "] did not answer within 1 s");
    }
  }

  private static CqlSession session(Config config) {
    return CqlSession.builder()
        .withConfigLoader(
            DriverConfigLoaderFromConfig.fromConfig(config.getConfig("datastax-java-driver")))
        .build();
  }

  private static KeyspaceMetadata keyspace(CqlSession session, Config config, String key) {
    return session
        .refreshSchema()
        .getKeyspace(config.getString("tandem.persistence.cassandra.keyspaces." + key))
        .orElseThrow();
  }

  private static Iterable<String> tables(CqlSession session, Config config, String key) {
    TreeSet<String> names = new TreeSet<>();
    for (CqlIdentifier table : keyspace(session, config, key).getTables().keySet()) {
      names.add(table.asInternal());
    }
    return names;
  }

  private static int timeToLive(CqlSession session, Config config, String key, String table) {
    TableMetadata metadata = keyspace(session, config, key).getTable(table).orElseThrow();
    return (Integer) metadata.getOptions().get(CqlIdentifier.fromCql("default_time_to_live"));
  }

  private static String description(CqlSession session, Config config) {
    StringBuilder all = new StringBuilder();
    for (String key : List.of("journal", "calls", "record")) {
      all.append(keyspace(session, config, key).describeWithChildren(true));
    }
    return all.toString();
  }

  private static List<String> applied(CqlSession session, Config config) {
    List<String> all = new ArrayList<>();
    for (String key : List.of("journal", "calls", "record")) {
      session
          .execute(
              "SELECT script_name, executed_at FROM "
                  + config.getString("tandem.persistence.cassandra.keyspaces." + key)
                  + ".schema_migration")
          .forEach(row -> all.add(row.getFormattedContents()));
    }
    return all;
  }
}
