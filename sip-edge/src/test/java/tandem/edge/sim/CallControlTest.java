package tandem.edge.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who hears whom when calls are held, swapped, joined and supervised: orders as the link gives
 * them, and the truth beside the events.
 */
class CallControlTest {

  private static final String ALONE = "uuid_bridge_park_on_cancel=true,park_after_bridge=true";

  private SwitchSim sim;
  private SimClient client;

  @BeforeEach
  void start() throws Exception {
    sim = SwitchSim.start(SimSettings.synthetic());
    sim.phone("*", PhoneScript.answering(Span.of(5)));
    client = SimClient.listening(sim, "all");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    assertThat(sim.failures()).isZero();
    sim.close();
  }

  private String caller() {
    String uuid = sim.placeCall("+15550001", "park", CallerScript.endless());
    client.awaitEvent("CHANNEL_PARK", uuid);
    client.api("uuid_answer " + uuid);
    client.api(
        "uuid_setvar_multi " + uuid + " park_after_bridge=true;uuid_bridge_park_on_cancel=true");
    return uuid;
  }

  private String agent(String user) {
    String uuid = UUID.randomUUID().toString();
    client.send(
        "bgapi originate {origination_uuid="
            + uuid
            + ",ignore_early_media=true,"
            + ALONE
            + "}sofia/external/"
            + user
            + "@sim.invalid &park()");
    client.awaitEvent("CHANNEL_PARK", uuid);
    return uuid;
  }

  private void hears(String ear, String... voices) {
    List<String> wanted = List.of(voices).stream().sorted().toList();
    await()
        .atMost(Duration.ofSeconds(3))
        .pollInterval(Duration.ofMillis(2))
        .untilAsserted(() -> assertThat(sim.hears(ear)).isEqualTo(wanted));
  }

  private void bridge(String first, String second) {
    assertThat(client.api("uuid_bridge " + first + " " + second)).isEqualTo("+OK " + second + "\n");
    hears(first, second);
    hears(second, first);
  }

  private void join(String room, String... legs) {
    for (String leg : legs) {
      assertThat(client.api("uuid_transfer " + leg + " 'conference:" + room + "@tandem' inline"))
          .isEqualTo("+OK\n");
    }
  }

  @Test
  void shouldSwapWhomAnAgentTalksTo() {
    String a = caller();
    String b = agent("1001");
    String c = agent("1002");
    bridge(b, a);
    client.api("uuid_park " + a);
    hears(a);
    hears(b);
    bridge(b, c);
    bridge(a, b);
    hears(c);
    assertThat(sim.channels()).containsExactlyInAnyOrder(a, b, c);
    bridge(c, a);
    hears(b);
    assertThat(client.api("uuid_kill " + b)).isEqualTo("+OK\n");
    hears(a, c);
  }

  /** A break between the reading of a broadcast and its first sound changes nothing. */
  @Test
  void shouldForgetABreakBeforeWhatItIsToEndHasBegun() {
    String a = caller();
    client.api("uuid_broadcast " + a + " playback::tone_stream://first;loops=-1 aleg");
    await().pollDelay(Duration.ofMillis(50)).until(() -> true);
    client.api("uuid_break " + a + " all");
    client.api("uuid_broadcast " + a + " playback::tone_stream://second;loops=-1 aleg");
    client.awaitEvent(event -> event.getOrDefault("Application-Data", "").contains("first"));
    client.api("uuid_break " + a + " all");
    client.api("uuid_broadcast " + a + " playback::tone_stream://third;loops=-1 aleg");
    client.awaitEvent(
        event ->
            event.getOrDefault("Application-Data", "").contains("third")
                && event.get("Event-Name").equals("CHANNEL_EXECUTE"));
    assertThat(client.events())
        .as("what waited was dropped")
        .noneMatch(event -> event.getOrDefault("Application-Data", "").contains("second"));
  }

