package tandem.router.plan.simulate;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tandem.router.domain.Durations;

/** Values as they stand in CSV files. An {@link IllegalArgumentException} says what is allowed. */
final class CsvValues {
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,7}([.][0-9]{1,9})?");
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,18}[.][0-9]{1,18}");
  private static final double NANOS = 1e9;
  private static final int LONGEST_TEXT = 64;

  private CsvValues() {}

  static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "must be an instant such as 2026-03-02T08:00:00Z or 2026-03-02T09:00:00+01:00, got '"
              + text
              + "'",
          e);
    }
  }

  static Duration duration(String text) {
    if (SECONDS.matcher(text).matches()) {
      return Duration.ofNanos(Math.round(Double.parseDouble(text) * NANOS));
    }
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be seconds such as 12.5, or a duration such as 15s, 2m or PT15S, got '"
              + text
              + "'",
          e);
    }
  }

  static int whole(String text) {
    if (!WHOLE.matcher(text).matches() || text.length() > 9) {
      throw new IllegalArgumentException("must be a whole number, got '" + text + "'");
    }
    return Integer.parseInt(text);
  }

  static double share(String text) {
    if (!text.equals("0") && !text.equals("1") && !DECIMAL.matcher(text).matches()) {
      throw new IllegalArgumentException("must be 0 to 1, got '" + text + "'");
    }
    return Double.parseDouble(text);
  }

  static String text(String text) {
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "must be at most " + LONGEST_TEXT + " characters, got " + text.length());
    }
    return text;
  }

  /** A number or a boolean where it reads so, else a text. */
  static Object attribute(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    } else if (WHOLE.matcher(text).matches()) {
      return Long.valueOf(text);
    } else if (DECIMAL.matcher(text).matches()) {
      return Double.valueOf(text);
    }
    return text;
  }

  /** Parts between semicolons; empty ones do not count. */
  static List<String> list(String text) {
    return Stream.of(text.split(";", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  static <E extends Enum<E>> E word(Class<E> of, String text) {
    for (E value : of.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "must be one of "
            + String.join(
                ", ",
                Stream.of(of.getEnumConstants())
                    .map(value -> value.name().toLowerCase(Locale.ROOT))
                    .toList())
            + ", got '"
            + text
            + "'");
  }
}
