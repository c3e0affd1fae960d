package tandem.persistence.local;

/** A local server could not start. The message is one line a newcomer can act upon. */
public final class LocalServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LocalServerException(String message) {
    super(message);
  }

  public LocalServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
