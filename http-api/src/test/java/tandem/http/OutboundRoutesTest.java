package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tandem.http.TestApi.Answer;
import tandem.persistence.readmodel.CallRecord;
import tandem.router.call.Call;
import tandem.router.domain.AgentId;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.CallId;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.Presence;
import tandem.router.domain.QueueId;
import tandem.router.domain.TenantId;
import tandem.router.edge.CallFact;
import tandem.router.edge.LinkQuery.LinkState;
import tandem.router.edge.Outbound;
import tandem.router.feed.CallView.Outcome;

/** Agents who call somebody, each exchange held against the document. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutboundRoutesTest {
  private static final String CALLS = "/api/v1/calls";
  private static final String BODY = "{\"agent\":\"anna\",\"to\":\"+14155550177\"}";
  private static final AgentId ANNA = new AgentId(Views.DEMO, "anna");
  private static final PhoneNumber OWN = new PhoneNumber("+14155550100");
  private static final PhoneNumber SECOND = new PhoneNumber("+14155550101");
  private static final PhoneNumber TO = new PhoneNumber("+14155550177");

  private TestApi api;

  @BeforeAll
  void start() {
    api = new TestApi("");
  }

  @AfterAll
  void itWasExercised() {
    boolean exercised = api.contract.exercised().contains("POST " + CALLS);
    api.close();
    assertThat(exercised).isTrue();
  }

  @BeforeEach
  void empty() {
    api.router.calls.clear();
    api.router.agents.clear();
    api.router.numbers.clear();
    api.router.controls.clear();
    api.router.started.clear();
    api.router.linkState = LinkState.READY;
    api.router.silent(false);
    api.history.records.clear();
    api.history.events.clear();
    api.router.put(Views.agent("anna", Presence.NOT_READY));
    own(OWN);
  }

  @Test
  void shouldHaveASwitchMakeTheCallAndSayWhereItIs() {
    api.router.controls.unseen.set(3);
    Instant before = Instant.now();

    Answer made = place("k 1", "{\"agent\":\"anna\",\"to\":\"(415) 555-0177\",\"ring\":\"20s\"}");

    CallId id = CallId.ofOutbound(Views.DEMO, "k 1");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("Location")).isEqualTo(CALLS + '/' + id.channel());
    assertThat(made.body().get("id").asText()).isEqualTo(id.channel());
    assertThat(UUID.fromString(id.channel()).version()).isEqualTo(3);
    assertThat(id.mayBeCallback()).isTrue();
    assertThat(CallId.ofOutbound(new TenantId("other"), "k 1").channel())
        .isNotEqualTo(id.channel());
    assertThat(api.router.controls.placed).hasSize(1);
    FakeControls.Placed placed = api.router.controls.placed.get(0);
    assertThat(placed.home()).isEqualTo(FakeRouter.SWITCH);
    assertThat(placed.call()).isEqualTo(id);
    Outbound outbound = placed.outbound();
    assertThat(outbound)
        .isEqualTo(
            new Outbound(
                ANNA, TO, OWN, Duration.ofSeconds(20), outbound.placedAt(), "token of demo"));
    assertThat(outbound.placedAt()).isBetween(before, Instant.now());
  }

  @Test
  void shouldMakeAnotherCallForEachRequestWithoutAKey() {
    String first = api.call("POST", CALLS, BODY).header("Location");
    assertThat(api.call("POST", CALLS, BODY).header("Location")).isNotEqualTo(first);
    assertThat(api.router.controls.placed).hasSize(2);
  }

  @Test
  void shouldGiveTheSameCallToTheSameRequest() {
    Answer made = place("k", BODY);
    recorded(CallId.ofOutbound(Views.DEMO, "k"), null);
    api.router.put(Views.agent("anna", Presence.OFFLINE));
    api.router.linkState = LinkState.LOST;

    Answer again = place("k", BODY);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(made.body());
    assertThat(api.router.controls.placed).hasSize(1);

    api.history.records.clear();
    recorded(CallId.ofOutbound(Views.DEMO, "k"), FakeRouter.THEN.plusSeconds(9));
    Answer late = place("k", BODY);
    assertThat(late.status()).isEqualTo(200);
    assertThat(late.body().get("outcome").asText()).isEqualTo("unreached");
  }

  @Test
  void shouldRefuseAKeyThatWasUsedForAnotherCall() {
    recorded(CallId.ofOutbound(Views.DEMO, "k"), null);
    for (String body :
        List.of(
            "{\"agent\":\"anna\",\"to\":\"+14155550178\"}",
            "{\"agent\":\"anna\",\"to\":\"+14155550177\",\"ring\":\"31s\"}")) {
      Answer other = place("k", body);
      assertThat(other.status()).isEqualTo(422);
      assertThat(other.body().get("reason").asText()).isEqualTo("other-request");
    }
    assertThat(api.router.controls.placed).isEmpty();
  }

  @Test
  void shouldShowTheNumberThatIsWishedOrTheAgentsOrThePlans() {
    own(SECOND);
    api.router.put(Views.queue("support", 0));
    assertThat(shown(BODY)).as("which of two nobody says").isNull();
    assertThat(shown("{\"agent\":\"anna\",\"to\":\"+14155550177\",\"shown\":\"+14155550101\"}"))
        .isEqualTo(SECOND);

    api.call("PATCH", "/api/v1/agents/anna", "{\"callerId\":\"+14155550101\"}");
    assertThat(api.get("/api/v1/agents/anna").body().get("callerId").asText())
        .isEqualTo(SECOND.value());
    assertThat(shown(BODY)).isEqualTo(SECOND);

    api.call(
        "PUT",
        "/api/v1/agents/anna",
        "{\"displayName\":\"Anna\",\"contact\":\"sip:1001@sim.invalid\"}");
    assertThat(api.get("/api/v1/agents/anna").body().has("callerId")).isFalse();
  }

  private PhoneNumber shown(String body) {
    api.router.controls.clear();
    Answer answer = api.call("POST", CALLS, body);
    if (answer.status() == 409) {
      assertThat(answer.body().get("reason").asText()).isEqualTo("no-shown-number");
      return null;
    }
    assertThat(answer.status()).isEqualTo(201);
    return api.router.controls.placed.get(0).outbound().shown();
  }

  @ParameterizedTest
  @CsvSource({
    "+14155550101, 409, no-shown-number",
    "+442071838750, 409, no-shown-number",
  })
  void shouldShowNobodyElsesNumber(String shown, int status, String reason) {
    Answer answer =
        api.call(
            "POST",
            CALLS,
            "{\"agent\":\"anna\",\"to\":\"+14155550177\",\"shown\":\"%s\"}".formatted(shown));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body().get("reason").asText()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "+442071838750, 403, destination-not-allowed",
    "911, 403, emergency",
  })
  void shouldCallOnlyWhatThePlanAllows(String to, int status, String reason) {
    Answer answer = api.call("POST", CALLS, "{\"agent\":\"anna\",\"to\":\"%s\"}".formatted(to));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body().get("reason").asText()).isEqualTo(reason);
    assertThat(api.router.controls.placed).isEmpty();
  }

  @Test
  void shouldNameTheAgentWhoCannotCall() {
    Answer nobody = api.call("POST", CALLS, "{\"agent\":\"nobody\",\"to\":\"+14155550177\"}");
    assertThat(nobody.status()).isEqualTo(409);
    assertThat(nobody.body().get("reason").asText()).isEqualTo("no-such-agent");
    assertThat(api.router.started).isEmpty();

    api.router.put(Views.agent("anna", Presence.OFFLINE));
    Answer offline = api.call("POST", CALLS, BODY);
    assertThat(offline.status()).isEqualTo(409);
    assertThat(offline.body().get("reason").asText()).isEqualTo("offline");
    assertThat(api.router.controls.placed).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|agent|is required",
        "{'agent':'anna'}|to|is required",
        "{'agent':'anna','to':''}|to|must be 1 to 40 characters",
        "{'agent':'anna','to':'hello'}|to|is no number that anybody can have",
        "{'agent':'anna','to':'+14155550177','shown':'0415'}|shown|must be E.164",
        "{'agent':'anna','to':'+14155550177','ring':'1s'}|ring|must be PT5S to PT2M, got PT1S",
        "{'agent':'anna','to':'+14155550177','from':'x'}|from|is unknown; known are agent, to",
      })
  void shouldNameTheFieldAndWhatIsAllowed(String body, String field, String message) {
    Answer answer = api.bad("POST", CALLS, body.replace('\'', '"'));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field(0)).isEqualTo(field);
    assertThat(answer.message(0)).startsWith(message);
    assertThat(api.router.controls.placed).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"CONNECTING", "DRAINING", "LOST"})
  void shouldSayThatNoSwitchIsReady(LinkState state) {
    api.router.linkState = state;
    Answer answer = api.call("POST", CALLS, BODY);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body().get("detail").asText()).isEqualTo("No switch is ready; try again.");
    assertThat(api.router.controls.placed).isEmpty();
  }

  @Test
  void shouldSayThatTheCallHasNotBegunInTime() {
    api.router.controls.unseen.set(Integer.MAX_VALUE);
    Answer answer = api.call("POST", CALLS, BODY);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body().get("detail").asText()).contains("Idempotency-Key");
  }

  private Answer place(String key, String body) {
    return api.send(api.with("Idempotency-Key", key, "POST", CALLS, body), true);
  }

  private void own(PhoneNumber number) {
    api.router.numbers.put(
        number, new Entry(new QueueId(Views.DEMO, "support"), 50, AnswerMode.ON_QUEUE));
  }

  private void recorded(CallId id, Instant ended) {
    api.history.records.add(
        new CallRecord(
            id,
            FakeRouter.SWITCH,
            OWN.value(),
            TO.value(),
            null,
            null,
            FakeRouter.THEN,
            null,
            ended,
            ended == null ? null : Outcome.UNREACHED,
            ended == null ? null : "NO_ANSWER",
            0,
            5));
    api.history.events.put(
        id,
        List.of(
            new Call.Arrived(
                id,
                new CallFact.Arrived(
                    new LegId(id.channel()),
                    FakeRouter.SWITCH,
                    null,
                    OWN.value(),
                    TO.value(),
                    new Entry(new QueueId(Views.DEMO, "none"), 0, AnswerMode.ON_QUEUE),
                    FakeRouter.THEN,
                    null,
                    new Outbound(
                        ANNA, TO, OWN, Duration.ofSeconds(30), FakeRouter.THEN, "somebody")),
                FakeRouter.THEN)));
  }
}
