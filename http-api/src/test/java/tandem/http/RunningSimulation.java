package tandem.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that has asked for a simulation and reads its answer a line at a time. */
final class RunningSimulation implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader in;
  private final String status;

  /** Asks, and reads up to the first byte of the answer's body. */
  RunningSimulation(TestApi api, String token, String path, String body) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
    socket.setSoTimeout(10_000);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer "
            + token
            + "\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(bytes);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    status = in.readLine();
    while (!in.readLine().isEmpty()) {
      // The headers are other tests' business.
    }
  }

  /** Such as {@code HTTP/1.1 200 OK}. */
  String status() {
    return status;
  }

  /** The next line of JSON; what frames a chunk is passed over. Null when there is no more. */
  String next() {
    try {
      for (String line = in.readLine(); line != null && !line.equals("0"); line = in.readLine()) {
        if (line.startsWith("{")) {
          return line;
        }
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Goes away as clients do. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
