package tandem.router.guide;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tandem.router.plan.document.PlanProblem;

/** {@code error|warning LINE:COLUMN PATH}: what the reader says there. */
final class Faults implements Speaker {
  private static final Pattern FAULT = Pattern.compile("(error|warning) (\\d+):(\\d+) (\\S+)");

  private final List<PlanProblem> problems;

  Faults(List<PlanProblem> problems) {
    this.problems = problems;
  }

  @Override
  public Optional<Answer> answer(String said) {
    if (!FAULT.matcher(said).matches()) {
      return Optional.empty();
    }
    String found =
        problems.stream()
            .filter(problem -> place(problem).equals(said))
            .map(PlanProblem::message)
            .collect(Collectors.joining("; "));
    return Optional.of(new Answer(found.isEmpty() ? "nothing, but " + problems : found));
  }

  /** Problems that no sentence is about. */
  List<String> untold(List<String> said) {
    return problems.stream().map(Faults::place).filter(place -> !said.contains(place)).toList();
  }

  private static String place(PlanProblem problem) {
    return problem.severity().name().toLowerCase(Locale.ROOT)
        + (" " + problem.line() + ":" + problem.column() + " " + problem.path());
  }
}
