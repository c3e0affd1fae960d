package tandem.router.domain.expr;

/**
 * A good expression that has no result for these facts, such as one that reads an attribute the
 * call does not have. The message is for people.
 */
public final class ExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ExpressionException(String message, Throwable cause) {
    super(message, cause);
  }

  ExpressionException(String message) {
    super(message);
  }
}
