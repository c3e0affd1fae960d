package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tandem.http.TestApi.Answer;
import tandem.http.json.Words;
import tandem.persistence.readmodel.CallRecord;
import tandem.router.domain.AgentId;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.CallId;
import tandem.router.domain.Presence;
import tandem.router.domain.QueueId;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.Strategy;
import tandem.router.domain.TenantId;
import tandem.router.feed.CallView;
import tandem.router.feed.CallView.Outcome;
import tandem.router.feed.CallView.Status;
import tandem.router.feed.QueueView;

/** Every documented operation, through HTTP, each exchange held against openapi.yaml. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestTest {
  private static final TenantId DEMO = new TenantId("demo");
  private static final QueueId SUPPORT = new QueueId(DEMO, "support");
  private static final String ELSEWHERE =
      "/api/v1/(plans|cal(endars|lbacks)|recordings|voicemail|audio|lots|calls/.id./(?!time).+)";
  private static final String ANNA =
      "{\"id\":\"anna\",\"displayName\":\"Anna\",\"contact\":\"sip:1001@sim.invalid\","
          + "\"queues\":[\"support\"],\"capacity\":2}";

  private TestApi api;

  @BeforeAll
  void start() {
    api = new TestApi("");
    api.readiness.live("test", Optional::empty);
  }

  @AfterAll
  void everyDocumentedOperationWasExercised() {
    TreeSet<String> left = new TreeSet<>(api.contract.operations());
    left.removeAll(api.contract.exercised());
    left.removeAll(api.contract.left(ELSEWHERE));
    api.close();
    assertThat(left)
        .as("the feed is no request and answer; the rest has tests of its own")
        .containsExactly("GET /feed", "POST /api/v1/calls");
  }

  @BeforeEach
  void empty() {
    api.router.agents.clear();
    api.router.queues.clear();
    api.router.calls.clear();
    api.router.numbers.clear();
    api.router.started.clear();
    api.history.records.clear();
    api.router.silent(false);
    api.history.down(false);
    api.call("POST", "/api/v1/queues", "{\"id\":\"support\"}");
  }

  @Test
  void shouldHaveADocumentedOperationForEachRoute() {
    assertThat(
            api.table.endpoints().stream()
                .map(e -> e.method() + ' ' + e.template())
                .collect(Collectors.toSet()))
        .isEqualTo(api.contract.operations());
  }

  @Test
  void shouldDocumentEveryWord() {
    assertThat(api.contract.words("Presence")).containsExactlyElementsOf(words(Presence.class));
    assertThat(api.contract.words("Strategy")).containsExactlyElementsOf(words(Strategy.class));
    assertThat(api.contract.words("AnswerMode")).containsExactlyElementsOf(words(AnswerMode.class));
    assertThat(api.contract.words("CallState")).containsExactlyElementsOf(words(Status.class));
    assertThat(api.contract.words("Outcome")).containsExactlyElementsOf(words(Outcome.class));
  }

  private static List<String> words(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
  }

  @Test
  void shouldCreateAnAgentAndSayWhereItIs() {
    Answer created = api.call("POST", "/api/v1/agents", ANNA);

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo("/api/v1/agents/anna");
    Answer found = api.get(created.header("Location"));
    assertThat(found.body()).isEqualTo(created.body());
    assertThat(found.body().get("presence").asText()).isEqualTo("offline");
    assertThat(found.body().get("capacity").asInt()).isEqualTo(2);
    assertThat(api.router.agents).containsKey(new AgentId(DEMO, "anna"));
  }

  @Test
  void shouldRefuseASecondAgentOfTheSameName() {
    api.call("POST", "/api/v1/agents", ANNA);

    Answer again = api.call("POST", "/api/v1/agents", ANNA);

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body().get("detail").asText()).contains("'anna'");
  }

  @Test
  void shouldChangeOnlyWhatAPatchNames() {
    api.call("POST", "/api/v1/agents", ANNA);

    Answer patched = api.call("PATCH", "/api/v1/agents/anna", "{\"displayName\":\"Anna B.\"}");
    assertThat(patched.body().get("displayName").asText()).isEqualTo("Anna B.");
    assertThat(patched.body().get("capacity").asInt()).isEqualTo(2);

    Answer replaced =
        api.call(
            "PUT",
            "/api/v1/agents/anna",
            "{\"displayName\":\"A\",\"contact\":\"sip:1@sim.invalid\"}");
    assertThat(replaced.body().get("capacity").asInt()).isEqualTo(1);
    assertThat(replaced.body().get("queues")).isEmpty();
  }

  @Test
  void shouldSetPresenceWithItsReason() {
    api.call("POST", "/api/v1/agents", ANNA);

    Answer away =
        api.call(
            "PUT",
            "/api/v1/agents/anna/state",
            "{\"presence\":\"not-ready\",\"reason\":\"lunch\"}");

    assertThat(away.status()).isEqualTo(200);
    assertThat(away.body().get("presence").asText()).isEqualTo("not-ready");
    assertThat(away.body().get("reason").asText()).isEqualTo("lunch");
  }

  @Test
  void shouldAnswer404ForWhatATenantDoesNotHave() {
    String profile = "{\"displayName\":\"A\",\"contact\":\"sip:1@sim.invalid\"}";
    String settings = "{\"strategy\":\"round-robin\",\"ringTimeout\":\"9s\",\"wrapUp\":\"0s\"}";
    String nobody = "/api/v1/agents/nobody";
    assertThat(api.get(nobody).status()).isEqualTo(404);
    assertThat(api.call("PUT", nobody, profile).status()).isEqualTo(404);
    assertThat(api.call("PATCH", nobody, "{}").status()).isEqualTo(404);
    assertThat(api.call("PUT", nobody + "/state", "{\"presence\":\"ready\"}").status())
        .isEqualTo(404);
    assertThat(api.get("/api/v1/queues/none").status()).isEqualTo(404);
    assertThat(api.call("PUT", "/api/v1/queues/none", settings).status()).isEqualTo(404);
    assertThat(api.call("PATCH", "/api/v1/queues/none", "{}").status()).isEqualTo(404);
    assertThat(api.get("/api/v1/numbers/+14155550100").status()).isEqualTo(404);
    assertThat(api.call("DELETE", "/api/v1/numbers/+14155550100", null).status()).isEqualTo(404);
    assertThat(api.get("/api/v1/calls/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(api.get("/api/v1/calls/" + UUID.randomUUID() + "/timeline").status()).isEqualTo(404);
    assertThat(api.get("/api/v1/switches/none").status()).isEqualTo(404);
    assertThat(api.get("/docs/none.js").status()).isEqualTo(404);
  }

  @Test
  void shouldStartNoEntityForANameNobodyGave() {
    shouldAnswer404ForWhatATenantDoesNotHave();
    api.call("PUT", "/api/v1/numbers/+14155550100", "{\"queue\":\"none\"}");
    api.call("POST", "/api/v1/agents", ANNA.replace("\"support\"", "\"none\""));

    assertThat(api.router.started).isEmpty();
  }

  @Test
  void shouldAnswerACreationOnlyWhenEveryNodeKnowsOfIt() {
    api.router.unheardQueues.set(3);
    assertThat(api.call("POST", "/api/v1/queues", "{\"id\":\"sales\"}").status()).isEqualTo(201);
    assertThat(api.router.unheardQueues).hasValue(0);
    assertThat(api.get("/api/v1/queues/sales").status()).isEqualTo(200);

    api.router.unheardAgents.set(3);
    assertThat(api.call("POST", "/api/v1/agents", ANNA).status()).isEqualTo(201);
    assertThat(api.router.unheardAgents).hasValue(0);
    assertThat(api.get("/api/v1/agents/anna").status()).isEqualTo(200);
  }

  @Test
  void shouldKeepTenantsApart() {
    api.call("POST", "/api/v1/agents", ANNA);
    api.call("PUT", "/api/v1/numbers/+14155550100", "{\"queue\":\"support\"}");

    var others =
        api.request("GET", "/api/v1/agents/anna", null)
            .setHeader("Authorization", "Bearer " + TestApi.OTHER_TOKEN);
    assertThat(api.send(others, true).status()).isEqualTo(404);
    var list =
        api.request("GET", "/api/v1/numbers", null)
            .setHeader("Authorization", "Bearer " + TestApi.OTHER_TOKEN);
    assertThat(api.send(list, true).body().get("items")).isEmpty();
    var queue =
        api.request("POST", "/api/v1/queues", "{\"id\":\"support\"}")
            .setHeader("Authorization", "Bearer " + TestApi.OTHER_TOKEN);
    assertThat(api.send(queue, true).status()).isEqualTo(201);
    var number =
        api.request("PUT", "/api/v1/numbers/+14155550100", "{\"queue\":\"support\"}")
            .setHeader("Authorization", "Bearer " + TestApi.OTHER_TOKEN);
    assertThat(api.send(number, true).status()).isEqualTo(409);
  }

  @Test
  void shouldPageThroughAListByItsCursor() {
    for (int i = 0; i < 7; i++) {
      api.call("POST", "/api/v1/agents", ANNA.replace("\"anna\"", "\"agent-" + i + '"'));
    }

    List<String> seen = new ArrayList<>();
    String path = "/api/v1/agents?limit=3";
    int pages = 0;
    for (String next = ""; next != null; pages++) {
      JsonNode page = api.get(path + (next.isEmpty() ? "" : "&cursor=" + next)).body();
      page.get("items").forEach(item -> seen.add(item.get("id").asText()));
      next = page.has("next") ? page.get("next").asText() : null;
    }

    assertThat(pages).isEqualTo(3);
    assertThat(seen)
        .containsExactly(
            "agent-0", "agent-1", "agent-2", "agent-3", "agent-4", "agent-5", "agent-6");
  }

  @Test
  void shouldTakeShortDurationsAndGiveIsoOnes() {
    Answer created =
        api.call(
            "POST",
            "/api/v1/queues",
            "{\"id\":\"sales\",\"strategy\":\"round-robin\",\"ringTimeout\":\"20s\","
                + "\"wrapUp\":\"PT2M\"}");

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.body().get("ringTimeout").asText()).isEqualTo("PT20S");
    assertThat(created.body().get("wrapUp").asText()).isEqualTo("PT2M");
    assertThat(created.body().get("live").get("waiting").asInt()).isEqualTo(2);
    Answer changed = api.call("PATCH", "/api/v1/queues/sales", "{\"wrapUp\":\"0s\"}");
    assertThat(changed.body().get("wrapUp").asText()).isEqualTo("PT0S");
    assertThat(changed.body().get("ringTimeout").asText()).isEqualTo("PT20S");
    Answer replaced =
        api.call(
            "PUT",
            "/api/v1/queues/sales",
            "{\"strategy\":\"longest-idle\",\"ringTimeout\":\"2m\",\"wrapUp\":\"1h\"}");
    assertThat(replaced.body().get("strategy").asText()).isEqualTo("longest-idle");
    assertThat(api.router.queues.get(new QueueId(DEMO, "sales")).view().settings().ringTimeout())
        .isEqualTo(Duration.ofMinutes(2));
    assertThat(api.get("/api/v1/queues").body().get("items")).hasSize(2);
    assertThat(api.get("/api/v1/queues/sales").body()).isEqualTo(replaced.body());
    assertThat(api.call("POST", "/api/v1/queues", "{\"id\":\"sales\"}").status()).isEqualTo(409);
  }

  @Test
  void shouldLeaveAQueueToThePlanThatHasIt() {
    QueueId id = new QueueId(DEMO, "planned");
    api.router.put(
        new QueueView(
            id, QueueSettings.DEFAULT, 7, 0, 0, 0, null, Duration.ofSeconds(40), 1, 1, 0, 0));

    Answer found = api.get("/api/v1/queues/planned");
    assertThat(found.body().get("plan").asInt()).isEqualTo(7);
    assertThat(found.body().get("live").get("estimatedWait").asText()).isEqualTo("PT40S");
    Answer changed = api.call("PATCH", "/api/v1/queues/planned", "{\"wrapUp\":\"0s\"}");
    assertThat(changed.status()).isEqualTo(409);
    assertThat(changed.body().get("detail").asText()).contains("Version 7 of the plan");
    assertThat(api.get("/api/v1/queues/planned").body()).isEqualTo(found.body());
    assertThat(api.get("/api/v1/queues/support").body().has("plan")).isFalse();
  }

  @Test
  void shouldLeadANumberToAQueueAndGiveItBack() {
    String number = "/api/v1/numbers/+14155550100";
    Answer taken = api.call("PUT", number, "{\"queue\":\"support\"}");
    assertThat(taken.status()).isEqualTo(201);
    assertThat(taken.header("Location")).isEqualTo(number);
    assertThat(taken.body().get("priority").asInt()).isEqualTo(50);

    Answer changed =
        api.call("PUT", number, "{\"queue\":\"support\",\"priority\":80,\"answer\":\"on-agent\"}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(api.get(number).body()).isEqualTo(changed.body());
    assertThat(api.get("/api/v1/numbers/%2B14155550100").body()).isEqualTo(changed.body());
    assertThat(api.get("/api/v1/numbers").body().get("items")).hasSize(1);

    assertThat(api.call("DELETE", number, null).status()).isEqualTo(204);
    assertThat(api.get(number).status()).isEqualTo(404);
  }

  @Test
  void shouldRefuseANumberThatLeadsToNoQueue() {
    Answer answer = api.call("PUT", "/api/v1/numbers/+14155550100", "{\"queue\":\"nowhere\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field(0)).isEqualTo("queue");
    assertThat(answer.message(0)).contains("'nowhere'");
  }

  @Test
  void shouldListLivingCallsBeforeEndedOnesAcrossPages() {
    for (int i = 0; i < 3; i++) {
      api.router.put(living(i, Status.QUEUED));
    }
    for (int i = 0; i < 4; i++) {
      api.history.records.add(ended(i, Outcome.ANSWERED));
    }
    api.router.put(living(3, Status.CONNECTED));

    List<String> states = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    String next = "";
    while (next != null) {
      JsonNode page =
          api.get("/api/v1/calls?limit=3" + (next.isEmpty() ? "" : "&cursor=" + next)).body();
      assertThat(page.get("items").size()).isLessThanOrEqualTo(3);
      for (JsonNode item : page.get("items")) {
        states.add(item.get("state").asText());
        ids.add(item.get("id").asText());
      }
      next = page.has("next") ? page.get("next").asText() : null;
    }

    assertThat(ids).doesNotHaveDuplicates().hasSize(8);
    assertThat(states.subList(0, 4)).doesNotContain("ended");
    assertThat(states.subList(4, 8)).containsOnly("ended");
  }

  @Test
  void shouldFilterCalls() {
    api.router.put(living(0, Status.QUEUED));
    api.router.put(living(1, Status.CONNECTED));
    api.history.records.add(ended(0, Outcome.ANSWERED));
    api.history.records.add(ended(1, Outcome.ABANDONED));

    assertThat(states("?state=connected")).containsExactly("connected");
    assertThat(states("?state=ended")).containsExactly("ended", "ended");
    assertThat(states("?outcome=abandoned")).containsExactly("ended");
    assertThat(states("?queue=support")).hasSize(4);
    assertThat(states("?queue=sales")).isEmpty();
    assertThat(states("?state=queued&callerNumber=%2B15551230000")).hasSize(1);
    assertThat(states("?state=queued&from=2026-11-21T00:00:00Z")).isEmpty();
    long asked = api.router.callsAsked.get();
    assertThat(states("?state=ended")).hasSize(2);
    assertThat(api.router.callsAsked.get()).as("no living call was asked").isEqualTo(asked);
  }

  @Test
  void shouldShowACallAndItsTimeline() {
    CallRecord past = ended(0, Outcome.ANSWERED);
    api.history.records.add(past);
    CallView now = living(0, Status.CONNECTED);
    api.router.put(now);
    api.history.records.add(connected(List.of(now.id())));

    Answer ended = api.get("/api/v1/calls/" + past.id().channel());
    assertThat(ended.body().get("outcome").asText()).isEqualTo("answered");
    assertThat(ended.body().get("endedAt").asText()).isEqualTo(past.endedAt().toString());
    Answer living = api.get("/api/v1/calls/" + now.id().channel());
    assertThat(living.body().get("state").asText()).isEqualTo("connected");
    assertThat(living.body().get("priority").asInt()).isEqualTo(50);
    Answer timeline = api.get("/api/v1/calls/" + past.id().channel() + "/timeline");
    assertThat(timeline.body().get("items")).hasSize(2);
    assertThat(timeline.body().get("items").get(1).get("details").get("first").asBoolean())
        .isTrue();
  }

  @Test
  void shouldShowASwitchWhoseLinkDoesNotAnswerAsUnknown() {
    JsonNode items = api.get("/api/v1/switches").body().get("items");

    assertThat(items.get(0).get("state").asText()).isEqualTo("ready");
    assertThat(items.get(1).get("state").asText()).isEqualTo("unknown");
    assertThat(api.get("/api/v1/switches/fs1").body()).isEqualTo(items.get(0));
  }

  @Test
  void shouldServeTheDocumentsAndTheMetrics() {
    assertThat(api.get("/openapi.yaml").raw().body()).startsWith("openapi: 3.1.0");
    assertThat(api.get("/docs").raw().body()).contains("/docs/swagger-ui-bundle.js");
    assertThat(api.get("/docs/init.js").raw().body()).contains("/openapi.yaml");
    assertThat(api.get("/docs/swagger-ui.css").status()).isEqualTo(200);
    assertThat(api.get("/docs/swagger-ui-bundle.js").header("Content-Security-Policy"))
        .contains("default-src 'self'");
    assertThat(api.get("/metrics").raw().body()).contains("tandem_http_requests_total");
  }

  @Test
  void shouldSayWhichCheckKeepsTheNodeFromWork() {
    assertThat(api.get("/health/live").body().get("checks").get("test").asText()).isEqualTo("ok");

    Answer cold = api.get("/health/ready");
    assertThat(cold.status()).isEqualTo(503);
    assertThat(cold.field(0)).isEqualTo("warm-up");
    assertThat(cold.message(0)).contains("not a member");

    api.readiness.ready("warm-up", Optional::empty);
    assertThat(api.get("/health/ready").body().get("ok").asBoolean()).isTrue();
  }

  @Test
  void shouldAnswer503WhenTheRouterOrTheHistoryIsSilent() {
    api.history.records.add(ended(0, Outcome.ANSWERED));
    api.router.silent(true);
    Answer late = api.get("/api/v1/agents");
    assertThat(late.status()).isEqualTo(503);
    assertThat(late.header("Retry-After")).isEqualTo("1");
    assertThat(states("")).as("the past is there while the router is not").hasSize(1);

    api.router.silent(false);
    api.history.down(true);
    assertThat(api.get("/api/v1/calls").status()).isEqualTo(503);
    assertThat(api.get("/api/v1/calls?state=queued").status()).isEqualTo(200);
  }

  private List<String> states(String query) {
    List<String> states = new ArrayList<>();
    api.get("/api/v1/calls" + query)
        .body()
        .get("items")
        .forEach(item -> states.add(item.get("state").asText()));
    return states;
  }

  private static CallView living(int i, Status state) {
    Instant arrived = FakeRouter.THEN.plusSeconds(i);
    return new CallView(
        new CallId(DEMO, UUID.randomUUID().toString()),
        FakeRouter.SWITCH,
        "+1555123000" + i,
        "+14155550100",
        state,
        SUPPORT,
        50,
        state == Status.QUEUED ? null : new AgentId(DEMO, "anna"),
        null,
        arrived,
        arrived,
        state == Status.CONNECTED ? arrived : null,
        null,
        null,
        null,
        null,
        null,
        null,
        state == Status.QUEUED ? List.of(SUPPORT) : List.of());
  }

  private static CallRecord ended(int i, Outcome outcome) {
    Instant arrived = FakeRouter.THEN.minusSeconds(1000 + i);
    return new CallRecord(
        new CallId(DEMO, UUID.randomUUID().toString()),
        FakeRouter.SWITCH,
        "+15551230000",
        "+14155550100",
        SUPPORT,
        outcome == Outcome.ANSWERED ? new AgentId(DEMO, "anna") : null,
        arrived,
        outcome == Outcome.ANSWERED ? arrived.plusSeconds(5) : null,
        arrived.plusSeconds(60),
        outcome,
        "NORMAL_CLEARING",
        1,
        9);
  }

  private static CallRecord connected(Iterable<CallId> ids) {
    return new CallRecord(
        ids.iterator().next(),
        FakeRouter.SWITCH,
        "+15551230003",
        "+14155550100",
        SUPPORT,
        new AgentId(DEMO, "anna"),
        FakeRouter.THEN,
        FakeRouter.THEN,
        null,
        null,
        null,
        1,
        5);
  }
}
