package tandem.persistence.local;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Stands for Kafka where only the process counts: up at once, answers its probe, or ends with an
 * error.
 */
public final class TinyServer {
  private TinyServer() {}

  /** Its first argument is the port, or the words to die with. */
  public static void main(String[] args) throws IOException {
    if (!args[0].matches("\\d+")) {
      System.out.println("INFO starting");
      System.out.println("ERROR " + args[0]);
      System.exit(3);
    }
    try (ServerSocket server =
        new ServerSocket(Integer.parseInt(args[0]), 50, InetAddress.getLoopbackAddress())) {
      while (true) {
        try (Socket client = server.accept()) {
          answer(client);
        }
      }
    }
  }

  private static void answer(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    in.readFully(new byte[8]);
    int correlation = in.readInt();
    DataOutputStream out = new DataOutputStream(client.getOutputStream());
    out.writeInt(6);
    out.writeInt(correlation);
    out.writeShort(0);
    out.flush();
  }

  static ServerSpec spec(Path dataDir, int port, Lifetime lifetime) {
    return spec(dataDir, port, lifetime, 0, "");
  }

  static ServerSpec spec(
      Path dataDir, int port, Lifetime lifetime, long freeBytes, String dyingWords) {
    return new ServerSpec(
        "Tiny",
        dataDir,
        Map.of(ServerSpec.CLIENT_PORT, port),
        Probe.KAFKA,
        lifetime,
        false,
        freeBytes,
        Duration.ofSeconds(20),
        ports ->
            new ServerSpec.Command(
                List.of("-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                System.getProperty("java.class.path"),
                TinyServer.class.getName(),
                List.of(
                    dyingWords.isEmpty()
                        ? Integer.toString(LocalServer.portOf(ports, ServerSpec.CLIENT_PORT))
                        : dyingWords)));
  }
}
