package tandem.persistence.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** Makes WAV files as a switch does: closed, or as they are while they are written. */
final class Sounds {
  static final int RATE = 8000;

  private Sounds() {}

  /** 16 bit mono PCM at 8 kHz with correct lengths. */
  static byte[] wav(int samples) {
    return wav(samples, 36 + 2 * samples, 2 * samples);
  }

  /** The same with whatever lengths: a switch that is still writing leaves zeros there. */
  static byte[] wav(int samples, int riff, int data) {
    ByteBuffer bytes = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    put(bytes, "RIFF").putInt(riff);
    put(bytes, "WAVE");
    put(bytes, "fmt ").putInt(16);
    bytes.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE);
    bytes.putShort((short) 2).putShort((short) 16);
    put(bytes, "data").putInt(data);
    for (int i = 0; i < samples; i++) {
      bytes.putShort((short) (i * 31));
    }
    return bytes.array();
  }

  private static ByteBuffer put(ByteBuffer bytes, String name) {
    return bytes.put(name.getBytes(StandardCharsets.ISO_8859_1));
  }

  static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path write(Path file, byte[] bytes, Instant changed) {
    try {
      Files.write(file, bytes);
      return Files.setLastModifiedTime(file, FileTime.from(changed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
