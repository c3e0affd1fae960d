package tandem.router.plan.document;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.plan.Plan;

/**
 * What came of reading a plan's document.
 *
 * @param plan null when there are errors
 * @param problems errors and warnings in the order of the document, at most {@link
 *     PlanLimits#PROBLEMS} and one more that counts the rest
 */
public record PlanReading(@Nullable Plan plan, List<PlanProblem> problems) {
  public PlanReading {
    problems = List.copyOf(problems);
  }

  /** Whether it is no plan. */
  public boolean hasErrors() {
    return plan == null;
  }
}
