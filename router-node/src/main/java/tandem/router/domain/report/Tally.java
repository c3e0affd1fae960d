package tandem.router.domain.report;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Calls and agents' time gathered for a report. Written in place by one owner. Each wait is kept, 8
 * bytes a call, so that figures are exact.
 */
public final class Tally {
  private final Waits answered = new Waits();
  private final Waits abandoned = new Waits();
  private Duration handling = Duration.ZERO;
  private Duration idle = Duration.ZERO;
  private long handled;

  /**
   * A call was answered after so long in the queue.
   *
   * @throws IllegalArgumentException when {@code wait} is negative
   */
  public void answered(Duration wait) {
    answered.add(notNegative("wait", wait));
  }

  /**
   * A caller hung up after so long in the queue.
   *
   * @throws IllegalArgumentException when {@code wait} is negative
   */
  public void abandoned(Duration wait) {
    abandoned.add(notNegative("wait", wait));
  }

  /**
   * An agent was done with a call.
   *
   * @param time talk, hold and wrap-up
   * @throws IllegalArgumentException when {@code time} is negative
   */
  public void handled(Duration time) {
    handling = handling.plus(notNegative("time", time));
    handled++;
  }

  /**
   * An agent was ready for so long and had nothing to do.
   *
   * @throws IllegalArgumentException when {@code time} is negative
   */
  public void idle(Duration time) {
    idle = idle.plus(notNegative("time", time));
  }

  /** Adds all that another tally gathered, which stays as it is. */
  public void add(Tally other) {
    answered.addAll(other.answered);
    abandoned.addAll(other.abandoned);
    handling = handling.plus(other.handling);
    idle = idle.plus(other.idle);
    handled += other.handled;
  }

  /**
   * The calls counted against a threshold; a wait of exactly that long is within it.
   *
   * @param threshold for being answered
   * @param shortAbandon who hangs up within it is a short abandon
   */
  public CallCounts counts(Duration threshold, Duration shortAbandon) {
    return new CallCounts(
        answered.count(),
        answered.within(threshold),
        abandoned.count(),
        abandoned.within(threshold),
        abandoned.within(shortAbandon));
  }

  /**
   * The service level by a formula, 0 to 1; empty when no call counts.
   *
   * @param threshold for being answered
   * @param shortAbandon who hangs up within it is a short abandon
   */
  public OptionalDouble serviceLevel(
      ServiceLevelFormula formula, Duration threshold, Duration shortAbandon) {
    return formula.of(counts(threshold, shortAbandon));
  }

  /** ASA: the queue waits of answered calls ÷ answered calls. */
  public Optional<Duration> averageSpeedOfAnswer() {
    return average(answered.sum(), answered.count());
  }

  /** AHT: talk, hold and wrap-up ÷ handled calls. */
  public Optional<Duration> averageHandleTime() {
    return average(handling, handled);
  }

  /** Handling time ÷ (handling time + ready-and-idle time), 0 to 1. */
  public OptionalDouble occupancy() {
    return share(seconds(handling), seconds(handling.plus(idle)));
  }

  /** Abandoned calls ÷ (answered + abandoned calls), 0 to 1. */
  public OptionalDouble abandonment() {
    return share(abandoned.count(), (double) answered.count() + abandoned.count());
  }

  /**
   * The shortest wait of an answered call that this share of them did not exceed (nearest rank).
   *
   * @param percent above 0, to 100
   * @throws IllegalArgumentException when {@code percent} is out of range
   */
  public Optional<Duration> answeredWait(double percent) {
    return answered.percentile(percent);
  }

  /**
   * The shortest wait of an abandoned call that this share of them did not exceed (nearest rank).
   *
   * @param percent above 0, to 100
   * @throws IllegalArgumentException when {@code percent} is out of range
   */
  public Optional<Duration> abandonedWait(double percent) {
    return abandoned.percentile(percent);
  }

  private static Optional<Duration> average(Duration sum, long count) {
    return count == 0 ? Optional.empty() : Optional.of(sum.dividedBy(count));
  }

  private static OptionalDouble share(double part, double whole) {
    return whole > 0 ? OptionalDouble.of(part / whole) : OptionalDouble.empty();
  }

  private static double seconds(Duration time) {
    return time.getSeconds() + time.getNano() / 1e9;
  }

  private static Duration notNegative(String name, Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException(name + ": must be 0 or more, got " + time);
    }
    return time;
  }
}
