package tandem.router.domain.expr;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSource;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks over a parsed expression before its types are checked: what it speaks of, whether it keeps
 * to {@link ExpressionLimits}, and what it says of fields and functions that are not there, in
 * better words than the type checker has.
 */
final class Survey {
  private final Language language;
  private final CelSource source;
  private final List<ExpressionProblem> problems = new ArrayList<>();
  private final Set<Long> explained = new HashSet<>();
  private final Set<Long> calls = new HashSet<>();
  private final List<CelExpr> sums = new ArrayList<>();
  private final SortedSet<String> callFields = new TreeSet<>();
  private final SortedSet<String> calendars = new TreeSet<>();
  private int nodes;
  private int patterns;
  private int macros;
  private boolean tooLarge;

  private Survey(Language language, CelSource source) {
    this.language = language;
    this.source = source;
  }

  static Survey of(Language language, CelAbstractSyntaxTree parsed) {
    Survey survey = new Survey(language, parsed.getSource());
    survey.visit(parsed.getExpr(), 1);
    return survey;
  }

  List<ExpressionProblem> problems() {
    return problems;
  }

  /** Told once types are known: which of the sums are too many because they are of lists. */
  Optional<ExpressionProblem> tooManyListSums(CelAbstractSyntaxTree checked) {
    return sums.stream()
        .filter(sum -> checked.getType(sum.id()).map(CelType::kind).orElse(null) == CelKind.LIST)
        .sorted(Comparator.comparingInt(this::offset))
        .skip(ExpressionLimits.MOST_LIST_SUMS)
        .findFirst()
        .map(
            sum ->
                Places.problem(
                    source,
                    offset(sum),
                    "lists may be put together at most "
                        + ExpressionLimits.MOST_LIST_SUMS
                        + " times"));
  }

  /** Calls of functions and methods, by their nodes. */
  Set<Long> calls() {
    return calls;
  }

  /** Nodes that the type checker need not complain of again. */
  Set<Long> explained() {
    return explained;
  }

  /** Whether it is not even worth checking. */
  boolean tooLarge() {
    return tooLarge;
  }

  SortedSet<String> callFields() {
    return Collections.unmodifiableSortedSet(callFields);
  }

  SortedSet<String> calendars() {
    return Collections.unmodifiableSortedSet(calendars);
  }

  private void visit(CelExpr expr, int depth) {
    if (tooLarge) {
      return;
    }
    nodes++;
    if (nodes > ExpressionLimits.MOST_NODES) {
      refuse(expr, "too large: at most " + ExpressionLimits.MOST_NODES + " operators and values");
      return;
    } else if (depth > ExpressionLimits.DEEPEST) {
      refuse(expr, Messages.TOO_DEEP);
      return;
    }
    switch (expr.exprKind().getKind()) {
      case CONSTANT, NOT_SET -> {}
      case IDENT -> root(expr, expr.ident().name(), null);
      case SELECT -> select(expr, expr.select(), depth);
      case CALL -> call(expr, expr.call(), depth);
      case LIST -> expr.list().elements().forEach(element -> visit(element, depth + 1));
      case MAP ->
          expr.map()
              .entries()
              .forEach(
                  entry -> {
                    visit(entry.key(), depth + 1);
                    visit(entry.value(), depth + 1);
                  });
      case STRUCT -> {
        explained.add(expr.id());
        problem(expr, "'" + expr.struct().messageName() + "' cannot be made here");
      }
      case COMPREHENSION -> macro(expr, expr.comprehension(), depth);
    }
  }

  private void select(CelExpr expr, CelSelect select, int depth) {
    if (select.operand().exprKind().getKind() == Kind.IDENT) {
      nodes++;
      if (select.testOnly() && language.fields().containsKey(select.operand().ident().name())) {
        explain(select.operand(), expr);
        problem(expr, Messages.OF_HAS);
        return;
      }
      root(select.operand(), select.operand().ident().name(), expr);
    } else {
      visit(select.operand(), depth + 1);
    }
  }

  /** A name that no dot comes before, and what is selected from it, if anything is. */
  private void root(CelExpr ident, String written, @Nullable CelExpr selected) {
    String name = written.startsWith(".") ? written.substring(1) : written;
    SortedSet<String> fields = language.fields().get(name);
    if (fields == null) {
      if (Language.isRoot(name)) {
        explain(ident, selected);
        problem(ident, Messages.notHere(name, language));
      }
    } else if (!fields.isEmpty()) {
      field(ident, name, fields, selected);
    }
  }

