package tandem.router.agent;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.expr.ExpressionException;
import tandem.router.domain.expr.Expressions;
import tandem.router.domain.expr.Facts;
import tandem.router.domain.expr.Scope;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.plan.QueueRule;

/**
 * Which queues an agent belongs to: those its profile names, and those whose membership expression
 * in its tenant's plan holds for it. Worked out once for a profile and a plan.
 */
final class Memberships {
  private final AgentId id;
  private Agent.@Nullable Profile profile;
  private long version = -1;
  private SortedMap<String, Integer> weights = Collections.emptySortedMap();

  Memberships(AgentId id) {
    this.id = id;
  }

  /** The weight of each queue it belongs to, by the queue's name. */
  SortedMap<String, Integer> of(Agent.Profile now, PlanInForce inForce) {
    if (inForce.version() != version || !now.equals(profile)) {
      profile = now;
      version = inForce.version();
      weights = Collections.unmodifiableSortedMap(workedOut(now, inForce.plan()));
    }
    return weights;
  }

  private SortedMap<String, Integer> workedOut(Agent.Profile now, Plan inForce) {
    SortedMap<String, Integer> found = new TreeMap<>();
    now.queues().forEach(queue -> found.put(queue, 1));
    for (String queue : inForce.queueNames()) {
      inForce
          .queue(queue)
          .filter(rule -> found.containsKey(queue) || belongs(now, queue, rule))
          .ifPresent(rule -> found.put(queue, rule.weight()));
    }
    return found;
  }

  /** An expression that cannot be told for this agent does not hold. */
  private boolean belongs(Agent.Profile now, String queue, QueueRule rule) {
    if (rule.members().isEmpty()) {
      return false;
    }
    try {
      return Expressions.of(Scope.MEMBER, rule.members())
          .test(Facts.ofAgent(id.name(), now.traits(), queue, Map.of()));
    } catch (ExpressionException e) {
      return false;
    }
  }
}
