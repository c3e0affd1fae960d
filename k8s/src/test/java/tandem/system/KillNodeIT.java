package tandem.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tandem.cli.client.ApiClient;
import tandem.cli.stack.FreePort;
import tandem.cli.stack.NodeProcess;

/**
 * kill -9 of a node in mid-load, for real: what the callers, the agents and the switch notice of
 * it.
 */
class KillNodeIT {
  private static final String LOAD =
      "sim load rate=5 calls=%d to=+14155550100,+14155550101 patience=never"
          + " talk=7000..24000 seed=7";
  private static final int CALLS = 32;

  @Test
  void shouldKeepEveryCallWhenTheOnlyNodeIsKilledAndStartedAgain() {
    try (TandemCluster cluster = TandemCluster.start("kill-one", settings -> settings)) {
      int port = FreePort.any();
      NodeProcess node = cluster.startWholeNode(port, Map.of());
      ApiClient api = cluster.api(port);
      Load load = startLoad(cluster, api);

      Load.Picture before = load.picture();
      long killed = System.nanoTime();
      node.kill();
      load.stopPlacing();
      cluster.startWholeNode(port, Map.of());
      double outage = Sipp.seconds(killed);

      load.assertTalkingWentOn(before);
      load.assertAgentsAgree();
      load.assertWaitingKeptTheirPlaces(before);
      assertThat(load.overtaken(before))
          .as(() -> "callers overtaken; the offers of all who waited: " + load.offers(before))
          .isEmpty();
      load.assertNothingLeft();
      System.out.println(
          load.summary("KillNodeIT, the only node", before, outage, "until it was ready again"));
    }
  }

  @Test
  void shouldKeepEveryCallWhenOneOfThreeNodesIsKilled() {
    try (TandemCluster cluster = TandemCluster.start("kill-third", settings -> settings)) {
      List<NodeProcess.Settings> settings = fourNodes();
      List<NodeProcess> nodes = new ArrayList<>();
      settings.forEach(each -> nodes.add(cluster.startNode(each)));
      nodes.get(3).awaitReady(TandemCluster.READY);
      ApiClient api = cluster.api(settings.get(3).httpPort());
      awaitMembers(settings.get(3), 4);
      TandemCluster.awaitLink(api);
      Load load = startLoad(cluster, api);

      Load.Picture before = load.picture();
      NodeProcess owner = ownerOfTheLink(nodes.subList(0, 3));
      long killed = System.nanoTime();
      owner.kill();
      load.stopPlacing();
      awaitMembers(settings.get(3), 3);
      double downed = Sipp.seconds(killed);
      TandemCluster.awaitLink(api);
      double outage = Sipp.seconds(killed);

      load.assertTalkingWentOn(before);
      load.assertAgentsAgree();
      // Some are overtaken: a caller whose call was on the dead node cannot be offered until it is
      // back, and those behind it are served meanwhile.
      load.assertWaitingKeptTheirPlaces(before);
      load.assertNothingLeft();
      System.out.println(
          load.summary(
              "KillNodeIT, the link's node of three (router, edge)",
              before,
              outage,
              "until the link was ready on another node (downed after %.1f s)".formatted(downed)));
    }
  }

  /** Talking, waiting and ended calls, and more on their way. */
  private static Load startLoad(TandemCluster cluster, ApiClient api) {
    TandemCluster.loadDemo(api);
    TandemCluster.awaitMembers(api, "support", 7);
    cluster.type("sim phone * ring=2 answer=150");
    cluster.type("sim load rate=5 calls=4 to=+14155550102 patience=never talk=300 seed=3");
    Load load = new Load(cluster, api);
    await("some calls have ended").atMost(Duration.ofMinutes(1)).until(() -> load.ended() == 4);
    String placing = cluster.type(LOAD.formatted(CALLS));
    assertThat(placing).startsWith("+OK");
    await("calls talk, wait, have ended, and more are coming")
        .atMost(Duration.ofMinutes(1))
        .until(() -> load.isInTheMiddle(CALLS + 4));
    return load;
  }

  /** Three that are killed, and one that is asked. */
  private static List<NodeProcess.Settings> fourNodes() {
    int seedPort = FreePort.any();
    List<String> seeds = List.of("akka://tandem@127.0.0.1:" + seedPort);
    List<String> both = List.of("router", "edge");
    return List.of(
        TandemCluster.part("node-1", both, seedPort, seeds, 512),
        TandemCluster.part("node-2", both, FreePort.any(), seeds, 512),
        TandemCluster.part("node-3", both, FreePort.any(), seeds, 512),
        TandemCluster.part("node-4", List.of("api", "projection"), FreePort.any(), seeds, 512));
  }

  private static void awaitMembers(NodeProcess.Settings node, int count) {
    ApiClient management = new ApiClient(node.managementPort(), "");
    await(count + " members are up")
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptions()
        .until(
            () -> {
              int up = 0;
              for (var member : management.get("/cluster/members").path("members")) {
                up += member.path("status").asText().equals("Up") ? 1 : 0;
              }
              return up == count;
            });
  }

  private static NodeProcess ownerOfTheLink(List<NodeProcess> nodes) {
    return nodes.stream()
        .filter(
            node ->
                new ApiClient(node.settings().managementPort(), "")
                    .metrics()
                    .lines()
                    .anyMatch(
                        line ->
                            line.startsWith("tandem_link_state")
                                && line.contains("\"READY\"")
                                && line.endsWith(" 1.0")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no node has the link"));
  }
}
