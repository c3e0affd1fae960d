package tandem.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NodeConfigTest {
  private static Config load(String overrides) {
    return NodeConfig.load(ConfigFactory.parseString(overrides));
  }

  @Test
  void shouldRunEveryRoleUnlessToldOtherwise() {
    Config config = load("");

    assertThat(NodeRoles.of(config)).containsExactlyElementsOf(NodeRoles.ALL);
    assertThat(config.getStringList("akka.cluster.roles")).isEqualTo(NodeRoles.ALL);
  }

  @Test
  void shouldReadRolesAsOneTextWithCommas() {
    Config config = load("tandem.node.roles = \"router, edge\"");

    assertThat(config.getStringList("akka.cluster.roles")).containsExactly("router", "edge");
  }

  @Test
  void shouldNameAnUnknownRole() {
    assertThatThrownBy(() -> load("tandem.node.roles = [router, rooter]"))
        .isInstanceOf(ConfigException.BadValue.class)
        .hasMessageContaining("tandem.node.roles")
        .hasMessageContaining("'rooter'");
  }

  @Test
  void shouldRefuseANodeWithoutRoles() {
    assertThatThrownBy(() -> load("tandem.node.roles = \"\""))
        .hasMessageContaining("at least one role");
  }

  @Test
  void shouldNameAnUnknownOverlay() {
    assertThatThrownBy(() -> load("tandem.node.overlay = moon"))
        .hasMessageContaining("tandem.node.overlay")
        .hasMessageContaining("'moon'");
  }

  @Test
  void shouldLetOnlyARolesOwnNodesTakeItsSettings() {
    assertThat(load("tandem.node.roles = [api]").getString("akka.http.server.server-header"))
        .isEmpty();
    assertThat(load("tandem.node.roles = [router]").getString("akka.http.server.server-header"))
        .isNotEmpty();
  }

  @Test
  void shouldMergeAModulesOwnFilesOverTheBase() {
    Config config = load("tandem.node.roles = [projection]");

    assertThat(config.getString("tandem.test.module")).isEqualTo("from tandem/module.conf");
    assertThat(config.getString("tandem.test.role"))
        .isEqualTo("from a role file of another module");
    assertThat(config.getInt("akka.cluster.sharded-daemon-process.keep-alive-from-number-of-nodes"))
        .isEqualTo(7);
  }

  @Test
  void shouldFindTheClusterThroughKubernetesInItsOverlay() {
    Config config = load("tandem.node.overlay = kubernetes");

    assertThat(JoinMethod.of(config)).isEqualTo(JoinMethod.BOOTSTRAP);
    assertThat(config.getString("akka.discovery.method")).isEqualTo("kubernetes-api");
    assertThat(config.getBoolean("tandem.node.management")).isTrue();
  }

  @Test
  void shouldReadSeedsAsOneTextWithCommas() {
    Config config =
        load(
            "tandem.node.join = seeds\n"
                + "tandem.node.seeds = \"akka://tandem@127.0.0.1:1, akka://tandem@127.0.0.1:2\"");

    assertThat(JoinMethod.of(config)).isEqualTo(JoinMethod.SEEDS);
    assertThat(NodeRoles.textOrList(config, "tandem.node.seeds"))
        .containsExactly("akka://tandem@127.0.0.1:1", "akka://tandem@127.0.0.1:2");
  }

  @Test
  void shouldRefuseJoinMethodsThatContradictTheSeeds() {
    assertThatThrownBy(() -> JoinMethod.of(load("tandem.node.join = seeds")))
        .hasMessageContaining("tandem.node.seeds");
    assertThatThrownBy(
            () -> JoinMethod.of(load("tandem.node.seeds = [\"akka://tandem@127.0.0.1:1\"]")))
        .hasMessageContaining("tandem.node.join");
    assertThatThrownBy(() -> JoinMethod.of(load("tandem.node.join = luck")))
        .hasMessageContaining("'luck'");
  }

  @Test
  void shouldTakeOverOnlyAfterAZombieHasHalted() {
    Config config = load("");
    Duration earliestTakeover =
        config
            .getDuration("akka.cluster.failure-detector.heartbeat-interval")
            .plus(config.getDuration("akka.cluster.failure-detector.acceptable-heartbeat-pause"))
            .plus(config.getDuration("akka.cluster.split-brain-resolver.stable-after"));

    assertThat(config.getDuration("akka.cluster.split-brain-resolver.stable-after"))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(7));
    assertThat(earliestTakeover)
        .isGreaterThan(
            config
                .getDuration("tandem.liveness.limit")
                .plus(config.getDuration("tandem.liveness.tick")))
        .as("the shards of a crashed node are back within 20 s, 6 s of which are takeover itself")
        .isLessThan(Duration.ofSeconds(14));
  }

  @Test
  void shouldKeepIdleEntitiesAndRefuseJavaSerialization() {
    Config config = load("");

    assertThat(config.getString("akka.cluster.sharding.passivation.strategy")).isEqualTo("none");
    assertThat(config.getBoolean("akka.actor.allow-java-serialization")).isFalse();
  }
}
