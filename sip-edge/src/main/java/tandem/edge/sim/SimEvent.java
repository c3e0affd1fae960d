package tandem.edge.sim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event as a list of headers in order (names may repeat), rendered at most once a format
 * however many clients want it.
 */
final class SimEvent {

  private static final String UNSAFE = "\r\n \"#%&+:;<=>?@[\\]^`{|}";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();
  private static final boolean[] ENCODED = new boolean[128];

  static {
    for (int c = 0; c < 128; c++) {
      ENCODED[c] = c < ' ' || c > '~' || UNSAFE.indexOf(c) >= 0;
    }
  }

  private final String name;
  private final List<String> pairs = new ArrayList<>(128);
  private @Nullable String body;
  private byte @Nullable [] plain;
  private byte @Nullable [] json;

  SimEvent(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  SimEvent add(String header, String value) {
    pairs.add(header);
    pairs.add(value);
    return this;
  }

  SimEvent body(String text) {
    body = text;
    return this;
  }

  @Nullable String first(String header) {
    for (int i = 0; i < pairs.size(); i += 2) {
      if (pairs.get(i).equals(header)) {
        return pairs.get(i + 1);
      }
    }
    return null;
  }

  /** The whole frame, {@code text/event-plain}: values percent-encoded, the body not. */
  byte[] plain() {
    byte[] made = plain;
    if (made == null) {
      StringBuilder inner = new StringBuilder(4_096);
      for (int i = 0; i < pairs.size(); i += 2) {
        inner.append(pairs.get(i)).append(": ");
        encode(pairs.get(i + 1), inner);
        inner.append('\n');
      }
      if (body != null) {
        inner.append("Content-Length: ").append(utf8Length(body)).append("\n\n").append(body);
      } else {
        inner.append('\n');
      }
      made = frame("text/event-plain", inner);
      plain = made;
    }
    return made;
  }

  /** The whole frame, {@code text/event-json}; a repeated header is a repeated key. */
  byte[] json() {
    byte[] made = json;
    if (made == null) {
      StringBuilder inner = new StringBuilder(4_096).append('{');
      for (int i = 0; i < pairs.size(); i += 2) {
        if (i > 0) {
          inner.append(',');
        }
        SimJson.string(inner, pairs.get(i)).append(':');
        SimJson.string(inner, pairs.get(i + 1));
      }
      if (body != null) {
        inner.append(",\"Content-Length\":\"").append(utf8Length(body)).append("\",\"_body\":");
        SimJson.string(inner, body);
      }
      made = frame("text/event-json", inner.append('}'));
      json = made;
    }
    return made;
  }

  private static byte[] frame(String type, StringBuilder inner) {
    byte[] content = inner.toString().getBytes(StandardCharsets.UTF_8);
    byte[] head =
        ("Content-Length: " + content.length + "\nContent-Type: " + type + "\n\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[head.length + content.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(content, 0, whole, head.length, content.length);
    return whole;
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void encode(String value, StringBuilder out) {
    int clean = 0;
    while (clean < value.length() && value.charAt(clean) < 128 && !ENCODED[value.charAt(clean)]) {
      clean++;
    }
    if (clean == value.length()) {
      out.append(value);
      return;
    }
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      if (b >= 0 && !ENCODED[b]) {
        out.append((char) b);
      } else {
        out.append('%').append(HEX[(b >> 4) & 15]).append(HEX[b & 15]);
      }
    }
  }
}
