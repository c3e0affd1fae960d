package tandem.edge.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the recordings warn of, by their numbers, and what tests do to a switch. */
class SwitchDangersTest {

  private SwitchSim sim;

  @BeforeEach
  void start() {
    sim = SwitchSim.start(SimSettings.synthetic());
    sim.phone("*", PhoneScript.ignoring());
  }

  @AfterEach
  void stop() {
    assertThat(sim.failures()).isZero();
    sim.close();
  }

  private static String originate(String uuid, String user) {
    return "bgapi originate {origination_uuid="
        + uuid
        + ",ignore_early_media=true}sofia/external/"
        + user
        + "@sim.invalid &park()\nJob-UUID: job-"
        + uuid;
  }

  /** Danger 10. */
  @Test
  void shouldLetEventsWaitUntilTheClientSpeaks() throws Exception {
    SimSettings settings = SimSettings.synthetic();
    sim.close();
    sim =
        SwitchSim.start(settings.withTiming(settings.timing().withEventPoll(Duration.ofHours(1))));
    try (SimClient client = SimClient.listening(sim, "CHANNEL_PARK")) {
      String uuid = sim.placeCall("+15550001", "park", CallerScript.endless());
      await().pollDelay(Duration.ofMillis(100)).until(() -> client.events().isEmpty());
      client.write("\n");
      client.awaitEvent("CHANNEL_PARK", uuid);
    }
  }

  /** Danger 23: the same text for three reasons, within milliseconds and without a channel. */
  @Test
  void shouldRefuseAUuidInUseAPauseAndALimitWithTheSameWords() throws Exception {
    try (SimClient client = SimClient.listening(sim, "BACKGROUND_JOB CHANNEL_CREATE")) {
      String used = UUID.randomUUID().toString();
      client.send(originate(used, "1001"));
      client.awaitEvent("CHANNEL_CREATE", used);
      client.send(originate(used, "1002").replace("job-", "again-"));
      assertThat(client.awaitJob("again-" + used)).isEqualTo("-ERR DESTINATION_OUT_OF_ORDER\n");

      client.api("fsctl pause outbound");
      String paused = UUID.randomUUID().toString();
      client.send(originate(paused, "1002"));
      assertThat(client.awaitJob("job-" + paused)).isEqualTo("-ERR DESTINATION_OUT_OF_ORDER\n");
      assertThat(client.api("fsctl pause_check outbound")).isEqualTo("true");
      client.api("fsctl resume");

      client.api("fsctl max_sessions 1");
      String limited = UUID.randomUUID().toString();
      client.send(originate(limited, "1002"));
      assertThat(client.awaitJob("job-" + limited)).isEqualTo("-ERR DESTINATION_OUT_OF_ORDER\n");
      assertThat(client.api("uuid_exists " + limited)).isEqualTo("false");
      assertThat(client.events())
          .filteredOn(event -> "CHANNEL_CREATE".equals(event.get("Event-Name")))
          .hasSize(1);
    }
  }

  /** "sps is off by one": 3 lets two through. */
  @Test
  void shouldReachTheCallsPerSecondLimitOneEarly() throws Exception {
    try (SimClient client = SimClient.listening(sim, "BACKGROUND_JOB CHANNEL_CREATE")) {
      client.api("fsctl sps 1");
      await()
          .atMost(Duration.ofSeconds(3))
          .pollInterval(Duration.ofMillis(200))
          .until(
              () -> {
                String uuid = UUID.randomUUID().toString();
                client.send(originate(uuid, "1001"));
                return client
                    .awaitEvent(
                        event ->
                            uuid.equals(event.get("Unique-ID"))
                                || ("job-" + uuid).equals(event.get("Job-UUID")))
                    .get("Event-Name")
                    .equals("BACKGROUND_JOB");
              });
      assertThat(sim.channels()).hasSizeLessThanOrEqualTo(2);
    }
  }

  /**
   * Danger 24: on the same connection a kill right behind its originate works and nothing rings.
   */
  @Test
  void shouldKillALegInTheSameWriteAsItsOriginate() throws Exception {
    try (SimClient client = SimClient.listening(sim, "BACKGROUND_JOB CHANNEL_PROGRESS")) {
      String uuid = UUID.randomUUID().toString();
      client.write(originate(uuid, "1001") + "\n\napi uuid_kill " + uuid + "\n\n");
      assertThat(client.next().text()).startsWith("+OK Job-UUID");
      assertThat(client.next().text()).isEqualTo("+OK\n");
      assertThat(client.awaitJob("job-" + uuid)).isEqualTo("-ERR NORMAL_CLEARING\n");
      assertThat(client.events())
          .extracting(event -> event.get("Event-Name"))
          .doesNotContain("CHANNEL_PROGRESS");
    }
  }

