package tandem.router.domain.report;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Single owner of many waits: counted, summed, and sorted when a question needs it. */
final class Waits {
  private static final int FIRST = 16;

  /** Nanoseconds, which reach for 292 years; a longer wait counts as that long. */
  private long[] nanos = new long[FIRST];

  private int count;
  private boolean sorted = true;
  private Duration sum = Duration.ZERO;

  void add(Duration wait) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = TimeUnit.NANOSECONDS.convert(wait);
    sorted = false;
    sum = sum.plus(wait);
  }

  void addAll(Waits other) {
    int more = other.count;
    nanos = Arrays.copyOf(nanos, Math.max(FIRST, count + more));
    System.arraycopy(other.nanos, 0, nanos, count, more);
    count += more;
    sorted = false;
    sum = sum.plus(other.sum);
  }

  int count() {
    return count;
  }

  Duration sum() {
    return sum;
  }

  /** How many are not longer. */
  int within(Duration limit) {
    sort();
    long most = TimeUnit.NANOSECONDS.convert(limit);
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (nanos[middle] <= most) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  Optional<Duration> percentile(double percent) {
    if (!(percent > 0 && percent <= 100)) {
      throw new IllegalArgumentException("percent: must be above 0, to 100, got " + percent);
    }
    if (count == 0) {
      return Optional.empty();
    }
    sort();
    int rank = (int) Math.ceil(percent * count / 100);
    return Optional.of(Duration.ofNanos(nanos[Math.max(1, rank) - 1]));
  }

  private void sort() {
    if (!sorted) {
      Arrays.sort(nanos, 0, count);
      sorted = true;
    }
  }
}
