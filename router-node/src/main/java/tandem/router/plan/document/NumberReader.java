package tandem.router.plan.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tandem.router.domain.plan.NumberPattern;
import tandem.router.domain.plan.Plan;
import tandem.router.plan.document.Tree.Place;

/** Reads called numbers and extensions. */
final class NumberReader {
  private final Problems problems;
  private final Values values;
  private final References references;

  private record Found(Tree tree, NumberPattern pattern) {}

  NumberReader(Workshop workshop) {
    this.problems = workshop.problems();
    this.values = workshop.values();
    this.references = workshop.references();
  }

  List<Plan.NumberRule> numbers(Fields root) {
    List<Plan.NumberRule> rules = new ArrayList<>();
    List<Found> found = new ArrayList<>();
    for (Tree item : values.items(root.get("numbers"), 0, PlanLimits.NUMBERS)) {
      Fields fields = Fields.of(item, problems);
      if (fields == null) {
        continue;
      }
      Tree match = fields.need("match");
      NumberPattern pattern = values.text(match, NumberPattern::parse);
      String flow = references.flow(fields.need("flow"), Links.NUMBERS);
      fields.finish();
      if (pattern != null && match != null) {
        found.add(new Found(match, pattern));
        if (flow != null) {
          rules.add(new Plan.NumberRule(pattern, flow));
        }
      }
    }
    twice(found);
    ambiguous(found);
    return rules;
  }

  private void twice(List<Found> all) {
    Map<String, Found> first = new HashMap<>();
    for (Found found : all) {
      Found before = first.putIfAbsent(found.pattern().text(), found);
      if (before != null) {
        problems.error(found.tree().place(), "is the same as " + before.tree().place().path());
      }
    }
  }

  /** Only ranges of the same width may match a number equally well without being the same. */
  private void ambiguous(List<Found> all) {
    List<Found> ranges =
        all.stream()
            .filter(found -> found.pattern() instanceof NumberPattern.Range)
            .sorted(
                Comparator.comparingLong((Found found) -> found.pattern().specificity())
                    .thenComparingInt(found -> range(found).first().value().length())
                    .thenComparing(found -> range(found).first()))
            .toList();
    for (int i = 1; i < ranges.size(); i++) {
      Found before = ranges.get(i - 1);
      Found found = ranges.get(i);
      NumberPattern.Range one = range(before);
      NumberPattern.Range other = range(found);
      if (one.specificity() == other.specificity()
          && !one.equals(other)
          && one.matches(other.first())) {
        overlap(before.tree().place(), found.tree().place());
      }
    }
  }

  private void overlap(Place one, Place other) {
    boolean inOrder = one.offset() < other.offset();
    problems.error(
        inOrder ? other : one,
        "overlaps "
            + (inOrder ? one : other).path()
            + ", which is just as narrow: for numbers of both it is open which one counts");
  }

  private static NumberPattern.Range range(Found found) {
    return (NumberPattern.Range) found.pattern();
  }

  Map<String, String> extensions(Fields root) {
    Map<String, String> extensions = new TreeMap<>();
    root.named("extensions", PlanLimits.EXTENSIONS)
        .forEach(
            (extension, member) -> {
              if (!extension.matches("[0-9]{1,15}")) {
                problems.error(member.name(), "an extension has 1 to 15 digits");
              }
              String agent = references.direct(member.value());
              if (agent != null) {
                extensions.put(extension, agent);
              }
            });
    return extensions;
  }
}
