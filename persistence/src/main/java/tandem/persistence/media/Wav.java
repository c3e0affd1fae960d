package tandem.persistence.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;

/**
 * The header of a WAV file (RIFF, Microsoft and IBM 1991): what is in it, and where. Whoever writes
 * one puts the lengths in at the end, so those of a file whose writer died, or still writes, are
 * wrong.
 *
 * @param format 1 is PCM
 * @param channels 1 is mono
 * @param rate samples a second
 * @param bits of a sample
 * @param bytesPerSecond of sound
 * @param dataAt where the sound begins in the file
 * @param data bytes of sound: what the header says, or what is there where that is less
 * @param closed whether the header's lengths are those of the file
 */
public record Wav(
    int format,
    int channels,
    int rate,
    int bits,
    long bytesPerSecond,
    long dataAt,
    long data,
    boolean closed) {
  /** The format of plain samples. */
  public static final int PCM = 1;

  private static final int EXTENSIBLE = 0xFFFE;
  private static final int RIFF_HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FORMAT_BYTES = 16;

  /** Where a format chunk of {@link #EXTENSIBLE} says the true format. */
  private static final int SUBFORMAT_AT = 24;

  /** Chunks looked at before the sound (count): there are one to three. */
  private static final int MOST_CHUNKS = 32;

  private static final long UNSIGNED = 0xFFFF_FFFFL;

  /** How long it sounds. */
  public Duration length() {
    return bytesPerSecond == 0 ? Duration.ZERO : Duration.ofMillis(data * 1000 / bytesPerSecond);
  }

  /**
   * Reads a file's header.
   *
   * @throws NotWavException when it is no WAV file
   */
  public static Wav read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(channel);
    }
  }

  private static Wav read(FileChannel channel) throws IOException {
    long size = channel.size();
    ByteBuffer riff = at(channel, 0, RIFF_HEADER);
    if (!name(riff).equals("RIFF")) {
      throw new NotWavException("does not begin with RIFF");
    }
    long riffLength = riff.getInt() & UNSIGNED;
    if (!name(riff).equals("WAVE")) {
      throw new NotWavException("is RIFF but not WAVE");
    }
    ByteBuffer format = null;
    long at = RIFF_HEADER;
    for (int i = 0; i < MOST_CHUNKS; i++) {
      ByteBuffer header = at(channel, at, CHUNK_HEADER);
      String name = name(header);
      long length = header.getInt() & UNSIGNED;
      long begin = at + CHUNK_HEADER;
      if (name.equals("data")) {
        if (format == null) {
          throw new NotWavException("has sound before it says of what format");
        }
        long there = size - begin;
        // A chunk of odd length is followed by one byte that does not count.
        long end = RIFF_HEADER - 4L + riffLength;
        boolean closed = length <= there && (end == size || (length % 2 == 1 && end == size + 1));
        return of(format, begin, closed ? length : there, closed);
      }
      if (name.equals("fmt ")) {
        if (length < FORMAT_BYTES || length > 1024) {
          throw new NotWavException("has a format chunk of " + length + " bytes");
        }
        format = at(channel, begin, (int) length);
      }
      at = begin + length + length % 2;
    }
    throw new NotWavException("has no sound in its first " + MOST_CHUNKS + " chunks");
  }

  private static Wav of(ByteBuffer format, long dataAt, long data, boolean closed) {
    int tag = format.getShort(0) & 0xFFFF;
    if (tag == EXTENSIBLE && format.limit() > SUBFORMAT_AT + 1) {
      tag = format.getShort(SUBFORMAT_AT) & 0xFFFF;
    }
    return new Wav(
        tag,
        format.getShort(2) & 0xFFFF,
        format.getInt(4),
        format.getShort(14) & 0xFFFF,
        format.getInt(8) & UNSIGNED,
        dataAt,
        data,
        closed);
  }

  /**
   * Closes the header of a file whose writer died: its lengths become those of what is there. The
   * file's time stays. A file that is closed stays as it is.
   *
   * @return the header as it is now
   */
  public static Wav close(Path file) throws IOException {
    FileTime changed = Files.getLastModifiedTime(file);
    Wav header;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      header = read(channel);
      if (header.closed()) {
        return header;
      }
      long most = UNSIGNED - header.dataAt();
      if (header.data() > most) {
        throw new NotWavException("is longer than a header can say");
      }
      put(channel, header.dataAt() - 4, header.data());
      put(channel, 4, header.dataAt() - CHUNK_HEADER + header.data());
      channel.force(true);
      header = read(channel);
    }
    Files.setLastModifiedTime(file, changed);
    return header;
  }

  private static void put(FileChannel channel, long at, long value) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt((int) value).flip();
    long position = at;
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  private static ByteBuffer at(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new NotWavException("ends within its header");
      }
    }
    return bytes.flip();
  }

  private static String name(ByteBuffer bytes) {
    byte[] name = new byte[4];
    bytes.get(name);
    return new String(name, StandardCharsets.ISO_8859_1);
  }
}
