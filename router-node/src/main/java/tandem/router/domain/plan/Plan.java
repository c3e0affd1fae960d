package tandem.router.domain.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import tandem.router.domain.ivr.Ivr;
import tandem.router.domain.time.Calendar;

/**
 * A tenant's routing plan, read and checked: which number leads to which flow, what flows do, how
 * queues work and when somebody is there. Expressions are kept as their text.
 *
 * @param waiting what a publish means for those who wait already
 * @param numbers what called numbers lead to; the most specific match counts
 * @param extensions agents by their extension
 * @param directAgents agents whom some action or extension wants by name
 * @param groups ring groups: each a queue of its own with fixed members
 * @param lots park lots
 * @param boxes voicemail boxes; one that is not here is {@link Mailbox#PLAIN}
 * @param ivrs interactive flows
 */
public record Plan(
    Waiting waiting,
    List<NumberRule> numbers,
    Map<String, Calendar> calendars,
    Map<String, String> extensions,
    Map<String, QueueRule> groups,
    Map<String, QueueRule> queues,
    Map<String, Flow> flows,
    Set<String> directAgents,
    Map<String, Lot> lots,
    Map<String, Mailbox> boxes,
    Outgoing outgoing,
    Supervision supervision,
    Map<String, Ivr> ivrs) {

  /** What a publish means for callers who wait. */
  public enum Waiting {
    /** They keep what they were promised. */
    KEEP,
    /** Their flow is run again, and they keep their place in time. */
    MOVE
  }

  /** A called number's flow. */
  public record NumberRule(NumberPattern match, String flow) {}

  /** Ordered rules: the first whose condition holds decides. */
  public record Flow(String name, List<Rule> rules) {
    public Flow {
      rules = List.copyOf(rules);
    }
  }

  /**
   * One rule of a flow.
   *
   * @param when a condition; empty when it always holds
   */
  public record Rule(String when, Action action) {}

  /** The rule of a queue: one of the plan's, of a ring group, or of one agent. */
  public Optional<QueueRule> queue(String name) {
    Optional<String> group = QueueNames.groupOf(name);
    if (group.isPresent()) {
      return Optional.ofNullable(groups.get(group.get()));
    }
    Optional<String> agent = QueueNames.agentOf(name);
    return agent.isPresent()
        ? agent.filter(directAgents::contains).map(QueueRule::ofAgent)
        : Optional.ofNullable(queues.get(name));
  }

  /** Names of all its queues, those of groups and agents too. */
  public SortedSet<String> queueNames() {
    SortedSet<String> names = new TreeSet<>(queues.keySet());
    groups.keySet().forEach(group -> names.add(QueueNames.ofGroup(group)));
    directAgents.forEach(agent -> names.add(QueueNames.ofAgent(agent)));
    return names;
  }

  public static final Plan EMPTY =
      new Plan(Waiting.KEEP, List.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Set.of());

  /** Without park lots, boxes, rules for calls that agents make, and interactive flows. */
  public Plan(
      Waiting waiting,
      List<NumberRule> numbers,
      Map<String, Calendar> calendars,
      Map<String, String> extensions,
      Map<String, QueueRule> groups,
      Map<String, QueueRule> queues,
      Map<String, Flow> flows,
      Set<String> directAgents) {
    this(
        waiting,
        numbers,
        calendars,
        extensions,
        groups,
        queues,
        flows,
        directAgents,
        Map.of(),
        Map.of(),
        Outgoing.NONE,
        Supervision.ALL,
        Map.of());
  }

  public Plan {
    numbers = List.copyOf(numbers);
    calendars = Map.copyOf(calendars);
    extensions = Map.copyOf(extensions);
    groups = Map.copyOf(groups);
    queues = Map.copyOf(queues);
    flows = Map.copyOf(flows);
    directAgents = Set.copyOf(directAgents);
    lots = Map.copyOf(lots);
    boxes = Map.copyOf(boxes);
    ivrs = Map.copyOf(ivrs);
  }
}
