package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tandem.http.TestApi.Answer;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;

/** Why calls went as they did, as clients get it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplanationRoutesTest {
  private static final CallId CALL =
      new CallId(new TenantId("demo"), "00000000-0000-4000-8000-000000000001");
  private static final String PATH = path(CALL.channel());

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
    api.history.events.clear();
    api.history.down(false);
  }

  @Test
  void shouldExplainACallByThePlanOfThen() {
    long then = Plans.publish(api, PlannedCall.PLAN);
    Plans.publish(api, Plans.MAIN);
    api.history.events.put(CALL, PlannedCall.served(CALL, then));

    JsonNode explanation = api.get(PATH).body();

    assertThat(explanation.get("call").asText()).isEqualTo(CALL.channel());
    assertThat(explanation.get("truncated").asBoolean()).isFalse();
    JsonNode routed = explanation.get("decisions").get(1);
    assertThat(routed.get("kind").asText()).isEqualTo("routed");
    assertThat(routed.get("planKnown").asBoolean()).isTrue();
    assertThat(routed.get("rules").get(2).get("when").asText()).isEqualTo("call.country == 'US'");
    assertThat(routed.get("call").get("region").asText()).isEqualTo("San Francisco, CA");
    assertThat(routed.get("action").get("priority").asInt()).isEqualTo(60);
    JsonNode step = explanation.get("decisions").get(8);
    assertThat(step.get("step").toString())
        .isEqualTo("{\"after\":\"PT30S\",\"require\":\"\",\"alsoQueue\":\"overflow\"}");
    JsonNode connected = explanation.get("decisions").get(11);
    assertThat(connected.get("waited").asText()).isEqualTo("PT41S");
  }

  @Test
  void shouldExplainByThePlanInForce() {
    long now = Plans.publish(api, PlannedCall.PLAN);
    api.history.events.put(CALL, PlannedCall.served(CALL, now));

    assertThat(api.get(PATH).body().get("decisions").get(1).get("planKnown").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1", "9"})
  void shouldSayThatTheArchiveDoesNotHaveAVersion(long version) {
    api.router.plans.archiveDown();
    Plans.publish(api, PlannedCall.PLAN);
    Plans.publish(api, Plans.MAIN);
    api.history.events.put(CALL, PlannedCall.served(CALL, version));

    JsonNode routed = api.get(PATH).body().get("decisions").get(1);

    assertThat(routed.get("planKnown").asBoolean()).isFalse();
    assertThat(routed.get("text").asText()).contains("the text of this version cannot be read");
    assertThat(routed.get("rules").get(2).has("when")).isFalse();
  }

  @Test
  void shouldExplainACallOfBeforeThereWerePlans() {
    api.history.events.put(CALL, PlannedCall.withoutPlan(CALL));

    assertThat(api.get(PATH).body().get("decisions").get(1).get("text").asText())
        .startsWith("No plan had a say");
    assertThat(api.router.plans.archived()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain|text/plain",
        "text/plain, */*;q=0.1|text/plain",
        "text/plain;q=0.5, application/json|application/json",
        "*/*|application/json",
        "text/*|text/plain"
      })
  void shouldAnswerInTheFormThatIsLikedBest(String accept, String type) {
    api.history.events.put(CALL, PlannedCall.withoutPlan(CALL));

    Answer answer = api.send(api.with("Accept", accept, "GET", PATH, null), true);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith(type);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.raw().body())
        .contains("No plan had a say: by its number the call waits in queue support");
  }

  @Test
  void shouldRefuseOtherForms() {
    Answer answer = api.send(api.with("Accept", "text/html", "GET", PATH, null), true);
    assertThat(answer.status()).isEqualTo(406);
    assertThat(answer.body().get("detail").asText()).contains("application/json or text/plain");
  }

  @Test
  void shouldNotKnowCallsOfNobodyAndOfOtherTenants() {
    CallId others = new CallId(new TenantId("other"), UUID.randomUUID().toString());
    api.history.events.put(others, PlannedCall.withoutPlan(others));

    assertThat(api.get(PATH).status()).isEqualTo(404);
    assertThat(api.get(path(others.channel())).status()).isEqualTo(404);
    assertThat(api.bad("GET", path("x"), null).status()).isEqualTo(400);
  }

  @Test
  void shouldSayThatTheHistoryIsOutOfReach() {
    api.history.down(true);
    assertThat(api.get(PATH).status()).isEqualTo(503);
  }

  private static String path(String channel) {
    return "/api/v1/calls/" + channel + "/explanation";
  }
}
