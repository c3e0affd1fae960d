package tandem.router.domain.select;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.Strategy;
import tandem.router.domain.Traits;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.select.Matcher.Standing;
import tandem.router.domain.select.Matcher.Waiter;

/** The matcher's rules written straight down: every look goes over all callers and all agents. */
final class NaiveMatcher {
  interface Truth {
    boolean of(String expression, AgentId agent, Traits traits, Map<String, Object> call);
  }

  record Found(Waiter<Integer> waiter, List<AgentId> agents) {}

  final Map<AgentId, Standing> agents = new TreeMap<>();
  final Map<AgentId, Integer> asked = new TreeMap<>();
  final Map<Integer, Waiter<Integer>> waiters = new TreeMap<>();
  private final Truth truth;
  private final long seed;
  QueueRule rule;
  @Nullable AgentId last;
  long draws;

  NaiveMatcher(QueueRule rule, Truth truth, long seed) {
    this.rule = rule;
    this.truth = truth;
    this.seed = seed;
  }

  Optional<Found> next(Instant now) {
    for (Waiter<Integer> waiter : inLine(now)) {
      List<AgentId> eligible = eligible(waiter, waiter.tried(), now, true);
      if (!eligible.isEmpty()) {
        int phones = rule.settings().strategy() == Strategy.RING_ALL ? rule.ringAtMost() : 1;
        return Optional.of(new Found(waiter, eligible.stream().limit(phones).toList()));
      }
    }
    return Optional.empty();
  }

  List<Waiter<Integer>> inLine(Instant now) {
    Comparator<Waiter<Integer>> order =
        Comparator.<Waiter<Integer>>comparingDouble(waiter -> -urgency(waiter, now))
            .thenComparing(Waiter::since)
            .thenComparing(Waiter::id);
    return waiters.values().stream().sorted(order).toList();
  }

  double urgency(Waiter<Integer> waiter, Instant now) {
    return waiter.priority() + rule.ageing().after(waited(waiter, now));
  }

  Optional<AgentId> another(Waiter<Integer> waiter, Set<AgentId> ringing, Instant now) {
    if (!rule.settings().strategy().ringsSeveral() || ringing.size() >= rule.ringAtMost()) {
      return Optional.empty();
    }
    Set<AgentId> not = new HashSet<>(waiter.tried());
    not.addAll(ringing);
    return eligible(waiter, not, now, false).stream().findFirst();
  }

  /** All whom this caller may have, best first. */
  List<AgentId> eligible(
      Waiter<Integer> waiter, Set<AgentId> not, Instant now, boolean mayBeSticky) {
    AgentId only = mayBeSticky ? awaited(waiter, now) : null;
    return agents.keySet().stream()
        .filter(this::isFree)
        .filter(id -> !agents.get(id).from().isAfter(now))
        .filter(id -> meets(waiter.wants().require(), id, waiter.wants(), true))
        .filter(id -> tier(id, waiter, now) >= 0)
        .filter(id -> !not.contains(id))
        .filter(id -> only == null || only.equals(id))
        .sorted(
            Comparator.<AgentId>comparingInt(id -> tier(id, waiter, now))
                .thenComparing(id -> !isPreferred(waiter, id))
                .thenComparing(strategy()))
        .toList();
  }

  SortedMap<String, Integer> excluded(Waiter<Integer> waiter, Instant now) {
    SortedMap<String, Integer> excluded = new TreeMap<>();
    AgentId only = awaited(waiter, now);
    for (AgentId id : agents.keySet()) {
      String reason =
          !isFree(id)
              ? "not-free"
              : !meets(waiter.wants().require(), id, waiter.wants(), true)
                  ? "requirement"
                  : tier(id, waiter, now) < 0
                      ? "tier"
                      : waiter.tried().contains(id)
                          ? "tried"
                          : agents.get(id).from().isAfter(now)
                              ? "later"
                              : only != null && !only.equals(id) ? "sticky" : "";
      if (!reason.isEmpty()) {
        excluded.merge(reason, 1, Integer::sum);
      }
    }
    return excluded;
  }