  /** Measured: safe in any spacing. */
  @Test
  void shouldBridgeRightAfterAParkInTheSameWrite() {
    String a = caller();
    String b = agent("1001");
    String c = agent("1002");
    bridge(b, a);
    client.write("api uuid_park " + a + "\n\napi uuid_bridge " + b + " " + c + "\n\n");
    client.next();
    client.next();
    hears(b, c);
    hears(c, b);
    hears(a);
    await().until(() -> client.api("uuid_dump " + a).contains("CS_PARK"));
    client.write("api uuid_park " + b + "\n\napi uuid_bridge " + b + " " + a + "\n\n");
    client.next();
    client.next();
    hears(a, b);
    hears(b, a);
    await().until(() -> client.api("uuid_dump " + c).contains("CS_PARK"));
    assertThat(sim.channels()).containsExactlyInAnyOrder(a, b, c);
  }

  /** Measured: what waits behind music survives the bridge, unless it is broken off before. */
  @Test
  void shouldPlayIntoTheTalkWhatWaitedBehindTheMusic() {
    String a = caller();
    String b = agent("1001");
    client.api("uuid_broadcast " + a + " playback::tone_stream://%(300,0,440);loops=-1 aleg");
    client.awaitEvent("PLAYBACK_START", a);
    client.api("uuid_broadcast " + a + " playback::tone_stream://%(100,0,700) aleg");
    bridge(b, a);
    client.awaitEvent(
        event ->
            "PLAYBACK_START".equals(event.get("Event-Name"))
                && "tone_stream://%(100,0,700)".equals(event.get("Playback-File-Path")));
  }

  @Test
  void shouldMergeInAConferenceAndComeBackToABridge() {
    String a = caller();
    String b = agent("1001");
    String c = agent("1002");
    bridge(b, a);
    join("m1", a, b, c);
    hears(a, b, c);
    hears(b, a, c);
    hears(c, a, b);
    assertThat(client.api("conference m1 list count")).isEqualTo("3");
    client.api("uuid_park " + a);
    hears(a);
    hears(b, c);
    bridge(b, c);
    await().until(() -> client.api("conference list").startsWith("+OK No active"));
    Map<String, String> added =
        client.awaitEvent(
            event -> "add-member".equals(event.get("Action")) && a.equals(event.get("Unique-ID")));
    assertThat(added)
        .containsEntry("Conference-Name", "m1")
        .containsEntry("Speak", "true")
        .doesNotContainKey("variable_direction");
    // A number in a conference is kept.
    join("m1", a);
    Map<String, String> again =
        client.awaitEvent(
            event ->
                "add-member".equals(event.get("Action"))
                    && a.equals(event.get("Unique-ID"))
                    && !event.get("Event-Sequence").equals(added.get("Event-Sequence")));
    assertThat(again).containsEntry("Member-ID", added.get("Member-ID"));
  }

  @Test
  void shouldKeepAMuteThroughEveryMove() {
    String a = caller();
    String b = agent("1001");
    String c = agent("1002");
    assertThat(client.api("uuid_audio " + b + " start read mute")).startsWith("-USAGE");
    assertThat(client.api("uuid_audio " + b + " start read mute -1")).isEqualTo("+OK\n");
    client.api("uuid_bridge " + b + " " + a);
    hears(b, a);
    hears(a);
    join("m2", a, b, c);
    hears(c, a);
    hears(b, a, c);
    assertThat(client.api("uuid_audio " + b + " stop")).isEqualTo("+OK\n");
    hears(c, a, b);
    assertThat(client.api("uuid_audio nosuch stop")).isEqualTo("-ERR No such channel!\n");
  }

