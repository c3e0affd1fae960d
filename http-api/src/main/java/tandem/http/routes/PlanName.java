package tandem.http.routes;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which of a tenant's plans is meant: {@code draft}, {@code current}, or a version's number.
 *
 * @param version the number; null for the two words
 * @param draft whether the draft is meant
 */
record PlanName(@Nullable Long version, boolean draft) {
  static final String DRAFT = "draft";
  static final String CURRENT = "current";
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

  /** Reads any of the three; an {@link IllegalArgumentException} says what is allowed. */
  static PlanName parse(String text) {
    return switch (text) {
      case DRAFT -> new PlanName(null, true);
      case CURRENT -> new PlanName(null, false);
      default -> new PlanName(number(text, ", 'draft' or 'current'"), false);
    };
  }

  /** Reads what is published: a number or {@code current}. */
  static PlanName published(String text) {
    return text.equals(CURRENT)
        ? new PlanName(null, false)
        : new PlanName(number(text, " or 'current'"), false);
  }

  /** Reads a version's number. */
  static PlanName numbered(String text) {
    return new PlanName(number(text, ""), false);
  }

  private static long number(String text, String others) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be the number of a version such as 3" + others + ", got '" + shown(text) + "'");
    }
    return Long.parseLong(text);
  }

  private static String shown(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
