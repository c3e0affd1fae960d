package tandem.router.domain.expr;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A condition or score of a rule author, checked and ready to be evaluated. Immutable, may be used
 * by several threads at once, and is cheap to keep; {@link Expressions#of} makes them.
 */
public final class Expression {
  private final Scope scope;
  private final String text;
  private final SortedSet<String> callFields;
  private final SortedSet<String> calendars;
  private final Program program;

  Expression(
      Scope scope,
      String text,
      SortedSet<String> callFields,
      SortedSet<String> calendars,
      Program program) {
    this.scope = scope;
    this.text = text;
    this.callFields = callFields;
    this.calendars = calendars;
    this.program = program;
  }

  public String text() {
    return text;
  }

  public Scope scope() {
    return scope;
  }

  /** The fields of the call it speaks of, such as {@code call.country}. */
  public SortedSet<String> callFields() {
    return callFields;
  }

  /** The calendars it asks for with {@code open('…')}. */
  public SortedSet<String> calendars() {
    return calendars;
  }

  /**
   * Whether the condition holds.
   *
   * @throws ExpressionException when it cannot be told, such as {@code no such key: vip}, or when
   *     an attribute that it yields is no boolean
   * @throws IllegalStateException for a score
   */
  public boolean test(Facts facts) {
    if (scope == Scope.SCORE) {
      throw new IllegalStateException("a score is a number, not a condition: " + text);
    }
    Object result = evaluate(facts);
    if (result instanceof Boolean holds) {
      return holds;
    }
    throw new ExpressionException("must yield true or false, yields " + Messages.kind(result));
  }

  /**
   * The score.
   *
   * @throws ExpressionException when it cannot be told, or when an attribute that it yields is no
   *     whole number
   * @throws IllegalStateException for a condition
   */
  public long number(Facts facts) {
    if (scope != Scope.SCORE) {
      throw new IllegalStateException("a condition is not a score: " + text);
    }
    Object result = evaluate(facts);
    if (result instanceof Long number) {
      return number;
    }
    throw new ExpressionException("must yield a whole number, yields " + Messages.kind(result));
  }

  private @Nullable Object evaluate(Facts facts) {
    try {
      return program.eval(facts.variables(), facts.functions());
    } catch (CelEvaluationException e) {
      throw new ExpressionException(Messages.evaluation(e), e);
    }
  }

  @Override
  public String toString() {
    return scope + ": " + text;
  }
}
