package tandem.edge.link;

import java.time.Duration;
import java.time.Instant;

/**
 * How many originates a second the switch is given: the configured rate, and less when it answers
 * slowly or refuses. Single owner of that rate.
 */
final class Pacer {
  /** A busy moment may take this share of a second's originates at once. */
  private static final double BURST_SECONDS = 0.1;

  private static final double LESS = 0.8;

  /** Of the configured rate, for each reply in time. */
  private static final double MORE = 0.02;

  /** Weight of the newest reply: one late reply of a busy moment is no slow switch. */
  private static final double NEWEST = 0.1;

  private static final Duration BETWEEN_CUTS = Duration.ofSeconds(1);

  private final double most;
  private final double least;
  private final Duration slow;
  private double rate;
  private double usualMillis;
  private double tokens;
  private Instant filledAt;
  private Instant cutAt;

  /**
   * @param most originates a second when all is well
   * @param slow when replies usually take longer the rate is lowered
   */
  Pacer(double most, double least, Duration slow, Instant now) {
    this.most = most;
    this.least = Math.min(least, most);
    this.slow = slow;
    this.rate = most;
    this.tokens = burst();
    this.filledAt = now;
    this.cutAt = now.minus(BETWEEN_CUTS);
  }

  /** Whether one more may be written now; takes it if so. */
  boolean take(Instant now) {
    double seconds = Math.max(0, Duration.between(filledAt, now).toNanos() / 1e9);
    filledAt = now;
    tokens = Math.min(burst(), tokens + seconds * rate);
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }

  /** An originate was answered after that long. */
  void answeredAfter(Duration took, Instant now) {
    usualMillis += NEWEST * (took.toNanos() / 1e6 - usualMillis);
    if (usualMillis > slow.toMillis()) {
      cut(now);
    } else {
      rate = Math.min(most, rate + most * MORE);
    }
  }

  /** The switch refused one although nothing was wrong with it. */
  void refused(Instant now) {
    cut(now);
  }

  double rate() {
    return rate;
  }

  private void cut(Instant now) {
    if (!now.isBefore(cutAt.plus(BETWEEN_CUTS))) {
      rate = Math.max(least, rate * LESS);
      cutAt = now;
    }
  }

  private double burst() {
    return Math.max(1, rate * BURST_SECONDS);
  }
}
