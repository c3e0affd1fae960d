package tandem.persistence.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WavTest {
  private static final Instant THEN = Instant.parse("2026-11-20T09:00:00Z");

  @TempDir Path dir;

  @Test
  void shouldReadWhatAFileSays() throws IOException {
    Wav header = Wav.read(file(Sounds.wav(12_000)));

    assertThat(header).isEqualTo(new Wav(Wav.PCM, 1, 8000, 16, 16_000, 44, 24_000, true));
    assertThat(header.length()).isEqualTo(Duration.ofMillis(1500));
  }

  @ParameterizedTest
  @CsvSource({"0,0", "36,0", "8,0", "-1,-1", "36,-1", "4036,4000", "2147483647,2147483647"})
  void shouldCloseAFileWhoseSwitchDied(int riff, int data) throws IOException {
    Path file = file(Sounds.wav(4000, riff, data));
    Files.setLastModifiedTime(file, FileTime.from(THEN));
    assertThat(Wav.read(file).closed()).isFalse();

    Wav closed = Wav.close(file);

    assertThat(closed.length()).isEqualTo(Duration.ofMillis(500));
    assertThat(closed.closed()).isTrue();
    assertThat(file).hasBinaryContent(Sounds.wav(4000));
    assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(THEN);
    assertThat(Wav.close(file)).as("again").isEqualTo(closed);
  }

  @Test
  void shouldLeaveAClosedFileWithMoreChunksAsItIs() throws IOException {
    byte[] sound = Sounds.wav(100, 36 + 200 + 12, 200);
    byte[] all = Arrays.copyOf(sound, sound.length + 12);
    ByteBuffer.wrap(all)
        .order(ByteOrder.LITTLE_ENDIAN)
        .position(sound.length)
        .put(new byte[] {'L', 'I', 'S', 'T'})
        .putInt(4);
    Path file = file(all);

    assertThat(Wav.close(file).data()).isEqualTo(200);
    assertThat(file).hasBinaryContent(all);
  }

  @Test
  void shouldTakeAFileThatHasNoSoundYet() throws IOException {
    assertThat(Wav.close(file(Sounds.wav(0, 0, 0))).length()).isZero();
    assertThat(Wav.read(file(Sounds.wav(0))).closed()).isTrue();
  }

  @Test
  void shouldSayWhyAFileIsNoWav() throws IOException {
    refuse(new byte[0], "ends within its header");
    refuse(Arrays.copyOf(Sounds.wav(10), 40), "ends within its header");
    refuse(
        "ID3 this is an mp3 file".getBytes(StandardCharsets.US_ASCII), "does not begin with RIFF");
    refuse("RIFF....AVI LIST........".getBytes(StandardCharsets.US_ASCII), "is RIFF but not WAVE");
  }

  private void refuse(byte[] bytes, String why) throws IOException {
    Path file = file(bytes);
    assertThatThrownBy(() -> Wav.read(file)).isInstanceOf(NotWavException.class).hasMessage(why);
    assertThatThrownBy(() -> Wav.close(file)).isInstanceOf(NotWavException.class);
    assertThat(file).hasBinaryContent(bytes);
  }

  /** Whatever is in a file, it is read or refused, and closing it keeps every byte of sound. */
  @Property(tries = 500)
  void shouldNeverFailOtherwise(@ForAll long seed, @ForAll @IntRange(max = 80) int size)
      throws IOException {
    byte[] bytes = Arrays.copyOf(Sounds.wav(40), 44 + size);
    Random random = new Random(seed);
    for (int i = 0; i < 3; i++) {
      bytes[random.nextInt(44)] = (byte) random.nextInt();
    }
    Path file = Files.createTempFile("wav", ".wav");
    try {
      Files.write(file, bytes);
      try {
        Wav closed = Wav.close(file);
        assertThat(closed.closed()).isTrue();
        assertThat(closed.dataAt() + closed.data()).isLessThanOrEqualTo(bytes.length);
        assertThat(Files.size(file)).isEqualTo(bytes.length);
      } catch (NotWavException e) {
        assertThat(file).hasBinaryContent(bytes);
      }
    } finally {
      Files.delete(file);
    }
  }

  private Path file(byte[] bytes) {
    return Sounds.write(dir.resolve("a.wav"), bytes);
  }
}
