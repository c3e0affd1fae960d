package tandem.router.plan.simulate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers problems up to a number; the rest is counted. */
final class CsvProblems {
  private final List<CsvProblem> problems = new ArrayList<>();
  private int more;

  void add(int line, int column, String message) {
    if (problems.size() < CsvProblem.MOST) {
      problems.add(new CsvProblem(line, column, message));
    } else {
      more++;
    }
  }

  boolean any() {
    return !problems.isEmpty();
  }

  /** In their order, at most {@link CsvProblem#MOST} and one more that counts the rest. */
  List<CsvProblem> all() {
    List<CsvProblem> all = new ArrayList<>(problems);
    all.sort(Comparator.comparingInt(CsvProblem::line).thenComparingInt(CsvProblem::column));
    if (more > 0) {
      CsvProblem last = all.get(all.size() - 1);
      all.add(new CsvProblem(last.line(), last.column(), "and " + more + " more"));
    }
    return all;
  }
}
