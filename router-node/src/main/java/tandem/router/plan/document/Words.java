package tandem.router.plan.document;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Words of plans and of messages to their authors. */
final class Words {
  /** Characters of what an author wrote that a message repeats. */
  static final int SHOWN = 80;

  private static final int LISTED = 12;
  private static final int LONGEST_REASON = 1_200;

  private Words() {}

  /** A constant as plans write it: {@code longest-idle}. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> of(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
  }

  /** What an author wrote, cut, and without characters that would break a line or a terminal. */
  static String shown(String text) {
    return shown(text, SHOWN);
  }

  private static String shown(String text, int most) {
    String head = text.length() <= most ? text : text.substring(0, most) + "…";
    StringBuilder shown = new StringBuilder();
    head.codePoints().forEach(c -> shown.appendCodePoint(printable(c) ? c : '?'));
    return shown.toString();
  }

  private static boolean printable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** A duration as plans write it. */
  static String of(Duration duration) {
    if (duration.toMillisPart() != 0) {
      return duration.toMillis() + "ms";
    } else if (duration.toSeconds() % 3600 == 0 && !duration.isZero()) {
      return duration.toHours() + "h";
    } else if (duration.toSeconds() % 60 == 0 && !duration.isZero()) {
      return duration.toMinutes() + "m";
    }
    return duration.toSeconds() + "s";
  }

  /** Some of the names there are. */
  static String some(Collection<String> names) {
    if (names.isEmpty()) {
      return "there are none";
    }
    String some = names.stream().limit(LISTED).map(Words::shown).collect(Collectors.joining(", "));
    return names.size() <= LISTED
        ? "known are " + some
        : "known are " + some + " and " + (names.size() - LISTED) + " more";
  }

  /** The domain's messages begin with the field's name, which the path says already. */
  static String reason(IllegalArgumentException e) {
    return reason(String.valueOf(e.getMessage()));
  }

  static String reason(String message) {
    int colon = message.indexOf(": ");
    boolean named = colon > 0 && message.substring(0, colon).chars().allMatch(Character::isLetter);
    return shown(named ? message.substring(colon + 2) : message, LONGEST_REASON);
  }
}
