package tandem.persistence.local;

import java.io.IOException;
import java.nio.file.Path;

/** A JVM that starts a tiny server, prints the server's process id, and waits to be killed. */
public final class TinyParent {
  private TinyParent() {}

  /** Arguments: data folder, lifetime. */
  public static void main(String[] args) throws IOException {
    LocalServer server =
        LocalServer.start(TinyServer.spec(Path.of(args[0]), 0, Lifetime.valueOf(args[1])));
    System.out.println(server.pid());
    int end = System.in.read();
    System.out.println("standard input ended: " + end);
  }
}
