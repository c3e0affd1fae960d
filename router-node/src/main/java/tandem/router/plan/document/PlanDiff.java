package tandem.router.plan.document;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.plan.document.ListMatch.Pair;
import tandem.router.plan.document.PlanChange.Kind;

/**
 * What differs between two documents, value by value. The order of an object's fields and the space
 * between values do not count; numbers count as they are written.
 *
 * <p>Items of lists are matched by their longest common subsequence, so a rule put in between
 * changes no other; what was left over between two matches and is alike is told as changed within.
 * An item that moved is removed at one place and added at another.
 */
public final class PlanDiff {
  /** Changes told at most; one more says how many there are besides. */
  public static final int MOST = 500;

  /** Characters of a value that are told. */
  public static final int LONGEST = 500;

  private final List<PlanChange> changes = new ArrayList<>();
  private int more;

  private PlanDiff() {}

  /**
   * The changes from one document to another, at most {@link #MOST}; then one with an empty path
   * whose {@code after} says how many more there are. They need not be good plans.
   *
   * @throws IllegalArgumentException when one of them is no JSON, which names it
   */
  public static List<PlanChange> between(String before, String after) {
    PlanDiff diff = new PlanDiff();
    diff.compare("", read("before", before), read("after", after));
    if (diff.more > 0) {
      String rest = "and " + diff.more + " more changes";
      diff.changes.add(new PlanChange("", Kind.CHANGED, null, rest));
    }
    return List.copyOf(diff.changes);
  }

  private static Tree read(String what, String text) {
    Problems problems = new Problems(new Source(text));
    Tree tree = TreeReader.read(problems);
    if (tree == null) {
      throw new IllegalArgumentException(what + ": is no JSON: " + problems.all().get(0));
    }
    return tree;
  }

  private void compare(String path, Tree before, Tree after) {
    if (before instanceof Tree.Obj one && after instanceof Tree.Obj other) {
      objects(one.members(), other.members());
    } else if (before instanceof Tree.Arr one && after instanceof Tree.Arr other) {
      lists(one.items(), other.items());
    } else if (!TreeText.of(before).equals(TreeText.of(after))) {
      add(path, Kind.CHANGED, before, after);
    }
  }

  private void objects(Map<String, Tree.Member> before, Map<String, Tree.Member> after) {
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      Tree.Member one = before.get(name);
      Tree.Member other = after.get(name);
      changed(one == null ? null : one.value(), other == null ? null : other.value());
    }
  }

  private void lists(List<Tree> before, List<Tree> after) {
    for (Pair pair : ListMatch.of(before, after)) {
      changed(pair.before(), pair.after());
    }
  }

  private void changed(@Nullable Tree before, @Nullable Tree after) {
    if (before == null && after != null) {
      add(after.place().path(), Kind.ADDED, null, after);
    } else if (before != null && after == null) {
      add(before.place().path(), Kind.REMOVED, before, null);
    } else if (before != null && after != null) {
      compare(after.place().path(), before, after);
    }
  }

  private void add(String path, Kind kind, @Nullable Tree before, @Nullable Tree after) {
    if (changes.size() < MOST) {
      changes.add(new PlanChange(path, kind, told(before), told(after)));
    } else {
      more++;
    }
  }

  private static @Nullable String told(@Nullable Tree tree) {
    if (tree == null) {
      return null;
    }
    String text = TreeText.asWritten(tree);
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "…";
  }
}
