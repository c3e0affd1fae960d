package tandem.persistence.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tandem.persistence.media.MediaNode.get;

import akka.stream.javadsl.Sink;
import akka.util.ByteString;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tandem.persistence.media.MediaLibrary.Box;
import tandem.persistence.media.MediaLibrary.MessagePage;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;

/** From the switch's folder into the store and back, on a real Cassandra. */
class MediaKeeperIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration DEFAULT_KEEP = Duration.ofDays(90);

  @TempDir static Path dir;
  private static Path spool;
  private static MediaNode node;

  private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());
  private final CallId call = new CallId(tenant, UUID.randomUUID().toString());
  private final String id = UUID.randomUUID().toString();

  @BeforeAll
  static void start() throws IOException {
    spool = Files.createDirectories(dir.resolve("spool"));
    node = new MediaNode(dir, ConfigFactory.empty());
  }

  @AfterAll
  static void stop() throws Exception {
    node.close();
  }

  @Test
  void shouldStoreARecordingThatIsOver() {
    Instant changed = Instant.now().minusSeconds(100).truncatedTo(ChronoUnit.MILLIS);
    Path file = Sounds.write(spool.resolve(tape()), Sounds.wav(16_000), changed);

    MediaItem item = stored();

    assertThat(file).doesNotExist();
    assertThat(item.length()).isEqualTo(Duration.ofSeconds(2));
    assertThat(item.createdAt()).isEqualTo(changed.minusSeconds(2));
    assertThat(item.keepUntil()).isEqualTo(changed.plus(DEFAULT_KEEP));
    assertThat(item.size()).isEqualTo(32_044);
    assertThat(get(node.media.recordings(call))).containsExactly(item);
    assertThat(get(node.media.recordings(new CallId(new TenantId("other"), call.channel()))))
        .isEmpty();
    assertThat(get(node.media.recording(new TenantId("other"), id))).isEmpty();
    assertThat(content(item)).isEqualTo(Sounds.wav(16_000));
  }

  @Test
  void shouldFindARecordingWhoseSwitchDied() {
    Sounds.write(spool.resolve(tape()), Sounds.wav(8000, 0, 0));

    MediaItem item = stored();

    assertThat(item.length()).isEqualTo(Duration.ofSeconds(1));
    assertThat(content(item)).isEqualTo(Sounds.wav(8000));
  }

  @Test
  void shouldWaitForARecordingThatGrows() throws IOException {
    byte[] whole = Sounds.wav(40_000, 0, 0);
    Path file = spool.resolve(tape());
    Files.write(file, Arrays.copyOf(whole, 44));
    int[] written = {44};
    await()
        .pollInterval(Duration.ofMillis(100))
        .atMost(SOON)
        .until(
            () -> {
              assertThat(get(node.media.recording(tenant, id))).isEmpty();
              int next = Math.min(whole.length, written[0] + 4000);
              Files.write(
                  file, Arrays.copyOfRange(whole, written[0], next), StandardOpenOption.APPEND);
              written[0] = next;
              return next == whole.length;
            });
    Files.write(file, Sounds.wav(40_000));

    assertThat(content(stored())).isEqualTo(Sounds.wav(40_000));
  }

  @Test
  void shouldKeepARecordingAsLongAsItsCallSaysWhicheverComesFirst() {
    Instant until = Instant.now().plus(Duration.ofDays(7)).truncatedTo(ChronoUnit.MILLIS);
    get(node.media.catalogue().keep(terms(MediaItem.Kind.RECORDING, null, until)));
    Sounds.write(spool.resolve(tape()), Sounds.wav(100));
    assertThat(stored().keepUntil()).isEqualTo(until);

    Instant later = until.plusSeconds(86_400 * 3);
    get(node.media.catalogue().keep(terms(MediaItem.Kind.RECORDING, null, later)));
    assertThat(stored().keepUntil()).isEqualTo(later);
    assertThat(get(node.media.terms(tenant, id)).orElseThrow().gone()).isFalse();
    assertThat(get(node.media.terms(new TenantId("other"), id))).isEmpty();
  }

  @Test
  void shouldKeepMessagesByBoxAndMarkThem() {
    for (int i = 0; i < 5; i++) {
      Sounds.write(
          spool.resolve("message-" + tenant + "~sales~" + uuid(i) + ".wav"),
          Sounds.wav(800),
          Instant.parse("2026-11-20T09:00:00Z").plusSeconds(i));
    }
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(get(node.media.boxes(tenant))).containsExactly(new Box("sales", 5, 5)));
    await().atMost(SOON).until(() -> ids(page(null, 10)).size() == 5);

    MessagePage first = page(null, 2);
    assertThat(ids(first)).containsExactly(uuid(4), uuid(3));
    MessagePage second = page(first.next(), 2);
    assertThat(ids(second)).containsExactly(uuid(2), uuid(1));
    MessagePage third = page(second.next(), 2);
    assertThat(ids(third)).containsExactly(uuid(0));
    assertThat(third.next()).isNull();

    MediaItem newest = first.messages().get(0).item();
    assertThat(get(node.media.mark(newest, true))).isTrue();
    assertThat(get(node.media.message(tenant, "sales", uuid(4))).orElseThrow().heard()).isTrue();
    assertThat(get(node.media.message(tenant, "other", uuid(4)))).isEmpty();
    assertThat(get(node.media.boxes(tenant))).containsExactly(new Box("sales", 5, 4));

    get(node.media.delete(newest));
    assertThat(get(node.media.mark(newest, true))).as("it does not come back").isFalse();
    assertThat(get(node.media.message(tenant, "sales", uuid(4)))).isEmpty();
    assertThat(ids(page(null, 10))).hasSize(4);
    assertThat(get(node.media.exists(newest.place()))).isFalse();
  }

  @Test
  void shouldWaitForTheCallWhereANameDoesNotSayWhoseAMessageIs() {
    Path file =
        Sounds.write(
            spool.resolve("message-" + tenant + "-night-sales-" + id + ".wav"), Sounds.wav(80));
    assertThat(get(node.media.boxes(tenant))).isEmpty();
    Instant until = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS);
    get(node.media.catalogue().keep(terms(MediaItem.Kind.MESSAGE, "night-sales", until)));

    await().atMost(SOON).until(() -> Files.notExists(file));
    MediaItem item = get(node.media.message(tenant, "night-sales", id)).orElseThrow().item();
    assertThat(item.call()).isEqualTo(call.channel());
    assertThat(item.keepUntil()).isEqualTo(until);
  }

  @Test
  void shouldStoreAFileThatHasGrownAsTheOneItIs() {
    Instant changed = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
    Sounds.write(spool.resolve(tape()), Sounds.wav(8000), changed);
    MediaItem item = stored();
    Sounds.write(spool.resolve(tape()), Sounds.wav(16_000), changed.plusSeconds(1));

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(get(node.media.recordings(call)))
                    .singleElement()
                    .satisfies(
                        again -> {
                          assertThat(again.size()).isEqualTo(32_044);
                          assertThat(again.createdAt()).isEqualTo(item.createdAt());
                          assertThat(again.id()).isEqualTo(id);
                        }));
  }

  @Test
  void shouldKeepWhatWasRecordedBeforeTheSwitchBeganTheSameFileAnew() {
    Instant changed = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
    Sounds.write(spool.resolve(tape()), Sounds.wav(8000), changed);
    MediaItem first = stored();
    Sounds.write(spool.resolve(tape()), Sounds.wav(4000), changed.plusSeconds(30));

    await().atMost(SOON).until(() -> get(node.media.recordings(call)).size() == 2);
    List<MediaItem> both = get(node.media.recordings(call));
    assertThat(both.get(0)).isEqualTo(first);
    assertThat(both.get(1).length()).isEqualTo(Duration.ofMillis(500));
    assertThat(content(first)).isEqualTo(Sounds.wav(8000));
    assertThat(content(both.get(1))).isEqualTo(Sounds.wav(4000));
    await().atMost(SOON).until(() -> Files.notExists(spool.resolve(tape())));
  }

  @Test
  void shouldRemoveWhatIsOverAndNothingElse() {
    Sounds.write(spool.resolve(tape()), Sounds.wav(100));
    MediaItem item = stored();
    Instant now = item.keepUntil();
    Instant longer = now.plus(Duration.ofDays(3));
    get(node.media.catalogue().keep(terms(MediaItem.Kind.RECORDING, null, longer)));

    expire(now.plusSeconds(1));
    assertThat(get(node.media.recording(tenant, id))).as("its call keeps it longer").isPresent();
    expire(longer);

    assertThat(get(node.media.recording(tenant, id))).isEmpty();
    assertThat(get(node.media.recordings(call))).isEmpty();
    assertThat(get(node.media.exists(item.place()))).isFalse();
    assertThat(get(node.media.terms(tenant, id)).orElseThrow().gone()).isTrue();
    get(node.media.catalogue().keep(terms(MediaItem.Kind.RECORDING, null, longer)));
    assertThat(get(node.media.terms(tenant, id)).orElseThrow().gone())
        .as("said again by its call")
        .isTrue();
  }

  private static void expire(Instant now) {
    get(
        node.media
            .catalogue()
            .expire(now, item -> node.media.delete(item).thenApply(done -> true)));
  }

  @Test
  void shouldLeaveAloneWhatIsNotOurs() throws IOException {
    Path stranger = Sounds.write(spool.resolve("notes.txt"), new byte[10]);
    Path broken =
        Sounds.write(
            spool.resolve(tape()),
            "no sound, whatever its name says".getBytes(StandardCharsets.US_ASCII));
    String other = UUID.randomUUID().toString();
    Path good =
        Sounds.write(
            spool.resolve("tape-" + tenant + "-" + call.channel() + "-" + other + ".wav"),
            Sounds.wav(1));
    await().atMost(SOON).until(() -> Files.notExists(good));

    assertThat(stranger).exists();
    assertThat(broken).exists();
    Files.delete(stranger);
    Files.delete(broken);
  }

  @Test
  void shouldBringUploadedFilesToTheSwitchAndTakeThemAway() {
    Path upload = Sounds.write(dir.resolve(id), Sounds.wav(4000));
    AudioFile one = get(node.media.add(tenant, "welcome", upload, "anna"));
    AudioFile two = get(node.media.add(tenant, "welcome", upload, "anna"));

    assertThat(one.version()).isEqualTo(1);
    assertThat(two.version()).isEqualTo(2);
    assertThat(two.place()).isEqualTo("audio/" + tenant + "/welcome/2.wav");
    Path sound = dir.resolve("sounds").resolve(two.place());
    await().atMost(SOON).untilAsserted(() -> assertThat(sound).hasBinaryContent(Sounds.wav(4000)));

    get(node.media.delete(two));
    await().atMost(SOON).until(() -> Files.notExists(sound));
    assertThat(dir.resolve("sounds").resolve(one.place())).exists();
    assertThat(get(node.media.audio(tenant))).containsExactly(one);
    AudioFile next = get(node.media.add(tenant, "welcome", upload, "anna"));
    assertThat(next.version()).as("no number is given twice").isEqualTo(3);
    assertThat(get(node.media.audio(tenant, "welcome"))).containsExactly(next, one);
  }

  private String tape() {
    return "tape-" + tenant + "-" + call.channel() + "-" + id + ".wav";
  }

  private Terms terms(MediaItem.Kind kind, String box, Instant until) {
    return new Terms(tenant, id, kind, call.channel(), box, until, false);
  }

  private MediaItem stored() {
    await()
        .atMost(SOON)
        .until(
            () ->
                Files.notExists(spool.resolve(tape()))
                    && get(node.media.recording(tenant, id)).isPresent());
    return get(node.media.recording(tenant, id)).orElseThrow();
  }

  private static byte[] content(MediaItem item) {
    return get(node.media
            .bytes(item.place(), 0, item.size())
            .runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), node.system()))
        .toArray();
  }

  private MessagePage page(String cursor, int limit) {
    return get(node.media.messages(tenant, "sales", cursor, limit));
  }

  private static List<String> ids(MessagePage page) {
    return page.messages().stream().map(message -> message.item().id()).toList();
  }

  /** Different for each test, and in order. */
  private String uuid(int n) {
    return id.substring(0, 35) + n;
  }
}
