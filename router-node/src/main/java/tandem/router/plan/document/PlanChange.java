package tandem.router.plan.document;

import org.jspecify.annotations.Nullable;

/**
 * One difference between two documents.
 *
 * @param path of the value, with a list's index as it is afterwards; of what was removed as it was
 *     before
 * @param before JSON on one line, cut when it is long; null when it was added
 * @param after the same; null when it was removed
 */
public record PlanChange(String path, Kind kind, @Nullable String before, @Nullable String after) {
  /** What became of a value. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED
  }
}
