package tandem.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tandem.cli.client.ApiClient;
import tandem.cli.stack.FreePort;
import tandem.cli.stack.SwitchAddress;

/**
 * 50 callers and 10 agents, all of them sipp, 10 calls a second for 30 s, through the whole system.
 *
 * <p>The switch is the simulator, or a real FreeSWITCH with {@code
 * TANDEM_SWITCH=host:port:password} (Event Socket), {@code TANDEM_SWITCH_SIP=host:port} (where it
 * takes calls; default: its host, port 5080) and {@code TANDEM_TEST_ADDRESS} (this machine's
 * address as the switch sees it; default: the loopback).
 */
class SippIT {
  private static final String NUMBER = "+14155550100";
  private static final int AGENTS = 10;
  private static final int CALLERS = 50;
  private static final int PER_SECOND = 10;
  private static final int CALLS = 300;

  @Test
  void shouldAnswerEveryCallerAndLeaveNobodyStuck() throws Exception {
    Optional<SwitchAddress> real =
        Optional.ofNullable(System.getenv("TANDEM_SWITCH")).map(SwitchAddress::parse);
    String address =
        Optional.ofNullable(System.getenv("TANDEM_TEST_ADDRESS")).orElse(Sipp.loopback());
    try (TandemCluster cluster =
            TandemCluster.start("sipp", settings -> settings.with(real.orElse(null)));
        Sipp sipp = new Sipp(TandemCluster.home("sipp").folder().resolve("sipp"), address)) {
      int port = FreePort.any();
      cluster.startWholeNode(port, Map.of());
      ApiClient api = cluster.api(port);
      createAgents(api, sipp, address);
      TandemCluster.awaitMembers(api, "support", AGENTS);

      long begin = System.nanoTime();
      Process callers = sipp.callers(sipAddress(cluster, real), NUMBER, PER_SECOND, CALLERS, CALLS);
      assertThat(callers.waitFor(150, TimeUnit.SECONDS)).as("the callers are through").isTrue();
      double took = Sipp.seconds(begin);

      assertThat(callers.exitValue()).as("sipp: every call as the scenario says").isZero();
      awaitNothingLeft(cluster, api);
      List<JsonNode> history = awaitHistory(api);
      assertThat(history)
          .extracting(call -> call.path("outcome").asText())
          .as("how calls ended")
          .containsOnly("answered");
      System.out.printf(
          Locale.ROOT,
          "SippIT (%s): %d calls by %d callers at %d/s to %d agents, %d answered, 0 left over, 0 agents"
              + " stuck, %.1f s%s%n",
          real.isPresent() ? "FreeSWITCH at " + real.get() : "simulator",
          CALLS,
          CALLERS,
          PER_SECOND,
          AGENTS,
          history.size(),
          took,
          real.isPresent() ? "" : ", offer latency " + latency(cluster));
    }
  }

  private static void createAgents(ApiClient api, Sipp sipp, String address) throws Exception {
    api.send(
        "POST",
        "/api/v1/queues",
        Map.of("id", "support", "strategy", "longest-idle", "ringTimeout", "15s", "wrapUp", "0s"));
    api.send("PUT", "/api/v1/numbers/" + NUMBER, Map.of("queue", "support"));
    for (int i = 0; i < AGENTS; i++) {
      String id = "a" + i;
      api.send(
          "POST",
          "/api/v1/agents",
          Map.of(
              "id",
              id,
              "displayName",
              "Agent " + i,
              "contact",
              "sip:" + id + '@' + address + ':' + sipp.agent(),
              "queues",
              List.of("support")));
      api.send("PUT", "/api/v1/agents/" + id + "/state", Map.of("presence", "ready"));
    }
  }

  private static String sipAddress(TandemCluster cluster, Optional<SwitchAddress> real) {
    if (real.isPresent()) {
      return Optional.ofNullable(System.getenv("TANDEM_SWITCH_SIP"))
          .orElse(real.get().host() + ":5080");
    }
    return Sipp.loopback() + ':' + cluster.services().simulator().sipPort();
  }

  private static void awaitNothingLeft(TandemCluster cluster, ApiClient api) {
    await("no call lives, no channel is left, every agent is free")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(cluster.type("show channels").strip()).isEqualTo("0 total.");
              assertThat(living(api)).as("living calls").isEmpty();
              assertThat(api.list("/api/v1/agents"))
                  .hasSize(AGENTS)
                  .allSatisfy(
                      agent -> {
                        assertThat(agent.path("presence").asText()).isEqualTo("ready");
                        assertThat(agent.path("available").asBoolean()).as("available").isTrue();
                        assertThat(agent.path("offers")).as("offers").isEmpty();
                      });
              JsonNode queue = api.get("/api/v1/queues/support").path("live");
              assertThat(queue.path("waiting").asInt()).as("waiting").isZero();
              assertThat(queue.path("served").asInt()).as("served").isEqualTo(CALLS);
            });
  }

  private static List<JsonNode> living(ApiClient api) {
    return api.list("/api/v1/calls").stream()
        .filter(call -> !call.path("state").asText().equals("ended"))
        .toList();
  }

  /** The history is a few seconds late by its nature. */
  private static List<JsonNode> awaitHistory(ApiClient api) {
    await("the history has every call")
        .atMost(Duration.ofMinutes(1))
        .until(() -> api.list("/api/v1/calls?state=ended&limit=200").size() >= CALLS);
    return api.list("/api/v1/calls?state=ended&limit=200");
  }

  private static String latency(TandemCluster cluster) {
    JsonNode ledger = cluster.ask("sim ledger");
    return "(with waiting) p50 %d ms, p99 %d ms"
        .formatted(
            ledger.path("offerP50Micros").asLong() / 1000,
            ledger.path("offerP99Micros").asLong() / 1000);
  }
}
