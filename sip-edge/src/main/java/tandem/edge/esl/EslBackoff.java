package tandem.edge.esl;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before connecting again.
 *
 * @param min before the first attempt
 * @param max the longest wait
 * @param factor by which each wait is longer than the one before it
 * @param jitter the part of a wait, 0 to 1, that is drawn at random, so that nodes do not come back
 *     in step
 * @param resetAfter how long a connection must have been ready for the waits to begin at {@code
 *     min} again
 */
public record EslBackoff(
    Duration min, Duration max, double factor, double jitter, Duration resetAfter) {
  public EslBackoff {
    if (min.isNegative() || min.isZero() || max.compareTo(min) < 0) {
      throw new IllegalArgumentException(
          "backoff.min must be positive and not above backoff.max: " + min + ", " + max);
    }
    if (!(factor >= 1) || !(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException(
          "backoff.factor must be at least 1 and backoff.jitter 0 to 1: " + factor + ", " + jitter);
    }
  }

  /**
   * The wait before an attempt, between {@code (1 - jitter)} and 1 times the full one.
   *
   * @param attempt counted from 1
   */
  public Duration delay(int attempt, RandomGenerator random) {
    double full = Math.min((double) max.toNanos(), min.toNanos() * Math.pow(factor, attempt - 1.0));
    return Duration.ofNanos((long) (full * (1 - jitter * random.nextDouble())));
  }
}
