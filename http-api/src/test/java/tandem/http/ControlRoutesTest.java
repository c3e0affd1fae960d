package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tandem.http.TestApi.Answer;
import tandem.http.json.Words;
import tandem.persistence.readmodel.CallRecord;
import tandem.router.call.Operation;
import tandem.router.call.Refusal;
import tandem.router.call.Target;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.Presence;
import tandem.router.domain.TenantId;
import tandem.router.edge.SwitchCommand.Ear;
import tandem.router.edge.SwitchCommand.TapeMode;
import tandem.router.feed.CallView;
import tandem.router.feed.CallView.Outcome;
import tandem.router.feed.CallView.Status;

/** Everything people do with a call, each exchange held against the document. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlRoutesTest {
  private static final LegId LEG = new LegId("00000000-0000-4000-8000-0000000000b1");
  private static final AgentId ANNA = new AgentId(Views.DEMO, "anna");
  private static final AgentId BEN = new AgentId(Views.DEMO, "ben");
  private static final PhoneNumber NUMBER = new PhoneNumber("+14155550177");

  private TestApi api;

  @BeforeAll
  void start() {
    api = new TestApi("");
  }

  @AfterAll
  void everyOperationWasExercised() {
    List<String> left =
        List.copyOf(api.contract.left("/api/v1/calls/.id./(?!explanation|callback|timeline).+"));
    api.close();
    assertThat(left).isEmpty();
  }

  @BeforeEach
  void empty() {
    api.router.calls.clear();
    api.router.agents.clear();
    api.router.queues.clear();
    api.router.controls.clear();
    api.router.started.clear();
    api.history.records.clear();
    api.router.silent(false);
    api.router.put(Views.agent("anna", Presence.READY));
    api.router.put(Views.agent("ben", Presence.READY));
    api.router.put(Views.queue("support", 0));
  }

  private static Arguments arguments(String method, String path, String body, Operation operation) {
    return Arguments.of(method, path, body, operation);
  }

  static List<Arguments> operations() {
    String leg = LEG.value();
    return List.of(
        arguments("POST", "hangup", null, new Operation.HangUp()),
        arguments("POST", "hangup", "{}", new Operation.HangUp()),
        arguments("POST", "answer", "{'agent':'anna'}", new Operation.Answer(ANNA)),
        arguments("POST", "decline", "{'agent':'anna'}", new Operation.Decline(ANNA)),
        arguments("POST", "hold", null, new Operation.Hold()),
        arguments("POST", "resume", null, new Operation.Resume()),
        arguments("POST", "digits", "{'digits':'12A#*'}", new Operation.Press("12A#*", null)),
        arguments(
            "POST", "digits", "{'digits':'1','leg':'" + leg + "'}", new Operation.Press("1", LEG)),
        arguments(
            "POST",
            "transfer",
            "{'to':{'agent':'ben'},'agent':'anna'}",
            new Operation.Transfer(new Target.ToAgent(BEN), ANNA)),
        arguments(
            "POST",
            "transfer",
            "{'to':{'extension':'204'}}",
            new Operation.Transfer(new Target.ToExtension("204"), null)),
        arguments(
            "POST",
            "transfer",
            "{'to':{'number':'+14155550177'}}",
            new Operation.Transfer(new Target.ToNumber(NUMBER), null)),
        arguments(
            "POST",
            "transfer",
            "{'to':{'queue':'support'}}",
            new Operation.Transfer(new Target.ToQueue("support"), null)),
        arguments(
            "POST",
            "transfer",
            "{'to':{'flow':'main'}}",
            new Operation.Transfer(new Target.ToFlow("main"), null)),
        arguments(
            "POST",
            "consult",
            "{'to':{'agent':'ben'}}",
            new Operation.Consult(new Target.ToAgent(BEN), null)),
        arguments("DELETE", "consult", null, new Operation.CancelConsult()),
        arguments("POST", "consult/swap", null, new Operation.Swap()),
        arguments("POST", "consult/complete", null, new Operation.Complete()),
        arguments("POST", "consult/merge", null, new Operation.Merge()),
        arguments("POST", "park", "{'lot':'lobby'}", new Operation.Park("lobby", null, null)),
        arguments(
            "POST",
            "park",
            "{'lot':'lobby','slot':3,'agent':'anna'}",
            new Operation.Park("lobby", 3, ANNA)),
        arguments("POST", "pickup", "{'agent':'anna'}", new Operation.PickUp(ANNA)),
        arguments(
            "POST",
            "people",
            "{'number':'+14155550177'}",
            new Operation.Add(new Target.ToNumber(NUMBER))),
        arguments("PATCH", "people/" + leg, "{'muted':true}", new Operation.Mute(LEG, true)),
        arguments("DELETE", "people/" + leg, null, new Operation.Remove(LEG)),
        arguments("PUT", "lock", null, new Operation.Lock(true)),
        arguments("DELETE", "lock", null, new Operation.Lock(false)),
        arguments(
            "PUT",
            "supervisors/ben",
            "{'ear':'whisper','agent':'anna'}",
            new Operation.Supervise(BEN, ANNA, Ear.WHISPER)),
        arguments("DELETE", "supervisors/ben", null, new Operation.StopSupervising(BEN)),
        arguments("POST", "supervisors/ben/take-over", null, new Operation.TakeOver(BEN)),
        arguments("PUT", "recording", "{'state':'paused'}", new Operation.Tape(TapeMode.PAUSED)),
        arguments(
            "POST",
            "notes",
            "{'text':'calls again\\ntomorrow'}",
            new Operation.Note("calls again\ntomorrow")),
        arguments(
            "PATCH",
            "tags",
            "{'add':['vip'],'remove':['new']}",
            new Operation.Tag(List.of("vip"), List.of("new"))),
        arguments(
            "PUT",
            "disposition",
            "{'code':'sold','comment':'two'}",
            new Operation.Dispose("sold", "two")),
        arguments(
            "PATCH",
            "attributes",
            "{'attributes':{'order':'4711','claim':null}}",
            new Operation.SetAttributes(Map.of("order", "4711", "claim", ""))));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void shouldTellTheCallWhatIsWanted(String method, String path, String body, Operation operation) {
    CallId call = living();

    Answer answer = send("k 1", method, path(call, path), json(body));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().get("id").asText()).isEqualTo(call.channel());
    assertThat(api.router.controls.asked)
        .containsExactly(new FakeControls.Asked(call, "k 1", "anna@example.com", operation));
    assertThat(send("k 1", method, path(call, path), json(body)).status()).isEqualTo(200);
    assertThat(api.router.controls.asked).hasSize(1);
  }

  @Test
  void shouldTakeEachRequestWithoutAKeyAsANewOne() {
    CallId call = living();
    api.call("POST", path(call, "hold"), null);
    api.call("POST", path(call, "hold"), null);
    assertThat(api.router.controls.asked).hasSize(2);
    assertThat(api.router.controls.asked.get(0).key())
        .hasSizeGreaterThan(30)
        .isNotEqualTo(api.router.controls.asked.get(1).key());
  }

  @Test
  void shouldRefuseAKeyThatWasUsedForSomethingElse() {
    CallId call = living();
    send("k", "POST", path(call, "hold"), null);
    Answer answer = send("k", "POST", path(call, "resume"), null);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().get("reason").asText()).isEqualTo("other-request");
    assertThat(answer.body().get("title").asText()).isEqualTo("Unprocessable Content");
  }

  @Test
  void shouldNameTheHeaderThatIsWrong() {
    String path = path(living(), "hold");
    Answer answer =
        api.send(api.with("Idempotency-Key", "x".repeat(129), "POST", path, null), false);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field(0)).isEqualTo("Idempotency-Key");
    assertThat(answer.message(0)).isEqualTo("must be 1 to 128 printable ASCII characters");
    assertThat(api.router.controls.asked).isEmpty();
    assertThat(send("x".repeat(128), "POST", path, null).status()).isEqualTo(200);
  }

  @Test
  void shouldRefuseTwoKeys() {
    var request = api.with("Idempotency-Key", "a", "POST", path(living(), "hold"), null);
    Answer answer = api.send(request.header("Idempotency-Key", "b"), false);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message(0)).isEqualTo("is given twice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "answer|{}|agent|is required",
        "answer|{'agent':'Anna!'}|agent|must be",
        "hold|{'agent':'anna'}|agent|is unknown; no fields are taken here",
        "digits|{'digits':'12x'}|digits|must be 1 to 32 of 0-9, A-D, * and #",
        "digits|{'digits':'1','leg':'x'}|leg|must be",
        "transfer|{}|to|is required",
        "transfer|{'to':'ben'}|to|must be an object",
        "transfer|{'to':{}}|to.agent|is required where none of extension, number, queue, flow",
        "transfer|{'to':{'agent':'ben','queue':'support'}}|to.queue|must not stand beside agent",
        "transfer|{'to':{'extension':'2x'}}|to.extension|must be 1 to 15 digits",
        "transfer|{'to':{'number':'0415'}}|to.number|must be E.164",
        "consult|{'to':{'queue':'support'}}|to.agent|is required where none of extension, number",
        "people|{}|agent|is required where none of extension, number is given",
        "park|{'lot':'lobby','slot':0}|slot|must be 1 to 9999, got 0",
        "park|{'slot':1}|lot|is required",
        "pickup|{'agent':7}|agent|must be a text, got a number",
        "notes|{'text':''}|text|must be 1 to 4000 characters",
        "notes|{'text':'\\u0007'}|text|must not contain control characters but line ends",
      })
  void shouldNameTheFieldAndWhatIsAllowed(String path, String body, String field, String message) {
    Answer answer = api.bad("POST", path(living(), path), json(body));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field(0)).isEqualTo(field);
    assertThat(answer.message(0)).startsWith(message);
    assertThat(api.router.controls.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PATCH|people/00000000-0000-4000-8000-0000000000b1|{'muted':'yes'}|muted|must be true or",
        "PUT|supervisors/ben|{'ear':'loud'}|ear|must be one of monitor, whisper, barge",
        "PUT|recording|{'state':'on'}|state|must be one of recording, paused, stopped",
        "PATCH|tags|{}|add|is required where remove is not given",
        "PATCH|tags|{'add':['']}|add[0]|must be 1 to 64 characters",
        "PUT|disposition|{'comment':'x'}|code|is required",
        "PATCH|attributes|{}|attributes|is required",
        "PATCH|attributes|{'attributes':{'a':1}}|attributes.a|must be a text or null",
        "PATCH|attributes|{'attributes':{'A b':'1'}}|attributes.A b|its name must",
      })
  void shouldNameTheFieldOfAChange(
      String method, String path, String body, String field, String message) {
    Answer answer = api.bad(method, path(living(), path), json(body));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field(0)).isEqualTo(field);
    assertThat(answer.message(0)).startsWith(message);
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void shouldNameTheReasonWhyACallDoesNotDoIt(Refusal refusal) {
    CallId call = living();
    api.router.controls.refusal = refusal;

    Answer answer = api.call("POST", path(call, "hold"), null);

    assertThat(answer.status())
        .isEqualTo(
            switch (refusal) {
              case NO_SUCH_CALL, NO_SUCH_LEG -> 404;
              case NOT_ALLOWED, DESTINATION_NOT_ALLOWED -> 403;
              case OTHER_REQUEST -> 422;
              case SWITCH_LOST, LOT_SILENT -> 503;
              default -> 409;
            });
    assertThat(answer.body().get("reason").asText()).isEqualTo(Words.of(refusal));
    assertThat(answer.body().get("detail").asText()).isEqualTo(refusal.detail());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST|transfer|{'to':{'agent':'nobody'}}|no-such-agent",
        "POST|consult|{'to':{'agent':'nobody'}}|no-such-agent",
        "POST|people|{'agent':'nobody'}|no-such-agent",
        "POST|pickup|{'agent':'nobody'}|no-such-agent",
        "PUT|supervisors/nobody|{'ear':'monitor'}|no-such-agent",
        "POST|transfer|{'to':{'queue':'nowhere'}}|no-such-queue",
      })
  void shouldAskNobodyForWhomThereIsNot(String method, String path, String body, String reason) {
    Answer answer = api.call(method, path(living(), path), json(body));
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body().get("reason").asText()).isEqualTo(reason);
    assertThat(api.router.controls.asked).isEmpty();
    assertThat(api.router.started).isEmpty();
  }

  @Test
  void shouldAskNobodyForACallThereNeverWas() {
    CallId others = new CallId(new TenantId("other"), UUID.randomUUID().toString());
    api.history.records.add(record(others, null));
    api.router.put(Views.call(others, Status.CONNECTED));
    for (CallId id : List.of(Views.newCall(), others)) {
      assertThat(api.call("POST", path(id, "hold"), null).status()).isEqualTo(404);
      assertThat(api.call("DELETE", path(id, "lock"), null).status()).isEqualTo(404);
    }
    assertThat(api.router.controls.asked).isEmpty();
    assertThat(api.bad("POST", "/api/v1/calls/7/hold", null).status()).isEqualTo(400);
  }

  @Test
  void shouldTakeRemarksOnACallThatHasEndedNotLongAgo() {
    CallId call = Views.newCall();
    api.router.put(Views.call(call, Status.ENDED));
    api.history.records.add(record(call, Instant.now().minus(Duration.ofDays(6))));
    assertThat(api.call("POST", path(call, "notes"), "{\"text\":\"late\"}").status())
        .isEqualTo(200);

    api.history.records.clear();
    api.history.records.add(record(call, Instant.now().minus(Duration.ofDays(8))));
    Answer late = api.call("POST", path(call, "notes"), "{\"text\":\"later\"}");
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.body().get("reason").asText()).isEqualTo("call-ended");
    assertThat(api.router.controls.asked).hasSize(1);
  }

  @Test
  void shouldSayThatTheRouterIsOutOfReach() {
    CallId call = living();
    api.router.silent(true);
    assertThat(api.call("POST", path(call, "hold"), null).status()).isEqualTo(503);
  }

  @Test
  void shouldShowWhoIsInACallAndWhatThereIsToSayAboutIt() {
    CallId call = living();
    api.router.put(Views.busy(call, LEG));
    JsonNode shown = api.get("/api/v1/calls/" + call.channel()).body();
    assertThat(shown.get("people").toString())
        .isEqualTo(
            "[{\"leg\":\""
                + LEG.value()
                + "\",\"part\":\"agent\",\"agent\":\"anna\",\"is\":\"talking\",\"muted\":true},"
                + "{\"part\":\"outside\",\"number\":\"+14155550177\",\"is\":\"wanted\",\"muted\":false}]");
    assertThat(shown.get("slot").toString())
        .isEqualTo(
            "{\"lot\":\"lobby\",\"slot\":3,\"until\":\"2026-11-20T09:02:00Z\",\"parker\":\"anna\"}");
    assertThat(shown.get("recording").get("state").asText()).isEqualTo("paused");
    JsonNode remarks = shown.get("remarks");
    List<String> names = new ArrayList<>();
    remarks.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactly("notes", "tags", "disposition", "attributes", "digits", "quality");
    assertThat(remarks.at("/quality/0/mos").asDouble()).isEqualTo(4.2);
    assertThat(api.get("/api/v1/calls/" + living().channel()).body().has("remarks")).isFalse();
  }

  @Test
  void shouldShowWhatWasSaidAboutAnEndedCall() {
    CallId call = Views.newCall();
    CallRecord plain = record(call, FakeRouter.THEN);
    CallView.Remarks remarks = Views.busy(call, LEG).remarks();
    api.history.records.add(
        new CallRecord(
            call,
            plain.home(),
            plain.callerNumber(),
            plain.calledNumber(),
            null,
            null,
            plain.arrivedAt(),
            null,
            plain.endedAt(),
            plain.outcome(),
            plain.cause(),
            0,
            remarks,
            5));
    JsonNode shown = api.get("/api/v1/calls/" + call.channel()).body();
    assertThat(shown.at("/remarks/disposition/code").asText()).isEqualTo("sold");
    assertThat(shown.at("/remarks/tags/0").asText()).isEqualTo("vip");
    assertThat(shown.has("people")).isFalse();
  }

  private Answer send(String key, String method, String path, String body) {
    var request = api.with("Idempotency-Key", key, method, path, body);
    return api.send(request.setHeader("Authorization", "Bearer " + TestApi.ANNA_TOKEN), true);
  }

  private CallId living() {
    CallId id = Views.newCall();
    api.router.put(Views.call(id, Status.CONNECTED));
    api.history.records.add(record(id, null));
    return id;
  }

  private static CallRecord record(CallId id, Instant ended) {
    return new CallRecord(
        id,
        FakeRouter.SWITCH,
        "+15551230000",
        "+14155550100",
        null,
        null,
        FakeRouter.THEN,
        null,
        ended,
        ended == null ? null : Outcome.ABANDONED,
        ended == null ? null : "NORMAL_CLEARING",
        0,
        5);
  }

  private static String json(String text) {
    return text == null ? null : text.replace('\'', '"');
  }

  private static String path(CallId id, String rest) {
    return "/api/v1/calls/" + id.channel() + '/' + rest;
  }
}
