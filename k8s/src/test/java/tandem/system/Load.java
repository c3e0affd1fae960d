package tandem.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tandem.cli.client.ApiClient;

/** Played callers under way, seen from both sides: the switch's ledger and the router's REST. */
final class Load {
  /** Two callers of one queue may be offered the wrong way round by what two ring times differ. */
  private static final long SAME_TIME_MICROS = 400_000;

  /**
   * What was there when the node was killed.
   *
   * @param talking bridged in the switch and connected in the router: channel to agent
   * @param waiting queued and never offered, by queue, in the order of their arrival
   * @param ended over by then
   */
  record Picture(
      Map<String, String> talking, Map<String, List<String>> waiting, Set<String> ended) {
    int waitingCalls() {
      return waiting.values().stream().mapToInt(List::size).sum();
    }
  }

  private final TandemCluster cluster;
  private final ApiClient api;

  Load(TandemCluster cluster, ApiClient api) {
    this.cluster = cluster;
    this.api = api;
  }

  boolean isInTheMiddle(int calls) {
    JsonNode ledger = ledger();
    int talking = 0;
    int waiting = 0;
    for (JsonNode call : ledger.path("liveCalls")) {
      if (call.path("bridgedAt").asLong() > 0) {
        talking++;
      } else if (call.path("offeredAt").asLong() == 0) {
        waiting++;
      }
    }
    boolean moreToCome = ledger.path("placed").asInt() < calls;
    return moreToCome && talking >= 6 && waiting >= 8;
  }

  int ended() {
    return ledger().path("ended").asInt();
  }

  void stopPlacing() {
    cluster.type("sim load stop");
  }

  Picture picture() {
    Map<String, JsonNode> known = new HashMap<>();
    for (JsonNode call : api.list("/api/v1/calls")) {
      known.put(call.path("id").asText(), call);
    }
    JsonNode ledger = ledger();
    Map<String, String> talking = new LinkedHashMap<>();
    Map<String, List<String>> waiting = new TreeMap<>();
    stream(ledger.path("liveCalls"))
        .sorted(Comparator.comparingLong(call -> call.path("placedAt").asLong()))
        .forEach(
            call -> {
              String uuid = call.path("uuid").asText();
              JsonNode seen = known.get(uuid);
              if (seen == null) {
                return;
              }
              if (call.path("bridgedAt").asLong() > 0
                  && seen.path("state").asText().equals("connected")) {
                talking.put(uuid, call.path("agent").asText());
              } else if (call.path("offeredAt").asLong() == 0
                  && seen.path("state").asText().equals("queued")) {
                waiting
                    .computeIfAbsent(seen.path("queue").asText(), q -> new ArrayList<>())
                    .add(uuid);
              }
            });
    Set<String> ended =
        stream(ledger.path("overCalls"))
            .map(call -> call.path("uuid").asText())
            .collect(Collectors.toSet());
    return new Picture(talking, waiting, ended);
  }

  /** Nobody but the two who talked has ended their talk, and nobody was bridged a second time. */
  void assertTalkingWentOn(Picture before) {
    Map<String, JsonNode> calls = calls();
    assertThat(before.talking()).isNotEmpty();
    before
        .talking()
        .forEach(
            (uuid, agent) -> {
              JsonNode call = calls.get(uuid);
              assertThat(call.path("bridges").asInt()).as("bridges of " + call).isEqualTo(1);
              assertThat(call.path("agent").asText()).as("agent of " + call).isEqualTo(agent);
              assertThat(call.path("endedBy").asText())
                  .as("who ended %s, %s", call, timeline(uuid))
                  .isIn("", "caller", "agent");
            });
    assertThat(ledger().path("overlaps")).as("phones with two calls at once").isEmpty();
    assertThat(before.ended()).isNotEmpty();
    assertThat(living())
        .extracting(call -> call.path("id").asText())
        .as("living calls")
        .doesNotContainAnyElementsOf(before.ended());
  }

