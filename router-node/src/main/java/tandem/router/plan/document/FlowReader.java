package tandem.router.plan.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Names;
import tandem.router.domain.expr.Scope;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Plan;

/** Reads flows, and finds rules and flows no call comes to or gets out of. */
final class FlowReader {
  private final Workshop workshop;
  private final Problems problems;
  private final Values values;
  private final References references;
  private final ActionReader actions;
  private final Map<String, Found> flows = new TreeMap<>();
  private int rules;

  /** A flow and its rules, with those that are wrong in part. */
  private record Found(Tree.Member member, List<Rule> rules) {}

  /**
   * A rule.
   *
   * @param always whether it holds for every call
   * @param action null when it is wrong
   */
  private record Rule(Tree tree, boolean always, String when, @Nullable Action action) {
    /** Whether no call comes past it. */
    boolean last() {
      return always && action != null && !action.goesOn();
    }
  }

  FlowReader(Workshop workshop, ActionReader actions) {
    this.workshop = workshop;
    this.problems = workshop.problems();
    this.values = workshop.values();
    this.references = workshop.references();
    this.actions = actions;
  }

  Map<String, Plan.Flow> flows(Fields root) {
    root.named("flows", PlanLimits.FLOWS).forEach(this::flow);
    loops();
    Map<String, Plan.Flow> plain = new TreeMap<>();
    flows.forEach((name, found) -> plain.put(name, plain(name, found)));
    return plain;
  }

  private static Plan.Flow plain(String name, Found found) {
    List<Plan.Rule> rules = new ArrayList<>();
    for (Rule rule : found.rules()) {
      if (rule.action() != null) {
        rules.add(new Plan.Rule(rule.when(), rule.action()));
      }
    }
    return new Plan.Flow(name, rules);
  }

  private void flow(String name, Tree.Member member) {
    try {
      Names.name("flow", name);
    } catch (IllegalArgumentException e) {
      problems.error(member.name(), Words.reason(e));
    }
    List<Rule> found = new ArrayList<>();
    for (Tree item : values.items(member.value(), 1, PlanLimits.RULES_OF_A_FLOW)) {
      Rule rule = rule(item, Links.flow(name));
      if (rule != null) {
        found.add(rule);
      }
    }
    Found flow = new Found(member, found);
    flows.put(name, flow);
    ends(flow);
  }

  private @Nullable Rule rule(Tree tree, String from) {
    if (++rules > PlanLimits.RULES) {
      if (rules == PlanLimits.RULES + 1) {
        problems.error(tree.place(), "a plan has at most " + PlanLimits.RULES + " rules in all");
      }
      return null;
    }
    Fields fields = Fields.of(tree, problems);
    if (fields == null) {
      return null;
    }
    String when = workshop.expressions().read(fields.get("when"), Scope.FLOW);
    Action action = actions.read(fields.need("do"), from);
    boolean always = !fields.has("when") || when.strip().equals("true");
    fields.finish();
    return new Rule(tree, always, when, action);
  }

  /** Rules behind the end, and flows without one. */
  private void ends(Found flow) {
    List<Rule> all = flow.rules();
    for (int i = 0; i + 1 < all.size(); i++) {
      if (all.get(i).last()) {
        problems.warning(
            all.get(i + 1).tree().place(), "no call comes here: the rule before holds for all");
        return;
      }
    }
    if (all.isEmpty()) {
      return;
    }
    Rule last = all.get(all.size() - 1);
    if (last.action() != null && !last.last()) {
      problems.warning(
          last.tree().place(),
          "a call may come past the last rule, and is hung up then; end with a rule without"
              + " 'when'");
    }
  }

  /** Flows that only lead to each other: a call would never come out. */
  private void loops() {
    Set<String> left = new HashSet<>();
    Map<String, Set<String>> onward = new HashMap<>();
    flows.forEach(
        (name, flow) -> {
          Set<String> to = new HashSet<>();
          if (leaves(flow, to)) {
            left.add(name);
          }
          onward.put(name, to);
        });
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Map.Entry<String, Set<String>> flow : onward.entrySet()) {
        if (flow.getValue().stream().anyMatch(left::contains)) {
          grown |= left.add(flow.getKey());
        }
      }
    }
    flows.forEach(
        (name, flow) -> {
          if (!left.contains(name)) {
            problems.error(
                flow.member().name(),
                "a call never comes out of this flow: its rules only lead to "
                    + Words.shown(String.join(", ", onward.getOrDefault(name, Set.of()))));
          }
        });
  }

  /** Whether some call may leave here, and to which flows the others go. */
  private boolean leaves(Found flow, Set<String> to) {
    for (Rule rule : flow.rules()) {
      // Callers who cannot be called back, or find no slot, must come out as well.
      Action action = rule.action() == null ? null : references.atOnce(rule.action());
      if (action instanceof Action.GoTo go) {
        to.add(go.flow());
      } else if (action == null || !action.goesOn()) {
        return true;
      }
      if (rule.last()) {
        return false;
      }
    }
    return true;
  }

  /** Flows no number leads to. To be asked when everything has been read. */
  void unreached() {
    Set<String> reached = workshop.links().reached();
    flows.forEach(
        (name, flow) -> {
          if (!reached.contains(Links.flow(name))) {
            problems.warning(
                flow.member().name(), "no number leads to this flow, directly or by another one");
          }
        });
  }
}
