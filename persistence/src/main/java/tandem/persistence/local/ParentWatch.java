package tandem.persistence.local;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Runs in the child JVM, before its real main: ends the child when the parent is gone. The parent
 * holds the other end of the child's standard input; the kernel closes it however the parent dies,
 * so nobody has to poll for a process id.
 *
 * <p>This class is copied alone into the child's class path, so it uses the JDK only.
 */
public final class ParentWatch {
  /** What a shell reports for a process that was told to end (128 + SIGTERM). */
  private static final int ENDED_WITH_PARENT = 143;

  private ParentWatch() {}

  /**
   * Starts the watch, then the real main.
   *
   * @param args name of the real main class, then its arguments
   */
  public static void main(String[] args) throws Exception {
    Thread watch = new Thread(ParentWatch::awaitEndOfParent, "parent-watch");
    watch.setDaemon(true);
    watch.start();
    Method main = Class.forName(args[0]).getMethod("main", String[].class);
    main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
  }

  private static void awaitEndOfParent() {
    try {
      while (System.in.read() >= 0) {
        // The parent never writes; whatever comes is not the end.
      }
    } catch (IOException e) {
      System.out.println("standard input failed, taken for the end of the parent: " + e);
    }
    // Not exit: shutdown hooks may wait for long, and nobody is left to wait for them.
    Runtime.getRuntime().halt(ENDED_WITH_PARENT);
  }
}
