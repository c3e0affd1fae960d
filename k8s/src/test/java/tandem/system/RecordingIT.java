package tandem.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Recordings and messages, from what is said to what is fetched. */
@ExtendWith(SharedFloor.class)
class RecordingIT {
  private static final Duration STORED = Duration.ofSeconds(30);
  private static final int HEADER = 44;
  private static final int BYTES_A_SECOND = 28;

  private final Floor floor;
  private final Phone anna;

  RecordingIT(Floor floor) {
    this.floor = floor;
    this.anna = floor.phone("anna");
  }

  @Test
  void shouldRecordWhatIsSaidButNotWhatIsPaused() throws Exception {
    Floor.Visitor caller = floor.talk();
    set(caller, "recording");
    floor.awaitCall(
        caller.id(),
        "is recorded",
        call -> call.path("recording").path("state").asText().equals("recording"));
    String id = floor.get(caller.id()).path("recording").path("id").asText();
    awaitSaid(caller, 50);
    set(caller, "paused");
    awaitSaid(caller, 50);
    set(caller, "recording");
    awaitSaid(caller, 50);
    set(caller, "stopped");
    caller.phone().awaitHears("anna");
    caller.phone().hangUp();
    anna.awaitHungUp();

    JsonNode stored = awaitStored(caller.id());
    assertThat(stored.path("id").asText()).isEqualTo(id);
    byte[] file = fetch("/api/v1/recordings/" + id, stored);
    assertThat(loudness(file)).as("sound, silence, sound").matches("_*~{6,}_{6,}~{6,}_*");

    HttpResponse<byte[]> part = floor.fetch("/api/v1/recordings/" + id, "bytes=0-43");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.headers().firstValue("Content-Range")).contains("bytes 0-43/" + file.length);
    assertThat(part.body()).isEqualTo(Arrays.copyOf(file, HEADER));
  }

  @Test
  void shouldTakeAMessageListItAndPlayIt() throws Exception {
    Floor.Visitor caller = floor.call(Floor.BOX);
    floor.awaitApplication(caller.id(), "record");
    awaitSaid(caller, 150);
    caller.phone().voice().press("#");
    caller.phone().awaitHungUp();
    assertThat(floor.awaitState(caller.id(), "ended").path("outcome").asText())
        .isEqualTo("voicemail");

    String messages = "/api/v1/voicemail/box/messages";
    // The file may be stored before the call has told of it.
    await("the message is there, and whose it is")
        .atMost(STORED)
        .untilAsserted(
            () ->
                assertThat(floor.api().list(messages))
                    .extracting(message -> message.path("call").asText())
                    .containsExactly(caller.id()));
    JsonNode message = floor.api().list(messages).get(0);
    assertThat(message.path("heard").asBoolean()).isFalse();
    String one = messages + '/' + message.path("id").asText();
    byte[] file = fetch(one + "/audio", message);
    assertThat(loudness(file)).as("the caller is heard").matches("_*~{20,}_*");

    floor.api().send("PATCH", one, Map.of("heard", true));
    assertThat(floor.api().get(one).path("heard").asBoolean()).isTrue();
    floor.api().send("DELETE", one, null);
    assertThat(floor.api().list(messages)).isEmpty();
  }

  @Test
  void shouldFindTheRecordingOfACallWhoseNodeWasKilled() throws Exception {
    Floor.Visitor caller = floor.call(Floor.TAPED);
    caller.phone().awaitHears("anna");
    JsonNode taped =
        floor.awaitCall(
            caller.id(),
            "is recorded",
            call -> call.path("recording").path("state").asText().equals("recording"));
    String id = taped.path("recording").path("id").asText();
    awaitSaid(caller, 25);

    floor.killNode();
    awaitSaid(caller, 25);
    caller.phone().awaitHears("anna");
    caller.phone().hangUp();
    floor.startAgain();

    floor.awaitState(caller.id(), "ended");
    JsonNode stored = awaitStored(caller.id());
    assertThat(stored.path("id").asText()).isEqualTo(id);
    byte[] file = fetch("/api/v1/recordings/" + id, stored);
    assertThat(loudness(file)).as("what was said, until the caller left").matches("_*~{8,}_*");
    floor.awaitNothingLeft();
  }

  private void set(Floor.Visitor caller, String state) {
    floor.does(caller.id(), "PUT", "recording", Map.of("state", state));
  }

  /** Waits until so many packets of 20 ms have been said since now. */
  private static void awaitSaid(Floor.Visitor caller, int packets) {
    long from = caller.phone().voice().said();
    await("something is said")
        .atMost(Handset.PATIENCE)
        .until(() -> caller.phone().voice().said() >= from + packets);
  }

  private JsonNode awaitStored(String call) {
    JsonNode[] stored = new JsonNode[1];
    await("the recording is stored")
        .atMost(STORED)
        .untilAsserted(
            () -> {
              List<JsonNode> all = floor.api().list("/api/v1/recordings?call=" + call);
              assertThat(all).hasSize(1);
              stored[0] = all.get(0);
              assertThat(stored[0].path("state").asText()).as("%s", stored[0]).isEqualTo("stored");
            });
    return stored[0];
  }

  /** A whole file, which is as long as is said and has the checksum. */
  private byte[] fetch(String path, JsonNode known) throws Exception {
    HttpResponse<byte[]> whole = floor.fetch(path, "");
    assertThat(whole.statusCode()).isEqualTo(200);
    byte[] file = whole.body();
    assertThat(file).hasSize(known.path("size").asInt());
    assertThat(new String(file, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file)))
        .isEqualTo(known.path("checksum").asText());
    return file;
  }

  /** A sign for each tenth of a second: ~ where somebody is heard, _ where nobody is. */
  private static String loudness(byte[] file) {
    ByteBuffer wav = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int tenth = wav.getInt(BYTES_A_SECOND) / 10;
    StringBuilder signs = new StringBuilder();
    for (int from = HEADER; from + tenth <= file.length; from += tenth) {
      int peak = 0;
      for (int at = from; at < from + tenth; at += 2) {
        peak = Math.max(peak, Math.abs((int) wav.getShort(at)));
      }
      signs.append(peak > 200 ? '~' : '_');
    }
    return signs.toString();
  }
}
