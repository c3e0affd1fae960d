package tandem.edge.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a transferred channel goes through in the context tandem-errands. */
class ErrandExtensionsTest {

  private SwitchSim sim;

  @BeforeEach
  void start() {
    SimSettings settings = SimSettings.synthetic();
    sim =
        SwitchSim.start(
            settings.withTiming(
                settings
                    .timing()
                    .withFile(Duration.ofMillis(50))
                    .withVoicemail(Duration.ofMillis(100))));
  }

  @AfterEach
  void stop() {
    assertThat(sim.failures()).isZero();
    sim.close();
  }

  private static void transfer(SimClient client, String uuid, String extension, String argument) {
    assertThat(
            client.api(
                "uuid_setvar_multi "
                    + uuid
                    + " park_after_bridge=true;tandem_called=+15550009;tandem_errand_argument="
                    + argument))
        .isEqualTo("+OK\n");
    assertThat(client.api("uuid_transfer " + uuid + " " + extension + " XML tandem-errands"))
        .isEqualTo("+OK\n");
  }

  /** Names of a channel's events from its transfer on, those of EXECUTE with the application. */
  private static List<String> since(SimClient client, String uuid) {
    List<String> names =
        client.events().stream()
            .filter(event -> uuid.equals(event.get("Unique-ID")))
            .map(ErrandExtensionsTest::name)
            .filter(name -> !name.startsWith("CHANNEL_STATE") && !name.endsWith(" set"))
            .toList();
    return names.subList(names.indexOf("CHANNEL_UNPARK"), names.size());
  }

  private static String name(Map<String, String> event) {
    String application = event.get("Application");
    return event.get("Event-Name") + (application == null ? "" : " " + application);
  }

  private String parked(SimClient client) {
    String uuid = sim.placeCall("+15550001", "park", CallerScript.endless());
    client.awaitEvent("CHANNEL_PARK", uuid);
    return uuid;
  }

  @Test
  void shouldPlayAFileThenParkAndSaySo() throws Exception {
    try (SimClient client = SimClient.listening(sim, "all")) {
      String uuid = parked(client);
      transfer(client, uuid, "announce-7", "/sounds/welcome.wav");
      Map<String, String> back =
          client.awaitEvent(
              event ->
                  "CHANNEL_PARK".equals(event.get("Event-Name"))
                      && "7".equals(event.get("variable_tandem_errand_over")));
      assertThat(back.get("Answer-State")).isEqualTo("answered");
      assertThat(since(client, uuid))
          .containsExactly(
              "CHANNEL_UNPARK",
              "CHANNEL_EXECUTE_COMPLETE park",
              "CHANNEL_EXECUTE answer",
              "CHANNEL_ANSWER",
              "CHANNEL_CALLSTATE",
              "CHANNEL_EXECUTE_COMPLETE answer",
              "CHANNEL_EXECUTE playback",
              "PLAYBACK_START",
              "PLAYBACK_STOP",
              "CHANNEL_EXECUTE_COMPLETE playback",
              "CHANNEL_EXECUTE park",
              "CHANNEL_PARK");
      assertThat(client.api("uuid_getvar " + uuid + " tandem_errand")).isEqualTo("7");
      assertThat(client.api("uuid_getvar " + uuid + " current_application")).isEqualTo("park");
    }
  }

  /** As recorded of a broadcast, 05e: no PLAYBACK_START, and nobody is hung up. */
  @Test
  void shouldParkAtOnceWhenThereIsNoSuchFile() throws Exception {
    try (SimClient client = SimClient.listening(sim, "all")) {
      String uuid = parked(client);
      transfer(client, uuid, "announce-1", "/nosuch.wav");
      client.awaitEvent(event -> "1".equals(event.get("variable_tandem_errand_over")));
      assertThat(since(client, uuid)).doesNotContain("PLAYBACK_START");
    }
  }

  @Test
  void shouldLeaveNoMusicBehindWhenItIsTransferredBeforeTheMusicBegins() throws Exception {
    try (SimClient client = SimClient.listening(sim, "all")) {
      String uuid = parked(client);
      client.api("uuid_answer " + uuid);
      client.api("uuid_broadcast " + uuid + " playback::tone_stream://%(1,1,4);loops=-1 aleg");
      client.api("uuid_break " + uuid + " all");
      transfer(client, uuid, "announce-1", "/sounds/welcome.wav");
      client.awaitEvent(event -> "1".equals(event.get("variable_tandem_errand_over")));
      assertThat(client.events())
          .filteredOn(event -> "PLAYBACK_START".equals(event.get("Event-Name")))
          .extracting(event -> event.get("Playback-File-Path"))
          .containsExactly("/sounds/welcome.wav");
    }
  }

  @Test
  void shouldRecordAMessageThenHangUp() throws Exception {
    try (SimClient client = SimClient.listening(sim, "all")) {
      String uuid = parked(client);
      transfer(client, uuid, "voicemail-1", "sales");
      client.awaitEvent("CHANNEL_HANGUP_COMPLETE", uuid);
      Map<String, String> recorded = client.awaitEvent("RECORD_STOP", uuid);
      assertThat(recorded.get("Record-File-Path")).contains("sales", uuid);
    }
  }

