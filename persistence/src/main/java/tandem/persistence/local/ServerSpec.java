package tandem.persistence.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a local server is, for {@link LocalServer} to run.
 *
 * @param name as people call it
 * @param dataDir everything of it: data, configuration, log, process id
 * @param ports wanted ports by name, 0 for any; the first is the one clients connect to
 * @param probe how to see that it answers clients
 * @param lifetime how long it lives
 * @param throwaway whether its data may be lost when it stops: it is then simply killed
 * @param freeBytes disk space without which it is not started
 * @param patience how long it may take until it answers
 * @param launch writes the configuration and says what to run
 */
record ServerSpec(
    String name,
    Path dataDir,
    Map<String, Integer> ports,
    Probe probe,
    Lifetime lifetime,
    boolean throwaway,
    long freeBytes,
    Duration patience,
    Launch launch) {

  /** Port name of the port clients connect to, for every server. */
  static final String CLIENT_PORT = "client";

  /** What to run. */
  record Command(List<String> jvmFlags, String classPath, String mainClass, List<String> args) {
    Command {
      jvmFlags = List.copyOf(jvmFlags);
      args = List.copyOf(args);
    }
  }

  /** Writes configuration files and says what to run. */
  @FunctionalInterface
  interface Launch {
    Command prepare(Map<String, Integer> ports) throws IOException;
  }
}
