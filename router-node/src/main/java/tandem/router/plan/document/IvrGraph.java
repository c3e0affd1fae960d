package tandem.router.plan.document;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tandem.router.domain.ivr.Ivr;
import tandem.router.domain.ivr.IvrNode;
import tandem.router.domain.ivr.Phrases;
import tandem.router.domain.ivr.Template;

/** Finds in one interactive flow nodes no caller comes to, or never gets away from. */
final class IvrGraph {
  private final Problems problems;
  private final IvrReader.Found found;
  private final Ivr ivr;

  IvrGraph(Problems problems, IvrReader.Found found) {
    this.problems = problems;
    this.found = found;
    this.ivr = found.ivr();
  }

  void check() {
    Set<String> reached = reached(ivr);
    found
        .nodes()
        .forEach(
            (name, place) -> {
              if (!reached.contains(name)) {
                problems.error(
                    place.name(), "no way leads to this node from '" + ivr.start() + "'");
              }
            });
    Set<String> out = comesOut();
    found.nodes().keySet().stream()
        .filter(name -> reached.contains(name) && !out.contains(name))
        .findFirst()
        .ifPresent(
            name ->
                problems.error(
                    at(name),
                    "a caller never comes out of here: no way leads to a node with 'do' or"
                        + " 'return'"));
    secrets();
  }

  /** Nodes that some caller may come to. */
  static Set<String> reached(Ivr ivr) {
    Set<String> reached = new HashSet<>(Set.of(ivr.start()));
    Deque<String> next = new ArrayDeque<>(reached);
    while (!next.isEmpty()) {
      IvrNode node = ivr.node(next.remove());
      for (String to : node == null ? List.<String>of() : node.onward()) {
        if (reached.add(to)) {
          next.add(to);
        }
      }
    }
    return reached;
  }

  /** Nodes from which an end can be come to. */
  private Set<String> comesOut() {
    Set<String> out = new HashSet<>();
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Map.Entry<String, IvrNode> entry : ivr.nodes().entrySet()) {
        List<String> onward = entry.getValue().onward();
        if (onward.isEmpty() || onward.stream().anyMatch(out::contains)) {
          grown |= out.add(entry.getKey());
        }
      }
    }
    return out;
  }

  /** What is secret must not be said, nor become an attribute. */
  private void secrets() {
    Set<String> secrets = new TreeSet<>();
    ivr.nodes()
        .values()
        .forEach(
            node -> {
              if (node instanceof IvrNode.Collect collect && collect.secret()) {
                secrets.add(collect.into());
              }
            });
    ivr.nodes()
        .forEach(
            (name, node) ->
                told(node)
                    .filter(secrets::contains)
                    .distinct()
                    .forEach(
                        secret ->
                            problems.error(
                                at(name),
                                "'%s' is secret: only a request of this flow may name it"
                                    .formatted(secret))));
  }

  /** Names of what becomes known to the caller or is kept with the call. */
  private static Stream<String> told(IvrNode node) {
    if (node instanceof IvrNode.Play play) {
      return names(play.prompts());
    } else if (node instanceof IvrNode.Menu menu) {
      return Stream.concat(names(menu.prompts()), names(menu.asking()));
    } else if (node instanceof IvrNode.Collect collect) {
      Stream<String> own = collect.secret() ? Stream.of() : Stream.of(collect.into());
      return Stream.concat(own, Stream.concat(names(collect.prompts()), names(collect.asking())));
    } else if (node instanceof IvrNode.Put put) {
      return Stream.concat(
          put.values().keySet().stream(),
          put.values().values().stream()
              .filter(String.class::isInstance)
              .flatMap(text -> Template.names((String) text).stream()));
    } else if (node instanceof IvrNode.Request request) {
      return request.answer().keySet().stream();
    }
    return Stream.of();
  }

  private static Stream<String> names(IvrNode.Asking asking) {
    return Stream.concat(names(asking.onSilence()), names(asking.onInvalid()));
  }

  private static Stream<String> names(Phrases phrases) {
    return phrases.versions().stream()
        .flatMap(version -> version.phrases().stream())
        .map(tandem.router.domain.ivr.Phrase::names)
        .flatMap(Collection::stream);
  }

  private Tree.Place at(String node) {
    return found.place(node);
  }
}