  boolean isPreferred(Waiter<Integer> waiter, AgentId id) {
    return meets(waiter.wants().prefer(), id, waiter.wants(), false);
  }

  boolean isFree(AgentId id) {
    return agents.get(id).free() > asked.getOrDefault(id, 0);
  }

  boolean meets(String expression, AgentId id, Wants wants, boolean ifEmpty) {
    return expression.isEmpty()
        ? ifEmpty
        : truth.of(expression, id, agents.get(id).traits(), wants.call());
  }

  private @Nullable AgentId awaited(Waiter<Integer> waiter, Instant now) {
    AgentId agent = waiter.last();
    return rule.settings().strategy() == Strategy.LAST_AGENT
            && agent != null
            && agents.containsKey(agent)
            && !waiter.tried().contains(agent)
            && meets(waiter.wants().require(), agent, waiter.wants(), true)
            && now.isBefore(waiter.since().plus(rule.sticky()))
        ? agent
        : null;
  }

  /** The first open tier of an agent; -1 when none is. */
  private int tier(AgentId id, Waiter<Integer> waiter, Instant now) {
    if (rule.tiers().isEmpty()) {
      return 0;
    }
    for (int i = 0; i < rule.tiers().size(); i++) {
      QueueRule.Tier tier = rule.tiers().get(i);
      boolean open = waited(waiter, now).compareTo(tier.after()) >= 0;
      if (open && meets(tier.members(), id, Wants.ANYBODY, true)) {
        return i;
      }
    }
    return -1;
  }

  private static Duration waited(Waiter<Integer> waiter, Instant now) {
    Duration waited = Duration.between(waiter.since(), now);
    return waited.isNegative() ? Duration.ZERO : waited;
  }

  private Comparator<AgentId> strategy() {
    Comparator<AgentId> byIdle =
        Comparator.<AgentId, Instant>comparing(id -> agents.get(id).idleSince())
            .thenComparing(Comparator.naturalOrder());
    return switch (rule.settings().strategy()) {
      case LONGEST_IDLE, RING_ALL, LAST_AGENT -> byIdle;
      case ROUND_ROBIN ->
          Comparator.<AgentId, Boolean>comparing(id -> last != null && id.compareTo(last) <= 0)
              .thenComparing(Comparator.naturalOrder());
      case TOP_DOWN, RING_PROGRESSIVELY ->
          Comparator.<AgentId>comparingInt(
                  id -> {
                    int place = rule.order().indexOf(id.name());
                    return place < 0 ? Integer.MAX_VALUE : place;
                  })
              .thenComparing(Comparator.naturalOrder());
      case FEWEST_CALLS ->
          Comparator.<AgentId>comparingLong(id -> agents.get(id).calls()).thenComparing(byIdle);
      case LEAST_TALK_TIME ->
          Comparator.<AgentId, Duration>comparing(id -> agents.get(id).talk())
              .thenComparing(byIdle);
      case MOST_SKILLED ->
          Comparator.<AgentId>comparingLong(id -> -score(id)).thenComparing(byIdle);
      case LEAST_SKILLED -> Comparator.<AgentId>comparingLong(this::score).thenComparing(byIdle);
      case RANDOM, WEIGHTED_RANDOM -> {
        Comparator<Candidate> order = Selection.of(rule, seed).comparator(null, draws);
        yield (a, b) -> order.compare(candidate(a), candidate(b));
      }
    };
  }

  private Candidate candidate(AgentId id) {
    Standing agent = agents.get(id);
    return Candidate.of(id, agent.idleSince(), agent.calls(), agent.talk(), score(id));
  }

  /** All tests score by the level of one skill, or not at all. */
  private long score(AgentId id) {
    return rule.score().isEmpty() ? 1 : agents.get(id).traits().skill("es");
  }
}
