package tandem.edge.esl;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every way in which a connection ends gives one clear reason, and the client comes back with
 * growing waits.
 */
class EslClientTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
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

  /** The one reason, and that the next thing told is the next attempt: no second reason. */
  private EslCloseReason onlyReason() throws InterruptedException {
    EslCloseReason reason = client.closed();
    client.next(EslSignal.Reconnecting.class);
    return reason;
  }

  @Test
  void shouldTellAWrongPassword() throws Exception {
    client.start();
    try (var peer = client.fake.accept()) {
      peer.send("Content-Type: auth/request\n\n");
      peer.command();
      peer.reply("-ERR invalid");
      peer.send("Content-Type: text/disconnect-notice\nContent-Length: 4\n\nbye\n");
      assertThat(onlyReason()).isEqualTo(new EslCloseReason.AuthenticationFailed("-ERR invalid"));
      assertThat(peer.read()).isEqualTo(-1);
    }
  }

  @Test
  void shouldTellARudeRejection() throws Exception {
    client.start();
    try (var peer = client.fake.accept()) {
      peer.send(
          "Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n");
      assertThat(onlyReason()).isEqualTo(new EslCloseReason.Rejected("Access Denied, go away."));
      assertThat(peer.read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SSH-2.0-OpenSSH_9.2~|a line that is no header: \"SSH-2.0-OpenSSH_9.2\"",
        "Content-Type: text/event-plain~Content-Length: 8193~|a frame of 8193 bytes; at most 8192 are taken",
        "Content-Type: command/reply~Reply-Text: +OK~~|a reply before the greeting",
        "Content-Type: auth/request~~Content-Type: auth/request~~|a second greeting",
        "Content-Length: 6~Content-Type: text/event-plain~~A: 1~~|an event without Event-Name"
      })
  void shouldTellGarbage(String wire, String detail) throws Exception {
    client.start();
    try (var peer = client.fake.accept()) {
      peer.send(wire.replace('~', '\n'));
      assertThat(onlyReason()).isEqualTo(new EslCloseReason.ProtocolError(detail));
    }
  }

  @Test
  void shouldTellAnEndlessHeaderWithoutHoldingIt() throws Exception {
    client.start();
    try (var peer = client.fake.accept()) {
      peer.send("X: " + "a".repeat(5000));
      assertThat(onlyReason().text()).contains("a header block of more than 4096 bytes");
    }
  }

  @Test
  void shouldTellAReplyToNoCommand() throws Exception {
    client.start();
    try (var peer = client.fake.acceptAndWelcome()) {
      client.ready();
      peer.reply("+OK stray");
      assertThat(onlyReason())
          .isEqualTo(new EslCloseReason.ProtocolError("a reply to no command: +OK stray"));
    }
  }

  @Test
  void shouldTellARefusedSubscription() throws Exception {
    client.start();
    try (var peer = client.fake.accept()) {
      peer.send("Content-Type: auth/request\n\n");
      peer.command();
      peer.reply("+OK accepted");
      peer.command();
      peer.reply("-ERR no keywords supplied");
      assertThat(onlyReason().text())
          .contains("the subscription was refused: -ERR no keywords supplied");
    }
  }

  @Test
  void shouldGiveUpAPeerThatNeverGreets() throws Exception {
    client.start("handshake-timeout = 100ms");
    try (var peer = client.fake.accept()) {
      assertThat(onlyReason().text()).isEqualTo("no greeting within 100 ms");
      assertThat(peer.read()).isEqualTo(-1);
    }
  }

  @Test
  void shouldGiveUpAConnectionOnWhichNothingIsHeard() throws Exception {
    client.start("idle-timeout = 500ms");
    try (var peer = client.fake.acceptAndWelcome()) {
      client.ready();
      assertThat(onlyReason()).isEqualTo(new EslCloseReason.IdleTimeout(Duration.ofMillis(500)));
      assertThat(peer.read()).isEqualTo(-1);
    }
  }

  @Test
  void shouldTellTheSwitchsOwnWordsWhenItShutsDown() throws Exception {
    client.start();
    try (var peer = client.fake.acceptAndWelcome()) {
      client.ready();
      peer.send(
          "Content-Type: text/disconnect-notice\nContent-Length: 31\n\nThe system is being shut down.\n\n");
      assertThat(onlyReason())
          .isEqualTo(new EslCloseReason.Disconnected("The system is being shut down."));
    }
  }

  @Test
  void shouldTellAPeerThatStopsInsideAFrame() throws Exception {
    client.start();
    var peer = client.fake.acceptAndWelcome();
    client.ready();
    peer.send("Content-Length: 10\n");
    peer.close();
    assertThat(onlyReason()).isEqualTo(new EslCloseReason.PeerClosed("19 bytes into a frame"));
  }

  @Test
  void shouldConnectAgainWithGrowingWaitsUntilAConnectionHolds() throws Exception {
    client.start("backoff { min = 20ms, max = 50ms, factor = 2, reset-after = 0s }");
    for (int attempt = 1; attempt <= 3; attempt++) {
      client.fake.accept().close();
      client.closed();
      var again = client.next(EslSignal.Reconnecting.class);
      assertThat(again.attempt()).isEqualTo(attempt);
      assertThat(again.in()).isEqualTo(Duration.ofMillis(Math.min(50, 10L << attempt)));
    }
    client.fake.acceptAndWelcome().close();
    client.ready();
    client.closed();
    assertThat(client.next(EslSignal.Reconnecting.class).attempt()).isEqualTo(1);
    try (var peer = client.fake.acceptAndWelcome()) {
      client.ready();
    }
  }

  @Test
  void shouldTellThatNobodyListensAndKeepCounting() throws Exception {
    client.fake.close();
    client.start("backoff.reset-after = 10s");
    assertThat(client.closed()).isInstanceOf(EslCloseReason.ConnectFailed.class);
    assertThat(client.next(EslSignal.Reconnecting.class).attempt()).isEqualTo(1);
    assertThat(client.closed().text()).startsWith("cannot connect: ");
    assertThat(client.next(EslSignal.Reconnecting.class).attempt()).isEqualTo(2);
  }

  @Test
  void shouldCloseItsConnectionWhenItStops() throws Exception {
    var actor = client.start();
    try (var peer = client.fake.acceptAndWelcome()) {
      client.ready();
      KIT.stop(actor);
      assertThat(client.closed()).isEqualTo(new EslCloseReason.Stopped());
      assertThat(peer.read()).isEqualTo(-1);
    }
  }
}