  /** Danger 24: on another connection it finds nothing, and the phone rings on. */
  @Test
  void shouldMissAnOriginateUnderWayFromAnotherConnection() throws Exception {
    sim.close();
    SimSettings settings = SimSettings.synthetic();
    sim = SwitchSim.start(settings.withTiming(settings.timing().withBgapi(Duration.ofMillis(300))));
    sim.phone("*", PhoneScript.ignoring());
    try (SimClient client = SimClient.listening(sim, "CHANNEL_PROGRESS");
        SimClient other = SimClient.listening(sim, "BACKGROUND_JOB")) {
      String uuid = UUID.randomUUID().toString();
      client.write(originate(uuid, "1001") + "\n\n");
      assertThat(other.api("uuid_kill " + uuid)).isEqualTo("-ERR No such channel!\n");
      client.awaitEvent("CHANNEL_PROGRESS", uuid);
    }
  }

  /** Danger 15. */
  @Test
  void shouldListChannelsLateButKnowThemAtOnce() throws Exception {
    try (SimClient client = SimClient.listening(sim, "CHANNEL_PARK")) {
      String uuid = sim.placeCall("+15550001", "park", CallerScript.endless());
      assertThat(client.api("uuid_exists " + uuid)).isEqualTo("true");
      assertThat(client.api("show channels as json")).isEqualTo("{\"row_count\":0}");
      await()
          .until(
              () ->
                  client
                      .api("show channels as json")
                      .contains("\"row_count\":1,\"rows\":[{\"uuid\":\"" + uuid));
      assertThat(client.api("show channels")).contains(uuid).endsWith("\n1 total.\n");
      sim.hangup(uuid);
      await().until(() -> client.api("show channels").equals("\n0 total.\n"));
    }
  }

  /** Two legs named by one uuid: accepted, and stuck for good. */
  @Test
  void shouldStrandALegBridgedToItself() throws Exception {
    String uuid = sim.placeCall("+15550001", "answerpark", CallerScript.endless());
    try (SimClient client = SimClient.listening(sim, "CHANNEL_BRIDGE CHANNEL_PARK")) {
      assertThat(client.api("uuid_bridge " + uuid + " " + uuid)).isEqualTo("+OK " + uuid + "\n");
      await()
          .until(() -> client.api("uuid_dump " + uuid).contains("Channel-State: CS_SOFT_EXECUTE"));
      assertThat(client.api("uuid_park " + uuid)).isEqualTo("+OK\n");
      client.awaitEvent("CHANNEL_PARK", uuid);
    }
  }

  /**
   * An answered caller, and an agent's leg that waits; the caller's variables as they are given.
   */
  private String[] callerAndAgent(SimClient client, String variables) throws IOException {
    sim.phone("1001", PhoneScript.answering(Span.of(0)));
    String caller = sim.placeCall("+15550001", "answerpark", CallerScript.endless());
    client.awaitEvent("CHANNEL_PARK", caller);
    client.api("uuid_setvar_multi " + caller + " " + variables);
    String agent = UUID.randomUUID().toString();
    client.send(originate(agent, "1001"));
    client.awaitEvent("CHANNEL_PARK", agent);
    return new String[] {caller, agent};
  }

  /** Events are heard when they happen: the moment between {@code +OK} and the bridge is short. */
  private SimClient prompt() throws IOException {
    sim.close();
    SimSettings settings = SimSettings.synthetic();
    sim = SwitchSim.start(settings.withTiming(settings.timing().withEventPoll(Duration.ZERO)));
    return SimClient.listening(sim, "all");
  }

  private void awaitResetOf(SimClient client, String leg) {
    client.awaitEvent(
        event ->
            leg.equals(event.get("Unique-ID")) && "CS_RESET".equals(event.get("Channel-State")));
  }

  /** Named first, with the variable, a caller comes back whenever the agent goes. */
  @Test
  void shouldParkACallerNamedFirstWhoseAgentGoesBeforeTheBridge() throws Exception {
    try (SimClient client = prompt()) {
      for (boolean left : new boolean[] {false, true}) {
        String[] legs =
            callerAndAgent(client, "park_after_bridge=true;uuid_bridge_park_on_cancel=true");
        assertThat(client.api("uuid_bridge " + legs[0] + " " + legs[1])).startsWith("+OK");
        if (left) {
          awaitResetOf(client, legs[0]);
        }
        client.api("uuid_kill " + legs[1]);
        await().until(() -> parks(client, legs[0]) == 2);
        assertThat(sim.channels()).contains(legs[0]);
        assertThat(client.api("uuid_kill " + legs[0])).isEqualTo("+OK\n");
      }
    }
  }

