package tandem.persistence.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store does. */
abstract class MediaStoreContract {
  private static final String PLACE = "recordings/acme/3f/3f2a.wav";

  /** Of {@code hello}. */
  private static final String HELLO =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  @TempDir Path files;

  abstract MediaStore store();

  @Test
  void shouldGiveBackWhatItWasGiven() throws IOException {
    Path file = Sounds.write(files.resolve("a"), "hello".getBytes(StandardCharsets.US_ASCII));

    assertThat(store().put("x/hello.wav", file)).isEqualTo(new MediaStore.Stored(5, HELLO));

    assertThat(store().exists("x/hello.wav")).isTrue();
    assertThat(read("x/hello.wav", 0, 5)).asString().isEqualTo("hello");
    assertThat(file).as("the original stays").exists();
  }

  @Test
  void shouldReplaceWhatIsAtAPlace() throws IOException {
    store().put(PLACE, Sounds.write(files.resolve("a"), Sounds.wav(1000)));
    store().put(PLACE, Sounds.write(files.resolve("b"), Sounds.wav(10)));

    assertThat(read(PLACE, 0, 1_000_000)).isEqualTo(Sounds.wav(10));
  }

  @ParameterizedTest
  @CsvSource({"0,1", "0,44", "44,100", "100000,44", "200043,1", "199044,5000"})
  void shouldGiveAPart(long from, int length) throws IOException {
    byte[] sound = Sounds.wav(100_000);
    store().put(PLACE, Sounds.write(files.resolve("a"), sound));

    byte[] expected =
        Arrays.copyOfRange(sound, (int) from, (int) Math.min(sound.length, from + length));
    assertThat(read(PLACE, from, length)).isEqualTo(expected);
  }

  @Test
  void shouldBeLeftAloneInTheMiddle() throws IOException {
    store().put(PLACE, Sounds.write(files.resolve("a"), Sounds.wav(500_000)));
    try (InputStream in = store().open(PLACE, 0, 1_000_044)) {
      assertThat(in.readNBytes(10)).hasSize(10);
    }
    assertThat(read(PLACE, 0, 4)).asString().isEqualTo("RIFF");
  }

  @Test
  void shouldForgetWhatIsDeleted() throws IOException {
    store().put(PLACE, Sounds.write(files.resolve("a"), Sounds.wav(10)));

    store().delete(PLACE);
    store().delete(PLACE);

    assertThat(store().exists(PLACE)).isFalse();
    assertThatThrownBy(() -> store().open(PLACE, 0, 1)).isInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a//b",
        "a/./b",
        ".a",
        "a/.b",
        "a/",
        "a\\b",
        "a b",
        "a/b\n",
        "a%2fb",
        "1/2/3/4/5/6/7/8/9",
      })
  void shouldRefuseWhatIsNoPlace(String place) throws IOException {
    Path file = Sounds.write(files.resolve("a"), Sounds.wav(1));
    assertThatThrownBy(() -> store().put(place, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("place: ");
    assertThatThrownBy(() -> store().open(place, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().exists(place)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().delete(place)).isInstanceOf(IllegalArgumentException.class);
  }

  byte[] read(String place, long from, long length) throws IOException {
    try (InputStream in = store().open(place, from, length)) {
      return in.readAllBytes();
    }
  }
}
