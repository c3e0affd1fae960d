package tandem.edge.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIP by peers that are not ours: sipp as callers and sipp as agents, on loopback. Needs Debian's
 * package sip-tester.
 */
class SippIT {

  @TempDir private Path work;

  private final List<Process> children = new ArrayList<>();
  private SwitchSim sim;

  @BeforeEach
  void start() {
    assertThat(
            Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(dir -> new File(dir, "sipp"))
                .anyMatch(File::canExecute))
        .as("sipp is on the PATH: install Debian's package sip-tester")
        .isTrue();
    sim = SwitchSim.start(SimSettings.load().withPorts(0, 0));
  }

  @AfterEach
  void stop() {
    children.forEach(Process::destroyForcibly);
    assertThat(sim.failures()).isZero();
    sim.close();
  }

  private Process sipp(String scenario, int port, String... more) throws IOException {
    Path file = work.resolve(scenario + port + ".xml");
    try (InputStream in = SippIT.class.getResourceAsStream("/sipp/" + scenario + ".xml")) {
      Files.copy(in, file);
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                "sipp",
                "-sf",
                file.toString(),
                "-i",
                "127.0.0.1",
                "-p",
                "" + port,
                "-nostdin",
                "-timeout",
                "60s"));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    children.add(process);
    return process;
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      return socket.getLocalPort();
    }
  }

  private static void awaitListening(int port) {
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> !SipAdapter.deaf("agent@127.0.0.1:" + port, false));
  }

  private int exitOf(Process process) throws InterruptedException {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("sipp ends by itself").isTrue();
    return process.exitValue();
  }

  private String agentLeg(SimClient client, int port, String more) {
    String uuid = UUID.randomUUID().toString();
    client.send(
        "bgapi originate {origination_uuid="
            + uuid
            + ",ignore_early_media=true"
            + more
            + "}sofia/external/agent@127.0.0.1:"
            + port
            + " &park()\nJob-UUID: job-"
            + uuid);
    return uuid;
  }

  @Test
  void shouldConnectSippCallersToSippAgents() throws Exception {
    int agents = freePort();
    sipp("agent", agents);
    awaitListening(agents);
    try (SimClient client =
        SimClient.listening(sim, "CHANNEL_PARK CHANNEL_BRIDGE CHANNEL_HANGUP_COMPLETE")) {
      Process callers =
          sipp(
              "caller",
              freePort(),
              "127.0.0.1:" + sim.sipPort(),
              "-s",
              "+14155550100",
              "-m",
              "20",
              "-r",
              "10",
              "-d",
              "500");
      Map<String, String> wanted = new HashMap<>();
      int seen = 0;
      while (callers.isAlive()) {
        for (List<Map<String, String>> events = client.events(); seen < events.size(); seen++) {
          Map<String, String> event = events.get(seen);
          if (!"CHANNEL_PARK".equals(event.get("Event-Name"))) {
            continue;
          }
          String uuid = event.get("Unique-ID");
          if (wanted.containsKey(uuid)) {
            // Callers hang up half a second after their answer, so that comes last.
            client.api("uuid_answer " + wanted.get(uuid));
            assertThat(client.api("uuid_bridge " + uuid + " " + wanted.get(uuid)))
                .startsWith("+OK");
          } else if ("inbound".equals(event.get("Call-Direction"))) {
            assertThat(event).containsEntry("Caller-Destination-Number", "+14155550100");
            client.api("sched_del " + uuid);
            wanted.put(agentLeg(client, agents, ""), uuid);
          }
        }
        Thread.onSpinWait();
      }
      assertThat(exitOf(callers)).as("every caller got through its scenario").isZero();
      await().until(() -> sim.channels().isEmpty());
      SimLedger ledger = sim.ledger();
      assertThat(ledger.placed()).isEqualTo(20);
      assertThat(ledger.bridged()).isEqualTo(20);
      assertThat(ledger.over()).allSatisfy(call -> assertThat(call.endedBy()).isEqualTo("caller"));
    }
  }

  @Test
  void shouldTellBusyAndNobodyThereFromEachOther() throws Exception {
    int busy = freePort();
    sipp("busy", busy);
    awaitListening(busy);
    try (SimClient client = SimClient.listening(sim, "BACKGROUND_JOB")) {
      assertThat(client.awaitJob("job-" + agentLeg(client, busy, "")))
          .isEqualTo("-ERR USER_BUSY\n");
      assertThat(client.awaitJob("job-" + agentLeg(client, freePort(), "")))
          .isEqualTo("-ERR NORMAL_TEMPORARY_FAILURE\n");
    }
  }

  @Test
  void shouldCancelAPhoneThatIsNotAnswered() throws Exception {
    int port = freePort();
    Process phone = sipp("ignoring", port, "-m", "1");
    awaitListening(port);
    try (SimClient client = SimClient.listening(sim, "BACKGROUND_JOB CHANNEL_PROGRESS")) {
      String leg = agentLeg(client, port, ",originate_timeout=2");
      client.awaitEvent("CHANNEL_PROGRESS", leg);
      assertThat(client.awaitJob("job-" + leg)).isEqualTo("-ERR NO_ANSWER\n");
      assertThat(exitOf(phone)).as("the phone saw a CANCEL").isZero();
    }
  }

  @Test
  void shouldRefuseAKilledCallerBusyAndReportItsProgress() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    try (SimClient client = SimClient.listening(sim, "CHANNEL_PARK");
        SipCall call =
            SipCall.place(
                "127.0.0.1",
                sim.sipPort(),
                "+14155550100",
                "+15550001",
                Duration.ofSeconds(10),
                new Told(told))) {
      String uuid = client.awaitEvent(event -> event.containsKey("Unique-ID")).get("Unique-ID");
      client.api("uuid_ring_ready " + uuid);
      await().until(() -> told.contains("ringing"));
      client.api("uuid_kill " + uuid + " USER_BUSY");
      assertThat(call.over().get(5, TimeUnit.SECONDS)).startsWith("486");
      assertThat(told).containsExactly("trying", "ringing", "ended 486 Busy here");
    }
  }

  @Test
  void shouldHangUpACallOfItsOwnAfterItsTime() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    try (SimClient client = SimClient.listening(sim, "CHANNEL_PARK CHANNEL_HANGUP");
        SipCall call =
            SipCall.place(
                "127.0.0.1",
                sim.sipPort(),
                "answerpark",
                "+15550001",
                Duration.ofSeconds(1),
                new Told(told))) {
      assertThat(call.over().get(5, TimeUnit.SECONDS)).isEqualTo("hung up by us");
      assertThat(told).containsExactly("trying", "answered", "ended hung up by us");
      client.awaitEvent(event -> "NORMAL_CLEARING".equals(event.get("Hangup-Cause")));
      await().until(() -> sim.channels().isEmpty());
    }
  }

  @Test
  void shouldCancelACallThatNobodyAnswers() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    try (SimClient client = SimClient.listening(sim, "CHANNEL_HANGUP");
        SipCall call =
            SipCall.place(
                "127.0.0.1",
                sim.sipPort(),
                "park",
                "+15550001",
                Duration.ofMillis(500),
                new Told(told))) {
      assertThat(call.over().get(5, TimeUnit.SECONDS)).isEqualTo("hung up by us");
      assertThat(client.awaitEvent(event -> event.containsKey("Hangup-Cause")))
          .containsEntry("Hangup-Cause", "ORIGINATOR_CANCEL")
          .containsEntry("variable_sip_hangup_disposition", "recv_cancel");
    }
  }

  private record Told(List<String> lines) implements SipCall.Progress {
    @Override
    public void trying() {
      lines.add("trying");
    }

    @Override
    public void ringing() {
      lines.add("ringing");
    }

    @Override
    public void answered() {
      lines.add("answered");
    }

    @Override
    public void ended(String reason) {
      lines.add("ended " + reason);
    }
  }
}
