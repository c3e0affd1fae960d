package tandem.edge.esl;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the byte stream of one connection into frames, however it is chunked. The single owner of
 * the bytes not yet framed, of which it never holds more than the limits and the last chunk. Not
 * thread-safe.
 *
 * <p>Feed a chunk, then take frames until there is none. After an {@link EslProtocolException}
 * every further call throws it again: the place in the stream is lost.
 */
public final class EslFrameDecoder {
  private static final int SMALL = 16 * 1024;
  private static final int KEEP = 256 * 1024;
  private static final byte[] CONTENT_LENGTH = "Content-Length".getBytes(ISO_8859_1);
  private static final int UNKNOWN = -1;

  private final EslLimits limits;
  private byte[] buffer = new byte[SMALL];
  private int start;
  private int end;
  // Where the search for the end of the header block goes on, so that a trickle of single bytes is
  // not searched again and again.
  private int lineStart;
  private int scanned;
  private int bodyStart = UNKNOWN;
  private int bodyLength;
  private @Nullable String broken;

  public EslFrameDecoder(EslLimits limits) {
    this.limits = limits;
  }

  /** Takes a copy of all that remains in the buffer. */
  public void feed(ByteBuffer chunk) {
    int length = chunk.remaining();
    makeRoom(length);
    chunk.get(buffer, end, length);
    end += length;
  }

  /** Takes a copy of a piece of the array. */
  public void feed(byte[] chunk, int offset, int length) {
    makeRoom(length);
    System.arraycopy(chunk, offset, buffer, end, length);
    end += length;
  }

  /** How many bytes are held that make no whole frame yet (or were not yet taken). */
  public int buffered() {
    return end - start;
  }

  /**
   * The next whole frame, or null until more bytes come.
   *
   * @throws EslProtocolException if what comes cannot be a frame or is larger than allowed
   */
  public @Nullable EslFrame next() throws EslProtocolException {
    if (broken != null) {
      throw new EslProtocolException(broken);
    }
    try {
      return nextFrame();
    } catch (EslProtocolException e) {
      broken = e.getMessage();
      throw e;
    }
  }

  private @Nullable EslFrame nextFrame() throws EslProtocolException {
    if (bodyStart == UNKNOWN && !scanHeaders()) {
      return null;
    }
    int frameEnd = bodyStart + bodyLength;
    if (end < frameEnd) {
      return null;
    }
    EslFrame frame = new EslFrame(Arrays.copyOfRange(buffer, start, frameEnd), bodyStart - start);
    start = frameEnd;
    lineStart = frameEnd;
    scanned = frameEnd;
    bodyStart = UNKNOWN;
    bodyLength = 0;
    return frame;
  }

  /**
   * Looks at the header lines as they complete: garbage is told at its first line, not when a limit
   * is reached.
   */
  private boolean scanHeaders() throws EslProtocolException {
    int limit = Math.min(end, start + limits.maxHeaderBytes());
    int at = scanned;
    while (at < limit) {
      if (buffer[at] != '\n') {
        at++;
      } else if (at == lineStart) {
        if (at == start) {
          throw new EslProtocolException("an empty line where a frame has to begin");
        }
        bodyStart = at + 1;
        return true;
      } else {
        readLine(lineStart, at);
        at++;
        lineStart = at;
      }
    }
    scanned = at;
    if (end - start >= limits.maxHeaderBytes()) {
      throw new EslProtocolException(
          "a header block of more than "
              + limits.maxHeaderBytes()
              + " bytes: "
              + Excerpt.of(buffer, start, end));
    }
    return false;
  }

  private void readLine(int from, int to) throws EslProtocolException {
    int colon = from;
    while (colon < to && buffer[colon] > ' ' && buffer[colon] != ':') {
      colon++;
    }
    if (colon == from || colon == to || buffer[colon] != ':') {
      throw new EslProtocolException("a line that is no header: " + Excerpt.of(buffer, from, to));
    }
    if (Arrays.equals(buffer, from, colon, CONTENT_LENGTH, 0, CONTENT_LENGTH.length)) {
      String text = new String(buffer, colon + 1, to - colon - 1, ISO_8859_1);
      int length = Decimal.parse(text);
      if (length < 0) {
        throw new EslProtocolException(
            "a Content-Length that is no length: " + Excerpt.of(buffer, colon + 1, to));
      }
      if (length > limits.maxBodyBytes()) {
        throw new EslProtocolException(
            "a frame of " + length + " bytes; at most " + limits.maxBodyBytes() + " are taken");
      }
      bodyLength = length;
    }
  }

  private void makeRoom(int length) {
    if (end + length <= buffer.length) {
      return;
    }
    int held = end - start;
    int needed = Math.addExact(held, length);
    // Grown by what has come, never by what a header promises.
    boolean fits = needed <= buffer.length && (buffer.length <= KEEP || needed > KEEP);
    byte[] target = fits ? buffer : new byte[Math.max(SMALL, Math.addExact(needed, needed / 2))];
    System.arraycopy(buffer, start, target, 0, held);
    buffer = target;
    lineStart -= start;
    scanned -= start;
    bodyStart = bodyStart == UNKNOWN ? UNKNOWN : bodyStart - start;
    start = 0;
    end = held;
  }
}
