package tandem.edge.esl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Positions of the {@code Name: value} lines of a header block within the bytes that hold it. Three
 * numbers a header (name start, colon, line end) instead of two strings is what makes the codec
 * fast: an event has 130 headers and a reader wants a dozen.
 */
final class PlainHeaders implements HeaderIndex {
  private static final int STRIDE = 3;
  private static final int TYPICAL_LINE = 34;

  private final byte[] bytes;
  private final int[] marks;
  private final int length;
  private final int end;
  private final boolean encoded;

  private PlainHeaders(byte[] bytes, int[] marks, int length, int end, boolean encoded) {
    this.bytes = bytes;
    this.marks = marks;
    this.length = length;
    this.end = end;
    this.encoded = encoded;
  }

  /**
   * Indexes lines from {@code from} up to an empty line or {@code to}.
   *
   * @param encoded whether values are percent-encoded
   */
  static PlainHeaders index(byte[] bytes, int from, int to, boolean encoded)
      throws EslProtocolException {
    int[] marks = new int[((to - from) / TYPICAL_LINE + 4) * STRIDE];
    int length = 0;
    int at = from;
    while (at < to && bytes[at] != '\n') {
      int colon = at;
      while (colon < to && bytes[colon] != ':' && bytes[colon] != '\n') {
        colon++;
      }
      if (colon == at || colon == to || bytes[colon] == '\n') {
        throw new EslProtocolException(
            "a header line without a name and a colon: " + Excerpt.of(bytes, at, to));
      }
      int lineEnd = colon + 1;
      while (lineEnd < to && bytes[lineEnd] != '\n') {
        lineEnd++;
      }
      if (length == marks.length) {
        marks = Arrays.copyOf(marks, marks.length * 2);
      }
      marks[length] = at;
      marks[length + 1] = colon;
      marks[length + 2] = lineEnd;
      length += STRIDE;
      at = lineEnd + 1;
    }
    return new PlainHeaders(bytes, marks, length, Math.min(at + 1, to), encoded);
  }

  /** The same lines, read with or without percent-decoding. */
  PlainHeaders encoded(boolean nowEncoded) {
    return nowEncoded == encoded ? this : new PlainHeaders(bytes, marks, length, end, nowEncoded);
  }

  /** Where the block ends: just behind its empty line. */
  int end() {
    return end;
  }

  boolean startsWith(String name) {
    return length > 0 && isNamed(0, name, name.length());
  }

  @Override
  public @Nullable String first(String name) {
    int at = find(name, 0);
    return at < 0 ? null : value(at);
  }

  @Override
  public @Nullable String last(String name) {
    int wanted = name.length();
    for (int at = length - STRIDE; at >= 0; at -= STRIDE) {
      if (isNamed(at, name, wanted)) {
        return value(at);
      }
    }
    return null;
  }

  @Override
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(2);
    for (int at = find(name, 0); at >= 0; at = find(name, at + STRIDE)) {
      ArrayValues.addTo(values, value(at));
    }
    return values;
  }

  /** Every value of that name as it stands on the wire. */
  List<String> raw(String name) {
    List<String> values = new ArrayList<>(2);
    for (int at = find(name, 0); at >= 0; at = find(name, at + STRIDE)) {
      values.add(PercentDecoder.text(bytes, valueStart(at), marks[at + 2]));
    }
    return values;
  }

  @Override
  public int size() {
    return length / STRIDE;
  }

  @Override
  public void forEach(BiConsumer<String, String> consumer) {
    for (int at = 0; at < length; at += STRIDE) {
      consumer.accept(PercentDecoder.text(bytes, marks[at], marks[at + 1]), value(at));
    }
  }

  private int find(String name, int from) {
    int wanted = name.length();
    for (int at = from; at < length; at += STRIDE) {
      if (isNamed(at, name, wanted)) {
        return at;
      }
    }
    return -1;
  }

  private boolean isNamed(int at, String name, int wanted) {
    int start = marks[at];
    if (marks[at + 1] - start != wanted) {
      return false;
    }
    // Backwards: names differ in their tails (variable_…, Caller-…), so a wrong one is left early.
    for (int i = wanted - 1; i >= 0; i--) {
      if (bytes[start + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int valueStart(int at) {
    int start = marks[at + 1] + 1;
    return start < marks[at + 2] && bytes[start] == ' ' ? start + 1 : start;
  }

  private String value(int at) {
    int from = valueStart(at);
    int to = marks[at + 2];
    return encoded ? PercentDecoder.decode(bytes, from, to) : PercentDecoder.text(bytes, from, to);
  }
}
