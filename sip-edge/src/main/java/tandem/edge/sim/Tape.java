package tandem.edge.sim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * One recording under way: 16 bit PCM at 8 kHz that ends as a WAV file, as long as it lasted by the
 * simulator's clock. What was said by RTP is in it, everything else is silence; what was masked is
 * zeros.
 */
final class Tape {

  /** Samples a second. */
  static final int RATE = 8_000;

  private static final int HEADER = 44;
  private static final long MOST_SECONDS = 6 * 3_600L;

  private final Path file;
  private final boolean stereo;
  private final long startMicros;
  private short[] heard = new short[0];
  private short[] said = new short[0];
  private boolean masked;

  private Tape(Path file, boolean stereo, long startMicros) {
    this.file = file;
    this.stereo = stereo;
    this.startMicros = startMicros;
  }

  /**
   * Makes the file, and its directory where there is none.
   *
   * @param stereo the leg's own voice left, what it hears right
   * @throws IOException when it cannot be written
   */
  static Tape start(String path, boolean stereo, long micros) throws IOException {
    Path file = Path.of(path);
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Tape tape = new Tape(file, stereo, micros);
    // As a switch does while it writes: more is there than the header says.
    Files.write(file, Arrays.copyOf(tape.header(0), HEADER + tape.frame()));
    return tape;
  }

  void mask(boolean on) {
    masked = on;
  }

  /**
   * 20 ms of sound, at this moment.
   *
   * @param voice what the leg says; empty for nothing
   * @param ear what it hears
   */
  void add(short[] voice, short[] ear, long micros) {
    int at = (int) Math.min(samples(micros), MOST_SECONDS * RATE);
    if (!masked) {
      said = put(said, at, voice);
      heard = put(heard, at, ear);
    }
  }

  private static short[] put(short[] into, int at, short[] sound) {
    if (sound.length == 0) {
      return into;
    }
    int end = at + sound.length;
    short[] all = end <= into.length ? into : Arrays.copyOf(into, Math.max(end, into.length * 2));
    System.arraycopy(sound, 0, all, at, sound.length);
    return all;
  }

  private long samples(long micros) {
    return Math.max(0, (micros - startMicros) * RATE / 1_000_000);
  }

  /** How long it lasts up to now, in samples. */
  int length(long micros) {
    return (int) Math.min(samples(micros), MOST_SECONDS * RATE);
  }

  /** Bytes of a file of so many samples. */
  long bytes(int samples) {
    return HEADER + (long) samples * frame();
  }

  private int frame() {
    return stereo ? 4 : 2;
  }

  /**
   * Writes it to its end.
   *
   * @throws IOException when the disk is full or the file has gone
   */
  void finish(int samples) throws IOException {
    int known = Math.min(samples, Math.max(said.length, heard.length));
    ByteBuffer sound = ByteBuffer.allocate(HEADER + known * frame()).order(ByteOrder.LITTLE_ENDIAN);
    sound.put(header(samples));
    for (int i = 0; i < known; i++) {
      short voice = i < said.length ? said[i] : 0;
      short ear = i < heard.length ? heard[i] : 0;
      if (stereo) {
        sound.putShort(voice).putShort(ear);
      } else {
        sound.putShort(AudioFrames.add(voice, ear));
      }
    }
    sound.flip();
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
      while (sound.hasRemaining()) {
        out.write(sound);
      }
      long whole = bytes(samples);
      if (out.size() > whole) {
        out.truncate(whole);
      } else if (out.size() < whole) {
        // The rest is silence, which no disk has to hold.
        out.write(ByteBuffer.allocate(1), whole - 1);
      }
    }
  }

  private byte[] header(int samples) {
    int channels = stereo ? 2 : 1;
    int data = samples * frame();
    return ByteBuffer.allocate(HEADER)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(HEADER - 8 + data)
        .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) channels)
        .putInt(RATE)
        .putInt(RATE * frame())
        .putShort((short) frame())
        .putShort((short) 16)
        .put("data".getBytes(StandardCharsets.US_ASCII))
        .putInt(data)
        .array();
  }
}
