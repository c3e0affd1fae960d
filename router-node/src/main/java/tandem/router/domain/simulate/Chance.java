package tandem.router.domain.simulate;

import java.time.Duration;

/**
 * Chance that can be had again: each number follows from the seed, what it is for, and who draws,
 * so that it stays the same when others draw more or less. Mixing is SplitMix64's (Steele, Lea,
 * Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014).
 */
final class Chance {
  /** What a number is for. */
  enum Purpose {
    PATIENCE,
    TAIL,
    HANDLE,
    ANSWER_DELAY,
    NO_ANSWER
  }

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double STEP = 0x1.0p-53;

  private final long seed;

  Chance(long seed) {
    this.seed = seed;
  }

  /**
   * Even over 0 (inclusive) to 1 (exclusive).
   *
   * @param who number of the one who draws
   * @param turn how often it has drawn before
   */
  double fraction(Purpose purpose, long who, long turn) {
    long bits = mix(mix(mix(seed + GOLDEN * purpose.name().hashCode()) + who) + GOLDEN * turn);
    return (bits >>> 11) * STEP;
  }

  /** Even over a span, in whole milliseconds. */
  Duration between(Duration from, Duration to, Purpose purpose, long who, long turn) {
    double share = fraction(purpose, who, turn);
    return from.plusMillis(Math.round(share * to.minus(from).toMillis()));
  }

  private static long mix(long value) {
    long z = value + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
