package tandem.router.domain.estimate;

import java.time.Duration;
import java.time.Instant;

/** Weight that halves each half-life; times are in seconds. */
final class Decay {
  private static final double NANOS = 1e-9;
  private final double lambda;

  Decay(Duration halfLife) {
    this.lambda = Math.log(2) / seconds(halfLife);
  }

  /** The share of a weight that is left after so many seconds, 0 to 1. */
  double kept(double seconds) {
    return Math.exp(-lambda * seconds);
  }

  /** What a steady flow of 1 a second adds up to over so many seconds, weighed as of their end. */
  double integral(double seconds) {
    return -Math.expm1(-lambda * seconds) / lambda;
  }

  static double seconds(Duration time) {
    return time.getSeconds() + time.getNano() * NANOS;
  }

  /** From one instant to a later one; 0 when it is not later. */
  static double seconds(Instant from, Instant to) {
    return to.isAfter(from) ? seconds(Duration.between(from, to)) : 0;
  }
}
