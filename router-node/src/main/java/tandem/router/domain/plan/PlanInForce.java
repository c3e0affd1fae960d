package tandem.router.domain.plan;

import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import tandem.router.domain.time.Calendar;
import tandem.router.domain.time.Manual;

/**
 * A tenant's plan at work.
 *
 * @param version 0 when the tenant has none
 * @param manuals calendars that somebody has opened or closed, by name
 */
public record PlanInForce(long version, Plan plan, Map<String, Manual> manuals) {
  public static final PlanInForce NONE = new PlanInForce(0, Plan.EMPTY, Map.of());

  public PlanInForce {
    manuals = Map.copyOf(manuals);
  }

  /** Which calendars are open at an instant; one that does not exist is closed. */
  public Predicate<String> open(Instant now) {
    return name -> {
      Calendar calendar = plan.calendars().get(name);
      return calendar != null && calendar.isOpen(now, manuals.get(name));
    };
  }
}
