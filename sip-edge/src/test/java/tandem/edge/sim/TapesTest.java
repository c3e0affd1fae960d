package tandem.edge.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings are files, as long as they lasted, and their events say so. */
class TapesTest {

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
                .withTiming(settings.timing().withVoicemail(Duration.ofMillis(100))));
    client = SimClient.listening(sim, "all");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    assertThat(sim.failures()).isZero();
    sim.close();
  }

  private String caller() {
    String uuid = sim.placeCall("+15550001", "answerpark", CallerScript.endless());
    client.awaitEvent("CHANNEL_PARK", uuid);
    return uuid;
  }

  private static int millis(Path file, int bytesPerSample) throws Exception {
    ByteBuffer wav = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(new String(wav.array(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
    assertThat(wav.getInt(40)).isEqualTo(wav.capacity() - 44);
    assertThat(wav.getShort(32)).isEqualTo((short) bytesPerSample);
    return (wav.capacity() - 44) / bytesPerSample / 8;
  }

  @Test
  void shouldSayWhereRecordingsGo() {
    assertThat(client.api("global_getvar recordings_dir")).isEqualTo(recordings.toString());
  }

  @Test
  void shouldWriteAWavFileAsLongAsItLasted() throws Exception {
    String uuid = caller();
    Path file = recordings.resolve("new/deep/tape.wav");
    assertThat(client.api("uuid_record " + uuid + " start " + file)).isEqualTo("+OK Success\n");
    assertThat(client.api("uuid_record " + uuid + " start " + file)).isEqualTo("+OK Success\n");
    assertThat(Files.size(file)).isGreaterThanOrEqualTo(44);
    String uuid2 = caller();
    assertThat(client.api("uuid_record " + uuid + " mask " + file)).isEqualTo("+OK Success\n");
    assertThat(client.api("uuid_record " + uuid2 + " mask " + file))
        .isEqualTo("-ERR Cannot mask recording session!\n");
    assertThat(client.api("uuid_record " + uuid + " stop " + file)).isEqualTo("+OK Success\n");
    Map<String, String> stop = client.awaitEvent("RECORD_STOP", uuid);
    assertThat(stop)
        .containsEntry("Record-Completion-Cause", "success-maxtime")
        .containsEntry("variable_record_file_size", "" + Files.size(file))
        .containsEntry("variable_record_ms", "" + millis(file, 2));
    assertThat(client.events())
        .filteredOn(event -> "RECORD_START".equals(event.get("Event-Name")))
        .hasSize(1);
  }

  @Test
  void shouldFinishTheFileWhenTheCallerHangsUp() throws Exception {
    String uuid = caller();
    Path file = recordings.resolve("tape.wav");
    client.api("uuid_setvar " + uuid + " RECORD_STEREO true");
    client.api("uuid_record " + uuid + " start " + file);
    sim.hangup(uuid);
    Map<String, String> over = client.awaitEvent("CHANNEL_HANGUP_COMPLETE", uuid);
    assertThat(client.awaitEvent("RECORD_STOP", uuid))
        .containsEntry("Record-Completion-Cause", "success-silence");
    assertThat(over).containsEntry("variable_record_ms", "" + millis(file, 4));
  }

  @Test
  void shouldRefuseWhatCannotBeWritten() {
    String uuid = caller();
    assertThat(client.api("uuid_record " + uuid + " start /proc/nosuch/x.wav"))
        .isEqualTo("-ERR Cannot record session!\n");
    assertThat(client.api("uuid_record nosuch start /x.wav"))
        .isEqualTo("-ERR Cannot locate session!\n");
  }

  @Test
  void shouldEndAMessageAtATerminator() throws Exception {
    sim.close();
    SimSettings settings = SimSettings.synthetic();
    sim =
        SwitchSim.start(
            settings
                .withRecordings(recordings.toString())
                .withTiming(settings.timing().withVoicemail(Duration.ofHours(1))));
    client.close();
    client = SimClient.listening(sim, "all");
    String uuid = caller();
    Path file = recordings.resolve("message.wav");
    client.api(
        "uuid_transfer "
            + uuid
            + " 'm:^:set:playback_terminators=#^record:"
            + file
            + " 180 200 5^park' inline");
    client.awaitEvent("RECORD_START", uuid);
    sim.type(uuid, "#");
    Map<String, String> stop = client.awaitEvent("RECORD_STOP", uuid);
    assertThat(stop).containsEntry("variable_playback_terminator_used", "#");
    assertThat(stop).doesNotContainKey("Record-Completion-Cause");
    assertThat(stop.get("variable_record_ms")).isEqualTo("" + millis(file, 2));
  }

  @Test
  void shouldLeaveWhatWasRecordedWhenTheSwitchDies() throws Exception {
    String uuid = caller();
    Path file = recordings.resolve("crash.wav");
    client.api("uuid_record " + uuid + " start " + file);
    sim.restart();
    assertThat(millis(file, 2)).isNotNegative();
  }
}
