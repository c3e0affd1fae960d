package tandem.edge.link;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Wakes switches' listeners every few milliseconds while calls are being set up: without it events
 * wait up to 20 ms. A thread of its own, since the actor system's clock ticks every 10 ms; asleep
 * while nothing is being set up.
 */
final class Nudger implements AutoCloseable {
  private final ScheduledThreadPoolExecutor thread;
  private final Duration every;

  /** Nudging going on; closed to end it. */
  @FunctionalInterface
  interface Nudging extends AutoCloseable {
    @Override
    void close();
  }

  Nudger(Duration every) {
    this.every = every;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread made = new Thread(work, "tandem-nudge");
              made.setDaemon(true);
              return made;
            });
    thread.setRemoveOnCancelPolicy(true);
  }

  /** Runs the nudge from now on until what is returned is closed. */
  Nudging start(Runnable nudge) {
    ScheduledFuture<?> running =
        thread.scheduleAtFixedRate(nudge, 0, every.toNanos(), TimeUnit.NANOSECONDS);
    return () -> running.cancel(false);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
