package tandem.router.domain.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Calls drawn from known distributions: Poisson arrivals, exponential patience and talk. */
final class RandomDay {
  private final SplittableRandom random;

  RandomDay(long seed) {
    this.random = new SplittableRandom(seed);
  }

  double exponential(double mean) {
    return -mean * Math.log1p(-random.nextDouble());
  }

  /** Log-normal with a mean; sigma is that of the logarithm. */
  double logNormal(double mean, double sigma) {
    double normal =
        Math.sqrt(-2 * Math.log1p(-random.nextDouble()))
            * Math.cos(2 * Math.PI * random.nextDouble());
    return mean * Math.exp(sigma * normal - sigma * sigma / 2);
  }

  /**
   * So many calls.
   *
   * @param gap mean seconds between two
   * @param patience mean seconds; null for callers who never hang up
   * @param talk mean seconds
   */
  List<Arrival> calls(int count, double gap, @Nullable Double patience, double talk) {
    List<Arrival> calls = new ArrayList<>();
    double at = 0;
    for (int i = 0; i < count; i++) {
      at += exponential(gap);
      calls.add(
          Day.call(i, at, patience == null ? null : exponential(patience), exponential(talk)));
    }
    return calls;
  }
}