  /** Whoever talks or is free on the phone is the same in the router. */
  void assertAgentsAgree() {
    await("every agent's phone and state agree")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              Map<String, Integer> phones = phones();
              Map<String, Integer> states = new TreeMap<>();
              for (JsonNode agent : api.list("/api/v1/agents")) {
                int busy = 0;
                for (JsonNode offer : agent.path("offers")) {
                  busy += offer.path("state").asText().equals("wrap-up") ? 0 : 1;
                }
                states.put(agent.path("id").asText(), busy);
                assertThat(agent.path("presence").asText()).as("%s", agent).isEqualTo("ready");
              }
              states.forEach(
                  (agent, busy) ->
                      assertThat(phones.getOrDefault(agent, 0))
                          .as("phone " + agent)
                          .isEqualTo(busy));
            });
  }

  /** Those who waited are all connected, from the one place they were given when they came. */
  void assertWaitingKeptTheirPlaces(Picture before) {
    assertThat(before.waitingCalls()).isPositive();
    await("everybody who waited is connected")
        .atMost(Duration.ofSeconds(150))
        .until(
            () -> {
              Map<String, JsonNode> calls = calls();
              return before.waiting().values().stream()
                  .flatMap(List::stream)
                  .allMatch(uuid -> calls.get(uuid).path("bridgedAt").asLong() > 0);
            });
    for (List<String> queue : before.waiting().values()) {
      for (String uuid : queue) {
        assertThat(queuedTimes(uuid)).as("times %s was queued", uuid).isEqualTo(1);
      }
    }
  }

  /** Those who waited and were offered only after somebody of their queue who came later. */
  List<String> overtaken(Picture before) {
    Map<String, JsonNode> calls = calls();
    List<String> overtaken = new ArrayList<>();
    for (List<String> queue : before.waiting().values()) {
      long earliestBehind = Long.MAX_VALUE;
      for (int i = queue.size() - 1; i >= 0; i--) {
        long offered = calls.get(queue.get(i)).path("offeredAt").asLong();
        if (offered - SAME_TIME_MICROS > earliestBehind) {
          overtaken.add(queue.get(i));
        }
        earliestBehind = Math.min(earliestBehind, offered);
      }
    }
    return overtaken;
  }

  /** What became of each who waited, in the order they came: a test that fails shows it. */
  List<String> offers(Picture before) {
    return before.waiting().values().stream()
        .flatMap(List::stream)
        .map(
            uuid ->
                timeline(uuid).stream()
                    .map(
                        entry ->
                            entry.path("at").asText()
                                + ' '
                                + entry.path("event").asText()
                                + ' '
                                + entry.path("reason").asText())
                    .collect(Collectors.joining("; ", "\n" + uuid + ": ", "")))
        .toList();
  }

  private List<JsonNode> timeline(String uuid) {
    return api.list("/api/v1/calls/" + uuid + "/timeline");
  }

  private long queuedTimes(String uuid) {
    return timeline(uuid).stream()
        .filter(entry -> entry.path("event").asText().equals("queued"))
        .count();
  }

  /** When all is over: no channel, no living call, every agent free, every call bridged once. */
  void assertNothingLeft() {
    await("all calls are over on both sides")
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () -> {
              assertThat(ledger().path("live").asInt()).as("calls in the switch").isZero();
              assertThat(living()).as("living calls in the router").isEmpty();
              assertThat(api.list("/api/v1/agents"))
                  .allSatisfy(
                      agent -> {
                        assertThat(agent.path("available").asBoolean()).as("%s", agent).isTrue();
                        assertThat(agent.path("offers")).isEmpty();
                      });
              assertThat(phones().values()).as("calls of phones").containsOnly(0);
            });
    assertThat(stream(ledger().path("overCalls")).toList())
        .allSatisfy(call -> assertThat(call.path("bridges").asInt()).isLessThanOrEqualTo(1));
    assertThat(ledger().path("overlaps")).isEmpty();
  }

  String summary(String what, Picture before, double outageSeconds, String until) {
    JsonNode ledger = ledger();
    List<JsonNode> over = stream(ledger.path("overCalls")).toList();
    long unseen =
        over.stream()
            .filter(call -> call.path("bridgedAt").asLong() == 0)
            .filter(call -> call.path("cause").asText().equals("ALLOTTED_TIMEOUT"))
            .count();
    return String.format(
        Locale.ROOT,
        "%s: at the kill %d talked, %d waited, %d had ended. %.1f s %s. All that talked went on"
            + " talking, all that waited were connected from the place they had, %d of them after"
            + " somebody who came later. Of %d callers in all, %d"
            + " were connected, %d came while nobody listened and were hung up by the dialplan's safety"
            + " after 10 s. 0 bridged twice, 0 phones with two calls, 0 agents stuck.",
        what,
        before.talking().size(),
        before.waitingCalls(),
        before.ended().size(),
        outageSeconds,
        until,
        overtaken(before).size(),
        ledger.path("placed").asInt(),
        ledger.path("bridged").asInt(),
        unseen);
  }

  private List<JsonNode> living() {
    return api.list("/api/v1/calls").stream()
        .filter(call -> !call.path("state").asText().equals("ended"))
        .toList();
  }

  private Map<String, Integer> phones() {
    Map<String, Integer> phones = new TreeMap<>();
    for (JsonNode phone : cluster.ask("sim phones")) {
      phones.put(phone.path("user").asText(), phone.path("calls").asInt());
    }
    return phones;
  }

  private Map<String, JsonNode> calls() {
    JsonNode ledger = ledger();
    Map<String, JsonNode> calls = new HashMap<>();
    stream(ledger.path("liveCalls")).forEach(call -> calls.put(call.path("uuid").asText(), call));
    stream(ledger.path("overCalls")).forEach(call -> calls.put(call.path("uuid").asText(), call));
    return calls;
  }

  private JsonNode ledger() {
    return cluster.ask("sim ledger calls");
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
