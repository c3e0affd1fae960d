package tandem.persistence.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlayableTest {
  @TempDir Path dir;

  @Test
  void shouldTakeWhatATelephoneSoundsLike() throws IOException {
    assertThat(Playable.read(file(Sounds.wav(10))).rate()).isEqualTo(8000);
    byte[] wide = Sounds.wav(10);
    ByteBuffer.wrap(wide).order(ByteOrder.LITTLE_ENDIAN).putInt(24, 16_000).putInt(28, 32_000);
    assertThat(Playable.read(file(wide)).rate()).isEqualTo(16_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "20|7|format|must be PCM (1), got 7",
        "22|2|channels|must be 1 (mono), got 2",
        "24|44100|rate|must be 8000 or 16000 samples a second, got 44100",
        "34|8|bits|must be 16 a sample, got 8",
        "28|0|bytesPerSecond|must be 16000 at that rate, got 0",
        "40|7|body|is not as long as its header says",
        "0|0|body|is no WAV file: it does not begin with RIFF",
      })
  void shouldNameWhatIsWrong(int at, int value, String field, String message) {
    byte[] bytes = Sounds.wav(10);
    ByteBuffer wav = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (at == 24 || at == 28 || at == 40 || at == 0) {
      wav.putInt(at, value);
    } else {
      wav.putShort(at, (short) value);
    }
    // The lengths of the data are checked against the file's: a wrong one shows.
    if (at == 40) {
      wav.putInt(4, 3);
    }
    refuse(bytes, field, message);
  }

  @Test
  void shouldNotTakeSilence() {
    refuse(Sounds.wav(0), "body", "has no sound");
  }

  private void refuse(byte[] bytes, String field, String message) {
    Path file = file(bytes);
    assertThatThrownBy(() -> Playable.read(file))
        .isInstanceOfSatisfying(
            UnfitAudioException.class, e -> assertThat(e.field()).isEqualTo(field))
        .hasMessage(message);
  }

  private Path file(byte[] bytes) {
    return Sounds.write(dir.resolve("a.wav"), bytes);
  }
}
