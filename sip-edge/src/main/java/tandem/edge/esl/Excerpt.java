package tandem.edge.esl;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A short printable piece of foreign bytes for an error text, so that garbage reaches neither the
 * log nor the terminal raw.
 */
final class Excerpt {
  private static final int MAX = 40;

  private Excerpt() {}

  static String of(byte[] bytes, int from, int to) {
    int end = from;
    while (end < to && end < from + MAX && bytes[end] != '\n') {
      end++;
    }
    String text = new String(bytes, from, end - from, ISO_8859_1);
    StringBuilder out = new StringBuilder("\"");
    text.chars().forEach(c -> out.append(c >= 0x20 && c < 0x7f ? (char) c : '?'));
    return out.append(end < to && bytes[end] != '\n' ? "…\"" : "\"").toString();
  }
}
