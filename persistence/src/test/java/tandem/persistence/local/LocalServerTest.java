package tandem.persistence.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalServerTest {
  @TempDir Path dir;

  private final List<ProcessHandle> toKill = new ArrayList<>();

  @AfterEach
  void killChildren() throws Exception {
    toKill.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : toKill) {
      process.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  private LocalServer start(int port, Lifetime lifetime) {
    LocalServer server = LocalServer.start(TinyServer.spec(dir, port, lifetime));
    ProcessHandle.of(server.pid()).ifPresent(toKill::add);
    return server;
  }

  @Test
  void shouldAnswerWhenStartedAndBeGoneWhenStopped() throws Exception {
    LocalServer server = start(0, Lifetime.WITH_PARENT);
    int port = server.port(ServerSpec.CLIENT_PORT);
    assertThat(Probe.KAFKA.answers(port)).isTrue();

    server.stop();

    assertThat(Probe.KAFKA.answers(port)).isFalse();
    assertThat(ProcessHandle.of(server.pid())).isEmpty();
    assertThat(server.ended().toCompletableFuture().get(5, TimeUnit.SECONDS)).isEmpty();
    assertThat(dir.resolve("server.pid")).doesNotExist();
  }

  @Test
  void shouldTakeTheSamePortAtTheSecondStart() {
    LocalServer first = start(0, Lifetime.WITH_PARENT);
    first.stop();

    LocalServer second = start(0, Lifetime.WITH_PARENT);

    assertThat(second.port(ServerSpec.CLIENT_PORT)).isEqualTo(first.port(ServerSpec.CLIENT_PORT));
    assertThat(second.takenOver()).isFalse();
  }

  @Test
  void shouldSayWhichPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start(taken.getLocalPort(), Lifetime.WITH_PARENT))
          .isInstanceOf(LocalServerException.class)
          .hasMessage("port " + taken.getLocalPort() + " is taken; Tiny needs it (client)");
    }
  }

  @Test
  void shouldSayHowMuchDiskIsMissing() {
    assertThatThrownBy(
            () ->
                LocalServer.start(
                    TinyServer.spec(dir, 0, Lifetime.WITH_PARENT, Long.MAX_VALUE, "")))
        .isInstanceOf(LocalServerException.class)
        .hasMessageMatching("only \\d+ MB are free in .*; Tiny needs \\d+ MB");
  }

  @Test
  void shouldSayWhyTheChildDied() {
    assertThatThrownBy(
            () ->
                LocalServer.start(
                    TinyServer.spec(dir, 0, Lifetime.WITH_PARENT, 0, "cannot read the plan")))
        .isInstanceOf(LocalServerException.class)
        .hasMessageStartingWith("Tiny ended with code 3: ERROR cannot read the plan (log: ")
        .hasMessageNotContaining("\n");
    assertThat(dir.resolve("server.pid")).doesNotExist();
  }

  @Test
  void shouldSayThatTheDiskIsFullInPlainWords() {
    assertThatThrownBy(
            () ->
                LocalServer.start(
                    TinyServer.spec(
                        dir, 0, Lifetime.WITH_PARENT, 0, "IOException: No space left on device")))
        .hasMessageStartingWith("Tiny ended with code 3: the disk is full");
  }

  @Test
  void shouldTellThatTheChildDiedLater() throws Exception {
    LocalServer server = start(0, Lifetime.WITH_PARENT);
    ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();

    Optional<String> reason = server.ended().toCompletableFuture().get(5, TimeUnit.SECONDS);

    assertThat(reason.orElseThrow()).startsWith("Tiny was ended by signal 9");
  }

  @Test
  void shouldStartAgainOverAStalePidFile() throws Exception {
    // A living process, but not the one that wrote the file.
    Files.write(
        dir.resolve("server.pid"),
        List.of(Long.toString(ProcessHandle.current().pid()), "1999-12-31T23:59:59Z"));

    LocalServer server = start(0, Lifetime.WITH_PARENT);

    assertThat(server.takenOver()).isFalse();
    assertThat(server.pid()).isNotEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void shouldEndWithItsParentAlsoWhenThatIsKilled() throws Exception {
    try (Parent parent = new Parent(Lifetime.WITH_PARENT)) {
      ProcessHandle server = parent.server();
      assertThat(server.isAlive()).isTrue();

      parent.kill();

      await().atMost(Duration.ofSeconds(10)).until(() -> !server.isAlive());
    }
  }

  @Test
  void shouldSurviveItsParentAndBeTakenOverWhenToldSo() throws Exception {
    try (Parent parent = new Parent(Lifetime.UNTIL_STOPPED)) {
      ProcessHandle server = parent.server();
      parent.kill();

      LocalServer takenOver = start(0, Lifetime.UNTIL_STOPPED);
      assertThat(takenOver.takenOver()).isTrue();
      assertThat(takenOver.pid()).isEqualTo(server.pid());
      int other = takenOver.port(ServerSpec.CLIENT_PORT) == 1024 ? 1025 : 1024;
      assertThatThrownBy(() -> start(other, Lifetime.UNTIL_STOPPED))
          .hasMessageContaining("runs on this data already");

      takenOver.stop();
      assertThat(server.isAlive()).isFalse();
    }
  }

  /** A parent JVM of its own, to be killed. */
  private final class Parent implements AutoCloseable {
    private final Process process;
    private final ProcessHandle server;

    Parent(Lifetime lifetime) throws Exception {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx64m",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  TinyParent.class.getName(),
                  dir.toString(),
                  lifetime.name())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      toKill.add(process.toHandle());
      BufferedReader out = process.inputReader();
      server = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
      toKill.add(server);
    }

    ProcessHandle server() {
      return server;
    }

    void kill() throws Exception {
      process.destroyForcibly();
      process.onExit().get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
      process.destroyForcibly();
      server.destroyForcibly();
    }
  }
}
