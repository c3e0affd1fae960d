package tandem.router.domain.expr;

import dev.cel.bundle.Cel;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSource;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.runtime.CelEvaluationException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Literal texts that would only fail when evaluated: patterns, times, durations, zones. */
final class Literals {
  /** Methods of a timestamp that may be given a zone. */
  private static final Set<String> OF_ZONE =
      Set.of(
          "getDate",
          "getDayOfMonth",
          "getDayOfWeek",
          "getDayOfYear",
          "getFullYear",
          "getHours",
          "getMilliseconds",
          "getMinutes",
          "getMonth",
          "getSeconds");

  private Literals() {}

  /** The text, when it is a literal one. */
  static Optional<String> text(CelExpr expr) {
    return expr.exprKind().getKind() == Kind.CONSTANT
            && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE
        ? Optional.of(expr.constant().stringValue())
        : Optional.empty();
  }

  /** What is wrong with the literal that a function is given last; empty when nothing is. */
  static Optional<String> problem(Cel cel, CelCall call) {
    if (call.args().size() != 1) {
      return Optional.empty();
    }
    CelExpr argument = call.args().get(0);
    Optional<String> text = text(argument);
    if (text.isEmpty()) {
      return Optional.empty();
    } else if (call.target().isEmpty() && call.function().equals("timestamp")) {
      return fails(cel, call(call.function(), null, argument))
          .map(why -> "no time such as 2026-12-24T18:00:00Z: '" + text.get() + "'");
    } else if (call.target().isEmpty() && call.function().equals("duration")) {
      return fails(cel, call(call.function(), null, argument))
          .map(why -> "no duration such as 90s or 1h30m: '" + text.get() + "'");
    } else if (call.target().isPresent() && OF_ZONE.contains(call.function())) {
      CelExpr epoch = call("timestamp", null, constant(CelConstant.ofValue(0)));
      return fails(cel, call(call.function(), epoch, argument))
          .map(why -> "unknown time zone '" + text.get() + "'");
    }
    return Optional.empty();
  }

  /** What is wrong with a literal pattern; empty when nothing is. */
  static Optional<String> pattern(Cel cel, CelExpr pattern) {
    CelExpr empty = constant(CelConstant.ofValue(""));
    return fails(cel, call("matches", empty, pattern)).map(Messages::pattern);
  }

  private static CelExpr constant(CelConstant value) {
    return CelExpr.newBuilder().setConstant(value).build();
  }

  private static CelExpr call(String function, @Nullable CelExpr target, CelExpr argument) {
    CelCall.Builder call = CelCall.newBuilder().setFunction(function).addArgs(argument);
    if (target != null) {
      call.setTarget(target);
    }
    return CelExpr.newBuilder().setCall(call.build()).build();
  }

  private static Optional<String> fails(Cel cel, CelExpr expr) {
    CelAbstractSyntaxTree tree =
        CelAbstractSyntaxTree.newParsedAst(expr, CelSource.newBuilder().build());
    try {
      cel.createProgram(tree).eval();
      return Optional.empty();
    } catch (CelEvaluationException e) {
      return Optional.of(Messages.evaluation(e));
    }
  }
}