  @Test
  void shouldLetASupervisorListenWhisperAndBarge() {
    String a = caller();
    String b = agent("1001");
    String s = agent("1009");
    bridge(b, a);
    client.api("uuid_transfer " + s + " 'm:^:eavesdrop:" + b + "^park' inline");
    hears(s, a, b);
    hears(b, a);
    client.api("uuid_recv_dtmf " + s + " 2");
    hears(b, a, s);
    hears(a, b);
    client.api("uuid_recv_dtmf " + s + " 3");
    hears(a, b, s);
    client.api("uuid_recv_dtmf " + s + " 1");
    hears(b, a);
    client.api(
        "uuid_setvar_multi "
            + s
            + " eavesdrop_enable_dtmf=false;eavesdrop_whisper_aleg=;eavesdrop_whisper_bleg=true");
    client.api("uuid_transfer " + s + " 'm:^:eavesdrop:" + b + "^park' inline");
    hears(b, a, s);
    hears(a, b);
    client.api("uuid_kill " + b);
    client.awaitEvent(
        event ->
            "CHANNEL_EXECUTE".equals(event.get("Event-Name"))
                && "park".equals(event.get("Application"))
                && s.equals(event.get("Unique-ID")));
    assertThat(sim.channels()).containsExactlyInAnyOrder(a, s);
  }

  /** The real switch's trap: two orders for one partner before either bridge is up. */
  @Test
  void shouldLoseALegThatIsBridgedWhileItsPartnerIsOnItsWayElsewhere() {
    String a = caller();
    String b = agent("1001");
    String c = agent("1002");
    client.write("api uuid_bridge " + a + " " + b + "\n\napi uuid_bridge " + c + " " + b + "\n\n");
    client.next();
    client.next();
    hears(c, b);
    await().until(() -> client.api("uuid_dump " + a).contains("CS_SOFT_EXECUTE"));
    assertThat(client.api("uuid_park " + a)).isEqualTo("+OK\n");
    hears(a);
    client.api("uuid_kill " + b);
    client.awaitEvent(
        event ->
            "CHANNEL_PARK".equals(event.get("Event-Name"))
                && "CS_PARK".equals(event.get("Channel-State"))
                && a.equals(event.get("Unique-ID")));
  }

  @Test
  void shouldPassDigitsOnToThePartner() {
    String a = caller();
    String b = agent("1001");
    sim.type(a, "5");
    client.awaitEvent("DTMF", a);
    assertThat(client.api("uuid_send_dtmf " + b + " 12#@200"))
        .isEqualTo("+OK " + b + " sent DTMF 12#@200.\n");
    assertThat(sim.digitsHeard(b)).isEqualTo("12#");
    bridge(b, a);
    sim.type(a, "7");
    await().untilAsserted(() -> assertThat(sim.digitsHeard(b)).isEqualTo("12#7"));
    assertThat(client.api("uuid_send_dtmf " + b + " x")).isEqualTo("-ERR Operation failed\n");
    assertThat(client.awaitEvent("DTMF", a))
        .containsEntry("DTMF-Digit", "5")
        .containsEntry("DTMF-Source", "RTP");
  }

  @Test
  void shouldPickUpAPhoneThatIsToldSo() {
    sim.phone("1005", PhoneScript.ignoring());
    String uuid = UUID.randomUUID().toString();
    client.send(
        "bgapi originate {origination_uuid="
            + uuid
            + ",ignore_early_media=true}sofia/external/1005@sim.invalid &park()");
    client.awaitEvent("CHANNEL_PROGRESS", uuid);
    assertThat(client.api("uuid_phone_event " + uuid + " talk")).isEqualTo("+OK Success\n");
    client.awaitEvent("CHANNEL_PARK", uuid);
    assertThat(client.api("uuid_phone_event nosuch talk")).isEqualTo("-ERR Operation failed\n");
  }

  @Test
  void shouldTellTheQualityOfAPlayedLine() {
    String a = caller();
    client.api("uuid_kill " + a);
    Map<String, String> over = client.awaitEvent("CHANNEL_HANGUP_COMPLETE", a);
    assertThat(Double.parseDouble(over.get("variable_rtp_audio_in_mos"))).isBetween(1.0, 4.5);
    assertThat(over).containsKey("variable_rtp_audio_in_jitter_max_variance");
    String b = sim.placeCall("+15550002", "park", CallerScript.endless());
    client.awaitEvent("CHANNEL_PARK", b);
    client.api("uuid_kill " + b);
    assertThat(client.awaitEvent("CHANNEL_HANGUP_COMPLETE", b))
        .doesNotContainKey("variable_rtp_audio_in_mos");
  }
}
