package tandem.edge.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A plain client of the simulated Event Socket: no router code, no library, so that tests see the
 * very bytes.
 */
final class SimClient implements AutoCloseable {

  /** One frame: its header block and its body. */
  record Frame(String headers, String body) {

    String replyText() {
      for (String line : headers.split("\n", -1)) {
        if (line.startsWith("Reply-Text: ")) {
          return line.substring("Reply-Text: ".length());
        }
      }
      return "";
    }

    /** What a command got: the reply's text, or an api's body. */
    String text() {
      return headers.contains("command/reply") ? replyText() : body;
    }
  }

  private final Socket socket;
  private final BlockingQueue<Frame> replies = new LinkedBlockingQueue<>();
  private final List<Map<String, String>> events = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private volatile boolean closed;

  SimClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    Thread reader = new Thread(this::read, "sim-client");
    reader.setDaemon(true);
    reader.start();
  }

  /** Connected, signed in, listening to the named events. */
  static SimClient listening(SwitchSim sim, String events) throws IOException {
    SimClient client = new SimClient(sim.eslPort());
    client.next();
    client.send("auth " + sim.password());
    client.send("event plain " + events);
    return client;
  }

  /** Writes without waiting. */
  void write(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  String send(String command) {
    write(command + "\n\n");
    return next().text();
  }

  String api(String command) {
    return send("api " + command);
  }

  Frame next() {
    try {
      Frame frame = replies.poll(5, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("no reply within 5 s");
      }
      return frame;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  List<Map<String, String>> events() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  List<String> notices() {
    synchronized (events) {
      return List.copyOf(notices);
    }
  }

  boolean closedByServer() {
    return closed;
  }

  Map<String, String> awaitEvent(Predicate<Map<String, String>> wanted) {
    return await()
        .atMost(Duration.ofSeconds(5))
        .pollInterval(Duration.ofMillis(2))
        .until(() -> events().stream().filter(wanted).findFirst(), found -> found.isPresent())
        .orElseThrow();
  }

  Map<String, String> awaitEvent(String name, String uuid) {
    return awaitEvent(
        event -> name.equals(event.get("Event-Name")) && uuid.equals(event.get("Unique-ID")));
  }

  String awaitJob(String job) {
    return awaitEvent(event -> job.equals(event.get("Job-UUID"))).getOrDefault("_body", "");
  }

  private void read() {
    try (InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16)) {
      while (true) {
        String headers = block(in);
        if (headers == null) {
          break;
        }
        String body = new String(in.readNBytes(length(headers)), UTF_8);
        synchronized (events) {
          if (headers.contains("text/event-plain")) {
            events.add(event(body));
          } else if (headers.contains("text/event-json")) {
            events.add(Map.of("json", body));
          } else if (headers.contains("disconnect-notice")) {
            notices.add(body);
          } else {
            replies.add(new Frame(headers, body));
          }
        }
      }
    } catch (IOException e) {
      // The connection is gone, which closedByServer() tells.
      closed = true;
    }
    closed = true;
  }

  private static String block(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int last = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n' && last == '\n') {
        return bytes.toString(UTF_8);
      }
      bytes.write(b);
      last = b;
    }
    return null;
  }

  private static int length(String headers) {
    for (String line : headers.split("\n", -1)) {
      if (line.startsWith("Content-Length: ")) {
        return Integer.parseInt(line.substring("Content-Length: ".length()));
      }
    }
    return 0;
  }

  private static Map<String, String> event(String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    int end = body.indexOf("\n\n");
    for (String line : body.substring(0, end < 0 ? body.length() : end).split("\n", -1)) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        headers.put(
            line.substring(0, colon),
            URLDecoder.decode(line.substring(colon + 2).replace("+", "%2B"), UTF_8));
      }
    }
    headers.put("_body", end < 0 ? "" : body.substring(end + 2));
    return headers;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