  @Test
  void shouldHangUpACallerNamedFirstWithoutTheVariable() throws Exception {
    try (SimClient client = prompt()) {
      String[] legs = callerAndAgent(client, "park_after_bridge=true");
      client.api("uuid_bridge " + legs[0] + " " + legs[1]);
      awaitResetOf(client, legs[0]);
      client.api("uuid_kill " + legs[1]);
      assertThat(client.awaitEvent("CHANNEL_HANGUP_COMPLETE", legs[0]))
          .containsEntry("Hangup-Cause", "ORIGINATOR_CANCEL");
    }
  }

  /** Nothing is said of it, and only a kill ends it. */
  @Test
  void shouldStrandTheAgentNamedSecondWhoseCallerGoesBeforeTheBridge() throws Exception {
    try (SimClient client = prompt()) {
      String[] legs =
          callerAndAgent(client, "park_after_bridge=true;uuid_bridge_park_on_cancel=true");
      client.api("uuid_bridge " + legs[0] + " " + legs[1]);
      sim.hangup(legs[0]);
      client.awaitEvent("CHANNEL_HANGUP_COMPLETE", legs[0]);
      await().until(() -> client.api("uuid_dump " + legs[1]).contains("Channel-State: CS_RESET\n"));
      assertThat(parks(client, legs[1])).isEqualTo(1);
      assertThat(client.api("uuid_kill " + legs[1])).isEqualTo("+OK\n");
      client.awaitEvent("CHANNEL_HANGUP_COMPLETE", legs[1]);
    }
  }

  /** The reason for naming the caller first. */
  @Test
  void shouldHangUpACallerNamedSecondWhoIsAboutToHearMusicWhenTheAgentGoes() throws Exception {
    try (SimClient client = prompt()) {
      String[] legs =
          callerAndAgent(client, "park_after_bridge=true;uuid_bridge_park_on_cancel=true");
      client.api("uuid_broadcast " + legs[0] + " playback::tone_stream://%(400,2600,440) aleg");
      client.api("uuid_bridge " + legs[1] + " " + legs[0]);
      awaitResetOf(client, legs[1]);
      client.api("uuid_kill " + legs[1]);
      assertThat(client.awaitEvent("CHANNEL_HANGUP_COMPLETE", legs[0]))
          .containsEntry("Hangup-Cause", "DESTINATION_OUT_OF_ORDER");
    }
  }

  /** Parked once more it has left park, without a word, and hears nothing until it is bridged. */
  @Test
  void shouldPlayNothingToAChannelThatWasParkedTwice() throws Exception {
    try (SimClient client = prompt()) {
      String[] legs = callerAndAgent(client, "park_after_bridge=true");
      String music = "uuid_broadcast " + legs[0] + " playback::tone_stream://%(400,2600,440) aleg";
      client.api("uuid_park " + legs[0]);
      await().until(() -> parks(client, legs[0]) == 2);
      client.api("uuid_park " + legs[0]);
      await().until(() -> count(client, "CHANNEL_UNPARK", legs[0]) == 2);
      client.api(music);
      client.api("uuid_bridge " + legs[0] + " " + legs[1]);
      client.awaitEvent("CHANNEL_BRIDGE", legs[0]);
      assertThat(parks(client, legs[0])).isEqualTo(2);
      assertThat(count(client, "PLAYBACK_START", legs[0])).isZero();
      client.api("uuid_kill " + legs[1]);
      await().until(() -> parks(client, legs[0]) == 3);
      client.api(music);
      client.awaitEvent("PLAYBACK_START", legs[0]);
    }
  }

  private static long parks(SimClient client, String leg) {
    return count(client, "CHANNEL_PARK", leg);
  }

  private static long count(SimClient client, String name, String leg) {
    return client.events().stream()
        .filter(e -> name.equals(e.get("Event-Name")) && leg.equals(e.get("Unique-ID")))
        .count();
  }

