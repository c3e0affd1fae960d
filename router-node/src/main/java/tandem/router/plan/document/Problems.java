package tandem.router.plan.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tandem.router.plan.document.PlanProblem.Severity;
import tandem.router.plan.document.Tree.Place;

/** Gathers what is wrong with a document. */
final class Problems {
  /** A hostile document has a problem every few bytes; beyond this they are counted only. */
  private static final int KEPT = 1_000;

  private final Source source;
  private final List<Found> errors = new ArrayList<>();
  private final List<Found> warnings = new ArrayList<>();
  private int uncounted;

  private record Found(Place place, int offset, String message, Severity severity) {}

  Problems(Source source) {
    this.source = source;
  }

  void error(Place place, String message) {
    errorAt(place, place.offset(), message);
  }

  /** An error that stands elsewhere than where its value begins. */
  void errorAt(Place place, int offset, String message) {
    keep(errors, new Found(place, offset, message, Severity.ERROR));
  }

  void warning(Place place, String message) {
    keep(warnings, new Found(place, place.offset(), message, Severity.WARNING));
  }

  private void keep(List<Found> list, Found found) {
    if (list.size() < KEPT) {
      list.add(found);
    } else {
      uncounted++;
    }
  }

  Source source() {
    return source;
  }

  boolean hasErrors() {
    return !errors.isEmpty();
  }

  /** How many errors there are so far: whether a part brought some. */
  int errors() {
    return errors.size();
  }

  /** All of them in the order of the document; when there are too many, errors before warnings. */
  List<PlanProblem> all() {
    List<Found> most = new ArrayList<>();
    Comparator<Found> order = Comparator.comparingInt(Found::offset);
    errors.stream().sorted(order).limit(PlanLimits.PROBLEMS).forEach(most::add);
    warnings.stream().sorted(order).limit(PlanLimits.PROBLEMS - most.size()).forEach(most::add);
    List<PlanProblem> problems = new ArrayList<>();
    most.stream().sorted(order).map(this::told).forEach(problems::add);
    int more = errors.size() + warnings.size() + uncounted - most.size();
    if (more > 0) {
      Severity severity = hasErrors() ? Severity.ERROR : Severity.WARNING;
      problems.add(new PlanProblem("", 1, 1, "and " + more + " more", severity));
    }
    return problems;
  }

  private PlanProblem told(Found found) {
    Source.Position at = source.position(found.offset());
    return new PlanProblem(
        found.place().path(), at.line(), at.column(), found.message(), found.severity());
  }
}
