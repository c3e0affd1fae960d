package tandem.edge.sim;

import org.jspecify.annotations.Nullable;

/** Writes the little JSON that the simulator says: flat objects and arrays of them. */
final class SimJson {

  private final StringBuilder out;
  private boolean first = true;

  private SimJson(StringBuilder out) {
    this.out = out;
  }

  static SimJson object(StringBuilder out) {
    out.append('{');
    return new SimJson(out);
  }

  SimJson put(String key, @Nullable String value) {
    key(key);
    if (value == null) {
      out.append("null");
    } else {
      string(out, value);
    }
    return this;
  }

  SimJson put(String key, long value) {
    key(key);
    out.append(value);
    return this;
  }

  /** A value that is JSON already. */
  SimJson raw(String key, String json) {
    key(key);
    out.append(json);
    return this;
  }

  StringBuilder end() {
    return out.append('}');
  }

  private void key(String key) {
    if (!first) {
      out.append(',');
    }
    first = false;
    string(out, key).append(':');
  }

  static StringBuilder string(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append("\\u00")
                .append(Character.forDigit(c >> 4, 16))
                .append(Character.forDigit(c & 15, 16));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"');
  }
}
