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
 * @param callbackAnswer how long the phone of a caller who is called back rings until it is
 *     answered; never longer than the plan lets it ring
 */
public record SimulationOptions(
    long seed,
    Duration within,
    ServiceLevelFormula formula,
    Duration shortAbandon,
    String region,
    Duration callbackAnswer) {
  /**
   * Seed 1, answered within 20 s, abandons within 5 s short, numbers with country codes, callers
   * who are called back answer after 10 s.
   */
  public static final SimulationOptions USUAL =
      new SimulationOptions(
          1,
          Duration.ofSeconds(20),
          ServiceLevelFormula.ABANDON_POSITIVE,
          Duration.ofSeconds(5),
          "",
          Duration.ofSeconds(10));

  public SimulationOptions {
    if (within.isNegative()) {
      throw new IllegalArgumentException("within: must be 0 or more, got " + within);
    }
    if (shortAbandon.isNegative()) {
      throw new IllegalArgumentException("shortAbandon: must be 0 or more, got " + shortAbandon);
    }
    if (callbackAnswer.isNegative()) {
      throw new IllegalArgumentException(
          "callbackAnswer: must be 0 or more, got " + callbackAnswer);
    }
  }

  /** The same with another seed. */
  public SimulationOptions withSeed(long other) {
    return new SimulationOptions(other, within, formula, shortAbandon, region, callbackAnswer);
  }
}
