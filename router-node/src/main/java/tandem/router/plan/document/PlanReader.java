package tandem.router.plan.document;

import org.jspecify.annotations.Nullable;
import tandem.router.domain.plan.Plan;

/** Reads plans. */
public final class PlanReader {
  private PlanReader() {}

  /**
   * Reads a document and checks it against everything a plan must be, all at once. Never throws on
   * what an author wrote.
   *
   * @param text JSON; what it may say is published as {@link PlanSchema}
   */
  public static PlanReading read(String text) {
    Problems problems = new Problems(new Source(text));
    Tree tree = TreeReader.read(problems);
    @Nullable Plan plan = null;
    if (tree instanceof Tree.Obj root) {
      plan = DocumentReader.read(root, problems);
    } else if (tree != null) {
      problems.error(tree.place(), "a plan is an object, got " + tree.kind());
    }
    return new PlanReading(problems.hasErrors() ? null : plan, problems.all());
  }
}
