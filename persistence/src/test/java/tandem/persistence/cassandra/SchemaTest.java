package tandem.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import tandem.cluster.NodeConfig;

class SchemaTest {
  @Test
  void shouldFillEveryValueOfEveryScript() {
    for (Schema schema : Schema.all(config(""))) {
      assertThat(schema.latest()).isPositive();
      assertThat(schema.fill("${calls-seconds} ${history-seconds} ${days-seconds}"))
          .isEqualTo("2592000 34560000 34732800");
    }
  }

  @Test
  void shouldReplicateByDataCenterInTheKubernetesOverlay() {
    Config config = config("tandem.node.overlay = kubernetes");
    assertThat(Schema.all(config).get(0).keyspace().getCqlStatement())
        .contains("NetworkTopologyStrategy")
        .contains("'datacenter1':3");
    assertThat(config.getString("tandem.persistence.cassandra.consistency"))
        .isEqualTo("LOCAL_QUORUM");
    assertThat(
            config.getString(
                "datastax-java-driver.profiles.akka-persistence-cassandra-profile"
                    + ".basic.request.consistency"))
        .isEqualTo("LOCAL_QUORUM");
  }

  @Test
  void shouldKeepOneReplicaOnALaptop() {
    assertThat(Schema.all(config("")).get(0).keyspace().getCqlStatement())
        .contains("SimpleStrategy")
        .contains("'replication_factor':1");
  }

  @Test
  void shouldNameTheSettingThatIsWrong() {
    refuse("tandem.persistence.cassandra.keyspaces.calls = \"Calls; DROP\"", "keyspaces.calls");
    refuse("tandem.persistence.retention.history = 0", "retention.history");
    refuse("tandem.persistence.cassandra.replication.strategy = some", "replication.strategy");
  }

  @Test
  void shouldNeverCreateTablesByAkkaItself() {
    Config config = config("");
    for (String plugin : new String[] {"akka.persistence.cassandra", "tandem.persistence.calls"}) {
      for (String part : new String[] {"journal", "snapshot"}) {
        assertThat(config.getBoolean(plugin + "." + part + ".keyspace-autocreate")).isFalse();
        assertThat(config.getBoolean(plugin + "." + part + ".tables-autocreate")).isFalse();
      }
    }
    assertThat(config.getBoolean("tandem.persistence.calls.events-by-tag.enabled")).isFalse();
    assertThat(config.getBoolean("tandem.persistence.calls.journal.support-deletes")).isFalse();
    assertThat(config.getBoolean("tandem.persistence.calls.journal.support-all-persistence-ids"))
        .isFalse();
    assertThat(config.getString("tandem.persistence.calls.journal.keyspace"))
        .isEqualTo("tandem_calls");
  }

  private static void refuse(String setting, String named) {
    assertThatThrownBy(() -> Schema.all(config(setting)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(named);
  }

  private static Config config(String overrides) {
    return NodeConfig.load(ConfigFactory.parseString(overrides));
  }
}
