package tandem.router.domain.estimate;

/** Numbers by seed: SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom generators"). */
final class SplitMix {
  private long state;

  SplitMix(long seed) {
    this.state = seed;
  }

  private long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Even over 0 (inclusive) to 1 (exclusive). */
  double unit() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  double exponential(double mean) {
    return -mean * Math.log1p(-unit());
  }

  /**
   * Log-normal with a mean.
   *
   * @param sigma of the logarithm
   */
  double logNormal(double mean, double sigma) {
    double normal = Math.sqrt(-2 * Math.log1p(-unit())) * Math.cos(2 * Math.PI * unit());
    return mean * Math.exp(sigma * normal - sigma * sigma / 2);
  }
}
