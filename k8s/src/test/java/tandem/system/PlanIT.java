package tandem.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tandem.cli.client.ApiClient;
import tandem.cli.stack.FreePort;
import tandem.cli.stack.NodeProcess;

/** Plans as supervisors use them: written over REST, followed by calls on every node. */
class PlanIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DRAFT = "/api/v1/plans/draft";
  private static TandemCluster cluster;
  private static ApiClient api;
  private static final List<NodeProcess> NODES = new ArrayList<>();
  private static long revision;

  @BeforeAll
  static void start() {
    cluster = TandemCluster.start("plan", settings -> settings);
    int seedPort = FreePort.any();
    List<String> seeds = List.of("akka://tandem@127.0.0.1:" + seedPort);
    List<String> all = List.of("router", "edge", "api", "projection");
    for (int port : new int[] {seedPort, FreePort.any()}) {
      NODES.add(
          cluster.startNode(
              TandemCluster.part("node-" + (NODES.size() + 1), all, port, seeds, 512)));
    }
    NODES.forEach(node -> node.awaitReady(TandemCluster.READY));
    api = cluster.api(NODES.get(0).settings().httpPort());
    TandemCluster.awaitLink(api);
    TandemCluster.loadDemo(api);
    TandemCluster.awaitMembers(api, "support", 7);
    cluster.type("sim phone * ring=1 answer=150");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void shouldFollowANewVersionOnEveryNodeWithinASecond() {
    publish(plan("hangup", "\"USER_BUSY\""), "nobody is there");
    assertThat(NODES)
        .allSatisfy(
            node -> assertThat(delays(node).withinASecond()).isEqualTo(delays(node).seen()));

    place("sim load rate=1 calls=1 to=+14155550100 patience=never talk=1 seed=1");
    JsonNode turned = awaitCall(call -> call.path("outcome").asText().equals("turned-away"));
    assertThat(turned.path("cause").asText()).isEqualTo("USER_BUSY");
    assertThat(turned.has("queue")).isFalse();
  }

  @Test
  void shouldServeACallerByAPlansQueueAndSayWhy() {
    api.send("PATCH", "/api/v1/agents/1012", Map.of("skills", Map.of("gold", 9)));
    long version =
        publish(
            plan("queue", "\"vip\", \"require\": \"skill('gold') >= 5\", \"priority\": 70"),
            "gold callers");
    place("sim load rate=1 calls=1 to=+14155550100 patience=never talk=1 seed=2");
    JsonNode served =
        awaitCall(
            call ->
                call.path("queue").asText().equals("vip")
                    && call.path("state").asText().equals("ended"));

    assertThat(served.path("agent").asText()).isEqualTo("1012");
    assertThat(api.get("/api/v1/queues/vip").path("plan").asLong()).isEqualTo(version);
    JsonNode why = api.get("/api/v1/calls/" + served.path("id").asText() + "/explanation");
    assertThat(why.toString()).contains("skill('gold') >= 5", "priority 70", "1012", "main");
  }

  @Test
  void shouldCallACallerBackAtItsPlace() {
    publish(
        """
        {"numbers": [{"match": "+1415*", "flow": "main"}],
         "queues": {"back": {"strategy": "longest-idle", "members": "skill('back') > 0", "wrapUp": "0s"}},
         "flows": {"main": [{"do": {"queue": "back", "escalate": [
           {"after": "1s", "to": {"callback": {"within": "1h", "ring": "20s", "countries": ["GB"]}}}]}}]}}
        """,
        "who waits is called back");
    place("sim load rate=1 calls=1 to=+14155550100 from=+44207 patience=never talk=1 seed=3");
    JsonNode promised = awaitCall(call -> call.path("outcome").asText().equals("callback"));
    String callback = "/api/v1/calls/" + promised.path("calledBackBy").asText();
    JsonNode waiting = api.get(callback);
    assertThat(waiting.path("state").asText()).isEqualTo("callback");
    assertThat(waiting.path("places").path(0).path("position").asInt()).isEqualTo(1);
    assertThat(api.get("/api/v1/queues/back").path("live").path("callbacks").asInt()).isOne();

    api.send("PATCH", "/api/v1/agents/1011", Map.of("skills", Map.of("back", 5)));

    JsonNode talked =
        awaitCall(call -> call.path("id").equals(waiting.path("id")) && call.has("answeredAt"));
    assertThat(talked.path("agent").asText()).isEqualTo("1011");
    assertThat(api.get(callback + "/explanation").toString())
        .contains(promised.path("id").asText());
  }

  private static String plan(String verb, String rest) {
    return """
        {"waiting": "move",
         "numbers": [{"match": "+1415*", "flow": "main"}],
         "queues": {"vip": {"strategy": "longest-idle", "members": "true", "ringTimeout": "15s", "wrapUp": "0s"}},
         "flows": {"main": [{"do": {"%s": %s}}]}}
        """
        .formatted(verb, rest);
  }

  /** Publishes and waits for every node to follow: the next call may be routed by any of them. */
  private static long publish(String document, String comment) {
    List<Integer> before = NODES.stream().map(node -> delays(node).seen()).toList();
    Map<String, String> onlyIf =
        revision == 0 ? Map.of("If-None-Match", "*") : Map.of("If-Match", tag(revision));
    try {
      revision =
          api.send("PUT", DRAFT, onlyIf, JSON.readTree(document)).body().path("revision").asLong();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(document, e);
    }
    long version =
        api.send(
                "POST",
                DRAFT + "/publish",
                Map.of("If-Match", tag(revision)),
                Map.of("comment", comment))
            .body()
            .path("version")
            .asLong();
    for (int i = 0; i < NODES.size(); i++) {
      NodeProcess node = NODES.get(i);
      int seen = before.get(i);
      await(node.settings() + " follows the plan")
          .atMost(Duration.ofSeconds(10))
          .until(() -> delays(node).seen() > seen);
    }
    return version;
  }

  private static String tag(long draft) {
    return "\"d" + draft + '"';
  }

  private static void place(String load) {
    assertThat(cluster.type(load)).startsWith("+OK");
  }

  private static JsonNode awaitCall(Predicate<JsonNode> wanted) {
    return await("the call")
        .atMost(Duration.ofSeconds(60))
        .until(() -> api.list("/api/v1/calls"), calls -> calls.stream().anyMatch(wanted))
        .stream()
        .filter(wanted)
        .findFirst()
        .orElseThrow();
  }

  /** How many versions a node was told of, and how many of these within a second. */
  private record Delays(int seen, int withinASecond) {}

  private static Delays delays(NodeProcess node) {
    String metrics = new ApiClient(node.settings().managementPort(), "").metrics();
    return new Delays(
        figure(metrics, "tandem_plan_delay_seconds_count"),
        figure(metrics, "tandem_plan_delay_seconds_bucket{le=\"1.0\",}"));
  }

  private static int figure(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + ' '))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(0);
  }
}
