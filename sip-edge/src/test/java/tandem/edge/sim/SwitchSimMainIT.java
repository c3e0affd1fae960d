package tandem.edge.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The simulator as its own process, as {@code ./tandem up} and the tests that kill a node run it.
 */
class SwitchSimMainIT {

  private static final Pattern READY =
      Pattern.compile(
          "\\{\"eslPort\":(\\d+),\"sipPort\":(-?\\d+),\"pid\":(\\d+),\"coreUuid\":\"[0-9a-f-]{36}\"}");

  private final List<Process> children = new ArrayList<>();

  @AfterEach
  void stop() {
    children.forEach(Process::destroyForcibly);
  }

  private Process run(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                SwitchSimMain.class.getName()));
    command.addAll(List.of(arguments));
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    children.add(child);
    return child;
  }

  /** Its log, if it has one on the standard output, may come before the line. */
  private static Matcher ready(Process child) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher matcher = READY.matcher(line);
      if (matcher.matches()) {
        return matcher;
      }
    }
    throw new AssertionError("the simulator has said nothing of its ports");
  }

  @Test
  void shouldTellItsPortsServeAndEndWithItsParent() throws Exception {
    Process child = run("--esl-port=0", "--sip-port=0", "--fast", "--with-parent", "--seed=9");
    Matcher ports = ready(child);
    assertThat(Long.parseLong(ports.group(3))).isEqualTo(child.pid());
    assertThat(Integer.parseInt(ports.group(2))).isPositive();
    try (SimClient client = new SimClient(Integer.parseInt(ports.group(1)))) {
      client.next();
      client.send("auth ClueCon");
      client.send("event plain CHANNEL_PARK");
      String uuid = client.api("sim call +15550001 +14155550100").substring(4).trim();
      client.awaitEvent("CHANNEL_PARK", uuid);
    }
    child.getOutputStream().close();
    assertThat(child.waitFor(20, TimeUnit.SECONDS)).as("it ends when its parent is gone").isTrue();
  }

  @Test
  void shouldRefuseWhatItDoesNotKnowAndAPortThatIsTaken() throws Exception {
    assertThat(run("--nonsense").waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(children.get(0).exitValue()).isEqualTo(2);
    try (SwitchSim first = SwitchSim.start(SimSettings.synthetic())) {
      Process second = run("--esl-port=" + first.eslPort(), "--no-sip");
      assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(second.exitValue()).isEqualTo(1);
    }
  }
}
