package tandem.router.domain.plan;

import java.time.Duration;

/**
 * A park lot of a plan.
 *
 * @param first its lowest slot, 1 to {@code last}
 * @param last its highest slot, at most 9,999
 * @param timeout how long a caller waits there to be picked up
 * @param tries how often the parker is called then, 0 to 5
 * @param ring how long its phone rings each time
 * @param then what becomes of a caller whom nobody has picked up, the parker neither, and of one
 *     for whom there is no slot
 */
public record Lot(int first, int last, Duration timeout, int tries, Duration ring, Action then) {
  /** The highest slot there is: more digits nobody presses. */
  public static final int MOST_SLOT = 9_999;

  /** Calls of one parker at most, before somebody else has the caller. */
  public static final int MOST_TRIES = 5;

  /** What counts where a plan says nothing. */
  public static final Duration TIMEOUT = Duration.ofMinutes(2);

  public static final int TRIES = 1;

  public static final Duration RING = Duration.ofSeconds(20);

  public Lot {
    if (first < 1 || last > MOST_SLOT || first > last) {
      throw new IllegalArgumentException(
          "slots: must be 1 to " + MOST_SLOT + ", the lower one first, got " + first + "-" + last);
    } else if (tries < 0 || tries > MOST_TRIES) {
      throw new IllegalArgumentException("tries: must be 0 to " + MOST_TRIES + ", got " + tries);
    } else if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout: must be more than nothing, got " + timeout);
    } else if (ring.isNegative() || ring.isZero()) {
      throw new IllegalArgumentException("ring: must be more than nothing, got " + ring);
    }
  }

  /** Whether it has this slot. */
  public boolean has(int slot) {
    return first <= slot && slot <= last;
  }
}
