package tandem.router.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.PlanInForce;

/**
 * One tenant's plan as this node knows it, and earlier versions that calls still follow.
 *
 * @param stamp of what is in force, as {@link RoutingPlan.InForce#stamp}
 * @param earlier the last of them that were used, by version
 */
record PlanCopy(long stamp, PlanInForce inForce, Map<Long, Plan> earlier) {
  /** A call follows its version for its life: hours, in which few versions are published. */
  private static final int EARLIER_KEPT = 20;

  static final PlanCopy NONE = new PlanCopy(0, PlanInForce.NONE, Map.of());

  PlanCopy {
    earlier = Collections.unmodifiableMap(new LinkedHashMap<>(earlier));
  }

  PlanCopy now(long newStamp, PlanInForce newer) {
    return newStamp <= stamp
        ? this
        : new PlanCopy(
            newStamp, newer, inForce.version() == newer.version() ? earlier : with(inForce));
  }

  PlanCopy withEarlier(long version, Plan plan) {
    return new PlanCopy(stamp, inForce, with(new PlanInForce(version, plan, Map.of())));
  }

  Optional<Plan> version(long version) {
    if (version == 0) {
      return Optional.of(Plan.EMPTY);
    }
    return version == inForce.version()
        ? Optional.of(inForce.plan())
        : Optional.ofNullable(earlier.get(version));
  }

  private Map<Long, Plan> with(PlanInForce one) {
    Map<Long, Plan> all = new LinkedHashMap<>(earlier);
    all.remove(one.version());
    all.put(one.version(), one.plan());
    while (all.size() > EARLIER_KEPT) {
      all.remove(all.keySet().iterator().next());
    }
    return all;
  }
}
