package tandem.persistence.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * Chooses a server's loopback ports and remembers them with its data, since a cluster of one still
 * knows itself by its address. Between choosing a port and the server's bind somebody else can take
 * it; the server then ends with that reason.
 */
final class Ports {
  private static final String FILE = "ports.properties";

  private Ports() {}

  /**
   * The ports to use.
   *
   * @param wanted by name; 0 takes the one of the last start when it is free, else any free one
   * @throws LocalServerException when a wanted port is taken
   */
  static Map<String, Integer> choose(String server, Path dataDir, Map<String, Integer> wanted)
      throws IOException {
    Properties last = load(dataDir);
    Map<String, Integer> chosen = new LinkedHashMap<>();
    Set<Integer> used = new LinkedHashSet<>();
    for (Map.Entry<String, Integer> want : wanted.entrySet()) {
      int port = want.getValue();
      if (port != 0 && !isFree(port)) {
        throw new LocalServerException(
            "port " + port + " is taken; " + server + " needs it (" + want.getKey() + ")");
      }
      if (port == 0) {
        port = Integer.parseInt(last.getProperty(want.getKey(), "0"));
      }
      while (port == 0 || used.contains(port) || !isFree(port)) {
        port = anyFree();
      }
      used.add(port);
      chosen.put(want.getKey(), port);
    }
    store(dataDir, chosen);
    return chosen;
  }

  /** The ports of the last start; empty before the first. */
  static Map<String, Integer> last(Path dataDir) throws IOException {
    Map<String, Integer> ports = new LinkedHashMap<>();
    load(dataDir)
        .forEach((name, port) -> ports.put(name.toString(), Integer.parseInt(port.toString())));
    return ports;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int anyFree() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on the loopback", e);
    }
  }

  private static Properties load(Path dataDir) throws IOException {
    Properties ports = new Properties();
    Path file = dataDir.resolve(FILE);
    if (Files.exists(file)) {
      try (var reader = Files.newBufferedReader(file)) {
        ports.load(reader);
      }
    }
    return ports;
  }

  private static void store(Path dataDir, Map<String, Integer> chosen) throws IOException {
    Properties ports = new Properties();
    chosen.forEach((name, port) -> ports.setProperty(name, port.toString()));
    try (var writer = Files.newBufferedWriter(dataDir.resolve(FILE))) {
      ports.store(writer, null);
    }
  }
}
