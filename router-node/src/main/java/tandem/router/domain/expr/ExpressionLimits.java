package tandem.router.domain.expr;

/**
 * How large an expression may be. Together they keep the longest evaluation known at a few
 * milliseconds (a usual one takes about 1 µs), and the parser and the evaluation off the end of the
 * stack.
 */
public final class ExpressionLimits {
  /** Characters (Unicode code points) of the text. */
  public static final int MOST_CHARACTERS = 2_000;

  /** Operators, calls, names and literals, after {@code exists} and its kind are written out. */
  public static final int MOST_NODES = 300;

  /** Operators and calls inside each other; brackets count too. */
  public static final int DEEPEST = 50;

  /**
   * {@code all}, {@code exists}, {@code exists_one}, {@code filter} and {@code map} inside each
   * other, or one upon the result of another: each may multiply what there is.
   */
  public static final int DEEPEST_MACRO = 1;

  /** Nodes of what such a macro does with each element. */
  public static final int MOST_NODES_IN_MACRO = 40;

  /** Elements that all macros of an expression look at in one evaluation. */
  public static final int MOST_ITERATIONS = 200;

  /** Uses of {@code +} that put lists together. */
  public static final int MOST_LIST_SUMS = 5;

  /**
   * Uses of {@code matches}, none of them inside a macro. It is RE2's, whose time grows with the
   * length of text and pattern but never faster.
   */
  public static final int MOST_PATTERNS = 5;

  /** Instructions of one compiled pattern; a letter is one, {@code x{90}} is ninety. */
  public static final int LARGEST_PATTERN = 100;

  /** Problems of one expression that are told. */
  public static final int MOST_PROBLEMS = 20;

  private ExpressionLimits() {}
}
