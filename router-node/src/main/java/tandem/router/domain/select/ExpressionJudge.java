package tandem.router.domain.select;

import java.util.Map;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import tandem.router.domain.expr.Expression;
import tandem.router.domain.expr.ExpressionException;
import tandem.router.domain.expr.Expressions;
import tandem.router.domain.expr.Facts;
import tandem.router.domain.expr.Scope;

/** Judges by the expressions of a plan, for one queue. */
record ExpressionJudge(String queueName) implements Judge {
  @Override
  public Predicate<Slot> meets(Scope scope, String text, SortedMap<String, Object> call) {
    Expression expression = Expressions.of(scope, text);
    return slot -> {
      try {
        return expression.test(call.isEmpty() ? facts(slot) : facts(slot, call));
      } catch (ExpressionException e) {
        return false;
      }
    };
  }

  @Override
  public ToLongFunction<Slot> score(String text) {
    Expression expression = Expressions.of(Scope.SCORE, text);
    return slot -> {
      try {
        return expression.number(facts(slot));
      } catch (ExpressionException e) {
        return 0;
      }
    };
  }

  private Facts facts(Slot slot) {
    Facts known = slot.facts;
    if (known == null) {
      known = facts(slot, Map.of());
      slot.facts = known;
    }
    return known;
  }

  private Facts facts(Slot slot, Map<String, Object> call) {
    return Facts.ofAgent(slot.id.name(), slot.standing.traits(), queueName, call);
  }
}
