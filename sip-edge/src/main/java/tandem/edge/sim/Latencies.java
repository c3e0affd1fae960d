package tandem.edge.sim;

import java.util.Arrays;

/** Measured times in microseconds, sorted, that no longer change. */
public final class Latencies {

  private final long[] sorted;

  Latencies(long[] values, int count) {
    sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
  }

  /** How many were measured. */
  public int count() {
    return sorted.length;
  }

  /** The time that a share (0 to 1) of all stays under, in microseconds; 0 without any. */
  public long micros(double share) {
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1.0, share * sorted.length)];
  }

  /** The longest, in microseconds; 0 without any. */
  public long most() {
    return sorted.length == 0 ? 0 : sorted[sorted.length - 1];
  }
}
