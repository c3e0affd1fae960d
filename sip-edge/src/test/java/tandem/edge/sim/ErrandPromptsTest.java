package tandem.edge.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The errands that play lists, gather digits and take messages, and outside calls over trunks. */
class ErrandPromptsTest {

  private static final String NUMBER = "+12125550100";

  @TempDir private Path recordings;

  private SwitchSim sim;
  private SimClient client;

  @BeforeEach
  void start() throws Exception {
    SimSettings settings = SimSettings.synthetic();
    sim =
        SwitchSim.start(
            settings
                .withRecordings(recordings.toString())
                .withTrunks("first", "second", "third")
                .withTiming(
                    settings
                        .timing()
                        .withFile(Duration.ofMillis(50))
                        .withVoicemail(Duration.ofMillis(100))));
    client = SimClient.listening(sim, "all");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    assertThat(sim.failures()).isZero();
    sim.close();
  }

  private String sent(CallerScript script, String extension, String variables) {
    String uuid = sim.placeCall("+15550001", "park", script);
    client.awaitEvent("CHANNEL_PARK", uuid);
    client.api("uuid_setvar_multi " + uuid + " park_after_bridge=true;" + variables);
    assertThat(client.api("uuid_transfer " + uuid + " " + extension + " XML tandem-errands"))
        .isEqualTo("+OK\n");
    return uuid;
  }

  private Map<String, String> returned(String uuid) {
    return client.awaitEvent(
        event ->
            "CHANNEL_PARK".equals(event.get("Event-Name"))
                && uuid.equals(event.get("Unique-ID"))
                && event.containsKey("variable_tandem_errand_over"));
  }

  private List<String> played(String uuid) {
    return client.events().stream()
        .filter(event -> "PLAYBACK_START".equals(event.get("Event-Name")))
        .filter(event -> uuid.equals(event.get("Unique-ID")))
        .map(event -> event.get("Playback-File-Path"))
        .toList();
  }

  @Test
  void shouldPlayAListAndSkipWhatIsMissing() {
    String uuid =
        sent(
            CallerScript.endless(),
            "play-3",
            "tandem_prompts=audio/a.wav!audio/missing.wav!say:Good morning!b.wav");
    assertThat(returned(uuid)).containsEntry("variable_tandem_errand_over", "3");
    assertThat(played(uuid)).containsExactly("audio/a.wav", "say:Good morning", "b.wav");
  }

  @Test
  void shouldGatherDigits() {
    String uuid =
        sent(
            CallerScript.endless().typing(Keys.answering(10, "42#")),
            "collect-2",
            "tandem_least=1;tandem_most=4;tandem_first=300;tandem_next=200;tandem_end=#"
                + ";tandem_prompts=say:Your number please!b.wav");
    assertThat(returned(uuid))
        .containsEntry("variable_tandem_digits", "42")
        .containsEntry("variable_read_result", "success");
    assertThat(played(uuid)).hasSize(1);
  }

  @Test
  void shouldReturnWithoutDigitsWhenNobodyTypes() {
    String uuid =
        sent(
            CallerScript.endless(),
            "collect-2",
            "tandem_digits=7;tandem_least=1;tandem_most=4;tandem_first=50;tandem_next=50"
                + ";tandem_end=none;tandem_prompts=a.wav!b.wav");
    assertThat(returned(uuid))
        .doesNotContainKey("variable_tandem_digits")
        .containsEntry("variable_read_result", "failure");
    assertThat(played(uuid)).containsExactly("a.wav", "b.wav", "silence_stream://1");
  }

  @Test
  void shouldTakeAMessageIntoAFile() throws Exception {
    String uuid =
        sent(
            CallerScript.endless(),
            "message-1",
            "tandem_errand_argument=message-demo~sales~1.wav;tandem_longest=180;tandem_silence=5"
                + ";tandem_prompts=hello.wav");
    Map<String, String> over = client.awaitEvent("CHANNEL_HANGUP_COMPLETE", uuid);
    Path file = recordings.resolve("message-demo~sales~1.wav");
    assertThat(client.awaitEvent("RECORD_STOP", uuid))
        .containsEntry("Record-File-Path", file.toString());
    assertThat(over).containsEntry("variable_record_file_size", "" + Files.size(file));
    assertThat(Integer.parseInt(over.get("variable_record_ms"))).isBetween(90, 400);
  }

  @Test
  void shouldTryOneTrunkAfterTheOther() {
    sim.phone(NUMBER, PhoneScript.answering(Span.of(10)));
    sim.gateway("first", "NORMAL_TEMPORARY_FAILURE");
    sim.gateway("second", "down");
    String uuid = sent(CallerScript.endless(), "outside-1", "tandem_errand_argument=" + NUMBER);
    String bridged = client.awaitEvent("CHANNEL_BRIDGE", uuid).get("Bridge-B-Unique-ID");
    assertThat(client.awaitEvent("CHANNEL_ANSWER", bridged))
        .containsEntry("Caller-Destination-Number", NUMBER);
  }

  @Test
  void shouldNotTryAnotherTrunkWhenTheFarEndIsBusy() {
    sim.phone(NUMBER, PhoneScript.busyLine());
    String uuid = sent(CallerScript.endless(), "outside-1", "tandem_errand_argument=" + NUMBER);
    assertThat(client.awaitEvent("CHANNEL_HANGUP_COMPLETE", uuid))
        .containsEntry("Hangup-Cause", "USER_BUSY");
    assertThat(sim.ledger().offers()).isEqualTo(1);
  }

  @Test
  void shouldHangUpWithTheLastCauseWhenNoTrunkTakesTheCall() {
    for (String trunk : List.of("first", "second", "third")) {
      sim.gateway(trunk, "NORMAL_TEMPORARY_FAILURE");
    }
    String uuid = sent(CallerScript.endless(), "outside-1", "tandem_errand_argument=" + NUMBER);
    assertThat(client.awaitEvent("CHANNEL_HANGUP_COMPLETE", uuid))
        .containsEntry("Hangup-Cause", "NORMAL_TEMPORARY_FAILURE");
    assertThat(sim.ledger().offers()).isEqualTo(3);
  }
}
