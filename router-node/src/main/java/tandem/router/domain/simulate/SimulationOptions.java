package tandem.router.domain.simulate;

import java.time.Duration;
import tandem.router.domain.report.ServiceLevelFormula;

/**
 * How a simulation is run and reported.
 *
 * @param seed of all that is drawn: the same seed, plan, traffic and staffing give the same report
 * @param within threshold of the service level, where a queue's rule names none
 * @param shortAbandon who hangs up within it is a short abandon
 * @param region two letters (ISO 3166-1) of callers' numbers without a country code; empty for that
 *     of the number they called
 */
public record SimulationOptions(
    long seed, Duration within, ServiceLevelFormula formula, Duration shortAbandon, String region) {
  /** Seed 1, answered within 20 s, abandons within 5 s short, numbers with country codes. */
  public static final SimulationOptions USUAL =
      new SimulationOptions(
          1,
          Duration.ofSeconds(20),
          ServiceLevelFormula.ABANDON_POSITIVE,
          Duration.ofSeconds(5),
          "");

  public SimulationOptions {
    if (within.isNegative()) {
      throw new IllegalArgumentException("within: must be 0 or more, got " + within);
    }
    if (shortAbandon.isNegative()) {
      throw new IllegalArgumentException("shortAbandon: must be 0 or more, got " + shortAbandon);
    }
  }

  /** The same with another seed. */
  public SimulationOptions withSeed(long other) {
    return new SimulationOptions(other, within, formula, shortAbandon, region);
  }
}
