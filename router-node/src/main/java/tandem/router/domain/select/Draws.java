package tandem.router.domain.select;

/**
 * Chance that can be had again: numbers from a seed, the count of the draw and who draws. Mixing is
 * SplitMix64's (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014).
 */
final class Draws {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long FNV_START = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;
  private static final double STEP = 0x1.0p-53;

  private Draws() {}

  /** A text's number, the same in every process (FNV-1a of its characters, mixed). */
  static long mark(String text) {
    long hash = FNV_START;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return mix(hash);
  }

  /** Above 0 and up to 1, evenly. */
  static double fraction(long seed, long draw, long mark) {
    long bits = mix(mix(seed + GOLDEN * (draw + 1)) ^ mark);
    return ((bits >>> 11) + 1) * STEP;
  }

  private static long mix(long value) {
    long z = value + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
