package tandem.http.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.http.javadsl.model.ws.Message;
import akka.http.javadsl.model.ws.TextMessage;
import akka.stream.Attributes;
import akka.stream.Materializer;
import akka.stream.SystemMaterializer;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.SinkQueueWithCancel;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tandem.http.feed.FeedSession.Close;

/** What a session keeps, seen by the garbage collector. */
class FeedSessionTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Materializer MATERIALIZER =
      SystemMaterializer.get(KIT.system()).materializer();
  private static final Cursor AT = new Cursor("epoch", 7);

  /** Messages the stream below may take before the client asks for them. */
  private static final int ON_THE_WAY = 4;

  private final Openings openings = new Openings(1_000_000);

  /** Fields, so that they live as long as the test. */
  private FeedSession session;

  private SinkQueueWithCancel<Message> client;

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void shouldLetGoOfEachTextOfItsOpeningAsItIsTaken() throws Exception {
    session = session(Duration.ofHours(1));
    client = connect(session);
    List<WeakReference<String>> texts = open(session, 20);

    for (int i = 0; i < 10; i++) {
      assertThat(take(client)).hasValue("text-" + i);
    }
    awaitGone(texts.subList(0, 9));
    assertThat(openings.bytes()).isBetween(2L * 7 * (10 - ON_THE_WAY), 2L * 7 * 10);

    for (int i = 10; i < 20; i++) {
      assertThat(take(client)).hasValue("text-" + i);
    }
    assertThat(openings.bytes()).isZero();
    session.tell(TextMessage.create("change"), AT);
    assertThat(take(client)).hasValue("change");
    awaitGone(texts);
  }

  @Test
  void shouldDropAnOpeningThatIsNotTakenInTime() throws Exception {
    session = session(Duration.ofMillis(300));
    client = connect(session);
    List<WeakReference<String>> texts = open(session, 20);
    session.tell(TextMessage.create("change"), AT);

    await().until(() -> openings.bytes() == 0);
    List<String> had = takeAll(client);
    assertThat(had.size()).as("no gap: the change does not come").isLessThanOrEqualTo(ON_THE_WAY);
    assertThat(had).doesNotContain("change");
    assertThat(closeFrame(session)).contains("go on with the last cursor you have");
    awaitGone(texts.subList(ON_THE_WAY, 20));
  }

  @Test
  void shouldDropWhatWaitsWhenAClosedClientDoesNotTakeItInTime() throws Exception {
    session = session(Duration.ofMillis(300));
    client = connect(session);
    open(session, 0);
    List<WeakReference<Message>> changes = tell(session, 100);
    session.close(Close.SLOW, "too slow; go on with cursor=epoch:7");

    awaitGone(changes.subList(50, 100));
    assertThat(closeFrame(session))
        .as("a cursor that the client has not got to is not named any more")
        .doesNotContain("cursor=");
    assertThat(takeAll(client).size()).isLessThan(50);
  }

  @Test
  void shouldKeepTheFirstReasonWhenAClosedClientTakesWhatWaits() throws Exception {
    session = session(Duration.ofMillis(300));
    client = connect(session);
    open(session, 1);
    tell(session, 3);
    session.close(Close.SLOW, "go on with cursor=epoch:7");
    assertThat(takeAll(client)).hasSize(4);

    await()
        .during(Duration.ofMillis(600))
        .atMost(Duration.ofSeconds(3))
        .until(() -> closeFrame(session).contains("cursor=epoch:7"));
  }

  @Test
  void shouldHoldNothingWhenItIsOpenedAfterItsEnd() {
    session = session(Duration.ofHours(1));
    connect(session).cancel();

    await()
        .untilAsserted(
            () -> {
              open(session, 3);
              assertThat(openings.bytes()).isZero();
            });
  }

  @Test
  void shouldHoldNothingWhenItsClientLeavesDuringTheOpening() {
    session = session(Duration.ofHours(1));
    client = connect(session);
    open(session, 20);
    assertThat(openings.bytes()).isPositive();

    client.cancel();

    await().until(() -> openings.bytes() == 0);
  }

  private static FeedSession session(Duration sendTimeout) {
    return new FeedSession(1024, sendTimeout, MATERIALIZER);
  }

  private static SinkQueueWithCancel<Message> connect(FeedSession session) {
    Sink<Message, SinkQueueWithCancel<Message>> unbuffered =
        Sink.<Message>queue(1).withAttributes(Attributes.inputBuffer(1, 1));
    return session.messages().toMat(unbuffered, Keep.right()).run(MATERIALIZER);
  }

  /** Opens with texts that only the session keeps. */
  private List<WeakReference<String>> open(FeedSession session, int count) {
    List<String> texts = new ArrayList<>();
    List<WeakReference<String>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add("text-" + i);
      all.add(new WeakReference<>(texts.get(i)));
    }
    session.open(openings.of(texts).orElseThrow(), AT);
    return all;
  }

  private static List<WeakReference<Message>> tell(FeedSession session, int count) {
    List<WeakReference<Message>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TextMessage change = TextMessage.create("change-" + i);
      session.tell(change, AT);
      all.add(new WeakReference<>(change));
    }
    return all;
  }

  private static Optional<String> take(SinkQueueWithCancel<Message> client) throws Exception {
    return client
        .pull()
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS)
        .map(message -> message.asTextMessage().getStrictText());
  }

  private static List<String> takeAll(SinkQueueWithCancel<Message> client) throws Exception {
    List<String> all = new ArrayList<>();
    for (Optional<String> one = take(client); one.isPresent(); one = take(client)) {
      all.add(one.get());
    }
    return all;
  }

  private static String closeFrame(FeedSession session) {
    akka.util.ByteString regular =
        akka.util.ByteString.fromArray(new byte[] {(byte) 0x88, 2, 0x03, (byte) 0xE8});
    return session.withCloseCode(regular).utf8String();
  }

  private static void awaitGone(List<? extends WeakReference<?>> references) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              System.gc();
              return references.stream().allMatch(reference -> reference.get() == null);
            });
  }
}
