package tandem.router.domain.select;

import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import tandem.router.domain.expr.Scope;

/** Says whom an expression is true of. An {@link IllegalArgumentException} says that it is none. */
interface Judge {
  /**
   * Whether an agent meets an expression; one without a result is not met.
   *
   * @param scope {@link Scope#REQUIREMENT} or {@link Scope#MEMBER}
   * @param call what the expression knows of the caller
   */
  Predicate<Slot> meets(Scope scope, String text, SortedMap<String, Object> call);

  /** What an expression of {@link Scope#SCORE} yields for an agent; 0 without a result. */
  ToLongFunction<Slot> score(String text);
}
