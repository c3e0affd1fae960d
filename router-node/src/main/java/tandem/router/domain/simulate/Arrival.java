package tandem.router.domain.simulate;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Attributes;

/**
 * A call that comes.
 *
 * @param id of its own among the day's calls
 * @param from the caller's number; empty when it was withheld
 * @param to the number that was called
 * @param patience how long the caller waits for an agent before hanging up; null when not known
 * @param handle how long an agent talks with the caller, holds included, wrap-up not; null when not
 *     known
 * @param recorded what really happened; null when not known
 */
public record Arrival(
    String id,
    Instant at,
    String from,
    String to,
    Attributes attributes,
    @Nullable Duration patience,
    @Nullable Duration handle,
    @Nullable Recorded recorded) {
  /** No caller waits longer, and no agent talks longer. */
  public static final Duration LONGEST = Duration.ofHours(24);

  public Arrival {
    within("patience", patience);
    within("handle", handle);
  }

  static void within(String field, @Nullable Duration value) {
    if (value != null && (value.isNegative() || value.compareTo(LONGEST) > 0)) {
      throw new IllegalArgumentException(field + ": must be 0 s to 24 h, got " + value);
    }
  }
}
