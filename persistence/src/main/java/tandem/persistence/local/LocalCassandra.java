package tandem.persistence.local;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A real Cassandra 5.0 of one node in a child JVM, reachable on the loopback only. Starting and
 * stopping wait: not for actors' threads.
 */
public final class LocalCassandra implements AutoCloseable {
  /** Enough for a laptop and for tests: its heap in MB when nobody says otherwise. */
  public static final int SMALL_HEAP = 512;

  /** The only data center there is, as drivers want to be told. */
  public static final String DATACENTER = "datacenter1";

  private static final String NAME = "Cassandra";
  private static final String STORAGE_PORT = "storage";
  private static final long FREE_BYTES = 1024L * 1024 * 1024;

  /**
   * How to run it.
   *
   * @param dataDir folder for everything of it; a second start on it finds the data
   * @param port for clients; 0 takes the port of the last start, or any free one
   * @param heapMegabytes heap in MB; as much again is used outside of it
   * @param lifetime how long it lives
   * @param throwaway whether the data may be lost at the stop; quicker schema changes and an
   *     immediate stop
   */
  public record Settings(
      Path dataDir, int port, int heapMegabytes, Lifetime lifetime, boolean throwaway) {

    public Settings {
      dataDir = dataDir.toAbsolutePath().normalize();
    }

    /** Any port, 512 MB of heap, ends with this JVM, keeps its data. */
    public static Settings in(Path dataDir) {
      return new Settings(dataDir, 0, SMALL_HEAP, Lifetime.WITH_PARENT, false);
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

  private LocalCassandra(LocalServer server) {
    this.server = server;
  }

  /**
   * Starts it, or takes over the one that still runs on this data; returns when it answers clients.
   *
   * @throws LocalServerException with the reason in one line
   */
  public static LocalCassandra start(Settings settings) {
    String classPath = LocalClassPath.of("local-cassandra");
    Path dir = settings.dataDir();
    return new LocalCassandra(
        LocalServer.start(
            new ServerSpec(
                NAME,
                dir,
                Map.of(ServerSpec.CLIENT_PORT, settings.port(), STORAGE_PORT, 0),
                Probe.CASSANDRA,
                settings.lifetime(),
                settings.throwaway(),
                FREE_BYTES,
                Duration.ofMinutes(2),
                ports -> {
                  CassandraFiles.write(
                      dir,
                      LocalServer.portOf(ports, ServerSpec.CLIENT_PORT),
                      LocalServer.portOf(ports, STORAGE_PORT),
                      settings.heapMegabytes());
                  return new ServerSpec.Command(
                      CassandraFiles.jvmFlags(dir, settings.heapMegabytes(), settings.throwaway()),
                      classPath,
                      "org.apache.cassandra.service.CassandraDaemon",
                      List.of());
                })));
  }

  /** Where clients connect. */
  public InetSocketAddress contactPoint() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
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
