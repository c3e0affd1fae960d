package tandem.router.domain.plan;

import java.time.Duration;
import java.util.List;
import tandem.router.domain.Prompt;

/**
 * Which calls of a queue are recorded.
 *
 * @param share of its calls that are recorded from the start, 0 to 1
 * @param onDemand whether people may start a recording
 * @param consent what a caller hears before the first agent is offered; nothing when empty
 * @param keep how long recordings are kept
 */
public record Taping(double share, boolean onDemand, List<Prompt> consent, Duration keep) {
  /** What counts where a plan says nothing. */
  public static final Taping ON_DEMAND = new Taping(0, true, List.of(), Duration.ofDays(90));

  public Taping {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share: must be 0 to 1, got " + share);
    } else if (keep.isNegative() || keep.isZero()) {
      throw new IllegalArgumentException("keep: must be more than nothing, got " + keep);
    }
    consent = List.copyOf(consent);
  }
}
