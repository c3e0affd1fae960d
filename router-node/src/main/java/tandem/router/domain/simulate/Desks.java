package tandem.router.domain.simulate;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tandem.router.domain.AgentId;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.expr.Expression;
import tandem.router.domain.expr.ExpressionException;
import tandem.router.domain.expr.Expressions;
import tandem.router.domain.expr.Facts;
import tandem.router.domain.expr.Scope;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.select.Matcher;

/** All queues, each made when the first caller comes to it; brings callers and agents together. */
final class Desks {
  /** Hears of every match. */
  interface Offers {
    void offer(int call, Desk desk, List<AgentId> agents);
  }

  private final PlanInForce plan;
  private final List<SimAgent> agents;
  private final Agenda agenda;
  private final long seed;
  private final SortedMap<String, Desk> desks = new TreeMap<>();

  /** Those where something has changed, in the order in which they go. */
  private final Set<Desk> changed = new LinkedHashSet<>();

  Desks(PlanInForce plan, List<SimAgent> agents, Agenda agenda, long seed) {
    this.plan = plan;
    this.agents = agents;
    this.agenda = agenda;
    this.seed = seed;
  }

  Map<String, Desk> all() {
    return desks;
  }

  Desk get(String name) {
    Desk known = desks.get(name);
    if (known != null) {
      return known;
    }
    QueueRule rule = plan.plan().queue(name).orElseGet(() -> QueueRule.of(QueueSettings.DEFAULT));
    Desk desk = new Desk(name, rule, new Matcher<>(rule, name, plan.version(), seed));
    desks.put(name, desk);
    Optional<Expression> members =
        rule.members().isEmpty()
            ? Optional.empty()
            : Optional.of(Expressions.of(Scope.MEMBER, rule.members()));
    for (SimAgent agent : agents) {
      if (agent.member.queues().contains(name)
          || members.filter(expression -> meets(expression, agent, name)).isPresent()) {
        desk.hasMember(agent, agenda.now());
      }
    }
    return desk;
  }

  /** An expression that cannot be told of an agent does not hold for it. */
  private static boolean meets(Expression expression, SimAgent agent, String queue) {
    try {
      return expression.test(
          Facts.ofAgent(agent.id().name(), agent.member.traits(), queue, Map.of()));
    } catch (ExpressionException e) {
      return false;
    }
  }

  /** There may be a match. */
  void mark(Desk desk) {
    changed.add(desk);
  }

  /** An agent has changed: its queues hear of it and look, the one whose turn it is first. */
  void hear(SimAgent agent) {
    for (Desk desk : agent.inTurn()) {
      desk.hears(agent, agenda.now());
      changed.add(desk);
    }
  }

  /** Makes all the matches there are at this instant. */
  void settle(Offers offers) {
    while (!changed.isEmpty()) {
      Iterator<Desk> first = changed.iterator();
      Desk desk = first.next();
      first.remove();
      Optional<Matcher.Match<Integer>> match = desk.matcher().next(agenda.now());
      while (match.isPresent()) {
        offers.offer(match.get().waiter().id(), desk, match.get().agents());
        match = desk.matcher().next(agenda.now());
      }
      looksAgain(desk);
    }
  }

  /** Tiers open and waits for a last agent end without anything else happening. */
  private void looksAgain(Desk desk) {
    Instant next = desk.matcher().nextChange(agenda.now());
    if (next == null || !next.isAfter(agenda.now())) {
      return;
    }
    Instant before = desk.looksAt;
    if (before == null || next.isBefore(before)) {
      desk.looksAt = next;
      agenda.at(
          next,
          () -> {
            if (next.equals(desk.looksAt)) {
              desk.looksAt = null;
            }
            mark(desk);
          });
    }
  }
}
