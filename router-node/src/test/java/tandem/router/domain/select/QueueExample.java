package tandem.router.domain.select;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tandem.router.domain.AgentId;
import tandem.router.domain.Attributes;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.Strategy;
import tandem.router.domain.TenantId;
import tandem.router.domain.Traits;
import tandem.router.domain.plan.Ageing;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.select.Matcher.Match;
import tandem.router.domain.select.Matcher.Standing;
import tandem.router.domain.select.Matcher.Waiter;

/** A queue at nine o'clock, for examples: rules, agents and callers in few words. */
final class QueueExample {
  static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  static final Wants SPANISH = wants("skill('es') >= 5", "");

  private QueueExample() {}

  /** Hands out all there is, as a queue does. */
  static List<String> handOut(Matcher<String> queue) {
    List<String> handedOut = new ArrayList<>();
    Optional<Match<String>> match = queue.next(NINE);
    while (match.isPresent()) {
      Waiter<String> waiter = match.get().waiter();
      queue.remove(waiter.id());
      match.get().agents().forEach(queue::asked);
      handedOut.add(waiter.id() + ' ' + match.get().agents().get(0).name());
      match = queue.next(NINE);
    }
    return handedOut;
  }

  static List<String> names(Optional<Match<String>> match) {
    return match.orElseThrow().agents().stream().map(AgentId::name).toList();
  }

  static Matcher<String> queue(Strategy strategy) {
    return queue(rule(strategy, List.of(), Ageing.NONE));
  }

  static Matcher<String> queue(QueueRule rule) {
    return new Matcher<>(rule, "support", 7, 0);
  }

  /** At most three phones, sticky for 30 s, bob first by order. */
  static QueueRule rule(Strategy strategy, List<QueueRule.Tier> tiers, Ageing ageing) {
    return new QueueRule(
        new QueueSettings(strategy, Duration.ofSeconds(15), Duration.ZERO),
        "",
        tiers,
        "",
        List.of("bob"),
        1,
        Duration.ofSeconds(5),
        3,
        Duration.ofSeconds(30),
        ageing,
        QueueRule.Limits.NONE,
        null);
  }

  static List<QueueRule.Tier> redThenBlue() {
    return List.of(
        new QueueRule.Tier("'red' in agent.teams", Duration.ZERO),
        new QueueRule.Tier("'blue' in agent.teams", Duration.ofSeconds(20)));
  }

  static void free(Matcher<String> queue, String agent, int idleSeconds) {
    queue.agent(id(agent), standing(Traits.NONE, 1, idleSeconds));
  }

  static void comes(Matcher<String> queue, String call, int seconds) {
    put(queue, call, Wants.ANYBODY, 50, seconds);
  }

  static void put(Matcher<String> queue, String call, Wants wants, int priority, int seconds) {
    queue.put(new Waiter<>(call, wants, priority, NINE.minusSeconds(seconds), null, Set.of()));
  }

  static Standing standing(Traits traits, int free, int idleSeconds) {
    return new Standing(
        traits, free, NINE.minusSeconds(idleSeconds), 0, Duration.ZERO, Instant.EPOCH);
  }

  static Traits traits(String skill, int level) {
    return Traits.of(Map.of(skill, level), List.of(), List.of(), Attributes.NONE);
  }

  static Traits team(String team) {
    return Traits.of(Map.of(), List.of(), List.of(team), Attributes.NONE);
  }

  static Wants wants(String require, String prefer) {
    return new Wants(require, prefer, Collections.emptySortedMap());
  }

  static Wants forAgent(String agent) {
    SortedMap<String, Object> call = new TreeMap<>(Map.of("call.to", agent));
    return new Wants("agent.name == call.to", "", call);
  }

  static AgentId id(String name) {
    return new AgentId(new TenantId("acme"), name);
  }
}
