package tandem.router.plan.document;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which items of two lists belong together, and which have no counterpart. */
final class ListMatch {
  /** Cells of the table: 2,000 rules against 2,000. Larger lists are matched by their places. */
  private static final long MOST_CELLS = 4_100_000;

  /** How far ahead something alike is looked for. */
  private static final int AHEAD = 20;

  private final List<Tree> before;
  private final List<Tree> after;
  private final int[] beforeIds;
  private final int[] afterIds;
  private final List<Pair> pairs = new ArrayList<>();

  /**
   * Two items that belong together, but are not the same; or one alone.
   *
   * @param before null when it was added
   * @param after null when it was removed
   */
  record Pair(@Nullable Tree before, @Nullable Tree after) {}

  private ListMatch(List<Tree> before, List<Tree> after) {
    this.before = before;
    this.after = after;
    Map<String, Integer> ids = new HashMap<>();
    this.beforeIds = ids(before, ids);
    this.afterIds = ids(after, ids);
  }

  private static int[] ids(List<Tree> items, Map<String, Integer> ids) {
    return items.stream()
        .mapToInt(
            item -> {
              int next = ids.size();
              return ids.computeIfAbsent(TreeText.of(item), text -> next);
            })
        .toArray();
  }

  /** Everything that is not the same in both, in order. */
  static List<Pair> of(List<Tree> before, List<Tree> after) {
    ListMatch match = new ListMatch(before, after);
    match.match();
    return match.pairs;
  }

  private void match() {
    int start = 0;
    int most = Math.min(beforeIds.length, afterIds.length);
    while (start < most && beforeIds[start] == afterIds[start]) {
      start++;
    }
    int end = 0;
    while (end < most - start
        && beforeIds[beforeIds.length - 1 - end] == afterIds[afterIds.length - 1 - end]) {
      end++;
    }
    int beforeEnd = beforeIds.length - end;
    int afterEnd = afterIds.length - end;
    if ((long) (beforeEnd - start) * (afterEnd - start) > MOST_CELLS) {
      byPlace(start, beforeEnd, afterEnd);
    } else {
      bySequence(start, beforeEnd, afterEnd);
    }
  }

  private void byPlace(int start, int beforeEnd, int afterEnd) {
    for (int i = start; i < Math.max(beforeEnd, afterEnd); i++) {
      if (i >= beforeEnd || i >= afterEnd || beforeIds[i] != afterIds[i]) {
        pairs.add(
            new Pair(i < beforeEnd ? before.get(i) : null, i < afterEnd ? after.get(i) : null));
      }
    }
  }

  /** The longest common subsequence by its table, from the end. */
  private void bySequence(int start, int beforeEnd, int afterEnd) {
    int rows = beforeEnd - start;
    int columns = afterEnd - start;
    int[][] longest = new int[rows + 1][columns + 1];
    for (int i = rows - 1; i >= 0; i--) {
      for (int j = columns - 1; j >= 0; j--) {
        longest[i][j] =
            beforeIds[start + i] == afterIds[start + j]
                ? longest[i + 1][j + 1] + 1
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    Set<Integer> moved = moved(start, beforeEnd, afterEnd);
    List<Integer> removed = new ArrayList<>();
    Deque<Integer> added = new ArrayDeque<>();
    int i = 0;
    int j = 0;
    while (i < rows || j < columns) {
      if (i < rows && j < columns && beforeIds[start + i] == afterIds[start + j]) {
        between(removed, added, moved);
        i++;
        j++;
      } else if (j >= columns || (i < rows && longest[i + 1][j] >= longest[i][j + 1])) {
        removed.add(start + i++);
      } else {
        added.add(start + j++);
      }
    }
    between(removed, added, moved);
  }

  /** Items of both that no match may use up: those at other places, too. */
  private Set<Integer> moved(int start, int beforeEnd, int afterEnd) {
    Set<Integer> was = new HashSet<>();
    for (int i = start; i < beforeEnd; i++) {
      was.add(beforeIds[i]);
    }
    Set<Integer> is = new HashSet<>();
    for (int j = start; j < afterEnd; j++) {
      is.add(afterIds[j]);
    }
    was.retainAll(is);
    return was;
  }

  /** What stands between two matches: alike is changed, the rest removed or added. */
  private void between(List<Integer> removed, Deque<Integer> added, Set<Integer> moved) {
    boolean alone = removed.size() == 1 && added.size() == 1;
    for (int i : removed) {
      Tree old = before.get(i);
      boolean stays = !moved.contains(beforeIds[i]);
      Integer now = stays ? counterpart(old, added, moved, alone) : null;
      if (now == null) {
        pairs.add(new Pair(old, null));
      } else {
        while (added.element() < now) {
          pairs.add(new Pair(null, after.get(added.remove())));
        }
        pairs.add(new Pair(old, after.get(added.remove())));
      }
    }
    added.forEach(j -> pairs.add(new Pair(null, after.get(j))));
    removed.clear();
    added.clear();
  }

  private @Nullable Integer counterpart(
      Tree old, Deque<Integer> added, Set<Integer> moved, boolean alone) {
    int looked = 0;
    for (int j : added) {
      if (looked++ == AHEAD) {
        return null;
      } else if (!moved.contains(afterIds[j]) && (alone || alike(old, after.get(j)))) {
        return j;
      }
    }
    return null;
  }

  /** Objects are alike when they share a field with its value, or have the same fields. */
  private static boolean alike(Tree one, Tree other) {
    if (!(one instanceof Tree.Obj a) || !(other instanceof Tree.Obj b)) {
      return false;
    }
    return a.members().keySet().equals(b.members().keySet())
        || a.members().entrySet().stream()
            .anyMatch(
                member -> {
                  Tree.Member counterpart = b.members().get(member.getKey());
                  return counterpart != null
                      && TreeText.of(counterpart.value())
                          .equals(TreeText.of(member.getValue().value()));
                });
  }
}
