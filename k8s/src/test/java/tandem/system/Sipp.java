package tandem.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Starts sipp as callers or as an agent: SIP by a peer that is not ours. Owner of its processes.
 */
final class Sipp implements AutoCloseable {
  /** Of one that nobody ends: agents' phones are there for as long as all tests of their floor. */
  private static final String TIMEOUT = "1200s";

  private final Path folder;
  private final String address;
  private final List<Process> processes = new ArrayList<>();

  /**
   * @param address this machine's, as the switch reaches it
   */
  Sipp(Path folder, String address) throws IOException {
    assertThat(
            Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, "sipp"))))
        .as("sipp is on the PATH: install Debian's package sip-tester")
        .isTrue();
    this.folder = Files.createDirectories(folder);
    this.address = address;
  }

  /** One agent's phone; returns its port once it listens. */
  int agent() throws IOException {
    int port = freeUdpPort();
    start("agent", port, List.of());
    await("an agent's phone listens").until(() -> !isFree(port));
    return port;
  }

  /** Callers; the process ends with 0 when each of the calls went as the scenario says. */
  Process callers(String switchAddress, String number, int perSecond, int atOnce, int calls)
      throws IOException {
    return start(
        "caller",
        freeUdpPort(),
        List.of(
            switchAddress,
            "-s",
            number,
            "-r",
            Integer.toString(perSecond),
            "-l",
            Integer.toString(atOnce),
            "-m",
            Integer.toString(calls)));
  }

  /**
   * A phone that is somebody's, by one of the scenarios; it listens when this returns.
   *
   * @param values what stands in the scenario between {@code @} signs
   */
  Handset handset(String scenario, Map<String, String> values) throws IOException {
    int port = freeUdpPort();
    Path log = folder.resolve(scenario + port + ".said");
    start(scenario, port, values, List.of("-trace_logs", "-log_file", log.toString()));
    await("a phone listens").until(() -> !isFree(port));
    return new Handset(address, port, log);
  }

  /** As {@link #handset}, for one call to a number. */
  Handset visitor(String switchAddress, String number, Map<String, String> values)
      throws IOException {
    int port = freeUdpPort();
    Path log = folder.resolve("visitor" + port + ".said");
    start(
        "visitor",
        port,
        values,
        List.of(
            switchAddress, "-s", number, "-m", "1", "-trace_logs", "-log_file", log.toString()));
    return new Handset(address, port, log);
  }

  private Process start(String scenario, int port, List<String> more) throws IOException {
    return start(scenario, port, Map.of(), more);
  }

  private Process start(String scenario, int port, Map<String, String> values, List<String> more)
      throws IOException {
    Path file = folder.resolve(scenario + port + ".xml");
    try (InputStream in =
        Objects.requireNonNull(Sipp.class.getResourceAsStream("/sipp/" + scenario + ".xml"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      for (Map.Entry<String, String> value : values.entrySet()) {
        text = text.replace('@' + value.getKey() + '@', value.getValue());
      }
      Files.writeString(file, text, StandardCharsets.ISO_8859_1);
    }
    List<String> command =
        new ArrayList<>(
            List.of("sipp", "-sf", file.toString(), "-i", address, "-p", Integer.toString(port)));
    command.addAll(List.of("-nostdin", "-timeout", TIMEOUT, "-trace_err"));
    command.addAll(List.of("-error_file", folder.resolve(scenario + port + ".errors").toString()));
    command.addAll(more);
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(scenario + port + ".log").toFile())
            .start();
    processes.add(process);
    return process;
  }

  private int freeUdpPort() throws SocketException {
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, 0))) {
      return socket.getLocalPort();
    }
  }

  private boolean isFree(int port) {
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, port))) {
      return socket.isBound();
    } catch (SocketException e) {
      return false;
    }
  }

  static String loopback() {
    return InetAddress.getLoopbackAddress().getHostAddress();
  }

  /** How long something took, for the line that a test prints. */
  static double seconds(long sinceNanos) {
    return Duration.ofNanos(System.nanoTime() - sinceNanos).toMillis() / 1000.0;
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}
