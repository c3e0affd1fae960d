package tandem.edge.esl;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Percent-decoding as FreeSWITCH does it: {@code %XX} is a byte of UTF-8, a plus is a plus, a
 * malformed escape stays as it is.
 */
final class PercentDecoder {
  private PercentDecoder() {}

  static String decode(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '%') {
        return decodeEscapes(bytes, from, i, to);
      }
    }
    return text(bytes, from, to);
  }

  /** The bytes as UTF-8, without the cost of decoding when they are ASCII, as nearly all are. */
  static String text(byte[] bytes, int from, int to) {
    int bits = 0;
    for (int i = from; i < to; i++) {
      bits |= bytes[i];
    }
    return new String(bytes, from, to - from, bits >= 0 ? ISO_8859_1 : UTF_8);
  }

  private static String decodeEscapes(byte[] bytes, int from, int firstEscape, int to) {
    byte[] out = new byte[to - from];
    int length = firstEscape - from;
    System.arraycopy(bytes, from, out, 0, length);
    for (int i = firstEscape; i < to; i++) {
      byte b = bytes[i];
      if (b == '%' && i + 2 < to) {
        int high = Character.digit(bytes[i + 1], 16);
        int low = Character.digit(bytes[i + 2], 16);
        if (high >= 0 && low >= 0) {
          b = (byte) (high << 4 | low);
          i += 2;
        }
      }
      out[length++] = b;
    }
    return text(out, 0, length);
  }
}
