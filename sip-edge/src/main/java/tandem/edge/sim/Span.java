package tandem.edge.sim;

import java.time.Duration;
import java.util.Random;

/**
 * A length of time drawn evenly from a range, in milliseconds.
 *
 * @param least shortest
 * @param most longest
 */
public record Span(long least, long most) {

  /** Refuses a negative or an empty range. */
  public Span {
    if (least < 0 || most < least) {
      throw new IllegalArgumentException(
          "a span needs 0 <= least <= most, not " + least + ".." + most);
    }
  }

  /** Always the same. */
  public static Span of(long millis) {
    return new Span(millis, millis);
  }

  /** {@code 500} or {@code 200..800}, in milliseconds; anything else is refused. */
  public static Span parse(String text) {
    int dots = text.indexOf("..");
    try {
      return dots < 0
          ? of(Long.parseLong(text))
          : new Span(
              Long.parseLong(text.substring(0, dots)), Long.parseLong(text.substring(dots + 2)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "not a span of milliseconds (500 or 200..800): " + text, e);
    }
  }

  Duration draw(Random random) {
    return Duration.ofMillis(least + (most == least ? 0 : random.nextLong(most - least + 1)));
  }
}
