package tandem.edge.esl;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.io.Inet;
import akka.io.TcpSO;
import akka.stream.Materializer;
import akka.stream.javadsl.Tcp;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Keeps one connection to a switch: connects, and again after each close, with growing waits.
 * Single owner of when to connect. The connections belong to the actor: when it stops, its
 * connection closes, and the listener gets the last {@link EslSignal.Closed}.
 */
public final class EslClient extends AbstractBehavior<EslClient.Command> {

  public sealed interface Command {}

  private enum Connect implements Command {
    NOW
  }

  private record ConnectionReady(long at) implements Command {}

  private record ConnectionClosed(EslCloseReason reason, long at) implements Command {}

  private static final long NEVER = Long.MIN_VALUE;

  private final EslSettings settings;
  private final EslListener listener;
  private final RandomGenerator random;
  private final TimerScheduler<Command> timers;
  private final Materializer materializer;
  private int attempt;
  private long readyAt = NEVER;

  private EslClient(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      EslSettings settings,
      EslListener listener,
      RandomGenerator random) {
    super(context);
    this.timers = timers;
    this.settings = settings;
    this.listener = listener;
    this.random = random;
    this.materializer = Materializer.createMaterializer(context);
    connect();
  }

  /**
   * A client that connects at once.
   *
   * @param listener gets every signal of every connection, in order
   * @param random draws the jitter of the waits
   */
  public static Behavior<Command> create(
      EslSettings settings, EslListener listener, RandomGenerator random) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new EslClient(context, timers, settings, listener, random)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(ConnectionReady.class, this::onReady)
        .onMessage(ConnectionClosed.class, this::onClosed)
        .onMessageEquals(Connect.NOW, this::onConnect)
        .build();
  }

  private Behavior<Command> onReady(ConnectionReady ready) {
    readyAt = ready.at();
    return this;
  }

  private Behavior<Command> onClosed(ConnectionClosed closed) {
    // A peer that accepts and closes at once is as bad as one that refuses: only a connection that
    // held starts the count anew.
    boolean held =
        readyAt != NEVER && closed.at() - readyAt >= settings.backoff().resetAfter().toNanos();
    attempt = held ? 1 : attempt + 1;
    readyAt = NEVER;
    Duration in = settings.backoff().delay(attempt, random);
    getContext()
        .getLog()
        .warn(
            "{}: {}; connecting again in {} ms (attempt {})",
            settings,
            closed.reason().text(),
            in.toMillis(),
            attempt);
    listener.onSignal(new EslSignal.Reconnecting(attempt, in), () -> {});
    timers.startSingleTimer(Connect.NOW, in);
    return this;
  }

  private Behavior<Command> onConnect() {
    connect();
    return this;
  }

  private void connect() {
    var self = getContext().getSelf();
    EslListener both =
        (signal, taken) -> {
          listener.onSignal(signal, taken);
          if (signal instanceof EslSignal.Ready) {
            self.tell(new ConnectionReady(System.nanoTime()));
          } else if (signal instanceof EslSignal.Closed closed) {
            self.tell(new ConnectionClosed(closed.reason(), System.nanoTime()));
          }
        };
    List<Inet.SocketOption> options = List.of(TcpSO.tcpNoDelay(true), TcpSO.keepAlive(true));
    // Unresolved: the name is looked up by the TCP layer, which does not block, and anew for each
    // connection.
    var unused =
        Tcp.get(getContext().getSystem())
            .outgoingConnection(
                InetSocketAddress.createUnresolved(settings.host(), settings.port()),
                Optional.empty(),
                options,
                false,
                Optional.of(settings.connectTimeout()),
                Optional.empty())
            .join(new EslConnectionStage(settings, both))
            .run(materializer);
  }
}
