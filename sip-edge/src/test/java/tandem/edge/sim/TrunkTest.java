package tandem.edge.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody outside is called over the switch's trunk, while an agent hears it ring. */
class TrunkTest {
  private static final String NUMBER = "+12125550100";
  private static final String RINGING = "tone_stream://%(2000,4000,440,480);loops=-1";

  private SwitchSim sim;

  @BeforeEach
  void start() {
    sim = SwitchSim.start(SimSettings.synthetic());
  }

  @AfterEach
  void stop() {
    assertThat(sim.failures()).isZero();
    sim.close();
  }

  private static String trunk(SimClient client) {
    return client.api("global_getvar tandem_trunk");
  }

  /** Orders a leg; its uuid is its job's as well. */
  private static String originate(SimClient client, String dial, int seconds) {
    String uuid = UUID.randomUUID().toString();
    client.send(
        "bgapi originate {origination_uuid="
            + uuid
            + ",ignore_early_media=true,park_after_bridge=true,uuid_bridge_park_on_cancel=true"
            + ",originate_timeout="
            + seconds
            + ",tandem_call=demo:1,origination_caller_id_number=+14155550100}"
            + dial
            + " &park()\nJob-UUID: "
            + uuid);
    return uuid;
  }

  private static String outside(SimClient client, int seconds) {
    return originate(client, "sofia/gateway/" + trunk(client) + "/" + NUMBER, seconds);
  }

  private static List<String> names(SimClient client, String uuid) {
    return client.events().stream()
        .filter(event -> uuid.equals(event.get("Unique-ID")))
        .map(event -> event.get("Event-Name"))
        .toList();
  }

  @Test
  void shouldNameItsTrunkUntilItIsToldOtherwise() throws Exception {
    try (SimClient client = SimClient.listening(sim, "all")) {
      assertThat(trunk(client)).isEqualTo("simulated");
      assertThat(client.api("global_setvar tandem_trunk=")).isEqualTo("+OK");
      assertThat(trunk(client)).startsWith("-ERR no reply");
      assertThat(client.api("global_setvar")).startsWith("-USAGE");
    }
    sim.restart();
    try (SimClient client = SimClient.listening(sim, "all")) {
      assertThat(trunk(client)).as("vars.xml is read again").isEqualTo("simulated");
    }
  }

  @Test
  void shouldRingANumberOutsideAndParkWhoAnswers() throws Exception {
    sim.phone(NUMBER, PhoneScript.answering(Span.of(20)));
    try (SimClient client = SimClient.listening(sim, "all")) {
      String uuid = outside(client, 10);
      Map<String, String> parked = client.awaitEvent("CHANNEL_PARK", uuid);
      assertThat(client.awaitJob(uuid)).isEqualTo("+OK " + uuid + "\n");
      assertThat(parked)
          .containsEntry("Call-Direction", "outbound")
          .containsEntry("Answer-State", "answered")
          .containsEntry("Caller-Caller-ID-Number", "+14155550100")
          .containsEntry("variable_tandem_call", "demo:1");
      assertThat(names(client, uuid))
          .containsSubsequence("CHANNEL_PROGRESS", "CHANNEL_ANSWER", "CHANNEL_PARK");
    }
  }

  @Test
  void shouldSayWhyNobodyOutsideIsReached() throws Exception {
    try (SimClient client = SimClient.listening(sim, "all")) {
      sim.phone(NUMBER, PhoneScript.busyLine());
      assertThat(client.awaitJob(outside(client, 10))).isEqualTo("-ERR USER_BUSY\n");
      sim.phone(NUMBER, PhoneScript.ignoring());
      assertThat(client.awaitJob(outside(client, 1))).isEqualTo("-ERR NO_ANSWER\n");
      assertThat(client.awaitJob(originate(client, "sofia/gateway/other/" + NUMBER, 10)))
          .isEqualTo("-ERR INVALID_GATEWAY\n");
    }
  }

  /** 12_consult: the first named of two called legs hears a tone that the bridge ends. */
  @Test
  void shouldEndTheRingingThatAnAgentHearsWithTheBridge() throws Exception {
    sim.phone("1001", PhoneScript.answering(Span.of(10)));
    sim.phone(NUMBER, PhoneScript.answering(Span.of(500)));
    try (SimClient client = SimClient.listening(sim, "all")) {
      String agent = originate(client, "sofia/external/1001@sim.invalid", 10);
      client.awaitEvent("CHANNEL_PARK", agent);
      String customer = outside(client, 10);
      client.awaitEvent("CHANNEL_PROGRESS", customer);
      assertThat(client.api("uuid_broadcast " + agent + " playback::" + RINGING + " aleg"))
          .startsWith("+OK");
      assertThat(client.awaitEvent("PLAYBACK_START", agent))
          .containsEntry("Playback-File-Path", RINGING);
      client.awaitEvent("CHANNEL_PARK", customer);
      client.api("uuid_bridge " + customer + " " + agent);
      assertThat(client.awaitEvent("CHANNEL_BRIDGE", customer))
          .containsEntry("Bridge-B-Unique-ID", agent);
      assertThat(names(client, agent))
          .containsSubsequence("PLAYBACK_STOP", "CHANNEL_EXECUTE_COMPLETE", "CHANNEL_UNPARK");
    }
  }

  @Test
  void shouldHangUpACallerForOutsideWithoutATrunk() throws Exception {
    try (SimClient client = SimClient.listening(sim, "all")) {
      client.api("global_setvar tandem_trunk=");
      String uuid = sim.placeCall("+15550001", "park", CallerScript.endless());
      client.awaitEvent("CHANNEL_PARK", uuid);
      client.api("uuid_setvar_multi " + uuid + " tandem_errand_argument=" + NUMBER);
      client.api("uuid_transfer " + uuid + " outside-1 XML tandem-errands");
      assertThat(client.awaitEvent("CHANNEL_HANGUP_COMPLETE", uuid))
          .containsEntry("Hangup-Cause", "NO_ROUTE_DESTINATION");
      await().until(() -> sim.channels().isEmpty());
    }
  }
}
