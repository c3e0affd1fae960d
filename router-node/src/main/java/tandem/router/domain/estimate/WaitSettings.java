package tandem.router.domain.estimate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How waits are estimated.
 *
 * @param halfLife after so long an observed hand-out weighs half: shorter follows a change of
 *     staffing sooner, longer is steadier where hand-outs are rare
 * @param patienceHalfLife the same for callers who give up; people change less quickly than rosters
 * @param grace a backlog counts after so long; longer than it takes to hand a caller to an agent
 *     who is free
 * @param handleTime what a call takes an agent, believed until calls were observed; null when
 *     nobody knows, and then there is no estimate until then
 * @param mostClasses classes kept; one more makes room of the one that was idle longest, or is
 *     estimated like an average class when all have callers
 * @param forgetAfter a class without callers is forgotten after so long
 */
public record WaitSettings(
    Duration halfLife,
    Duration patienceHalfLife,
    Duration grace,
    @Nullable Duration handleTime,
    int mostClasses,
    Duration forgetAfter) {
  /** Half an hour and an hour; a second's grace; no handle time; 500 classes, kept for an hour. */
  public static final WaitSettings STANDARD =
      new WaitSettings(
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofSeconds(1),
          null,
          500,
          Duration.ofHours(1));

  public WaitSettings {
    positive("halfLife", halfLife);
    positive("patienceHalfLife", patienceHalfLife);
    positive("forgetAfter", forgetAfter);
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace: must be 0 or more, got " + grace);
    }
    if (handleTime != null) {
      positive("handleTime", handleTime);
    }
    if (mostClasses < 1) {
      throw new IllegalArgumentException("mostClasses: must be 1 or more, got " + mostClasses);
    }
  }

  /** The same with a handle time to begin with. */
  public WaitSettings withHandleTime(Duration time) {
    return new WaitSettings(halfLife, patienceHalfLife, grace, time, mostClasses, forgetAfter);
  }

  private static void positive(String name, Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(name + ": must be more than 0, got " + time);
    }
  }
}
