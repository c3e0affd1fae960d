package tandem.router.domain.expr;

/**
 * What is wrong with an expression, and where.
 *
 * @param line 1 for the first line of the expression's text
 * @param column 1 for the first character (Unicode code point) of that line
 * @param message for people
 */
public record ExpressionProblem(int line, int column, String message) {
  /** Both in one: {@code line 1, column 6: call has no field 'cuntry'}. */
  @Override
  public String toString() {
    return "line " + line + ", column " + column + ": " + message;
  }
}
