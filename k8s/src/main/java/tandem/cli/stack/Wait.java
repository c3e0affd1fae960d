package tandem.cli.stack;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for a fact on a main thread. */
public final class Wait {
  private static final long LOOK_MILLIS = 50;

  private Wait() {}

  /**
   * Looks again and again until it is so.
   *
   * @throws StackException when it is not within the patience, or the thread is interrupted
   */
  public static void until(String fact, Duration patience, BooleanSupplier isSo) {
    long end = System.nanoTime() + patience.toNanos();
    CountDownLatch never = new CountDownLatch(1);
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new StackException("waited " + patience.toSeconds() + " s in vain until " + fact);
      }
      try {
        var unused = never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StackException("interrupted while waiting until " + fact, e);
      }
    }
  }
}
