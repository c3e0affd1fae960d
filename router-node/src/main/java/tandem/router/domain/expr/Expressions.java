package tandem.router.domain.expr;

import java.util.List;

/**
 * Reads expressions: what is wrong with them, or what can be evaluated.
 *
 * <p>They are written in CEL, the Common Expression Language (cel.dev), and speak of {@code
 * call.from}, {@code to}, {@code country}, {@code region}, {@code timeZone}, {@code arrivedAt} and
 * {@code attributes}; {@code agent.name}, {@code teams}, {@code languages}, {@code skills} and
 * {@code attributes}; {@code queue.name}; {@code now}; {@code skill('x')}, the agent's level, 0
 * where it has none; {@code speaks('pt')}, which {@code pt-br} is too; {@code open('office')}.
 * {@link Scope} says which of these where. Of CEL's extensions there are optional values ({@code
 * call.attributes[?'vip'].orValue(false)}), most of strings ({@code lowerAscii}, {@code trim},
 * {@code substring}, …) and of math ({@code math.greatest}, {@code math.round}, …).
 *
 * <p>Types are checked here, but those of attributes, which nobody knows before, are checked when
 * an expression is evaluated; so is that one which yields an attribute yields what its scope wants.
 */
public final class Expressions {
  /** Expressions kept ready in this JVM; those not used for long make room. */
  public static final int MOST_KEPT = 20_000;

  private record Key(Scope scope, String text) {}

  private static final BoundedCache<Key, Expression> KEPT = new BoundedCache<>(MOST_KEPT);

  private Expressions() {}

  /** All that is wrong with it, in the order of the text; empty when it is fine. Never throws. */
  public static List<ExpressionProblem> check(Scope scope, String text) {
    return Language.of(scope).check(text);
  }

  /**
   * Ready to be evaluated; compiled once and kept for the next who asks.
   *
   * @throws IllegalArgumentException with the first problem, when there are any
   */
  public static Expression of(Scope scope, String text) {
    return KEPT.get(new Key(scope, text), key -> Language.of(scope).compile(scope, text));
  }
}
