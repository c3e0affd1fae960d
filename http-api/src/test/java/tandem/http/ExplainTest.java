package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.http.TestApi.Answer;
import tandem.router.domain.TenantId;

/** What a plan says it would do with a call. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainTest {
  private static final String CURRENT = "/api/v1/plans/current/explain";

  /** A Friday, 10:00 in New York. */
  private static final String OPEN = "2026-11-20T15:00:00Z";

  private static final String RICH =
      """
      {
        "numbers": [
          {"match": "+14155550100", "flow": "main"},
          {"match": "+14155550101 - +14155550109", "flow": "ends"},
          {"match": "+14155550120", "flow": "back"}
        ],
        "calendars": {"office": {"timeZone": "America/New_York", "hours": {"mon-fri": ["09:00-17:30"]}}},
        "groups": {"night": {"agents": ["anna", "ben"]}},
        "queues": {
          "support": {"maxWait": "10m", "onMaxWait": {"voicemail": "full"}},
          "overflow": {}
        },
        "flows": {
          "main": [
            {"do": {"set": {"tier": "gold", "score": 7}}},
            {"do": {"announce": "welcome.wav"}},
            {"when": "call.attributes.vip == true", "do": {"transfer": "+14155550199"}},
            {"when": "call.country == 'ES'", "do": {"flow": "spanish"}},
            {"when": "!open('office')", "do": {"group": "night"}},
            {"do": {"queue": ["support", "overflow"], "priority": 40,
                    "boosts": [{"when": "call.attributes.tier == 'gold'", "add": 25}],
                    "require": "skill('billing') >= 3", "prefer": "call.region in agent.teams",
                    "answer": "on-agent",
                    "relax": [{"after": "30s", "require": "skill('billing') >= 1"}],
                    "escalate": [
                      {"after": "2m", "to": {"agent": "anna", "priority": 90}},
                      {"unanswered": 3, "notify": "three did not answer", "priority": 80}]}}
          ],
          "spanish": [{"do": {"park": "spanish", "timeout": "1m", "then": {"hangup": "USER_BUSY"}}}],
          "back": [
            {"when": "call.country == 'ES'",
             "do": {"callback": {"queue": ["support", "overflow"], "within": "20h", "attempts": 5,
                    "retryAfter": "15m", "ring": "45s", "countries": ["ES", "PT"],
                    "otherwise": {"flow": "ends"}}}},
            {"do": {"callback": {"otherwise": {"voicemail": "late"}}}}],
          "ends": [{"do": {"hangup": "CALL_REJECTED"}}]
        }
      }
      """;

  private TestApi api;

  @BeforeAll
  void start() {
    api = new TestApi("");
  }

  @AfterAll
  void stop() {
    api.close();
  }

  @BeforeEach
  void empty() {
    api.router.plans.clear();
  }

  @Test
  void shouldTellEachRuleAndTheActionInThePlansWords() {
    Plans.publish(api, RICH);

    JsonNode answer = explain(CURRENT, "+14155550142", "+14155550100", OPEN);

    assertThat(answer.get("version").asInt()).isEqualTo(1);
    assertThat(answer.has("revision")).isFalse();
    assertThat(answer.get("at").asText()).isEqualTo(OPEN);
    assertThat(answer.get("number").asText()).isEqualTo("+14155550100");
    assertThat(answer.get("announcements").toString()).isEqualTo("[\"welcome.wav\"]");
    assertThat(answer.get("call").get("country").asText()).isEqualTo("US");
    assertThat(answer.get("call").get("region").asText()).isEqualTo("San Francisco, CA");
    assertThat(answer.get("call").get("timeZone").asText()).isEqualTo("America/Los_Angeles");
    assertThat(answer.get("call").get("attributes").toString())
        .isEqualTo("{\"score\":7,\"tier\":\"gold\"}");
    assertThat(answer.get("rules"))
        .extracting(rule -> rule.get("flow").asText() + rule.get("index") + rule.get("taken"))
        .containsExactly("main0true", "main1true", "main2false", "main5true");
    JsonNode failed = answer.get("rules").get(2);
    assertThat(failed.get("when").asText()).isEqualTo("call.attributes.vip == true");
    assertThat(failed.get("failed").asText()).contains("vip");
    assertThat(answer.get("rules").get(3).has("when")).isFalse();

    JsonNode action = answer.get("action");
    assertThat(action.get("queue").toString()).isEqualTo("[\"support\",\"overflow\"]");
    assertThat(action.get("priority").asInt()).isEqualTo(65);
    assertThat(action.get("require").asText()).isEqualTo("skill('billing') >= 3");
    assertThat(action.get("prefer").asText()).isEqualTo("call.region in agent.teams");
    assertThat(action.get("call").get("call.region")).isEqualTo(answer.get("call").get("region"));
    assertThat(action.get("answer").asText()).isEqualTo("on-agent");
    assertThat(action.get("steps"))
        .extracting(JsonNode::toString)
        .containsExactly(
            "{\"after\":\"PT30S\",\"require\":\"skill('billing') >= 1\"}",
            "{\"after\":\"PT2M\",\"to\":{\"agent\":\"anna\",\"priority\":90,"
                + "\"answer\":\"on-queue\"}}",
            "{\"unanswered\":3,\"priority\":80,\"notify\":\"three did not answer\"}",
            "{\"after\":\"PT10M\",\"to\":{\"voicemail\":\"full\"}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "+34915550100|+14155550100|{\"park\":\"spanish\",\"timeout\":\"PT1M\",\"then\":{\"hangup\":\"USER_BUSY\"}}",
        "+34915550100|+14155550120|{\"callback\":{\"queue\":[\"support\",\"overflow\"],\"within\":\"PT20H\","
            + "\"attempts\":5,\"retryAfter\":\"PT15M\",\"ring\":\"PT45S\",\"countries\":[\"ES\",\"PT\"],"
            + "\"otherwise\":{\"flow\":\"ends\"}}}",
        "+14155550142|+14155550120|{\"callback\":{\"within\":\"PT2H\",\"attempts\":3,\"retryAfter\":\"PT10M\","
            + "\"ring\":\"PT30S\",\"otherwise\":{\"voicemail\":\"late\"}}}",
        "+19005551234|+14155550120|{\"voicemail\":\"late\"}",
        "+14155550142|+14155550105|{\"hangup\":\"CALL_REJECTED\"}"
      })
  void shouldTellOtherActions(String from, String to, String action) {
    Plans.publish(api, RICH);

    assertThat(explain(CURRENT, from, to, OPEN).get("action").toString()).isEqualTo(action);
  }

  @Test
  void shouldFollowTheCalendarsAtTheInstantAskedFor() {
    Plans.publish(api, RICH);

    JsonNode night = explain(CURRENT, "+14155550142", "+14155550100", "2026-11-21T03:00:00Z");

    assertThat(night.get("action").get("group").asText()).isEqualTo("night");
  }

  @Test
  void shouldCountWhatWasSetByHandOnlyForWhatIsOrWillBeInForce() {
    Plans.publish(api, RICH);
    Plans.publish(api, RICH.replace("\"priority\": 40", "\"priority\": 41"));
    api.call("PUT", "/api/v1/calendars/office/override", "{\"state\":\"closed\"}");

    assertThat(waits("/api/v1/plans/1/explain")).as("an old version").isTrue();
    assertThat(waits("/api/v1/plans/2/explain")).as("in force, by its number").isFalse();
    assertThat(waits(CURRENT)).isFalse();
    assertThat(waits("/api/v1/plans/draft/explain")).isFalse();
  }

  private boolean waits(String path) {
    return explain(path, "+14155550142", "+14155550100", OPEN).get("action").has("queue");
  }

  @Test
  void shouldTakeTheAttributesOfTheCallAndSayWhoseRevisionItWas() {
    Plans.publish(api, RICH);

    JsonNode answer =
        api.call(
                "POST",
                "/api/v1/plans/draft/explain",
                "{\"from\":\"\",\"to\":\"+14155550100\",\"attributes\":{\"vip\":true,\"n\":1.5}}")
            .body();

    assertThat(answer.get("revision").asInt()).isEqualTo(1);
    assertThat(answer.has("version")).isFalse();
    assertThat(answer.get("call").get("country").asText()).isEmpty();
    assertThat(answer.get("action").toString()).isEqualTo("{\"transfer\":\"+14155550199\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+14155550110", "+44207946000", "support", "*97", "+1"})
  void shouldSayWhenThePlanIsAboutOtherNumbers(String to) {
    Plans.publish(api, RICH);

    JsonNode answer = explain(CURRENT, "+14155550142", to, OPEN);

    assertThat(answer.has("number")).isFalse();
    assertThat(answer.has("action")).isFalse();
    assertThat(answer.get("rules")).isEmpty();
  }

  @Test
  void shouldChangeNothing() {
    Plans.publish(api, RICH);
    var before = api.router.currentPlan(new TenantId("demo")).toCompletableFuture().join();

    explain(CURRENT, "+14155550142", "+14155550100", OPEN);

    assertThat(api.router.currentPlan(new TenantId("demo")).toCompletableFuture().join())
        .isEqualTo(before);
    assertThat(api.router.started).isEmpty();
    assertThat(api.router.calls).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"to\":\"+1\"}|from|is required",
        "{\"from\":\"\"}|to|is required",
        "{\"from\":\"\",\"to\":\"\"}|to|must be 1 to 100 characters",
        "{\"from\":7,\"to\":\"+1\"}|from|must be a text",
        "{\"from\":\"\",\"to\":\"+1\",\"at\":\"noon\"}|at|must be an instant such as",
        "{\"from\":\"\",\"to\":\"+1\",\"at\":5}|at|must be a text",
        "{\"from\":\"\",\"to\":\"+1\",\"at\":\"+1000000000-12-31T00:00:00Z\"}|at|must be within the years 1900 to 2199",
        "{\"from\":\"\",\"to\":\"+1\",\"at\":\"-1000000000-01-01T00:00:00Z\"}|at|must be within the years 1900 to 2199",
        "{\"from\":\"\\ud83c\",\"to\":\"+1\"}|from|must not contain half a character",
        "{\"from\":\"\",\"to\":\"+1\",\"\\ud83c\":1}|?|is unknown",
        "{\"from\":\"\",\"to\":\"+1\",\"attributes\":[]}|attributes|must be an object, got a list",
        "{\"from\":\"\",\"to\":\"+1\",\"attributes\":{\"a\":{}}}|attributes.a|must be a text, a number, or true or false, got an object",
        "{\"from\":\"\",\"to\":\"+1\",\"attributes\":{\"a\":null}}|attributes.a|got null",
        "{\"from\":\"\",\"to\":\"+1\",\"attributes\":{\"A B\":1}}|attributes.A B|must be 1 to 64 of a-z",
        "{\"from\":\"\",\"to\":\"+1\",\"attributes\":{\"a\":9999999999999999999}}|attributes.a|too large a number",
        "{\"from\":\"\",\"to\":\"+1\",\"attributes\":{\"a\":1e999}}|attributes.a|too large a number",
        "{\"from\":\"\",\"to\":\"+1\",\"call\":1}|call|is unknown"
      })
  void shouldNameWhatIsWrongWithTheQuestion(String body, String field, String says) {
    Plans.publish(api, RICH);

    Answer answer = api.bad("POST", CURRENT, body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field(0)).isEqualTo(field);
    assertThat(answer.message(0)).contains(says);
  }

  @Test
  void shouldAnswer404WithoutAPlanAnd409WhenItCannotBeRead() {
    String body = "{\"from\":\"\",\"to\":\"+14155550100\"}";
    for (String path : List.of("current", "draft", "1")) {
      assertThat(api.call("POST", "/api/v1/plans/" + path + "/explain", body).status())
          .isEqualTo(404);
    }
    api.router.savePlanDraft(new TenantId("demo"), "{\"flows\": 7}", 0, "an older release");

    Answer answer = api.call("POST", "/api/v1/plans/draft/explain", body);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.field(0)).isEqualTo("flows");
  }

  private JsonNode explain(String path, String from, String to, String at) {
    Answer answer =
        api.call(
            "POST", path, "{\"from\":\"%s\",\"to\":\"%s\",\"at\":\"%s\"}".formatted(from, to, at));
    assertThat(answer.status()).isEqualTo(200);
    return answer.body();
  }
}
