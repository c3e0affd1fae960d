package tandem.http.feed;

import akka.NotUsed;
import akka.http.javadsl.model.ws.Message;
import akka.http.javadsl.model.ws.TextMessage;
import akka.japi.Pair;
import akka.stream.BoundedSourceQueue;
import akka.stream.KillSwitches;
import akka.stream.Materializer;
import akka.stream.QueueOfferResult;
import akka.stream.SharedKillSwitch;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import akka.util.ByteStringBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.cluster.Metrics;

/**
 * One client of the feed. Owns what waits to be sent to it, bounded, and the code it is closed
 * with.
 *
 * <p>What it keeps: its {@link Opening}, counted by {@link Openings}, and at most {@code
 * client-buffer} messages. While it is open these are the last changes, so all open sessions
 * together keep no text that the tenant's ring does not; once it is closed, or its opening is due,
 * they are dropped after {@code send-timeout} whether the client has taken them or not.
 */
final class FeedSession {
  /** Why a session was closed, as RFC 6455 has it (4000 and up are an application's own). */
  enum Close {
    GOING_AWAY(1001),
    POLICY(1008),
    TRY_LATER(1013),
    SLOW(4008);

    private final int code;

    Close(int code) {
      this.code = code;
    }
  }

  private static final Logger log = LoggerFactory.getLogger(FeedSession.class);

  /** RFC 6455: a close frame's payload is at most 125 bytes, two of them the code. */
  private static final int MAX_REASON = 123;

  private static final int FIN_CLOSE = 0x88;
  private static final ByteString REGULAR_CLOSE =
      ByteString.fromArray(new byte[] {(byte) FIN_CLOSE, 2, 0x03, (byte) 0xE8});

  private static final ByteString CUT =
      frame(Close.SLOW.code, "too slow; go on with the last cursor you have, if any");

  private final Materializer materializer;
  private final Duration sendTimeout;
  private final BoundedSourceQueue<Message> queue;
  private final Source<Message, NotUsed> waiting;
  private final CompletableFuture<Opening> opening = new CompletableFuture<>();
  private final SharedKillSwitch sending = KillSwitches.shared("feed-session");
  private final AtomicReference<@Nullable ByteString> closeFrame = new AtomicReference<>();
  private volatile boolean over;
  private volatile Cursor last = new Cursor("0", 0);

  /**
   * @param buffer messages
   * @param sendTimeout for the opening, and for what still waits when the session is closed
   */
  FeedSession(int buffer, Duration sendTimeout, Materializer materializer) {
    this.materializer = materializer;
    this.sendTimeout = sendTimeout;
    Pair<BoundedSourceQueue<Message>, Source<Message, NotUsed>> made =
        Source.<Message>queue(buffer).preMaterialize(materializer);
    this.queue = made.first();
    this.waiting = made.second();
  }

  /** Everything the client gets, in order: the opening at its own pace, then what waits. */
  Source<Message, NotUsed> messages() {
    return Source.completionStage(opening)
        // One text at a time; mapConcat would copy, and keep, them all.
        .flatMapConcat(texts -> Source.fromIterator(() -> texts))
        .<Message>map(TextMessage::create)
        .concat(waiting)
        .via(sending.flow())
        .watchTermination(
            (notUsed, done) -> {
              var unused = done.whenComplete((ok, failure) -> ended());
              return notUsed;
            });
  }

  /** The snapshot, or what was missed; changes told from now on come after it. */
  void open(Opening texts, Cursor at) {
    last = at;
    if (opening.complete(texts)) {
      later(
          () -> {
            if (texts.hasNext()) {
              cut();
            }
          });
    } else {
      texts.drop();
    }
  }

  /** One change, the same object for all clients. A client for whom too many wait is closed. */
  void tell(Message change, Cursor at) {
    if (offer(change)) {
      last = at;
    }
  }

  /** Answers a client's own ping. */
  void pong(Instant at) {
    offer(TextMessage.create(FeedLog.head("pong", last, at) + '}'));
  }

  private boolean offer(Message message) {
    QueueOfferResult result = queue.offer(message);
    if (result.equals(QueueOfferResult.dropped())) {
      close(Close.SLOW, "too slow; go on with cursor=" + last);
    }
    return result.isEnqueued();
  }

  /** Ends the session after what already waits for the client; the first reason stays. */
  void close(Close why, String reason) {
    if (closeFrame.compareAndSet(null, frame(why.code, reason))) {
      count(why);
      later(
          () -> {
            if (!over) {
              cut();
            }
          });
    }
    opening.complete(Opening.none());
    completeQueue();
  }

  /**
   * Ends the session without what waits. A cursor that an earlier reason named is not to be
   * followed then: the client has not got that far.
   */
  private void cut() {
    if (closeFrame.getAndSet(CUT) == null) {
      count(Close.SLOW);
    }
    sending.shutdown();
  }

  /** Whoever opens it later, in the hub, finds it over. */
  private void ended() {
    over = true;
    opening.complete(Opening.none());
    var unused = opening.thenAccept(Opening::drop);
    completeQueue();
  }

  private void later(Runnable task) {
    var unused =
        materializer
            .system()
            .scheduler()
            .scheduleOnce(sendTimeout, task, materializer.executionContext());
  }

  private static void count(Close why) {
    Metrics.counter("tandem_feed_closed_total", "Feed sessions closed by us.", "code")
        .labels(Integer.toString(why.code))
        .inc();
  }

  private void completeQueue() {
    try {
      queue.complete();
    } catch (IllegalStateException e) {
      // Completing twice is an error there, and the client may leave at any moment.
      log.debug("A session was over before it was closed", e);
    }
  }

  /**
   * Puts our code and reason into the close frame: Akka HTTP ends a finished stream with 1000 and
   * has no way to say another code. Frames come here whole, one at a time.
   */
  ByteString withCloseCode(ByteString frame) {
    ByteString ours = closeFrame.get();
    return ours != null && frame.equals(REGULAR_CLOSE) ? ours : frame;
  }

  private static ByteString frame(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(text.length, MAX_REASON);
    return new ByteStringBuilder()
        .putByte((byte) FIN_CLOSE)
        .putByte((byte) (length + 2))
        .putByte((byte) (code >> 8))
        .putByte((byte) code)
        .putBytes(text, 0, length)
        .result();
  }
}
