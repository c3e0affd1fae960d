package tandem.edge.esl;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of one connection lies with the listener and has not been dealt with. Single owner of
 * whether the connection is read on. The connection hands over and asks on its own thread; what is
 * handed over may be taken on any.
 */
final class UntakenBytes {
  /** What a signal weighs beside its frame's bytes: its objects and its place in a mailbox. */
  static final int OVERHEAD = 256;

  private final int limit;
  private final Runnable readOn;
  private final AtomicLong untaken = new AtomicLong();
  private final AtomicBoolean held = new AtomicBoolean();

  /**
   * @param limit in bytes; reading stops there and goes on at half of it, so that the listener has
   *     something to do until more comes
   * @param readOn called on the thread that takes, once each time that {@link #isFull()} was true
   */
  UntakenBytes(int limit, Runnable readOn) {
    this.limit = limit;
    this.readOn = readOn;
  }

  /** Counts a frame as handed over until what is returned is run. */
  Runnable handOver(EslFrame frame) {
    int weight = frame.length() + OVERHEAD;
    untaken.addAndGet(weight);
    return () -> take(weight);
  }

  private void take(int weight) {
    if (untaken.addAndGet(-weight) <= limit / 2 && held.get() && held.compareAndSet(true, false)) {
      readOn.run();
    }
  }

  /** Whether reading has to wait to be called on. */
  boolean isFull() {
    if (untaken.get() < limit) {
      return false;
    }
    held.set(true);
    // All may have been taken before it could be seen that somebody waits for it.
    return untaken.get() > limit / 2 || !held.compareAndSet(true, false);
  }
}
