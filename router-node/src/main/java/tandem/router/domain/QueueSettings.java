package tandem.router.domain;

import java.time.Duration;

/**
 * How a queue works.
 *
 * @param strategy how an agent is picked
 * @param ringTimeout how long an agent's phone rings, 1 s to 120 s
 * @param wrapUp after-call work after each call, 0 s to 1 h
 */
public record QueueSettings(Strategy strategy, Duration ringTimeout, Duration wrapUp) {
  public static final QueueSettings DEFAULT =
      new QueueSettings(Strategy.LONGEST_IDLE, Duration.ofSeconds(15), Duration.ofSeconds(10));

  public QueueSettings {
    between("ringTimeout", ringTimeout, Duration.ofSeconds(1), Duration.ofSeconds(120));
    between("wrapUp", wrapUp, Duration.ZERO, Duration.ofHours(1));
  }

  private static void between(String field, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          field + ": must be " + least + " to " + most + ", got " + value);
    }
  }
}
