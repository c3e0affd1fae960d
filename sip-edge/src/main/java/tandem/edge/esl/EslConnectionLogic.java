package tandem.edge.esl;

import akka.Done;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of one connection, and its single owner: the handshake, the bytes both ways, what is
 * pending, why it closed. Everything runs on the stage's own thread; the handle's orders come in
 * through its callback.
 *
 * <p>While the listener has too much to deal with, no bytes are asked for: the switch's socket
 * fills, and the switch itself queues or drops its events. Replies wait behind the events then, and
 * their deadlines run on: one that is late by this is late as any. The listener gets on without.
 */
final class EslConnectionLogic extends TimerGraphStageLogic {
  private static final String TICK = "deadlines";
  private static final ByteString LINE_END = ByteString.fromString("\n");
  private static final Duration LONG_HELD = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(EslConnectionLogic.class);

  private final EslSettings settings;
  private final EslListener listener;
  private final Inlet<ByteString> in;
  private final Outlet<ByteString> out;
  private final EslFrameDecoder decoder;
  private final PendingReplies replies = new PendingReplies();
  private final PendingJobs jobs = new PendingJobs();
  private final CompletableFuture<EslCloseReason> closed = new CompletableFuture<>();
  private final EslConnection handle;
  private final UntakenBytes untaken;

  private EslHandshake phase = EslHandshake.GREETING;
  private ByteString unwritten = ByteString.emptyByteString();
  private long startedAt;
  private long heardAt;
  private boolean heardAnything;
  private boolean held;
  private long heldAt;

  EslConnectionLogic(
      FlowShape<ByteString, ByteString> shape, EslSettings settings, EslListener listener) {
    super(shape);
    this.settings = settings;
    this.listener = listener;
    this.in = shape.in();
    this.out = shape.out();
    this.decoder = new EslFrameDecoder(settings.limits());
    AsyncCallback<EslConnection.Order> orders = createAsyncCallback(this::onOrder);
    this.handle = new EslConnection(orders, settings.replyTimeout(), closed);
    AsyncCallback<Done> caughtUp = createAsyncCallback(done -> readOn());
    this.untaken =
        new UntakenBytes(settings.maxUntaken(), () -> caughtUp.invoke(Done.getInstance()));
    setHandler(in, new FromSwitch());
    setHandler(out, new ToSwitch());
  }

  private final class FromSwitch extends AbstractInHandler {
    @Override
    public void onPush() {
      onBytes(grab(in));
    }

    @Override
    public void onUpstreamFinish() {
      int rest = decoder.buffered();
      close(new EslCloseReason.PeerClosed(rest == 0 ? "" : rest + " bytes into a frame"));
    }

    @Override
    public void onUpstreamFailure(Throwable failure) {
      Throwable root = failure;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      String detail = Objects.requireNonNullElse(root.getMessage(), root.toString());
      close(
          heardAnything
              ? new EslCloseReason.PeerClosed(detail)
              : new EslCloseReason.ConnectFailed(detail));
    }
  }

  private final class ToSwitch extends AbstractOutHandler {
    @Override
    public void onPull() {
      flush();
    }

    @Override
    public void onDownstreamFinish(Throwable cause) {
      // The reading side knows why, and is told as well; were it not, the idle timeout would be the
      // last resort.
      unwritten = ByteString.emptyByteString();
    }
  }

  @Override
  public void preStart() {
    startedAt = System.nanoTime();
    heardAt = startedAt;
    scheduleAtFixedRate(TICK, settings.deadlineTick(), settings.deadlineTick());
    pull(in);
  }

  @Override
  public void postStop() {
    close(new EslCloseReason.Stopped());
  }

  @Override
  public void onTimer(Object timer) {
    long now = System.nanoTime();
    if (phase != EslHandshake.READY && now - startedAt > settings.handshakeTimeout().toNanos()) {
      close(new EslCloseReason.HandshakeTimeout(settings.handshakeTimeout(), phase.awaited()));
    } else if (!held && now - heardAt > settings.idleTimeout().toNanos()) {
      close(new EslCloseReason.IdleTimeout(settings.idleTimeout()));
    } else {
      replies.expire(now);
      jobs.expire(now);
    }
  }

  private void onOrder(EslConnection.Order order) {
    if (order instanceof EslConnection.Submit submit) {
      onSubmit(submit);
    } else if (order instanceof EslConnection.Nudge) {
      // Bytes that still wait to be written wake the switch as well as a line end does.
      if (unwritten.isEmpty()) {
        write(LINE_END);
      }
    } else {
      close(new EslCloseReason.Stopped());
    }
  }

  private void onSubmit(EslConnection.Submit submit) {
    if (closed.isDone()) {
      submit.fail(new EslException.Closed(closed.getNow(new EslCloseReason.Stopped())));
    } else if (replies.size() + jobs.size() >= settings.maxPending()) {
      submit.fail(new EslException.Overloaded(settings.maxPending()));
    } else if (submit.job() != null && !jobs.add(submit.job())) {
      submit.fail(new EslException.Refused("a job of the id " + submit.job().id() + " is running"));
    } else {
      replies.add(submit.reply());
      write(submit.reply().command().encode());
    }
  }

