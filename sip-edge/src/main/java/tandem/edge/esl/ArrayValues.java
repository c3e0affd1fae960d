package tandem.edge.esl;

import java.util.List;

/**
 * FreeSWITCH's written form of a variable with several values, {@code ARRAY::a|:b}: the one place
 * that reads and writes it.
 */
final class ArrayValues {
  private static final String PREFIX = "ARRAY::";
  private static final String SEPARATOR = "|:";

  private ArrayValues() {}

  static String join(List<String> values) {
    return PREFIX + String.join(SEPARATOR, values);
  }

  static void addTo(List<String> target, String value) {
    if (!value.startsWith(PREFIX)) {
      target.add(value);
      return;
    }
    int from = PREFIX.length();
    for (int at = value.indexOf(SEPARATOR, from); at >= 0; at = value.indexOf(SEPARATOR, from)) {
      target.add(value.substring(from, at));
      from = at + SEPARATOR.length();
    }
    target.add(value.substring(from));
  }
}
