package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tandem.router.feed.CallView.Status;

/** What clients that open may hold, through real WebSockets. */
class FeedOpeningTest {
  /** Calls; at 400 bytes each more than the sockets of a client that reads nothing take. */
  private static final int MANY = 30_000;

  private TestApi api;

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void shouldTurnAClientAwayWhileTheRoomForOpeningsIsTakenAndLetItInLater() throws Exception {
    start("openings = 1 KiB, send-timeout = 1h");
    try (RawWebSocket slow = new RawWebSocket(api.port())) {
      assertThat(slow.nextOpcode()).isEqualTo(RawWebSocket.TEXT);
      change();
      try (FeedClient refused = FeedClient.open(api, "")) {
        FeedClient.Closed end = refused.end();
        assertThat(end.code()).isEqualTo(1013);
        assertThat(end.reason()).contains("try again");
        assertThat(refused.drained()).isEmpty();
      }
    }
    await().until(this::getsIn);
  }

  @Test
  void shouldCutAClientThatDoesNotTakeItsOpeningSoThatOthersGetIn() {
    start("openings = 1 KiB, send-timeout = 1s");
    try (FeedClient slow = FeedClient.slow(api)) {
      await().until(() -> openingBytes() > 0);
      change();
      await().until(this::getsIn);

      slow.readOn();
      FeedClient.Closed end = slow.end();
      assertThat(end.code()).isEqualTo(4008);
      assertThat(end.reason()).doesNotContain("cursor=");
      assertThat(slow.drained())
          .as("the changes after what was dropped do not come")
          .allMatch(message -> message.get("event").asText().equals("snapshot"));
    }
  }

  @Test
  void shouldHoldNothingForAClientThatHasItsSnapshot() {
    start("send-timeout = 1h");
    try (FeedClient client = FeedClient.open(api, "")) {
      assertThat(whole(client)).isTrue();
      assertThat(openingBytes()).isZero();
      assertThat(client.closed).isNotDone();
    }
  }

  @Test
  void shouldGiveUpAClientThatSendsButTakesNothing() throws Exception {
    start("send-timeout = 1h, idle-timeout = 1s");
    try (RawWebSocket stuck = new RawWebSocket(api.port())) {
      await().until(() -> openingBytes() > 0);
      await().pollInterval(Duration.ofMillis(100)).until(() -> !stuck.pong());
      await().until(() -> openingBytes() == 0);
    }
  }

  private void start(String feed) {
    api = new TestApi("tandem.http.feed { repair = 1h, " + feed + " }");
    for (int i = 0; i < MANY; i++) {
      api.router.put(Views.call(Views.newCall(), Status.QUEUED));
    }
  }

  /** So that who comes now wants another snapshot. */
  private void change() {
    api.feed.publish(api.router.put(Views.call(Views.newCall(), Status.QUEUED)));
  }

  private boolean getsIn() {
    try (FeedClient client = FeedClient.open(api, "")) {
      return whole(client);
    }
  }

  /** Whether all parts of a snapshot come before the end, if there is one. */
  private static boolean whole(FeedClient client) {
    List<JsonNode> had = new ArrayList<>();
    await()
        .until(
            () -> {
              had.addAll(client.drained());
              return client.closed.isDone() || isWhole(had);
            });
    return isWhole(had);
  }

  private static boolean isWhole(List<JsonNode> had) {
    return !had.isEmpty() && had.get(0).get("parts").asInt() == had.size();
  }

  private static double openingBytes() {
    Double bytes = CollectorRegistry.defaultRegistry.getSampleValue("tandem_feed_opening_bytes");
    return bytes == null ? 0 : bytes;
  }
}
