package tandem.router.plan.document;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.expr.ExpressionProblem;
import tandem.router.domain.expr.Expressions;
import tandem.router.domain.expr.Scope;

/** Reads and checks expressions; a problem points at the very character in the document. */
final class ExpressionReader {
  private record Key(Scope scope, String text) {}

  /** Good expressions remembered in this JVM: twice those of the largest plan, 16 MB at most. */
  private static final int MOST_REMEMBERED = 2 * PlanLimits.EXPRESSIONS;

  /**
   * The calendars that good expressions ask for. Checking one takes about half a millisecond, and
   * most of a plan stays as it was when it is read again: saved, published, read on each node.
   */
  private static final Map<Key, Set<String>> GOOD =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Set<String>> eldest) {
              return size() > MOST_REMEMBERED;
            }
          });

  private final Problems problems;
  private final References references;
  private final Map<Key, List<ExpressionProblem>> checked = new HashMap<>();
  private int count;

  ExpressionReader(Problems problems, References references) {
    this.problems = problems;
    this.references = references;
  }

  /** An expression's text; empty when there is none or it is wrong. */
  String read(@Nullable Tree tree, Scope scope) {
    if (tree instanceof Tree.Text text && text.value().isBlank()) {
      problems.error(tree.place(), "an expression must not be empty");
      return "";
    }
    return readOrEmpty(tree, scope);
  }

  /** The same, where an empty text has a meaning of its own. */
  String readOrEmpty(@Nullable Tree tree, Scope scope) {
    if (tree == null) {
      return "";
    } else if (!(tree instanceof Tree.Text text)) {
      problems.error(tree.place(), "must be an expression in a text, got " + tree.kind());
      return "";
    } else {
      return text.value().isEmpty() ? "" : counted(text, scope);
    }
  }

  private String counted(Tree.Text tree, Scope scope) {
    if (tree.value().chars().anyMatch(ExpressionReader::strange)) {
      problems.error(tree.place(), "must not contain control characters other than line ends");
      return "";
    }
    if (++count > PlanLimits.EXPRESSIONS) {
      if (count == PlanLimits.EXPRESSIONS + 1) {
        problems.error(
            tree.place(), "a plan has at most " + PlanLimits.EXPRESSIONS + " expressions");
      }
      return "";
    }
    check(tree, scope);
    return tree.value();
  }

  private static boolean strange(int c) {
    return Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t';
  }

  private void check(Tree.Text text, Scope scope) {
    for (ExpressionProblem problem :
        checked.computeIfAbsent(new Key(scope, text.value()), this::check)) {
      int quote = text.place().offset();
      int at = problems.source().within(quote, problem.line(), problem.column());
      problems.errorAt(text.place(), at, problem.message());
    }
  }

  private List<ExpressionProblem> check(Key key) {
    Set<String> asked = GOOD.get(key);
    if (asked == null) {
      List<ExpressionProblem> found = Expressions.check(key.scope(), key.text());
      if (!found.isEmpty()) {
        return found;
      }
      asked = calendars(key);
      GOOD.put(key, asked);
    }
    return unknown(key, asked);
  }

  private static Set<String> calendars(Key key) {
    boolean asks = key.scope() == Scope.FLOW || key.scope() == Scope.DIGITS;
    return asks && key.text().contains("open")
        ? Expressions.of(key.scope(), key.text()).calendars()
        : Set.of();
  }

  private List<ExpressionProblem> unknown(Key key, Set<String> asked) {
    Set<String> calendars = references.names("calendars");
    List<ExpressionProblem> unknown = new ArrayList<>();
    for (String name : asked) {
      if (!calendars.contains(name)) {
        String message = References.unknown("calendar", name, calendars);
        unknown.add(at(key.text(), Math.max(0, key.text().indexOf(name)), message));
      }
    }
    return unknown;
  }

  private static ExpressionProblem at(String text, int offset, String message) {
    String before = text.substring(0, offset);
    int start = before.lastIndexOf('\n') + 1;
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    return new ExpressionProblem(line, 1 + before.codePointCount(start, offset), message);
  }
}
