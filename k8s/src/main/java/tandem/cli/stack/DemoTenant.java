package tandem.cli.stack;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tandem.cli.client.ApiClient;

/**
 * The tenant that a laptop starts with: three numbers, three queues, twelve agents, a plan with a
 * park lot. What is there already is left as it is.
 */
public final class DemoTenant {
  public static final String TENANT = "demo";

  /** Host of the phones that the simulator plays itself. */
  public static final String SIMULATED_PHONES = "sim.invalid";

  private static final Map<String, String> NUMBERS =
      Map.of(
          "+14155550100", "support",
          "+14155550101", "sales",
          "+14155550102", "billing");
  private static final Map<String, List<String>> AGENTS = agents();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String DRAFT = "/api/v1/plans/draft";

  /** Says nothing of numbers and queues: these are as REST has them. */
  private static final Map<String, Object> PLAN =
      Map.of(
          "lots",
          Map.of(
              "lobby",
              Map.of("slots", "701-720", "timeout", "2m", "then", Map.of("voicemail", "lobby"))),
          "voicemail",
          Map.of("lobby", Map.of("longest", "1m")),
          "outgoing",
          Map.of("country", "US", "shown", List.of("+14155550100")));

  private DemoTenant() {}

  private static Map<String, List<String>> agents() {
    Map<String, List<String>> agents = new LinkedHashMap<>();
    for (int i = 1001; i <= 1012; i++) {
      List<String> queues =
          i <= 1004
              ? List.of("support")
              : i <= 1006
                  ? List.of("support", "sales")
                  : i <= 1009
                      ? List.of("sales")
                      : i <= 1011 ? List.of("billing") : List.of("billing", "support", "sales");
      agents.put(Integer.toString(i), queues);
    }
    return agents;
  }

  /**
   * Loads it over REST.
   *
   * @param phones host, or host:port, where the agents' phones are
   * @return how many agents are new
   */
  public static int load(ApiClient api, String phones) {
    return load(api, phones, 12, "5s", UnaryOperator.identity());
  }

  /**
   * Publishes its plan, where there is none: a lot to park in, a box for who is left there, whom
   * agents may call.
   */
  public static void publish(ApiClient api) {
    int[] status = new int[1];
    Wait.until(
        "the plan can be read",
        PATIENCE,
        () -> {
          status[0] = api.send("GET", DRAFT, null).status();
          return status[0] != 503;
        });
    if (status[0] != 404) {
      return;
    }
    long revision =
        api.send("PUT", DRAFT, Map.of("If-None-Match", "*"), PLAN).body().path("revision").asLong();
    api.send(
        "POST",
        DRAFT + "/publish",
        Map.of("If-Match", "\"d" + revision + '"'),
        Map.of("comment", "A park lot, and calls to outside"));
  }

  /**
   * Loads a part of it.
   *
   * @param agents how many of the agents, the first ones
   * @param wrapUp of the queues
   * @param contact makes a contact of an agent's {@code sip:user@host}
   */
  public static int load(
      ApiClient api, String phones, int agents, String wrapUp, UnaryOperator<String> contact) {
    for (String queue : List.of("support", "sales", "billing")) {
      api.sendPatiently(
          "POST",
          "/api/v1/queues",
          Map.of("id", queue, "strategy", "longest-idle", "ringTimeout", "15s", "wrapUp", wrapUp),
          409);
    }
    NUMBERS.forEach(
        (number, queue) ->
            api.sendPatiently("PUT", "/api/v1/numbers/" + number, Map.of("queue", queue)));
    int made = 0;
    for (Map.Entry<String, List<String>> agent :
        AGENTS.entrySet().stream().limit(agents).toList()) {
      var answer =
          api.sendPatiently(
              "POST",
              "/api/v1/agents",
              Map.of(
                  "id",
                  agent.getKey(),
                  "displayName",
                  "Agent " + agent.getKey(),
                  "contact",
                  contact.apply("sip:" + agent.getKey() + '@' + phones),
                  "queues",
                  agent.getValue()),
              409);
      if (answer.status() != 409) {
        made++;
        api.sendPatiently(
            "PUT", "/api/v1/agents/" + agent.getKey() + "/state", Map.of("presence", "ready"));
      }
    }
    return made;
  }
}
