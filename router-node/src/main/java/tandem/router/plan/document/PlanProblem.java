package tandem.router.plan.document;

/**
 * One thing that is wrong with a plan's document, and where.
 *
 * @param path from the document's root, such as {@code flows.main[2].do.require}; empty for the
 *     document itself
 * @param line from 1
 * @param column from 1, counted in Unicode characters (code points)
 * @param message what is wrong and what is allowed, in words for the author
 */
public record PlanProblem(String path, int line, int column, String message, Severity severity) {
  /** What a problem means for the document. */
  public enum Severity {
    /** There is no plan until this is put right. */
    ERROR,
    /** The plan works, but hardly as its author meant it. */
    WARNING
  }

  @Override
  public String toString() {
    return line + ":" + column + " " + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
