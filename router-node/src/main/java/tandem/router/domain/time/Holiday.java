package tandem.router.domain.time;

import java.util.List;

/**
 * Days that do not follow the week: closed, or open at other times.
 *
 * @param name for people, 1 to 200 characters on one line
 * @param spans when it is open on these days; empty when it is closed. They do not overlap.
 */
public record Holiday(String name, DayRule when, List<Span> spans) {
  /** Characters a name has at most. */
  public static final int LONGEST_NAME = 200;

  public Holiday {
    if (name.isBlank()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "name: must be 1 to " + LONGEST_NAME + " characters on one line, got '" + name + "'");
    }
    try {
      spans = Span.apart(spans);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("hours: " + e.getMessage(), e);
    }
  }

  /** Closed all day. */
  public Holiday(String name, DayRule when) {
    this(name, when, List.of());
  }
}
