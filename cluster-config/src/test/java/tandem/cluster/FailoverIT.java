package tandem.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Three nodes, three JVMs: what the settings promise about a crash and about a zombie, for real.
 */
class FailoverIT {
  private static final List<String> IDS =
      IntStream.range(0, 200).mapToObj(i -> "acme:" + i).toList();

  private record Child(Process process, int port) {}

  private final List<Child> children = new ArrayList<>();
  private TandemNode survivor;

  @BeforeEach
  void startThreeNodes() throws Exception {
    survivor =
        TandemNode.start(
            ConfigFactory.parseString(
                WhereModule.BINDING
                    + "tandem.node.roles = [router]\ntandem.liveness.limit = 60s\n"
                    + "akka.coordinated-shutdown.run-by-actor-system-terminate = off"),
            List.of(new WhereModule()),
            LivenessGate.JVM);
    children.add(startChild());
    children.add(startChild());
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> membersUp() == 3 && children.stream().allMatch(c -> hostedBy(c.port()) > 0));
  }

  @AfterEach
  void stop() throws Exception {
    for (Child child : children) {
      child.process().destroyForcibly();
      child.process().onExit().get(10, TimeUnit.SECONDS);
    }
    survivor.system().terminate();
    survivor.system().getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private Child startChild() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ChildNode.class.getName(),
                survivor.address().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = process.inputReader().readLine();
    // Logs and the port share standard output; the port is the line that is a number.
    while (line != null && !line.matches("\\d+")) {
      line = process.inputReader().readLine();
    }
    assertThat(line).as("the child's port").isNotNull();
    return new Child(process, Integer.parseInt(line));
  }

  private long membersUp() {
    return StreamSupport.stream(
            Cluster.get(survivor.system()).state().getMembers().spliterator(), false)
        .filter(member -> member.status().equals(MemberStatus.up()))
        .count();
  }

  /**
   * How many of the entities answer from this node; those that do not answer within a second count
   * for nobody.
   */
  private long hostedBy(int port) {
    return answers().stream().filter(answered -> answered == port).count();
  }

  private List<Integer> answers() {
    List<CompletableFuture<Integer>> asked =
        IDS.stream()
            .map(
                id ->
                    WhereModule.ask(survivor.system(), id)
                        .toCompletableFuture()
                        .exceptionally(silent -> 0))
            .toList();
    return asked.stream().map(CompletableFuture::join).filter(port -> port != 0).toList();
  }

  @Test
  void shouldHaveTheShardsOfAKilledNodeBackWithinTwentySeconds() throws Exception {
    Child victim = children.get(0);
    long lost = hostedBy(victim.port());
    long from = System.nanoTime();
    victim.process().destroyForcibly();
    victim.process().onExit().get(10, TimeUnit.SECONDS);

    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> answers().size() == IDS.size());

    Duration took = Duration.ofNanos(System.nanoTime() - from);
    System.out.printf(
        "%d of %d entities were on the killed node; all answered after %d ms%n",
        lost, IDS.size(), took.toMillis());
    assertThat(lost).isPositive();
    assertThat(took)
        .as("a zombie has halted before anybody takes over")
        .isGreaterThan(Duration.ofSeconds(5));
    assertThat(hostedBy(victim.port())).isZero();
  }

  @Test
  void shouldHaltANodeThatWasStoppedAndWakes() throws Exception {
    Child zombie = children.get(0);
    signal("STOP", zombie);
    long from = System.nanoTime();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> System.nanoTime() - from > Duration.ofMillis(5_500).toNanos());
    assertThat(hostedBy(zombie.port())).isZero();

    signal("CONT", zombie);

    zombie.process().onExit().get(10, TimeUnit.SECONDS);
    assertThat(zombie.process().exitValue()).isEqualTo(LivenessGate.EXIT_CODE);
  }

  private static void signal(String name, Child child) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(child.process().pid())).start();
    assertThat(kill.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(kill.exitValue()).isZero();
  }
}