  private void field(
      CelExpr ident, String root, SortedSet<String> fields, @Nullable CelExpr selected) {
    String field = selected == null ? "" : selected.select().field();
    if (fields.contains(field)) {
      if (root.equals("call")) {
        callFields.add(root + '.' + field);
      }
      return;
    }
    explain(ident, selected);
    String has = "it has " + String.join(", ", fields);
    if (selected == null) {
      problem(ident, root + " alone is no value; " + has);
    } else {
      problem(selected, root + " has no field '" + field + "'; " + has);
    }
  }

  private void call(CelExpr expr, CelCall call, int depth) {
    String function = call.function();
    calls.add(expr.id());
    if (function.equals(Operator.ADD.getFunction()) && !isOfMacro(call)) {
      sums.add(expr);
    }
    if (Language.isFunction(function) && call.target().isEmpty()) {
      own(expr, call);
    } else if (function.equals("matches")) {
      matches(expr, call);
    } else {
      Literals.problem(language.cel(), call)
          .ifPresent(wrong -> problem(call.args().get(call.args().size() - 1), wrong));
    }
    call.target().ifPresent(target -> visit(target, depth + 1));
    call.args().forEach(argument -> visit(argument, depth + 1));
  }

  /**
   * {@code map} and {@code filter} are written out as sums of lists, with a name nobody can use.
   */
  private static boolean isOfMacro(CelCall call) {
    CelExpr first = call.args().get(0);
    return first.exprKind().getKind() == Kind.IDENT && first.ident().name().startsWith("@");
  }

  private void own(CelExpr expr, CelCall call) {
    if (!language.functions().contains(call.function())) {
      explained.add(expr.id());
      problem(expr, Messages.notHere(call.function(), language));
    } else if (call.function().equals(Language.OPEN) && call.args().size() == 1) {
      Optional<String> calendar = Literals.text(call.args().get(0));
      if (calendar.isPresent()) {
        calendars.add(calendar.get());
      } else {
        explained.add(expr.id());
        problem(call.args().get(0), "open must be given a calendar's name as a literal text");
      }
    }
  }

  private void matches(CelExpr expr, CelCall call) {
    patterns++;
    if (patterns == ExpressionLimits.MOST_PATTERNS + 1) {
      problem(expr, "matches may stand at most " + ExpressionLimits.MOST_PATTERNS + " times");
    } else if (macros > 0) {
      problem(expr, "matches cannot stand inside exists, all, filter or map");
    }
    if (!call.args().isEmpty()) {
      CelExpr pattern = call.args().get(call.args().size() - 1);
      if (Literals.text(pattern).isPresent()) {
        Literals.pattern(language.cel(), pattern).ifPresent(wrong -> problem(pattern, wrong));
      } else {
        problem(pattern, "matches must be given its pattern as a literal text");
      }
    }
  }

  private void macro(CelExpr expr, CelComprehension macro, int depth) {
    if (macros == ExpressionLimits.DEEPEST_MACRO) {
      refuse(expr, "exists, all, filter and map cannot stand inside or upon each other");
      return;
    } else if (Language.isRoot(macro.iterVar())) {
      problem(expr, "'" + macro.iterVar() + "' cannot be the name of an element");
    }
    macros++;
    visit(macro.iterRange(), depth + 1);
    visit(macro.accuInit(), depth + 1);
    int before = nodes;
    visit(macro.loopCondition(), depth + 1);
    visit(macro.loopStep(), depth + 1);
    visit(macro.result(), depth + 1);
    macros--;
    if (nodes - before > ExpressionLimits.MOST_NODES_IN_MACRO && !tooLarge) {
      refuse(
          expr,
          "too large: at most "
              + ExpressionLimits.MOST_NODES_IN_MACRO
              + " operators and values for each element");
    }
  }

  private void explain(CelExpr ident, @Nullable CelExpr selected) {
    explained.add(ident.id());
    if (selected != null) {
      explained.add(selected.id());
    }
  }

  private void refuse(CelExpr expr, String message) {
    tooLarge = true;
    problem(expr, message);
  }

  private void problem(CelExpr expr, String message) {
    problems.add(Places.problem(source, offset(expr), message));
  }

  private int offset(CelExpr expr) {
    return source.getPositionsMap().getOrDefault(expr.id(), 0);
  }
}
