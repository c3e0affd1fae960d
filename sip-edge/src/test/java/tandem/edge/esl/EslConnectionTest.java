package tandem.edge.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tandem.edge.esl.ClientFixture.get;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands, replies, jobs and their deadlines on one connection, against a scripted switch. */
class EslConnectionTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Duration LONG = Duration.ofSeconds(30);
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

  private static void assertFails(
      CompletionStage<?> stage, Class<? extends EslException> type, String text) {
    assertThatThrownBy(() -> get(stage))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(type)
        .hasMessageContaining(text);
  }

  @Test
  void shouldAuthenticateAndSubscribeBeforeItIsReady() throws Exception {
    client.start();
    try (var peer = client.fake.accept()) {
      peer.send("Content-Type: auth/request\n\n");
      assertThat(peer.command()).isEqualTo("auth ClueCon");
      peer.reply("+OK accepted");
      assertThat(peer.command()).isEqualTo("event plain BACKGROUND_JOB CHANNEL_PARK HEARTBEAT");
      peer.reply("+OK event listener enabled plain");
      peer.event("Event-Name: HEARTBEAT\n\n");
      client.ready();
      assertThat(client.next(EslSignal.EventArrived.class).event().name()).isEqualTo("HEARTBEAT");
    }
  }

  @Test
  void shouldPipelineCommandsAndAnswerThemInOrder() throws Exception {
    client.start();
    try (var peer = client.fake.acceptAndWelcome()) {
      EslConnection connection = client.ready();
      var first = connection.api("create_uuid");
      var second = connection.send(EslCommand.of("filter Unique-ID u1"));
      var third = connection.api("uuid_kill u1");
      assertThat(peer.command()).isEqualTo("api create_uuid");
      assertThat(peer.command()).isEqualTo("filter Unique-ID u1");
      assertThat(peer.command()).isEqualTo("api uuid_kill u1");
      peer.apiResponse("u9");
      peer.event("Event-Name: CHANNEL_PARK\nUnique-ID: u1\n\n");
      peer.reply("+OK filter added. [Unique-ID]=[u1]");
      peer.apiResponse("-ERR No such channel!\n");
      assertThat(get(first)).extracting(EslReply::ok, EslReply::text).containsExactly(true, "u9");
      assertThat(get(second))
          .extracting(EslReply::ok, EslReply::text)
          .containsExactly(true, "+OK filter added. [Unique-ID]=[u1]");
      assertThat(get(third))
          .extracting(EslReply::ok, EslReply::text)
          .containsExactly(false, "-ERR No such channel!\n");
      assertThat(client.next(EslSignal.EventArrived.class).event().header("Unique-ID"))
          .isEqualTo("u1");
    }
  }

  @Test
  void shouldFinishAJobWhoseEventPrecedesItsReply() throws Exception {
    client.start();
    try (var peer = client.fake.acceptAndWelcome()) {
      EslJob job = client.ready().bgapi("job-1", "originate x &park()", LONG);
      assertThat(peer.command()).isEqualTo("bgapi originate x &park()\nJob-UUID: job-1");
      peer.jobResult("job-1", "+OK u2\n");
      assertThat(get(job.result())).isEqualTo(new EslJob.Result(true, "+OK u2\n"));
      assertThat(client.next(EslSignal.EventArrived.class).event().header("Job-UUID"))
          .isEqualTo("job-1");
      peer.reply("+OK Job-UUID: job-1");
      assertThat(get(job.accepted()).ok()).isTrue();
    }
  }

  @Test
  void shouldMatchJobsByIdAndTellTheirErrors() throws Exception {
    client.start();
    try (var peer = client.fake.acceptAndWelcome()) {
      EslConnection connection = client.ready();
      EslJob one = connection.bgapi("status", LONG);
      EslJob two = connection.bgapi("nosuchcommand", LONG);
      assertThat(one.id()).isNotEqualTo(two.id());
      peer.jobResult("somebody-elses", "+OK");
      peer.jobResult(two.id(), "-ERR nosuchcommand Command not found!\n");
      peer.jobResult(one.id(), "-USAGE: x");
      assertThat(get(two.result()).text()).isEqualTo("-ERR nosuchcommand Command not found!\n");
      assertThat(get(one.result()).ok()).isFalse();
    }
  }

  @Test
  void shouldFailAJobThatIsNotAcceptedOrRunsAlready() throws Exception {
    client.start();
    try (var peer = client.fake.acceptAndWelcome()) {
      EslConnection connection = client.ready();
      EslJob job = connection.bgapi("j", "status", LONG);
      EslJob twin = connection.bgapi("j", "status", LONG);
      assertFails(twin.accepted(), EslException.Refused.class, "a job of the id j is running");
      assertFails(twin.result(), EslException.Refused.class, "a job of the id j is running");
      peer.reply("-ERR command not found");
      assertThat(get(job.accepted()).ok()).isFalse();
      assertFails(job.result(), EslException.Refused.class, "-ERR command not found");
    }
  }

  @Test
  void shouldKeepThePlaceOfACommandPastItsDeadline() throws Exception {
    client.start();
    try (var peer = client.fake.acceptAndWelcome()) {
      EslConnection connection = client.ready();
      var late = connection.send(EslCommand.api("slow"), Duration.ofMillis(50));
      var job = connection.bgapi("never", Duration.ofMillis(50));
      assertFails(late, EslException.TimedOut.class, "no answer within 50 ms: api slow");
      assertFails(
          job.result(), EslException.TimedOut.class, "no answer within 50 ms: job " + job.id());
      var next = connection.api("quick");
      peer.apiResponse("slow's");
      peer.reply("+OK Job-UUID: x");
      peer.apiResponse("quick's");
      assertThat(get(next).text()).isEqualTo("quick's");
      assertThat(get(job.accepted()).ok()).isTrue();
    }
  }

  @Test
  void shouldFailAllThatIsPendingWithinASecondOfADisconnect() throws Exception {
    client.start();
    var peer = client.fake.acceptAndWelcome();
    EslConnection connection = client.ready();
    var reply = connection.api("status");
    EslJob job = connection.bgapi("status", LONG);
    peer.command();
    peer.command();
    long before = System.nanoTime();
    peer.close();
    assertFails(reply, EslException.Closed.class, "the peer closed the connection");
    assertFails(job.accepted(), EslException.Closed.class, "the peer closed the connection");
    assertFails(job.result(), EslException.Closed.class, "the peer closed the connection");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
    assertThat(client.closed())
        .isInstanceOf(EslCloseReason.PeerClosed.class)
        .isEqualTo(get(connection.closed()));
    assertFails(
        connection.api("status"), EslException.Closed.class, "the peer closed the connection");
    assertFails(
        connection.bgapi("status", LONG).result(), EslException.Closed.class, "the peer closed");
  }

  @Test
  void shouldRefuseMoreCommandsThanMayWait() throws Exception {
    client.start("max-pending = 2");
    try (var peer = client.fake.acceptAndWelcome()) {
      EslConnection connection = client.ready();
      var first = connection.api("a");
      var second = connection.api("b");
      assertFails(
          connection.api("c"), EslException.Overloaded.class, "2 commands wait for their answers");
      peer.apiResponse("1");
      peer.apiResponse("2");
      assertThat(get(first).text() + get(second).text()).isEqualTo("12");
      assertThat(peer.command() + peer.command()).isEqualTo("api aapi b");
      var third = connection.api("d");
      assertThat(peer.command()).isEqualTo("api d");
      peer.apiResponse("3");
      assertThat(get(third).text()).isEqualTo("3");
    }
  }

  @Test
  void shouldNudgeWithABareLineEnd() throws Exception {
    client.start();
    try (var peer = client.fake.acceptAndWelcome()) {
      EslConnection connection = client.ready();
      connection.nudge();
      assertThat(peer.read()).isEqualTo('\n');
      var unused = connection.api("x");
      assertThat(peer.command()).isEqualTo("api x");
    }
  }

  @Test
  void shouldFinishJobsInJsonToo() throws Exception {
    client.start("format = json");
    try (var peer = client.fake.acceptAndWelcome()) {
      EslJob job = client.ready().bgapi("job-1", "status", LONG);
      String event =
          "{\"Event-Name\":\"BACKGROUND_JOB\",\"Job-UUID\":\"job-1\",\"_body\":\"-ERR no\\n\"}";
      peer.send(
          "Content-Length: " + event.length() + "\nContent-Type: text/event-json\n\n" + event);
      assertThat(get(job.result())).isEqualTo(new EslJob.Result(false, "-ERR no\n"));
    }
  }

  @Test
  void shouldDeliverARecordedStreamWholeAndInTheOrderOfTheWire() throws Exception {
    List<EslFrame> recorded =
        Traces.frames(Traces.bytes("03_bridge.c1.in.gz")).stream()
            .filter(EslFrame::isEvent)
            .toList();
    client.start("max-header-size = 16384, max-body-size = 16384");
    try (var peer = client.fake.acceptAndWelcome()) {
      client.ready();
      for (EslFrame frame : recorded) {
        peer.send(frame.bytes());
      }
      for (EslFrame frame : recorded) {
        EslEvent event = client.next(EslSignal.EventArrived.class).event();
        assertThat(event.header("Event-Sequence"))
            .isEqualTo(Traces.event(frame).header("Event-Sequence"));
      }
    }
  }

  @Test
  void shouldPassOnLogLinesLingerNoticesAndUnknownTypes() throws Exception {
    client.start();
    try (var peer = client.fake.acceptAndWelcome()) {
      EslConnection connection = client.ready();
      peer.send("Content-Type: log/data\nContent-Length: 2\nLog-Level: 4\n\nhi");
      peer.send(
          "Content-Type: text/disconnect-notice\nContent-Disposition: linger\nContent-Length: 0\n\n");
      peer.send("Content-Type: text/new\n\n");
      assertThat(client.next(EslSignal.Noticed.class).frame().body()).isEqualTo("hi");
      assertThat(client.next(EslSignal.Noticed.class).frame().kind())
          .isEqualTo(EslFrame.Kind.DISCONNECT_NOTICE);
      assertThat(client.next(EslSignal.Noticed.class).frame().kind())
          .isEqualTo(EslFrame.Kind.OTHER);
      assertThat(connection.closed().toCompletableFuture()).isNotDone();
    }
  }
}
