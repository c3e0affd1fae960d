package tandem.persistence.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A real Kafka 4.1 in a child JVM, broker and controller in one, reachable on the loopback only.
 * Starting and stopping wait: not for actors' threads.
 */
public final class LocalKafka implements AutoCloseable {
  private static final String NAME = "Kafka";
  private static final String CONTROLLER_PORT = "controller";
  private static final long FREE_BYTES = 512L * 1024 * 1024;

  /**
   * How to run it.
   *
   * @param dataDir folder for everything of it; a second start on it finds the data
   * @param port for clients; 0 takes the port of the last start, or any free one
   * @param heapMegabytes heap in MB
   * @param lifetime how long it lives
   * @param throwaway whether the data may be lost at the stop; it then stops at once
   */
  public record Settings(
      Path dataDir, int port, int heapMegabytes, Lifetime lifetime, boolean throwaway) {

    public Settings {
      dataDir = dataDir.toAbsolutePath().normalize();
    }

    /** Any port, 384 MB of heap, ends with this JVM, keeps its data. */
    public static Settings in(Path dataDir) {
      return new Settings(dataDir, 0, 384, Lifetime.WITH_PARENT, false);
    }

    public Settings port(int newPort) {
      return new Settings(dataDir, newPort, heapMegabytes, lifetime, throwaway);
    }

    public Settings heapMegabytes(int newHeap) {
      return new Settings(dataDir, port, newHeap, lifetime, throwaway);
    }

    public Settings lifetime(Lifetime newLifetime) {
      return new Settings(dataDir, port, heapMegabytes, newLifetime, throwaway);
    }

    /** For tests whose data nobody needs again. */
    public Settings asThrowaway() {
      return new Settings(dataDir, port, heapMegabytes, lifetime, true);
    }
  }

  private final LocalServer server;

  private LocalKafka(LocalServer server) {
    this.server = server;
  }

  /**
   * Starts it, or takes over the one that still runs on this data; returns when it answers clients.
   *
   * @throws LocalServerException with the reason in one line
   */
  public static LocalKafka start(Settings settings) {
    String classPath = LocalClassPath.of("local-kafka");
    KafkaFiles files = new KafkaFiles(settings.dataDir(), classPath, settings.heapMegabytes());
    return new LocalKafka(
        LocalServer.start(
            new ServerSpec(
                NAME,
                settings.dataDir(),
                Map.of(ServerSpec.CLIENT_PORT, settings.port(), CONTROLLER_PORT, 0),
                Probe.KAFKA,
                settings.lifetime(),
                settings.throwaway(),
                FREE_BYTES,
                Duration.ofMinutes(1),
                ports ->
                    files.prepare(
                        LocalServer.portOf(ports, ServerSpec.CLIENT_PORT),
                        LocalServer.portOf(ports, CONTROLLER_PORT)))));
  }

  /** What clients take as {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port();
  }

  public int port() {
    return server.port(ServerSpec.CLIENT_PORT);
  }

  public long pid() {
    return server.pid();
  }

  /** Whether it was running already when it was started here. */
  public boolean takenOver() {
    return server.takenOver();
  }

  public Path logFile() {
    return server.logFile();
  }

  /**
   * Completes when the process is gone: empty when it was stopped here, else the reason in one
   * line.
   */
  public CompletionStage<Optional<String>> ended() {
    return server.ended();
  }

  /** Stops it, by force after 20 s; returns when it is gone. */
  @Override
  public void close() {
    server.stop();
  }
}
