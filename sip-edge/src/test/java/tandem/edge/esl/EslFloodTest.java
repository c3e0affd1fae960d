package tandem.edge.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static tandem.edge.esl.ClientFixture.get;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A switch that says more than is taken is read no further, and nothing of it is lost. */
class EslFloodTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final int LIMIT = 64 * 1024;
  private static final String PADDING = "x".repeat(1_000);
  private static final int EVENT_BYTES = frame(0).length();
  private ClientFixture client;

  @BeforeEach
  void open() throws Exception {
    client = new ClientFixture(KIT);
  }

  @AfterEach
  void close() throws Exception {
    client.close();
  }

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  private static String frame(long number) {
    String event =
        String.format(
            "Event-Name: HEARTBEAT\nEvent-Sequence: %012d\nPadding: %s\n\n", number, PADDING);
    return "Content-Length: " + event.length() + "\nContent-Type: text/event-plain\n\n" + event;
  }

  /** Writes numbered events from a thread of its own, as fast as they are read. */
  private static final class Flood {
    private final AtomicLong written = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();
    private final CompletableFuture<Long> total = new CompletableFuture<>();

    Flood(ScriptedSwitch.Peer peer) {
      new Thread(() -> run(peer), "flood").start();
    }

    private void run(ScriptedSwitch.Peer peer) {
      try {
        while (!over.get()) {
          peer.send(frame(written.get()));
          written.incrementAndGet();
        }
        peer.apiResponse("late");
        total.complete(written.get());
      } catch (IOException closed) {
        total.completeExceptionally(closed);
      }
    }

    /** Waits until nothing more can be written; {@code meanwhile} ends it early. */
    void awaitStuck(Runnable meanwhile) {
      AtomicLong before = new AtomicLong(-1);
      await()
          .atMost(Duration.ofSeconds(20))
          .during(Duration.ofMillis(300))
          .until(
              () -> {
                meanwhile.run();
                return written.get() == before.getAndSet(written.get()) && written.get() > 0;
              });
    }
  }

  @Test
  void shouldReadNoFurtherThanItsBoundAndLoseNothing() throws Exception {
    long bound =
        LIMIT
            + KIT.system().settings().config().getBytes("akka.io.tcp.direct-buffer-size")
            + EVENT_BYTES;
    client.start("max-untaken-size = " + LIMIT + ", reply-timeout = 20s");
    try (var peer = client.fake.acceptAndWelcome()) {
      EslConnection connection = client.ready();
      Flood flood = new Flood(peer);
      flood.awaitStuck(() -> assertUntakenWithin(bound));
      long stuckAt = flood.written.get();
      assertThat(stuckAt).isGreaterThan(client.untaken());

      // A command still goes out; its reply waits behind the events, and nobody waits for it.
      var reply = connection.api("status").toCompletableFuture();
      assertThat(peer.command()).isEqualTo("api status");
      long next = 0;
      for (; next < stuckAt; next++) {
        assertNext(next);
        assertUntakenWithin(bound);
      }
      assertThat(reply).isNotDone();
      flood.over.set(true);
      while (!flood.total.isDone() || next < flood.total.get()) {
        assertNext(next++);
      }
      assertThat(get(reply).text()).isEqualTo("late");
      assertThat(client.untaken()).isZero();
    }
  }

  private void assertUntakenWithin(long bytes) {
    assertThat((long) client.untaken() * EVENT_BYTES).isLessThanOrEqualTo(bytes);
  }

  private void assertNext(long number) throws InterruptedException {
    EslEvent event = client.next(EslSignal.EventArrived.class).event();
    assertThat(event.header("Event-Sequence")).isEqualTo(String.format("%012d", number));
  }

  @Test
  void shouldNotTakeForTheSwitchsSilenceThatItDoesNotRead() throws Exception {
    client.start("max-untaken-size = 1, idle-timeout = 300ms");
    try (var peer = client.fake.acceptAndWelcome()) {
      EslConnection connection = client.ready();
      peer.send(frame(1));
      await().until(() -> client.untaken() == 1);
      peer.send(frame(2));
      var reply = connection.send(EslCommand.api("status"), Duration.ofMillis(900));
      assertThatThrownBy(() -> get(reply))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(EslException.TimedOut.class);
      assertThat(client.untaken()).isEqualTo(1);

      assertNext(1);
      assertNext(2);
      assertThat(client.closed()).isEqualTo(new EslCloseReason.IdleTimeout(Duration.ofMillis(300)));
    }
  }
}