  /** 14_ivr 7d: RECORD_STOP and the end of the application stand between HANGUP and CS_HANGUP. */
  @Test
  void shouldEndTheRecordingWhenTheCallerHangsUp() throws Exception {
    try (SimClient client = SimClient.listening(sim, "all")) {
      String uuid = parked(client);
      transfer(client, uuid, "voicemail-1", "sales");
      client.awaitEvent("RECORD_START", uuid);
      sim.hangup(uuid);
      client.awaitEvent("CHANNEL_HANGUP_COMPLETE", uuid);
      assertThat(since(client, uuid))
          .containsSubsequence(
              "CHANNEL_HANGUP",
              "RECORD_STOP",
              "CHANNEL_EXECUTE_COMPLETE record",
              "CHANNEL_CALLSTATE",
              "CHANNEL_HANGUP_COMPLETE");
    }
  }

  @Test
  void shouldConnectWithSomebodyOutsideAndHangUpWithIt() throws Exception {
    sim.phone("+12125550100", PhoneScript.answering(Span.of(10)).hangingUpAfter(Span.of(50)));
    try (SimClient client = SimClient.listening(sim, "all")) {
      String uuid = parked(client);
      transfer(client, uuid, "outside-1", "+12125550100");
      Map<String, String> bridge = client.awaitEvent("CHANNEL_BRIDGE", uuid);
      assertThat(bridge).containsEntry("variable_tandem_outside", "true");
      String outside = bridge.get("Bridge-B-Unique-ID");
      assertThat(client.awaitEvent("CHANNEL_ANSWER", outside))
          .containsEntry("Caller-Caller-ID-Number", "+15550009")
          .doesNotContainKey("variable_tandem_call");
      client.awaitEvent("CHANNEL_HANGUP_COMPLETE", outside);
      client.awaitEvent("CHANNEL_HANGUP_COMPLETE", uuid);
      assertThat(since(client, uuid)).doesNotContain("CHANNEL_PARK");
      await().until(() -> sim.channels().isEmpty());
    }
  }

  @Test
  void shouldTellACallerWhoIsNotAnsweredThatItRingsOutside() throws Exception {
    sim.phone("+12125550100", PhoneScript.ignoring());
    try (SimClient client = SimClient.listening(sim, "all")) {
      String uuid = parked(client);
      transfer(client, uuid, "outside-1", "+12125550100");
      assertThat(client.awaitEvent("CHANNEL_PROGRESS", uuid))
          .containsEntry("Answer-State", "ringing")
          .containsEntry("variable_tandem_outside", "true");
    }
  }

  @Test
  void shouldPassTheCauseOnWhenNobodyOutsideAnswers() throws Exception {
    sim.phone("+12125550100", PhoneScript.busyLine());
    try (SimClient client = SimClient.listening(sim, "all")) {
      String uuid = parked(client);
      transfer(client, uuid, "outside-1", "+12125550100");
      assertThat(client.awaitEvent("CHANNEL_HANGUP_COMPLETE", uuid))
          .containsEntry("Hangup-Cause", "USER_BUSY");
    }
  }

  @Test
  void shouldStopRingingOutsideWhenTheCallerHangsUp() throws Exception {
    sim.phone("+12125550100", PhoneScript.ignoring());
    try (SimClient client = SimClient.listening(sim, "all")) {
      String uuid = parked(client);
      transfer(client, uuid, "outside-1", "+12125550100");
      await().until(() -> sim.channels().size() == 2);
      sim.hangup(uuid);
      await().until(() -> sim.channels().isEmpty());
    }
  }

  @Test
  void shouldHangUpWhomTheDialplanHasNoExtensionFor() throws Exception {
    try (SimClient client = SimClient.listening(sim, "all")) {
      String uuid = parked(client);
      transfer(client, uuid, "dance-1", "x");
      assertThat(client.awaitEvent("CHANNEL_HANGUP_COMPLETE", uuid))
          .containsEntry("Hangup-Cause", "NO_ROUTE_DESTINATION");
    }
  }

  @Test
  void shouldParkAChannelInTheMiddleOfAFile() throws Exception {
    try (SimClient client = SimClient.listening(sim, "all")) {
      String uuid = parked(client);
      transfer(client, uuid, "announce-1", "tone_stream://%(60000,0,440)");
      client.awaitEvent("PLAYBACK_START", uuid);
      assertThat(client.api("uuid_park " + uuid)).isEqualTo("+OK\n");
      client.awaitEvent(
          event ->
              "CHANNEL_PARK".equals(event.get("Event-Name"))
                  && "1".equals(event.get("variable_tandem_errand"))
                  && event.get("variable_tandem_errand_over") == null);
      assertThat(sim.channels()).containsExactly(uuid);
    }
  }
}
