package tandem.bench;

import org.HdrHistogram.Histogram;
import org.openjdk.jmh.util.Statistics;

/**
 * How long decisions took on one thread.
 *
 * @param what was decided among whom
 * @param perSecond decisions a second
 */
record DecisionResult(String what, double perSecond, double p50Micros, double p99Micros) {
  static DecisionResult of(String what, Histogram nanos) {
    return new DecisionResult(
        what,
        1e9 / nanos.getMean(),
        nanos.getValueAtPercentile(50) / 1e3,
        nanos.getValueAtPercentile(99) / 1e3);
  }

  /** As JMH has sampled them, in nanoseconds. */
  static DecisionResult of(String what, Statistics nanos) {
    return new DecisionResult(
        what, 1e9 / nanos.getMean(), nanos.getPercentile(50) / 1e3, nanos.getPercentile(99) / 1e3);
  }
}
