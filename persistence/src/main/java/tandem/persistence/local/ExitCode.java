package tandem.persistence.local;

/** What a process has ended with, in words. */
public final class ExitCode {
  /** Shells and the JDK add the number of a signal to it. */
  private static final int SIGNALLED = 128;

  private ExitCode() {}

  /** Whether a signal ended it: its log cannot say why. */
  public static boolean isSignal(int code) {
    return code > SIGNALLED;
  }

  /** E.g. {@code ended with code 3}, {@code was ended by signal 9}. */
  public static String describe(int code) {
    return isSignal(code) ? "was ended by signal " + (code - SIGNALLED) : "ended with code " + code;
  }
}
