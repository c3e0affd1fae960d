package tandem.router.plan.document;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One prompt as it is written: a file's path, or an object with what it is.
 *
 * @param kind {@code file}, {@code say} or {@code number}
 * @param fields of the object; null when it is just a path
 */
record PromptForm(String kind, @Nullable Tree value, @Nullable Fields fields) {
  static final List<String> KINDS = List.of("file", "say", "number");

  /** Null when it is none; the problem is noted. Whoever reads on finishes the fields. */
  static @Nullable PromptForm of(Tree tree, Problems problems) {
    if (tree instanceof Tree.Text) {
      return new PromptForm("file", tree, null);
    }
    if (!(tree instanceof Tree.Obj object)) {
      problems.error(tree.place(), "must be a file's path or an object, got " + tree.kind());
      return null;
    }
    Fields fields = new Fields(object, problems);
    List<String> kinds = KINDS.stream().filter(fields::has).toList();
    if (kinds.size() != 1) {
      problems.error(
          kinds.isEmpty() ? fields.place() : fields.nameOf(kinds.get(1)),
          kinds.isEmpty()
              ? "must have one of " + String.join(", ", KINDS)
              : "a prompt is one thing, got " + String.join(" and ", kinds));
      return null;
    }
    return new PromptForm(kinds.get(0), fields.get(kinds.get(0)), fields);
  }

  /** Fields of an object; only a path has none, and nothing else is asked of it. */
  Fields told() {
    return Objects.requireNonNull(fields);
  }

  /** No other fields are known. */
  void finish() {
    if (fields != null) {
      fields.finish();
    }
  }
}
