package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tandem.http.TestApi.Answer;
import tandem.http.port.CallbackWish;
import tandem.persistence.readmodel.CallRecord;
import tandem.router.domain.CallId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.QueueId;
import tandem.router.domain.TenantId;
import tandem.router.feed.CallView;
import tandem.router.feed.CallView.Outcome;
import tandem.router.feed.CallView.Status;
import tandem.router.queue.Queue;

/**
 * Callers are called back, and places in line are told, each exchange held against the document.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallbackRoutesTest {
  private static final String ALL = "/api/v1/callbacks";
  private static final QueueId SUPPORT = new QueueId(Views.DEMO, "support");
  private static final QueueId SALES = new QueueId(Views.DEMO, "sales");

  private TestApi api;

  @BeforeAll
  void start() {
    api = new TestApi("");
  }

  @AfterAll
  void everyOperationWasExercised() {
    List<String> left = List.copyOf(api.contract.left(ALL, "/api/v1/calls/.id./callback"));
    api.close();
    assertThat(left).isEmpty();
  }

  @BeforeEach
  void empty() {
    api.router.calls.clear();
    api.router.positions.clear();
    api.router.deaf.clear();
    api.router.callbacks.asked.set(null);
    api.history.records.clear();
    api.history.down(false);
    api.router.silent(false);
  }

  @Test
  void shouldPromiseACallbackWithoutABody() {
    CallId call = living(Status.QUEUED);

    Answer promised = api.call("POST", ask(call), null);

    assertThat(promised.status()).isEqualTo(201);
    assertThat(promised.header("Location")).isEqualTo(one(call.callback()));
    assertThat(promised.body().get("id").asText()).isEqualTo(call.callback().channel());
    assertThat(promised.body().get("origin").asText()).isEqualTo(call.channel());
    assertThat(api.router.callbacks.asked)
        .hasValue(
            new CallbackWish(
                null,
                null,
                Duration.ofHours(2),
                3,
                Duration.ofMinutes(10),
                Duration.ofSeconds(30)));
    JsonNode origin = api.get(one(call)).body();
    assertThat(origin.get("calledBackBy").asText()).isEqualTo(call.callback().channel());
  }

  @Test
  void shouldPromiseWhatTheBodySays() {
    CallId call = living(Status.QUEUED);
    Instant from = Instant.now().plusSeconds(3600);

    Answer promised =
        api.call(
            "POST",
            ask(call),
            "{\"number\":\"+14155550177\",\"from\":\"%s\",\"within\":\"PT4H\",\"attempts\":5,\"retryAfter\":\"15m\",\"ring\":\"40s\"}"
                .formatted(from));

    assertThat(promised.status()).isEqualTo(201);
    assertThat(api.router.callbacks.asked)
        .hasValue(
            new CallbackWish(
                new PhoneNumber("+14155550177"),
                from,
                Duration.ofHours(4),
                5,
                Duration.ofMinutes(15),
                Duration.ofSeconds(40)));
  }

  @Test
  void shouldGiveTheSameCallbackToWhoAsksAgain() {
    CallId call = living(Status.QUEUED);
    JsonNode first = api.call("POST", ask(call), "{}").body();
    api.router.callbacks.asked.set(null);

    Answer again = api.call("POST", ask(call), "{}");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first);

    api.history.records.clear();
    api.history.records.add(record(call, Outcome.CALLBACK));
    Answer late = api.call("POST", ask(call), "{}");
    assertThat(late.status()).as("its end is recorded").isEqualTo(200);
    assertThat(late.body()).isEqualTo(first);
    assertThat(api.router.callbacks.asked).hasValue(null);
    assertThat(api.get(one(call)).body().get("calledBackBy")).isEqualTo(first.get("id"));
  }

  @Test
  void shouldAnswerOnlyWhenTheCallbackCanBeSeen() {
    CallId call = living(Status.QUEUED);
    api.router.callbacks.unseen.set(3);

    assertThat(api.call("POST", ask(call), null).status()).isEqualTo(201);
    assertThat(api.router.callbacks.unseen).hasValue(0);
    assertThat(api.router.calls).containsKey(call.callback());
  }

  @Test
  void shouldNameTheReasonWhyNobodyIsCalledBack() {
    Answer talks = api.call("POST", ask(living(Status.CONNECTED)), null);
    assertThat(talks.status()).isEqualTo(409);
    assertThat(talks.body().get("reason").asText()).isEqualTo("not-waiting");
    assertThat(talks.body().has("errors")).isFalse();

    CallId over = Views.newCall();
    api.history.records.add(record(over, Outcome.ABANDONED));
    Answer ended = api.call("POST", ask(over), null);
    assertThat(ended.status()).isEqualTo(409);
    assertThat(ended.body().get("reason").asText()).isEqualTo("not-waiting");

    CallId hidden = Views.newCall();
    api.router.put(anonymous(hidden));
    api.history.records.add(record(hidden, null));
    Answer nowhere = api.call("POST", ask(hidden), null);
    assertThat(nowhere.status()).isEqualTo(409);
    assertThat(nowhere.body().get("reason").asText()).isEqualTo("no-number");
    assertThat(api.call("POST", ask(hidden), "{\"number\":\"+14155550177\"}").status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"number\":\"0415\"}|number|must be E.164",
        "{\"from\":\"tomorrow\"}|from|must be an instant such as",
        "{\"from\":\"2020-01-01T00:00:00Z\"}|from|must not be past",
        "{\"from\":\"2199-01-01T00:00:00Z\"}|from|must be at most 30 days ahead",
        "{\"within\":\"59s\"}|within|must be PT1M to PT168H, got PT59S",
        "{\"within\":\"169h\"}|within|must be PT1M to PT168H, got PT169H",
        "{\"attempts\":0}|attempts|must be 1 to 10, got 0",
        "{\"attempts\":11}|attempts|must be 1 to 10, got 11",
        "{\"retryAfter\":\"30s\"}|retryAfter|must be PT1M to PT24H, got PT30S",
        "{\"ring\":\"4s\"}|ring|must be PT5S to PT2M, got PT4S",
        "{\"ring\":15}|ring|must be a text, got a number",
        "{\"queue\":\"sales\"}|queue|is unknown; known are number, from, within",
      })
  void shouldNameTheFieldAndWhatIsAllowed(String body, String field, String message) {
    Answer answer = api.bad("POST", ask(living(Status.QUEUED)), body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field(0)).isEqualTo(field);
    assertThat(answer.message(0)).startsWith(message);
    assertThat(api.router.callbacks.asked).hasValue(null);
  }

  @Test
  void shouldTakeAMinuteOfTwoClocks() {
    String now = "{\"from\":\"%s\"}".formatted(Instant.now().minusSeconds(30));
    assertThat(api.call("POST", ask(living(Status.QUEUED)), now).status()).isEqualTo(201);
    String late = "{\"from\":\"%s\"}".formatted(Instant.now().minusSeconds(90));
    assertThat(api.call("POST", ask(living(Status.QUEUED)), late).status()).isEqualTo(400);
    String far = "{\"from\":\"%s\"}".formatted(Instant.now().plus(Duration.ofDays(29)));
    assertThat(api.call("POST", ask(living(Status.QUEUED)), far).status()).isEqualTo(201);
  }

  @Test
  void shouldRefuseABodyThatIsNoJson() {
    var request = api.request("POST", ask(living(Status.QUEUED)), "{}");
    request.setHeader("Content-Type", "text/plain");
    assertThat(api.send(request, false).status()).isEqualTo(415);
    assertThat(api.bad("POST", ask(living(Status.QUEUED)), "[]").status()).isEqualTo(400);
  }

  @Test
  void shouldAskNobodyForACallThereNeverWas() {
    CallId nobody = Views.newCall();
    CallId others = new CallId(new TenantId("other"), UUID.randomUUID().toString());
    api.history.records.add(record(others, null));
    long asked = api.router.callsAsked.get();

    assertThat(api.call("POST", ask(nobody), null).status()).isEqualTo(404);
    assertThat(api.call("POST", ask(others), null).status()).isEqualTo(404);
    assertThat(api.call("DELETE", one(nobody, ALL), null).status()).isEqualTo(404);
    assertThat(api.router.callsAsked).hasValue(asked);
    assertThat(api.router.callbacks.asked).hasValue(null);
  }

  @Test
  void shouldSayThatTheHistoryOrTheRouterIsOutOfReach() {
    CallId call = living(Status.QUEUED);
    api.router.silent(true);
    assertThat(api.call("POST", ask(call), null).status()).isEqualTo(503);
    assertThat(api.call("DELETE", one(call, ALL), null).status()).isEqualTo(503);
    api.history.down(true);
    assertThat(api.call("POST", ask(call), null).status()).isEqualTo(503);
  }

  @Test
  void shouldListOpenCallbacksAndNoOtherCalls() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      CallId origin = living(Status.QUEUED);
      api.router.put(Views.callback(origin, i == 0 ? Status.DIALING : Status.CALLBACK));
      expected.add(origin.callback().channel());
    }
    CallId gone = Views.newCall().callback();
    api.router.put(Views.call(gone, Status.ENDED));
    api.router.callsAsked.set(0);

    List<JsonNode> seen = new ArrayList<>();
    for (String next = ""; next != null; ) {
      JsonNode page = api.get(ALL + "?limit=2" + (next.isEmpty() ? "" : "&cursor=" + next)).body();
      page.get("items").forEach(seen::add);
      next = page.has("next") ? page.get("next").asText() : null;
    }

    assertThat(seen)
        .extracting(item -> item.get("id").asText())
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(seen)
        .extracting(item -> item.get("state").asText())
        .containsOnly("callback", "dialing");
    assertThat(api.router.callsAsked).as("no caller's call was asked").hasValue(6);
    JsonNode callback = seen.get(0).get("callback");
    assertThat(callback.get("attempts").asInt()).isEqualTo(1);
    assertThat(callback.get("most").asInt()).isEqualTo(3);
    assertThat(callback.get("from").asText()).isEqualTo("2026-11-20T09:10:00Z");
    assertThat(callback.get("until").asText()).isEqualTo("2026-11-20T11:00:00Z");
    assertThat(api.get("/api/v1/calls?state=callback").body().get("items")).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    "queue=support, 1",
    "queue=sales, 1",
    "queue=vip, 0",
    "callerNumber=%2B15551230000, 1",
    "callerNumber=%2B15551230009, 0"
  })
  void shouldFilterCallbacks(String query, int found) {
    api.router.put(Views.callback(Views.newCall(), Status.CALLBACK));
    assertThat(api.get(ALL + '?' + query).body().get("items")).hasSize(found);
  }

  @Test
  void shouldCallACallbackOff() {
    CallId callback = callback(Status.CALLBACK);
    Answer done = api.call("DELETE", one(callback, ALL), null);
    assertThat(done.status()).isEqualTo(204);

    api.history.records.clear();
    api.history.records.add(record(callback, Outcome.CANCELLED));
    assertThat(api.call("DELETE", one(callback, ALL), null).status()).isEqualTo(404);
    assertThat(api.get("/api/v1/calls?outcome=cancelled").body().get("items")).hasSize(1);
    assertThat(api.get("/api/v1/calls?outcome=unreached").body().get("items")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"DIALING", "CONNECTED"})
  void shouldNotCallOffWhatSomebodyTalksAbout(Status state) {
    Answer answer = api.call("DELETE", one(callback(state), ALL), null);
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body().get("reason").asText()).isEqualTo("not-waiting");
  }

  @Test
  void shouldNotCallOffACallThatSomebodyMade() {
    assertThat(api.call("DELETE", one(living(Status.QUEUED), ALL), null).status()).isEqualTo(404);
  }

  @Test
  void shouldTellThePlacesOfACallThatWaits() {
    CallId callback = callback(Status.CALLBACK);
    api.router.positions.put(SUPPORT, new Queue.Position(3, Duration.ofSeconds(95)));
    api.router.positions.put(SALES, new Queue.Position(1, null));

    JsonNode places = api.get(one(callback)).body().get("places");
    assertThat(places.toString())
        .isEqualTo(
            "[{\"queue\":\"support\",\"position\":3,\"estimatedWait\":\"PT1M35S\"},"
                + "{\"queue\":\"sales\",\"position\":1}]");

    api.router.deaf.add(SUPPORT);
    assertThat(api.get(one(callback)).body().get("places").toString())
        .as("a queue that does not answer is left out")
        .isEqualTo("[{\"queue\":\"sales\",\"position\":1}]");
    api.router.positions.clear();
    assertThat(api.get(one(callback)).body().get("places")).isEmpty();
    assertThat(api.get(ALL).body().get("items").get(0).has("places")).isFalse();
  }

  @Test
  void shouldTellNoPlacesOfACallThatDoesNotWait() {
    assertThat(api.get(one(living(Status.CONNECTED))).body().has("places")).isFalse();
    CallId over = Views.newCall();
    api.history.records.add(record(over, Outcome.ANSWERED));
    JsonNode ended = api.get(one(over)).body();
    assertThat(ended.has("places")).isFalse();
    assertThat(ended.has("calledBackBy")).isFalse();
  }

  private CallId living(Status state) {
    CallId id = Views.newCall();
    api.router.put(Views.call(id, state));
    api.history.records.add(record(id, null));
    return id;
  }

  private CallId callback(Status state) {
    CallView view = Views.callback(Views.newCall(), state);
    api.router.put(view);
    api.history.records.add(record(view.id(), null));
    return view.id();
  }

  private static CallView anonymous(CallId id) {
    CallView view = Views.call(id, Status.QUEUED);
    return new CallView(
        id,
        view.home(),
        "anonymous",
        view.calledNumber(),
        view.state(),
        view.queue(),
        view.priority(),
        null,
        null,
        view.arrivedAt(),
        view.since(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(SUPPORT));
  }

  private static CallRecord record(CallId id, Outcome outcome) {
    return new CallRecord(
        id,
        FakeRouter.SWITCH,
        "+15551230000",
        "+14155550100",
        SUPPORT,
        null,
        FakeRouter.THEN,
        null,
        outcome == null ? null : FakeRouter.THEN.plusSeconds(60),
        outcome,
        outcome == null ? null : "NORMAL_CLEARING",
        0,
        5);
  }

  private static String one(CallId id) {
    return one(id, "/api/v1/calls");
  }

  private static String one(CallId id, String of) {
    return of + '/' + id.channel();
  }

  private static String ask(CallId id) {
    return one(id) + "/callback";
  }
}
