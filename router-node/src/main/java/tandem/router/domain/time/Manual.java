package tandem.router.domain.time;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody said that it is open, or closed, whatever the calendar says.
 *
 * @param until from then on the calendar counts again; null: until it is taken back
 */
public record Manual(boolean open, @Nullable Instant until) {
  /** Whether it still counts. */
  public boolean counts(Instant at) {
    return until == null || at.isBefore(until);
  }
}