  private void write(ByteString bytes) {
    unwritten = unwritten.concat(bytes);
    if (isAvailable(out)) {
      flush();
    }
  }

  private void flush() {
    if (!unwritten.isEmpty()) {
      push(out, unwritten);
      unwritten = ByteString.emptyByteString();
    }
  }

  private void onBytes(ByteString bytes) {
    heardAt = System.nanoTime();
    heardAnything = true;
    for (ByteBuffer buffer : bytes.getByteBuffers()) {
      decoder.feed(buffer);
    }
    try {
      EslFrame frame = decoder.next();
      while (frame != null && !closed.isDone()) {
        onFrame(frame);
        frame = closed.isDone() ? null : decoder.next();
      }
    } catch (EslProtocolException e) {
      close(new EslCloseReason.ProtocolError(Objects.requireNonNullElse(e.getMessage(), "")));
    }
    if (!closed.isDone() && !isClosed(in)) {
      if (untaken.isFull()) {
        held = true;
        heldAt = System.nanoTime();
      } else {
        pull(in);
      }
    }
  }

  /** The listener has caught up. What was not heard meanwhile was our silence, not the switch's. */
  private void readOn() {
    held = false;
    heardAt = System.nanoTime();
    long nanos = heardAt - heldAt;
    if (nanos > LONG_HELD.toNanos()) {
      log.warn(
          "{}: not read for {} ms, as its events were not dealt with", settings, nanos / 1_000_000);
    }
    if (!closed.isDone() && !isClosed(in)) {
      pull(in);
    }
  }

  private void onFrame(EslFrame frame) throws EslProtocolException {
    switch (frame.kind()) {
      case RUDE_REJECTION -> close(new EslCloseReason.Rejected(frame.body().strip()));
      case DISCONNECT_NOTICE -> onNotice(frame);
      case AUTH_REQUEST -> onGreeting();
      case COMMAND_REPLY, API_RESPONSE -> onReply(EslReply.of(frame));
      case EVENT_PLAIN, EVENT_JSON -> onEvent(frame);
      case EVENT_XML, LOG_DATA, OTHER -> handOver(new EslSignal.Noticed(frame), frame);
    }
  }

  private void onNotice(EslFrame frame) {
    if (Objects.equals(frame.header("Content-Disposition"), "linger")) {
      handOver(new EslSignal.Noticed(frame), frame);
    } else {
      close(
          new EslCloseReason.Disconnected(frame.body().lines().findFirst().orElse("disconnected")));
    }
  }

  private void onGreeting() throws EslProtocolException {
    if (phase != EslHandshake.GREETING) {
      throw new EslProtocolException("a second greeting");
    }
    phase = EslHandshake.ACCEPTANCE;
    write(EslCommand.auth(settings.password()).encode());
  }

  private void onReply(EslReply reply) throws EslProtocolException {
    switch (phase) {
      case GREETING -> throw new EslProtocolException("a reply before the greeting");
      case ACCEPTANCE -> onAcceptance(reply);
      case SUBSCRIPTION -> onSubscription(reply);
      case READY -> {
        PendingReplies.Slot slot = replies.answer(reply);
        if (slot == null) {
          throw new EslProtocolException("a reply to no command: " + reply.text().strip());
        }
        if (slot.job() != null && !reply.ok()) {
          jobs.refuse(slot.job(), reply.text().strip());
        }
      }
    }
  }

  private void onAcceptance(EslReply reply) {
    if (reply.ok()) {
      phase = EslHandshake.SUBSCRIPTION;
      write(EslCommand.events(settings.format(), settings.events()).encode());
    } else {
      close(new EslCloseReason.AuthenticationFailed(reply.text().strip()));
    }
  }

  private void onSubscription(EslReply reply) throws EslProtocolException {
    if (!reply.ok()) {
      throw new EslProtocolException("the subscription was refused: " + reply.text().strip());
    }
    phase = EslHandshake.READY;
    listener.onSignal(new EslSignal.Ready(handle), () -> {});
  }

  private void onEvent(EslFrame frame) throws EslProtocolException {
    EslEvent event = EslEvent.of(frame);
    if (event.name().equals("BACKGROUND_JOB")) {
      jobs.finish(event);
    }
    handOver(new EslSignal.EventArrived(event), frame);
  }

  private void handOver(EslSignal signal, EslFrame frame) {
    listener.onSignal(signal, untaken.handOver(frame));
  }

  private void close(EslCloseReason reason) {
    if (!closed.complete(reason)) {
      return;
    }
    EslException cause = new EslException.Closed(reason);
    replies.failAll(cause);
    jobs.failAll(cause);
    listener.onSignal(new EslSignal.Closed(reason), () -> {});
    completeStage();
  }
}
