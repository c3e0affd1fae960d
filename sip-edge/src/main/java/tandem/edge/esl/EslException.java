package tandem.edge.esl;

import java.time.Duration;

/**
 * Why a command has no reply, or a job no result. Whether the switch has done it is then unknown.
 */
public abstract sealed class EslException extends Exception {
  private static final long serialVersionUID = 1L;

  private EslException(String message) {
    super(message);
  }

  /** The connection closed before the answer came. */
  public static final class Closed extends EslException {
    private static final long serialVersionUID = 1L;

    Closed(EslCloseReason reason) {
      super("the connection closed: " + reason.text());
    }
  }

  /** The answer did not come before its deadline. One that comes later is dropped. */
  public static final class TimedOut extends EslException {
    private static final long serialVersionUID = 1L;

    TimedOut(String what, Duration deadline) {
      super("no answer within " + deadline.toMillis() + " ms: " + what);
    }
  }

  /** Too many commands wait for their answers already; this one was not written. */
  public static final class Overloaded extends EslException {
    private static final long serialVersionUID = 1L;

    Overloaded(int limit) {
      super(limit + " commands wait for their answers; this one was not written");
    }
  }

  /** The switch did not take the job, or another job of that id is still running. */
  public static final class Refused extends EslException {
    private static final long serialVersionUID = 1L;

    Refused(String text) {
      super("the job was not accepted: " + text);
    }
  }
}