  /** The adoption rule: hung up on a whole second unless the order is taken back. */
  @Test
  void shouldHangUpACallerNobodyAdopts() throws Exception {
    sim.close();
    SimSettings settings = SimSettings.synthetic();
    sim =
        SwitchSim.start(settings.withTiming(settings.timing().withAdoption(Duration.ofSeconds(2))));
    try (SimClient client = SimClient.listening(sim, "all")) {
      String lost = sim.placeCall("+15550001", "+14155550100", CallerScript.endless());
      String adopted = sim.placeCall("+15550002", "+14155550100", CallerScript.endless());
      assertThat(client.api("sched_del " + adopted)).isEqualTo("+OK Deleted: 1\n");
      assertThat(client.api("sched_del " + adopted)).isEqualTo("+OK Deleted: 0\n");
      Map<String, String> end = client.awaitEvent("CHANNEL_HANGUP_COMPLETE", lost);
      assertThat(end).containsEntry("Hangup-Cause", "ALLOTTED_TIMEOUT");
      List<String> said =
          client.events().stream()
              .filter(event -> lost.equals(event.get("Unique-ID")))
              .map(event -> event.get("Event-Name"))
              .toList();
      List<String> recorded =
          TraceSection.of("09_adoption", "A:").legs().values().iterator().next().stream()
              .map(token -> token.split(" ", 2)[0])
              .toList();
      await()
          .until(
              () ->
                  client.events().stream()
                      .anyMatch(e -> "CHANNEL_DESTROY".equals(e.get("Event-Name"))));
      assertThat(recorded).startsWith(said.toArray(new String[0]));
      assertThat(sim.channels()).containsExactly(adopted);
    }
  }

  @Test
  void shouldBeatItsHeart() throws Exception {
    sim.close();
    SimSettings settings = SimSettings.synthetic();
    sim =
        SwitchSim.start(
            settings.withTiming(settings.timing().withHeartbeat(Duration.ofMillis(100))));
    try (SimClient client = SimClient.listening(sim, "HEARTBEAT")) {
      await().until(() -> client.events().size() >= 2);
      assertThat(client.events().get(0))
          .containsEntry("Event-Info", "System Ready")
          .containsEntry("Session-Count", "0")
          .containsEntry("Core-UUID", sim.coreUuid());
    }
  }

  @Test
  void shouldLoseConnectionsButNoCallsWhenEventSocketsAreCut() throws Exception {
    String uuid = sim.placeCall("+15550001", "park", CallerScript.endless());
    try (SimClient client = SimClient.listening(sim, "all")) {
      sim.cutEventSockets();
      await().until(client::closedByServer);
      assertThat(client.notices()).isEmpty();
    }
    assertThat(sim.channels()).containsExactly(uuid);
    assertThat(sim.connections()).isZero();
  }

  @Test
  void shouldSayNothingWhileSilentAndEverythingAfter() throws Exception {
    try (SimClient client = SimClient.listening(sim, "CHANNEL_PARK")) {
      long start = System.nanoTime();
      sim.silence(Duration.ofMillis(400));
      String uuid = sim.placeCall("+15550001", "park", CallerScript.endless());
      client.awaitEvent("CHANNEL_PARK", uuid);
      assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(390).toNanos());
      assertThat(client.api("uuid_exists " + uuid)).isEqualTo("true");
    }
  }

  @Test
  void shouldComeBackAsAnotherSwitchAfterARestart() throws Exception {
    String core = sim.coreUuid();
    int port = sim.eslPort();
    sim.placeCall("+15550001", "park", CallerScript.endless());
    try (SimClient client = SimClient.listening(sim, "all")) {
      sim.restart();
      await().until(client::closedByServer);
    }
    assertThat(sim.channels()).isEmpty();
    assertThat(sim.coreUuid()).isNotEqualTo(core);
    assertThat(sim.eslPort()).isEqualTo(port);
    assertThat(sim.ledger().over())
        .singleElement()
        .extracting(SimCall::cause)
        .isEqualTo("SWITCH_LOST");
    try (SimClient client = SimClient.listening(sim, "CHANNEL_PARK")) {
      String next = sim.placeCall("+15550001", "park", CallerScript.endless());
      assertThat(Integer.parseInt(client.awaitEvent("CHANNEL_PARK", next).get("Event-Sequence")))
          .isLessThan(50);
    }
  }

  @Test
  void shouldSayItsLastWordsOnShutdown() throws Exception {
    String uuid = sim.placeCall("+15550001", "answerpark", CallerScript.endless());
    try (SimClient client = SimClient.listening(sim, "SHUTDOWN CHANNEL_HANGUP_COMPLETE")) {
      assertThat(client.api("fsctl shutdown")).isEqualTo("+OK\n");
      await().until(client::closedByServer);
      assertThat(client.events().get(0)).containsEntry("Event-Name", "SHUTDOWN");
      assertThat(client.awaitEvent("CHANNEL_HANGUP_COMPLETE", uuid))
          .containsEntry("Hangup-Cause", "SYSTEM_SHUTDOWN");
      assertThat(client.notices()).hasSize(1);
    }
  }
}
