package tandem.persistence.media;

import java.io.IOException;
import java.nio.file.Path;

/** Which files a switch plays to callers without converting them for each: as telephones sound. */
public final class Playable {
  private static final int BITS = 16;

  private Playable() {}

  /**
   * Reads the header of a file that is to be played.
   *
   * @throws UnfitAudioException naming what is wrong with it
   */
  public static Wav read(Path file) throws IOException {
    Wav header;
    try {
      header = Wav.read(file);
    } catch (NotWavException e) {
      throw new UnfitAudioException("body", "is no WAV file: it " + e.getMessage());
    }
    require(header.format() == Wav.PCM, "format", "must be PCM (1), got " + header.format());
    require(header.channels() == 1, "channels", "must be 1 (mono), got " + header.channels());
    require(
        header.rate() == 8000 || header.rate() == 16_000,
        "rate",
        "must be 8000 or 16000 samples a second, got " + header.rate());
    require(header.bits() == BITS, "bits", "must be 16 a sample, got " + header.bits());
    require(
        header.bytesPerSecond() == 2L * header.rate(),
        "bytesPerSecond",
        "must be " + 2L * header.rate() + " at that rate, got " + header.bytesPerSecond());
    require(header.closed(), "body", "is not as long as its header says");
    require(header.data() > 0, "body", "has no sound");
    return header;
  }

  private static void require(boolean fits, String field, String message) {
    if (!fits) {
      throw new UnfitAudioException(field, message);
    }
  }
}
