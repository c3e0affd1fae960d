package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.prometheus.client.CollectorRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.router.domain.CallId;
import tandem.router.domain.Presence;
import tandem.router.domain.TenantId;
import tandem.router.feed.CallView.Status;
import tandem.router.feed.FeedItem;

/** The live feed through a real WebSocket: what comes, in which order, and what after a break. */
class FeedTest {
  private TestApi api;

  @AfterEach
  void stop() {
    api.close();
  }

  /** No repairs but where a test is about them, so that what comes has come by the topic. */
  private void start() {
    start("tandem.http.feed.repair = 1h");
  }

  private void start(String config) {
    api = new TestApi(config);
  }

  @Test
  void shouldBeginWithASnapshotAndTellEachChangeInOrder() {
    start();
    api.router.put(Views.agent("anna", Presence.READY));
    api.router.put(Views.queue("support", 3));
    api.router.put(Views.call(Views.newCall(), Status.CONNECTED));
    CallId call = Views.newCall();

    try (FeedClient client = FeedClient.open(api, "")) {
      JsonNode snapshot = client.next();
      assertThat(snapshot.get("event").asText()).isEqualTo("snapshot");
      assertThat(snapshot.get("data").get("agents")).hasSize(1);
      assertThat(snapshot.get("data").get("queues").get(0).get("live").get("waiting").asInt())
          .isEqualTo(3);
      assertThat(snapshot.get("data").get("calls").get(0).get("state").asText())
          .isEqualTo("connected");

      publish(call, Status.QUEUED, Status.OFFERED, Status.RINGING, Status.CONNECTED, Status.ENDED);
      api.feed.publish(api.router.put(Views.agent("anna", Presence.NOT_READY)));
      api.feed.publish(api.router.put(Views.queue("support", 4)));

      long seq = snapshot.get("seq").asLong();
      List<String> told = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        JsonNode change = client.next();
        assertThat(change.get("seq").asLong()).isEqualTo(++seq);
        assertThat(change.get("epoch")).isEqualTo(snapshot.get("epoch"));
        told.add(change.get("event").asText() + ' ' + state(change));
      }
      assertThat(told)
          .containsExactly(
              "incoming-call queued",
              "call-status-update offered",
              "call-status-update ringing",
              "call-status-update connected",
              "call-ended ended",
              "user-presence not-ready",
              "queue-update 4");
    }
  }

  @Test
  void shouldTellARepeatedOrLateItemToNobody() {
    start();
    CallId call = Views.newCall();
    FeedItem first = api.router.put(Views.call(call, Status.QUEUED));
    FeedItem second = api.router.put(Views.call(call, Status.OFFERED));
    FeedItem last = api.router.put(Views.call(call, Status.ENDED));
    api.router.calls.clear();

    try (FeedClient client = FeedClient.open(api, "")) {
      client.next();
      api.feed.publish(second);
      api.feed.publish(first);
      api.feed.publish(second);
      api.feed.publish(last);
      api.feed.publish(second);
      api.feed.publish(last);
      api.feed.publish(api.router.put(Views.queue("support", 1)));

      assertThat(client.next().get("event").asText()).isEqualTo("incoming-call");
      assertThat(client.next().get("event").asText()).isEqualTo("call-ended");
      assertThat(client.next().get("event").asText()).isEqualTo("queue-update");
    }
  }

  @Test
  void shouldGoOnWhereAClientWasCutOff() {
    start();
    CallId call = Views.newCall();
    String cursor;
    try (FeedClient client = FeedClient.open(api, "")) {
      client.next();
      publish(call, Status.QUEUED);
      cursor = FeedClient.cursor(client.next());
    }
    publish(call, Status.OFFERED, Status.RINGING);

    try (FeedClient client = FeedClient.open(api, "?cursor=" + cursor)) {
      JsonNode resumed = client.next();
      assertThat(resumed.get("event").asText()).isEqualTo("resumed");
      assertThat(state(client.next())).isEqualTo("offered");
      JsonNode last = client.next();
      assertThat(state(last)).isEqualTo("ringing");
      assertThat(resumed.get("seq")).isEqualTo(last.get("seq"));
      publish(call, Status.CONNECTED);
      assertThat(client.next().get("seq").asLong()).isEqualTo(last.get("seq").asLong() + 1);
    }
  }

  @Test
  void shouldGiveANewSnapshotForACursorOfAnotherEpochOrOneThatIsTooOld() {
    start("tandem.http.feed { repair = 1h, ring = 3 }");
    CallId call = Views.newCall();
    String old;
    try (FeedClient client = FeedClient.open(api, "")) {
      old = FeedClient.cursor(client.next());
      publish(call, Status.QUEUED, Status.OFFERED, Status.RINGING, Status.CONNECTED);
      for (int i = 0; i < 4; i++) {
        client.next();
      }
    }

    for (String cursor : List.of(old, "another:1", old.substring(0, old.indexOf(':')) + ":99")) {
      try (FeedClient client = FeedClient.open(api, "?cursor=" + cursor)) {
        JsonNode snapshot = client.next();
        assertThat(snapshot.get("event").asText()).isEqualTo("snapshot");
        assertThat(snapshot.get("data").get("calls").get(0).get("state").asText())
            .isEqualTo("connected");
      }
    }
  }

  @Test
  void shouldSendALargeSnapshotInParts() {
    start("tandem.http.feed { repair = 1h, snapshot-part = 10 }");
    for (int i = 0; i < 25; i++) {
      api.router.put(Views.agent("agent-" + i, Presence.READY));
    }

    try (FeedClient client = FeedClient.open(api, "")) {
      List<Integer> sizes = new ArrayList<>();
      for (int part = 1; part <= 3; part++) {
        JsonNode snapshot = client.next();
        assertThat(snapshot.get("part").asInt()).isEqualTo(part);
        assertThat(snapshot.get("parts").asInt()).isEqualTo(3);
        sizes.add(snapshot.get("data").get("agents").size());
      }
      assertThat(sizes).containsExactly(10, 10, 5);
    }
  }

  @Test
  void shouldCloseASlowClientThatThenGoesOnWithoutAGap() {
    start("tandem.http.feed { repair = 1h, client-buffer = 16, ring = 100000 }");
    try (FeedClient healthy = FeedClient.open(api, "");
        FeedClient slow = FeedClient.slow(api)) {
      healthy.next();
      int told = 0;
      double before = closedFor("4008");
      while (closedFor("4008") == before && told < 50_000) {
        api.feed.publish(api.router.put(Views.queue("support", ++told)));
        if (told % 8 == 0) {
          for (int i = 0; i < 8; i++) {
            healthy.next();
          }
        }
      }
      assertThat(closedFor("4008")).isEqualTo(before + 1);

      slow.readOn();
      FeedClient.Closed end = slow.end();
      assertThat(end.code()).isEqualTo(4008);
      List<JsonNode> had = slow.drained();
      String cursor = FeedClient.cursor(had.get(had.size() - 1));
      assertThat(end.reason()).endsWith("cursor=" + cursor);

      try (FeedClient again = FeedClient.open(api, "?cursor=" + cursor)) {
        JsonNode resumed = again.next();
        assertThat(resumed.get("event").asText()).isEqualTo("resumed");
        assertThat(again.next().get("seq").asLong())
            .isEqualTo(had.get(had.size() - 1).get("seq").asLong() + 1);
      }
      assertThat(healthy.closed).as("the others go on").isNotDone();
    }
  }

  @Test
  void shouldRepairWhatTheTopicLost() {
    start("tandem.http.feed.repair = 300ms");
    CallId lost = Views.newCall();
    CallId ended = Views.newCall();
    api.router.put(Views.call(ended, Status.CONNECTED));
    CallId unknown = Views.newCall();
    api.router.put(Views.call(unknown, Status.CONNECTED));

    try (FeedClient client = FeedClient.open(api, "")) {
      assertThat(client.next().get("data").get("calls")).hasSize(2);
      // Nothing of this is published.
      api.router.put(Views.agent("anna", Presence.READY));
      api.router.put(Views.call(lost, Status.QUEUED));
      api.router.put(Views.call(ended, Status.ENDED));
      api.router.calls.remove(unknown);

      List<String> told = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        JsonNode change = client.next();
        told.add(change.get("event").asText() + ' ' + change.get("id").asText());
      }
      assertThat(told)
          .containsExactlyInAnyOrder(
              "user-presence anna",
              "incoming-call " + lost.channel(),
              "call-ended " + ended.channel(),
              "call-ended " + unknown.channel());
    }
  }

  @Test
  void shouldTellAClientToComeBackWhenTheFeedCannotStart() {
    start("tandem.http.feed.start-timeout = 300ms");
    api.router.silent(true);

    try (FeedClient client = FeedClient.open(api, "")) {
      assertThat(client.end().code()).isEqualTo(1013);
    }
    api.router.silent(false);
    await()
        .untilAsserted(
            () -> {
              try (FeedClient client = FeedClient.open(api, "")) {
                assertThat(client.next().get("event").asText()).isEqualTo("snapshot");
              }
            });
  }

  @Test
  void shouldStopAHubThatNobodyUsesAndBeginANewEpoch() {
    start("tandem.http.feed.unused = 200ms");
    String epoch;
    try (FeedClient client = FeedClient.open(api, "")) {
      epoch = client.next().get("epoch").asText();
      assertThat(api.feed.readers(Views.DEMO)).isEqualTo(1);
    }

    await().until(() -> api.feed.readers(Views.DEMO) == 0);
    try (FeedClient client = FeedClient.open(api, "?cursor=" + epoch + ":0")) {
      JsonNode snapshot = client.next();
      assertThat(snapshot.get("event").asText()).isEqualTo("snapshot");
      assertThat(snapshot.get("epoch").asText()).isNotEqualTo(epoch);
    }
  }

  @Test
  void shouldAnswerAPingWithAPong() {
    start();
    try (FeedClient client = FeedClient.open(api, "")) {
      JsonNode snapshot = client.next();
      client.say("{\"op\":\"ping\"}");
      JsonNode pong = client.next();
      assertThat(pong.get("event").asText()).isEqualTo("pong");
      assertThat(pong.get("seq")).isEqualTo(snapshot.get("seq"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "[]",
        "{}",
        "{\"op\":\"dance\"}",
        "{\"op\":1}",
        "{\"op\":\"ping\",\"x\":1}"
      })
  void shouldCloseAClientWhoseMessageIsNotValid(String text) {
    start();
    try (FeedClient client = FeedClient.open(api, "")) {
      client.next();
      client.say(text);
      FeedClient.Closed end = client.end();
      assertThat(end.code()).isEqualTo(1008);
      assertThat(end.reason()).isNotBlank();
    }
  }

  @Test
  void shouldTakeNeitherBinaryNorLongMessages() {
    start();
    try (FeedClient client = FeedClient.open(api, "")) {
      client.next();
      client.socket.sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();
      assertThat(client.end().code()).isEqualTo(1008);
    }
    try (FeedClient client = FeedClient.open(api, "")) {
      client.next();
      client.say("{\"op\":\"" + "p".repeat(100_000) + "\"}");
      assertThat(client.end().code()).isEqualTo(1008);
    }
  }

  @Test
  void shouldShowATenantNothingOfAnother() {
    start();
    TenantId other = new TenantId("other");
    try (FeedClient client = FeedClient.open(api, "")) {
      client.next();
      api.feed.publish(
          new FeedItem(
              other,
              "x",
              1,
              Views.call(new CallId(other, Views.newCall().channel()), Status.QUEUED)));
      publish(Views.newCall(), Status.RINGING);
      assertThat(state(client.next())).isEqualTo("ringing");
    }
  }

  @Test
  void shouldTakeTheTokenInThreeWays() {
    start();
    HttpClient http = HttpClient.newHttpClient();
    URI uri = URI.create("ws://127.0.0.1:" + api.port() + "/feed");
    WebSocket.Listener nothing = new WebSocket.Listener() {};
    WebSocket byQuery =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(uri + "?access_token=" + TestApi.TOKEN), nothing)
            .join();
    byQuery.abort();
    WebSocket byProtocol =
        http.newWebSocketBuilder()
            .subprotocols("tandem.v1", "bearer." + TestApi.TOKEN)
            .buildAsync(uri, nothing)
            .join();
    assertThat(byProtocol.getSubprotocol()).isEqualTo("tandem.v1");
    byProtocol.abort();

    assertThatThrownBy(() -> http.newWebSocketBuilder().buildAsync(uri, nothing).join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(401));
  }

  @Test
  void shouldAnswerAPlainRequestWithAProblem() {
    start();
    assertThat(api.bad("GET", "/feed", null).status()).isEqualTo(426);
    assertThat(api.bad("GET", "/feed?cursor=1", null).field(0)).isEqualTo("cursor");
    assertThat(api.bad("GET", "/feed?since=1", null).field(0)).isEqualTo("since");
  }

  @Test
  void shouldPingABusyClientAndGiveUpOneThatIsGone() throws Exception {
    start("tandem.http.feed { repair = 1h, ping = 100ms, idle-timeout = 1s }");
    try (FeedClient healthy = FeedClient.open(api, "");
        RawWebSocket dead = new RawWebSocket(api.port())) {
      healthy.next();
      // Frames as they are on the wire: the snapshot, then pings that nobody answers, then the end.
      assertThat(dead.nextOpcode()).isEqualTo(RawWebSocket.TEXT);
      assertThat(dead.nextOpcode()).isEqualTo(RawWebSocket.PING);
      assertThat(dead.readToTheEnd()).contains(RawWebSocket.PING);

      await()
          .during(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(3))
          .until(() -> !healthy.closed.isDone());
    }
  }

  private void publish(CallId call, Status... states) {
    for (Status state : states) {
      api.feed.publish(api.router.put(Views.call(call, state)));
    }
  }

  private static String state(JsonNode change) {
    JsonNode data = change.get("data");
    if (data.has("state")) {
      return data.get("state").asText();
    }
    return data.has("presence")
        ? data.get("presence").asText()
        : data.get("live").get("waiting").asText();
  }

  private double closedFor(String code) {
    Double value =
        CollectorRegistry.defaultRegistry.getSampleValue(
            "tandem_feed_closed_total", new String[] {"code"}, new String[] {code});
    return value == null ? 0 : value;
  }
}
