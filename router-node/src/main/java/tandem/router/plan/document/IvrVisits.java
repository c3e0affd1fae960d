package tandem.router.plan.document;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tandem.router.domain.ivr.Ivr;
import tandem.router.domain.ivr.IvrLimits;
import tandem.router.domain.ivr.IvrNode;

/**
 * Finds circles in interactive flows: flows that visit each other without end, and nodes that only
 * lead to each other without anything being played, asked or looked up.
 */
final class IvrVisits {
  private final Problems problems;
  private final References references;
  private final Map<String, IvrReader.Found> flows;
  private final Map<String, Boolean> silent = new HashMap<>();

  IvrVisits(Problems problems, References references, Map<String, IvrReader.Found> flows) {
    this.problems = problems;
    this.references = references;
    this.flows = flows;
  }

  void check() {
    returns();
    Map<String, Integer> depths = new HashMap<>();
    boolean circle = false;
    for (String name : flows.keySet()) {
      circle |= depth(name, new ArrayList<>(), depths) < 0;
    }
    if (!circle) {
      flows.forEach(this::tooDeep);
      flows.forEach(this::goesRound);
    }
  }

  private IvrReader.Found flow(String name) {
    return Objects.requireNonNull(flows.get(name));
  }

  private Ivr ivr(String name) {
    return flow(name).ivr();
  }

  /** Who returns must have been visited, and who is visited should return. */
  private void returns() {
    references
        .ivrUses()
        .forEach(
            (tree, name) ->
                returning(name)
                    .ifPresent(
                        node ->
                            problems.error(
                                tree.place(),
                                "'%s' returns to a flow that visits it (node '%s'), so no action"
                                        .formatted(name, node)
                                    + " can lead there")));
    flows.forEach(
        (name, found) ->
            found
                .ivr()
                .nodes()
                .forEach(
                    (node, one) -> {
                      if (one instanceof IvrNode.Visit visit && returning(visit.ivr()).isEmpty()) {
                        problems.warning(
                            found.place(node),
                            "'%s' never returns, so no caller comes to '%s' from here"
                                .formatted(visit.ivr(), visit.next()));
                      }
                    }));
  }

  private Optional<String> returning(String name) {
    Ivr ivr = ivr(name);
    Set<String> reached = IvrGraph.reached(ivr);
    return ivr.nodes().entrySet().stream()
        .filter(entry -> entry.getValue() instanceof IvrNode.Return)
        .map(Map.Entry::getKey)
        .filter(reached::contains)
        .findFirst();
  }

  /** How many flows are within each other from this one on; -1 when they visit themselves. */
  private int depth(String name, List<String> path, Map<String, Integer> known) {
    Integer before = known.get(name);
    if (before != null) {
      return before;
    }
    List<String> way = new ArrayList<>(path);
    way.add(name);
    int deepest = 0;
    for (Map.Entry<String, IvrNode> entry : ivr(name).nodes().entrySet()) {
      if (!(entry.getValue() instanceof IvrNode.Visit visit)) {
        continue;
      }
      int begin = way.indexOf(visit.ivr());
      if (begin >= 0) {
        problems.error(
            flow(name).place(entry.getKey()),
            "leads back into a flow that waits for this one: "
                + (String.join(" -> ", way.subList(begin, way.size())) + " -> " + visit.ivr()));
        deepest = -1;
        break;
      }
      int depth = depth(visit.ivr(), way, known);
      deepest = depth < 0 || deepest < 0 ? -1 : Math.max(deepest, depth);
    }
    int all = deepest < 0 ? -1 : deepest + 1;
    known.put(name, all);
    return all;
  }

  private void tooDeep(String name, IvrReader.Found found) {
    int depth = depth(name, new ArrayList<>(), new HashMap<>());
    if (depth > IvrLimits.DEPTH) {
      problems.error(
          found.member().name(),
          "flows may visit each other %d deep at most, got %d".formatted(IvrLimits.DEPTH, depth));
    }
  }

  /** Nodes that lead to each other and never wait for anything. */
  private void goesRound(String name, IvrReader.Found found) {
    Ivr ivr = found.ivr();
    Set<String> done = new HashSet<>();
    for (String node : ivr.nodes().keySet()) {
      List<String> circle = circle(ivr, node, new ArrayList<>(), done);
      if (!circle.isEmpty()) {
        problems.error(
            found.place(circle.get(0)),
            "goes round without playing, asking or looking anything up: "
                + String.join(" -> ", circle));
        return;
      }
    }
  }

  private List<String> circle(Ivr ivr, String node, List<String> path, Set<String> done) {
    int begin = path.indexOf(node);
    if (begin >= 0) {
      List<String> circle = new ArrayList<>(path.subList(begin, path.size()));
      circle.add(node);
      return circle;
    }
    IvrNode here = ivr.node(node);
    if (done.contains(node) || here == null || !passes(here)) {
      return List.of();
    }
    path.add(node);
    for (String to : here.onward()) {
      List<String> circle = circle(ivr, to, path, done);
      if (!circle.isEmpty()) {
        return circle;
      }
    }
    path.remove(path.size() - 1);
    done.add(node);
    return List.of();
  }

  /** Whether a caller may come past a node without noticing. */
  private boolean passes(IvrNode node) {
    return node instanceof IvrNode.Visit visit ? isSilent(visit.ivr()) : !node.isWaiting();
  }

  /** Whether a caller may come through a whole flow and back without noticing. */
  private boolean isSilent(String name) {
    Boolean known = silent.get(name);
    if (known != null) {
      return known;
    }
    Ivr ivr = ivr(name);
    Set<String> reached = new HashSet<>(Set.of(ivr.start()));
    Deque<String> next = new ArrayDeque<>(reached);
    boolean found = false;
    while (!next.isEmpty() && !found) {
      IvrNode node = Objects.requireNonNull(ivr.node(next.remove()));
      found = node instanceof IvrNode.Return;
      if (passes(node)) {
        node.onward().stream().filter(reached::add).forEach(next::add);
      }
    }
    silent.put(name, found);
    return found;
  }
}
