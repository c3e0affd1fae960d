package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.http.TestApi.Answer;
import tandem.persistence.media.MediaItem;
import tandem.persistence.media.Terms;
import tandem.router.call.TapeEvent;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.TenantId;

/** Recordings, messages and audio files, each exchange held against openapi.yaml. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MediaRoutesTest {
  private static final TenantId DEMO = new TenantId("demo");
  private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
  private static final String RECORDINGS = "/api/v1/recordings";
  private static final String VOICEMAIL = "/api/v1/voicemail";
  private static final String AUDIO = "/api/v1/audio";
  private static final String CHANNEL = "11111111-1111-4111-8111-111111111111";
  private static final CallId CALL = new CallId(DEMO, CHANNEL);
  private static final String ID = "abcdef00-2222-4222-8222-222222222222";
  private static final String CHECKSUM = "ab".repeat(32);

  private TestApi api;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  void start() {
    api = new TestApi("");
  }

  @AfterAll
  void everyDocumentedOperationWasExercised() {
    var left = api.contract.left("/api/v1/(recordings|voicemail|audio)");
    api.close();
    assertThat(left).isEmpty();
  }

  @BeforeEach
  void empty() {
    api.media.clear();
    api.history.events.clear();
    api.history.down(false);
  }

  @Test
  void shouldListACallsRecordingsStoredOrNot() {
    String second = ID.replace('a', 'b');
    String third = ID.replace('a', 'c');
    api.history.events.put(
        CALL, List.of(tape(ID), tape(second), over(second), tape(third), over(third)));
    recording(third, wav(100));

    JsonNode items = api.get(RECORDINGS + "?call=" + CHANNEL).body().get("items");

    assertThat(items)
        .extracting(item -> item.get("id").asText() + ' ' + item.get("state").asText())
        .containsExactly(ID + " recording", second + " storing", third + " stored");
    assertThat(items.get(2).get("checksum").asText()).isEqualTo(CHECKSUM);
    assertThat(items.get(2).get("length").asText()).isEqualTo("PT2S");
    api.media.said.add(terms(second, true));
    assertThat(api.get(RECORDINGS + "?call=" + CHANNEL).body().at("/items/1/state").asText())
        .isEqualTo("gone");
  }

  @Test
  void shouldSayWhatIsWrongWithAListsQuestion() {
    Answer none = api.bad("GET", RECORDINGS, null);
    assertThat(none.status()).isEqualTo(400);
    assertThat(none.field(0)).isEqualTo("call");
    assertThat(none.message(0)).isEqualTo("is required");
    assertThat(api.bad("GET", RECORDINGS + "?call=x", null).field(0)).isEqualTo("call");
    assertThat(api.get(RECORDINGS + "?call=" + ID).status()).isEqualTo(404);
    api.history.down(true);
    assertThat(api.get(RECORDINGS + "?call=" + CHANNEL).status()).isEqualTo(503);
  }

  @Test
  void shouldGiveARecordingAndItsParts() throws Exception {
    byte[] sound = wav(5000);
    recording(ID, sound);
    String path = RECORDINGS + '/' + ID;
    assertThat(api.get(path).header("ETag")).isEqualTo('"' + CHECKSUM + '"');

    HttpResponse<byte[]> whole = bytes(api.request("GET", path, null));
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(sound);
    assertThat(whole.headers().firstValue("Content-Type")).contains("audio/wav");
    assertThat(whole.headers().firstValue("Accept-Ranges")).contains("bytes");

    HttpResponse<byte[]> part = bytes(api.with("Range", "bytes=44-143", "GET", path, null));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(sound, 44, 144));
    assertThat(part.headers().firstValue("Content-Range")).contains("bytes 44-143/10044");
    assertThat(bytes(api.with("Range", "bytes=-10", "GET", path, null)).body())
        .isEqualTo(Arrays.copyOfRange(sound, 10_034, 10_044));
    assertThat(api.send(api.with("Range", "bytes=0-0", "GET", path, null), true).status())
        .isEqualTo(206);

    Answer beyond = api.send(api.with("Range", "bytes=10044-", "GET", path, null), true);
    assertThat(beyond.status()).isEqualTo(416);
    assertThat(beyond.header("Content-Range")).isEqualTo("bytes */10044");
    assertThat(beyond.body().get("detail").asText()).contains("10044 bytes");
  }

  @Test
  void shouldGiveTheWholeOfAnotherVersionThanTheRangeIsOf() throws Exception {
    recording(ID, wav(10));
    String path = RECORDINGS + '/' + ID;
    HttpRequest.Builder known = api.with("Range", "bytes=0-3", "GET", path, null);

    assertThat(bytes(known.copy().header("If-Range", '"' + CHECKSUM + '"')).statusCode())
        .isEqualTo(206);
    assertThat(bytes(known.copy().header("If-Range", "\"another\"")).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldAnswerHeadWithoutTheSound() throws Exception {
    recording(ID, wav(5000));

    HttpResponse<byte[]> head = bytes(api.request("HEAD", RECORDINGS + '/' + ID, null));

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("ETag")).contains('"' + CHECKSUM + '"');
    assertThat(head.headers().firstValue("Accept-Ranges")).contains("bytes");
    assertThat(head.body()).isEmpty();
    assertThat(
            bytes(api.with("Range", "bytes=99999-", "HEAD", RECORDINGS + '/' + ID, null))
                .statusCode())
        .isEqualTo(416);
  }

  @Test
  void shouldSayWhyARecordingCannotBeHad() {
    String path = RECORDINGS + '/' + ID;
    assertThat(api.get(path).body().get("detail").asText())
        .isEqualTo("There is no recording '" + ID + "'.");

    api.media.said.add(terms(ID, false));
    Answer notYet = api.get(path);
    assertThat(notYet.status()).isEqualTo(404);
    assertThat(notYet.body().get("reason").asText()).isEqualTo("not-stored");
    assertThat(notYet.body().get("detail").asText()).contains(CHANNEL).contains("not stored yet");

    api.media.said.set(0, terms(ID, true));
    assertThat(api.get(path).body().get("reason").asText()).isEqualTo("gone");

    recording(ID, wav(10));
    api.media.store.clear();
    assertThat(api.get(path).body().get("detail").asText())
        .isEqualTo("Its file is not in the store any more.");
    api.media.down(true);
    assertThat(api.get(path).status()).isEqualTo(503);
    assertThat(api.bad("GET", RECORDINGS + "/x", null).field(0)).isEqualTo("id");
  }

  @Test
  void shouldRemoveARecording() {
    recording(ID, wav(10));

    assertThat(api.call("DELETE", RECORDINGS + '/' + ID, null).status()).isEqualTo(204);

    assertThat(api.media.store).isEmpty();
    assertThat(api.call("DELETE", RECORDINGS + '/' + ID, null).status()).isEqualTo(404);
  }

  @Test
  void shouldShowNobodyWhatIsOfAnotherTenant() throws Exception {
    recording(ID, wav(10));
    message(ID, 1);
    uploaded("welcome", wav(10));
    for (String path :
        List.of(
            RECORDINGS + '/' + ID,
            VOICEMAIL + "/sales/messages/" + ID,
            VOICEMAIL + "/sales/messages/" + ID + "/audio",
            AUDIO + "/welcome",
            AUDIO + "/welcome/1")) {
      assertThat(bytes(other("GET", path)).statusCode()).as(path).isEqualTo(404);
      if (!path.endsWith("/audio")) {
        assertThat(bytes(other("DELETE", path)).statusCode()).as(path).isEqualTo(404);
      }
    }
    assertThat(new String(bytes(other("GET", VOICEMAIL)).body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"items\":[]}");
    assertThat(new String(bytes(other("GET", AUDIO)).body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"items\":[]}");
    assertThat(api.media.store).hasSize(3);
  }

  @Test
  void shouldListBoxesAndTheirMessages() {
    for (int i = 0; i < 3; i++) {
      message(ID.substring(0, 35) + i, i);
    }
    assertThat(api.get(VOICEMAIL).body().get("items").toString())
        .isEqualTo("[{\"name\":\"sales\",\"messages\":3,\"unheard\":3}]");

    JsonNode first = api.get(VOICEMAIL + "/sales/messages?limit=2").body();
    assertThat(first.get("items"))
        .extracting(item -> item.get("id").asText().substring(35))
        .containsExactly("2", "1");
    JsonNode rest =
        api.get(VOICEMAIL + "/sales/messages?limit=2&cursor=" + first.get("next").asText()).body();
    assertThat(rest.get("items")).hasSize(1);
    assertThat(rest.has("next")).isFalse();
    assertThat(api.get(VOICEMAIL + "/nobody/messages").body().get("items")).isEmpty();
    assertThat(api.call("GET", VOICEMAIL + "/sales/messages?cursor=zzz", null).field(0))
        .isEqualTo("cursor");
    assertThat(api.bad("GET", VOICEMAIL + "/Sales/messages", null).field(0)).isEqualTo("box");
  }

  @Test
  void shouldMarkPlayAndRemoveAMessage() throws Exception {
    message(ID, 1);
    String path = VOICEMAIL + "/sales/messages/" + ID;

    Answer heard = api.call("PATCH", path, "{\"heard\":true}");

    assertThat(heard.status()).isEqualTo(200);
    assertThat(heard.body().get("heard").asBoolean()).isTrue();
    assertThat(api.get(path).body()).isEqualTo(heard.body());
    assertThat(api.get(VOICEMAIL).body().at("/items/0/unheard").asInt()).isZero();
    assertThat(api.call("PATCH", path, "{\"heard\":false}").body().get("heard").asBoolean())
        .isFalse();
    assertThat(api.get(path + "/audio").status()).isEqualTo(200);
    assertThat(bytes(api.with("Range", "bytes=0-3", "GET", path + "/audio", null)).body())
        .isEqualTo("RIFF".getBytes(StandardCharsets.US_ASCII));
    assertThat(api.bad("PATCH", path, "{}").field(0)).isEqualTo("heard");
    assertThat(api.bad("PATCH", path, "{\"heard\":1}").message(0)).contains("true or false");

    assertThat(api.call("DELETE", path, null).status()).isEqualTo(204);
    assertThat(api.get(path).body().get("detail").asText())
        .isEqualTo("There is no message '" + ID + "' in box 'sales'.");
    assertThat(api.call("PATCH", path, "{\"heard\":true}").status()).isEqualTo(404);
    message(ID, 1);
    assertThat(api.get(VOICEMAIL + "/other/messages/" + ID).status()).isEqualTo(404);
  }

  @Test
  void shouldMakeAVersionOfEachUpload() throws Exception {
    Answer first = upload("welcome", "audio/wav", wav(8000));
    Answer second = upload("welcome", "audio/x-wav", wav(16_000));

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.header("Location")).isEqualTo(AUDIO + "/welcome/1");
    assertThat(second.body().get("file").asText()).isEqualTo("audio/demo/welcome/2.wav");
    assertThat(second.body().get("length").asText()).isEqualTo("PT2S");
    assertThat(api.get(AUDIO + "/welcome").body().get("items"))
        .extracting(item -> item.get("version").asInt())
        .containsExactly(2, 1);
    JsonNode summary = api.get(AUDIO).body().at("/items/0");
    assertThat(summary.get("versions").asInt()).isEqualTo(2);
    assertThat(summary.get("latest")).isEqualTo(second.body());
    assertThat(api.get(first.header("Location")).status()).isEqualTo(200);
    assertThat(bytes(api.request("GET", AUDIO + "/welcome/1", null)).body()).isEqualTo(wav(8000));
    assertThat(api.media.uploads).isNotEmpty();
    assertThat(api.media.leftOver()).as("nothing is left on the disk").isEmpty();

    assertThat(api.call("DELETE", AUDIO + "/welcome/1", null).status()).isEqualTo(204);
    assertThat(api.get(AUDIO + "/welcome/1").body().get("detail").asText())
        .isEqualTo("Audio file 'welcome' has no version 1.");
    assertThat(api.call("DELETE", AUDIO + "/welcome", null).status()).isEqualTo(204);
    assertThat(api.call("DELETE", AUDIO + "/welcome", null).status()).isEqualTo(404);
    assertThat(api.get(AUDIO + "/welcome").status()).isEqualTo(404);
    assertThat(api.bad("GET", AUDIO + "/welcome/one", null).field(0)).isEqualTo("version");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "24|44100|rate|must be 8000 or 16000 samples a second, got 44100",
        "40|1000000|body|is not as long as its header says",
        "0|0|body|is no WAV file: it does not begin with RIFF",
      })
  void shouldSayWhatIsWrongWithAFile(int at, int value, String field, String message)
      throws Exception {
    byte[] sound = wav(100);
    ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);

    Answer answer = upload("welcome", "audio/wav", sound);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field(0)).isEqualTo(field);
    assertThat(answer.message(0)).isEqualTo(message);
    assertThat(api.media.store).isEmpty();
    assertThat(api.media.leftOver()).isEmpty();
  }

  @Test
  void shouldRefuseWhatIsTooLargeOrOfAnotherTypeUnread() throws Exception {
    Answer large = upload("welcome", "audio/wav", new byte[20 * 1024 * 1024 + 1]);
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.body().get("detail").asText()).contains("20971520");
    Answer chunked =
        api.send(
            put("welcome", "audio/wav")
                .PUT(
                    BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(new byte[20 * 1024 * 1024 + 1]))),
            false);
    assertThat(chunked.status()).isEqualTo(413);
    assertThat(upload("welcome", "audio/mpeg", wav(1)).status()).isEqualTo(415);
    assertThat(
            api.send(
                    put("welcome", "audio/wav")
                        .header("Content-Encoding", "gzip")
                        .PUT(BodyPublishers.ofByteArray(wav(1))),
                    true)
                .status())
        .isEqualTo(415);
    assertThat(upload("Welcome", "audio/wav", wav(1), false).field(0)).isEqualTo("name");
    assertThat(api.media.uploads).as("nothing of it was looked at").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {VOICEMAIL, VOICEMAIL + "/sales/messages", AUDIO, AUDIO + "/welcome"})
  void shouldSayWhenNothingIsInReach(String path) {
    api.media.down(true);

    assertThat(api.get(path).status()).isEqualTo(503);
  }

  private Answer upload(String name, String type, byte[] bytes) {
    return upload(name, type, bytes, true);
  }

  private Answer upload(String name, String type, byte[] bytes, boolean valid) {
    return api.send(put(name, type).PUT(BodyPublishers.ofByteArray(bytes)), valid);
  }

  private HttpRequest.Builder put(String name, String type) {
    return api.request("GET", AUDIO + '/' + name, null).header("Content-Type", type);
  }

  private void uploaded(String name, byte[] bytes) {
    assertThat(upload(name, "audio/wav", bytes).status()).isEqualTo(201);
  }

  private HttpResponse<byte[]> bytes(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder other(String method, String path) {
    return HttpRequest.newBuilder(api.root.resolve(path))
        .header("Authorization", "Bearer " + TestApi.OTHER_TOKEN)
        .method(method, BodyPublishers.noBody());
  }

  private void recording(String id, byte[] bytes) {
    api.media.add(item(MediaItem.Kind.RECORDING, id, bytes.length, 0), bytes);
  }

  private void message(String id, int second) {
    api.media.add(item(MediaItem.Kind.MESSAGE, id, wav(10).length, second), wav(10));
  }

  private static MediaItem item(MediaItem.Kind kind, String id, long size, int second) {
    boolean recording = kind == MediaItem.Kind.RECORDING;
    return new MediaItem(
        DEMO,
        id,
        kind,
        recording ? CHANNEL : null,
        recording ? null : "sales",
        size,
        CHECKSUM,
        Duration.ofSeconds(2),
        NOW.plusSeconds(second),
        NOW.plusSeconds(86_400),
        kind + "/" + id + ".wav");
  }

  private static Terms terms(String id, boolean gone) {
    return new Terms(DEMO, id, MediaItem.Kind.RECORDING, CHANNEL, null, NOW, gone);
  }

  private static TapeEvent tape(String id) {
    return new TapeEvent.TapeStarted(id, new LegId(CHANNEL), Duration.ofDays(9), null, NOW);
  }

  private static TapeEvent over(String id) {
    return new TapeEvent.TapeOver(id, Duration.ofSeconds(2), NOW);
  }

  /** 16 bit mono PCM at 8 kHz. */
  private static byte[] wav(int samples) {
    ByteBuffer bytes = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
    bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    bytes.putShort((short) 1).putShort((short) 1).putInt(8000).putInt(16_000);
    bytes.putShort((short) 2).putShort((short) 16);
    bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
    for (int i = 0; i < samples; i++) {
      bytes.putShort((short) (i * 31));
    }
    return bytes.array();
  }
}
