package tandem.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** The SIP of one phone, which sipp speaks, seen by what its scenario logs. */
final class Handset {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String CALL = "(rings|answered) \\S+ \\d+";
  private static final Set<String> OVER = Set.of("hung up", "is hung up", "fell silent");

  private final String address;
  private final int port;
  private final Path log;
  private final AtomicInteger forgotten = new AtomicInteger();
  private volatile long seen;
  private volatile int audio;

  Handset(String address, int port, Path log) {
    this.address = address;
    this.port = port;
    this.log = log;
  }

  int port() {
    return port;
  }

  /** What has happened to it until now is forgotten. */
  void forget() {
    forgotten.addAndGet(said().size());
  }

  /** Everything that has happened to it, in order. */
  List<String> said() {
    try {
      return Files.exists(log)
          ? Files.readAllLines(log).stream().skip(forgotten.get()).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often something has happened. */
  long count(String what) {
    return said().stream().filter(line -> line.equals(what) || line.startsWith(what + ' ')).count();
  }

  /** Waits until something has happened so often in all. */
  void await(String what, long times) {
    Awaitility.await(what + " " + times + " times")
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(count(what)).as("%s of %s", what, said()).isGreaterThanOrEqualTo(times));
  }

  /** Who has it puts it down. */
  void putDown() {
    String call =
        said().stream()
            .filter(line -> line.matches(CALL))
            .reduce((earlier, later) -> later)
            .orElseThrow()
            .split(" ", -1)[1];
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), 0))) {
      byte[] message =
          """
          INFO sip:owner@%1$s SIP/2.0
          Via: SIP/2.0/UDP %1$s:%2$d;branch=z9hG4bK%3$d
          From: <sip:owner@%1$s>;tag=owner
          To: <sip:owner@%1$s>
          Call-ID: %4$s
          CSeq: 1000 INFO
          Content-Length: 0

          """
              .formatted(address, socket.getLocalPort(), System.nanoTime(), call)
              .replace("\n", "\r\n")
              .getBytes(StandardCharsets.US_ASCII);
      socket.send(
          new DatagramPacket(message, message.length, InetAddress.getByName(address), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the other side of the call wants its sound; 0 when there is none. */
  int audio() {
    long now = log.toFile().length();
    if (now != seen) {
      audio = 0;
      for (String line : said()) {
        audio =
            line.matches(CALL)
                ? Integer.parseInt(line.split(" ", -1)[2])
                : OVER.contains(line) ? 0 : audio;
      }
      seen = now;
    }
    return audio;
  }
}
