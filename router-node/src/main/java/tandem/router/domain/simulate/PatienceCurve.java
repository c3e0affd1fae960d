package tandem.router.domain.simulate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How long callers wait before they hang up, from recorded waits. Of a caller who was answered it
 * is only known that it would have waited longer: such waits are censored. The share of callers
 * whose patience exceeds t is the product-limit estimate
 *
 * <pre>
 *   S(t) = Π (1 − abandoned at tᵢ ÷ waiting just before tᵢ)   over the abandonments at tᵢ ≤ t
 * </pre>
 *
 * (Kaplan, Meier: "Nonparametric estimation from incomplete observations", JASA 53, 1958). Beyond
 * the last abandonment nothing is known: from there on callers hang up at the average rate,
 * abandonments ÷ all seconds waited, which is the estimate for exponential patience (Mandelbaum,
 * Zeltyn: "Service engineering in action: the Palm/Erlang-A queue", 2007).
 */
final class PatienceCurve {
  /**
   * A wait that was seen.
   *
   * @param abandoned false when it was ended by something else, such as an agent
   */
  record Seen(Duration waited, boolean abandoned) {}

  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e3;

  /** Seconds of the distinct abandonments, and the share that is left from then on. */
  private final double[] times;

  private final double[] left;

  /** Callers who hang up per second, of those who wait; 0 when nobody ever did. */
  private final double rate;

  private final int abandonments;

  private PatienceCurve(double[] times, double[] left, double rate, int abandonments) {
    this.times = times;
    this.left = left;
    this.rate = rate;
    this.abandonments = abandonments;
  }

  static PatienceCurve of(List<Seen> waits) {
    List<Seen> sorted = waits.stream().sorted(Comparator.comparing(Seen::waited)).toList();
    List<double[]> points = new ArrayList<>();
    double share = 1;
    double waited = 0;
    int all = 0;
    int i = 0;
    while (i < sorted.size()) {
      Duration at = sorted.get(i).waited();
      int waiting = sorted.size() - i;
      int gone = 0;
      while (i < sorted.size() && sorted.get(i).waited().equals(at)) {
        gone += sorted.get(i).abandoned() ? 1 : 0;
        waited += seconds(at);
        i++;
      }
      if (gone > 0) {
        share *= 1 - (double) gone / waiting;
        points.add(new double[] {seconds(at), share});
        all += gone;
      }
    }
    return new PatienceCurve(
        points.stream().mapToDouble(point -> point[0]).toArray(),
        points.stream().mapToDouble(point -> point[1]).toArray(),
        waited > 0 ? all / waited : 0,
        all);
  }

  /** Abandonments it was made of. */
  int abandonments() {
    return abandonments;
  }

  /** The share of callers whose patience is longer than this, 0 to 1. */
  double share(Duration wait) {
    int last = lastUpTo(seconds(wait));
    return last < 0 ? 1 : left[last];
  }

  /**
   * The patience of a caller who has waited for a while already.
   *
   * @param waited the patience is longer than this
   * @param chance from 0 to below 1, that the patience of such a caller is shorter than the result
   * @param tail as {@code chance}, for what lies beyond the last abandonment
   * @return empty when nobody ever hung up
   */
  Optional<Duration> patience(Duration waited, double chance, double tail) {
    if (abandonments == 0) {
      return Optional.empty();
    }
    double before = seconds(waited);
    int from = lastUpTo(before) + 1;
    double target = (from == 0 ? 1 : left[from - 1]) * (1 - chance);
    int low = from;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (left[middle] < target) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    double found;
    if (low < times.length) {
      found = times[low];
    } else {
      double begin = Math.max(before, times[times.length - 1]);
      found = rate == 0 ? begin : begin - Math.log1p(-tail) / rate;
    }
    return Optional.of(Duration.ofMillis(Math.round(found * MILLIS)));
  }

  /** The last abandonment at or before a wait; -1 when there is none. */
  private int lastUpTo(double wait) {
    int low = 0;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] <= wait) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  private static double seconds(Duration time) {
    return time.toNanos() / NANOS;
  }
}
