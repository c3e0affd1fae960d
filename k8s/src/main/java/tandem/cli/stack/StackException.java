package tandem.cli.stack;

import org.jspecify.annotations.Nullable;

/** A part cannot start or was lost. The message is one line a newcomer can act upon. */
public final class StackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StackException(String message) {
    super(message);
  }

  public StackException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
