package tandem.edge.esl;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A client, the scripted switch it talks to, and what it told its listener and is not yet taken.
 */
final class ClientFixture implements AutoCloseable {
  private static final String QUICK =
      """
      handshake-timeout = 5s, reply-timeout = 5s, idle-timeout = 10s, deadline-tick = 20ms
      max-header-size = 4096, max-body-size = 8192
      backoff { min = 20ms, max = 100ms, jitter = 0 }
      """;

  final ScriptedSwitch fake = new ScriptedSwitch();
  private final ActorTestKit kit;
  private final List<ActorRef<EslClient.Command>> clients = new ArrayList<>();
  private final LinkedBlockingQueue<Told> told = new LinkedBlockingQueue<>();

  private record Told(EslSignal signal, Runnable taken) {}

  ClientFixture(ActorTestKit kit) throws IOException {
    this.kit = kit;
  }

  ActorRef<EslClient.Command> start() {
    return start("");
  }

  /** Starts a client with the given settings over the quick ones. */
  ActorRef<EslClient.Command> start(String more) {
    ActorRef<EslClient.Command> started =
        kit.spawn(
            EslClient.create(
                settings(fake.port(), more),
                (signal, taken) -> told.add(new Told(signal, taken)),
                new Random(1)));
    clients.add(started);
    return started;
  }

  static EslSettings settings(int port, String more) {
    Config defaults = ConfigFactory.defaultReference().getConfig("tandem.edge.esl");
    Config config =
        ConfigFactory.parseString(more)
            .withFallback(ConfigFactory.parseString(QUICK))
            .withFallback(defaults);
    return EslSettings.of(
        config, "127.0.0.1", port, "ClueCon", List.of("CHANNEL_PARK", "HEARTBEAT"));
  }

  /** How many signals lie here untaken. */
  int untaken() {
    return told.size();
  }

  /** Takes the next signal. */
  <S extends EslSignal> S next(Class<S> type) throws InterruptedException {
    Told next = told.poll(5, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    next.taken().run();
    assertThat(next.signal()).isInstanceOf(type);
    return type.cast(next.signal());
  }

  EslConnection ready() throws InterruptedException {
    return next(EslSignal.Ready.class).connection();
  }

  EslCloseReason closed() throws InterruptedException {
    return next(EslSignal.Closed.class).reason();
  }

  static <T> T get(CompletionStage<T> stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    return stage.toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    clients.forEach(client -> kit.stop(client, Duration.ofSeconds(5)));
    fake.close();
  }
}
