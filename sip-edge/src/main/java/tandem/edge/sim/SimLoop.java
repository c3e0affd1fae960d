package tandem.edge.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simulator's one thread. It is the single owner of all channel state, timers and Event Socket
 * connections, so nothing in this package needs a lock; other threads (SIP, callers of the Java
 * API) come in through {@link #execute}.
 */
final class SimLoop implements Executor, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SimLoop.class);

  /** What a registered socket calls when it can be read, written or accepted. */
  interface Ready {
    void ready(SelectionKey key);
  }

  /** A task for later; may be taken back as long as it has not run. */
  static final class Timer implements Comparable<Timer> {
    private final long at;
    private final long order;
    private final Runnable task;
    private boolean cancelled;

    private Timer(long at, long order, Runnable task) {
      this.at = at;
      this.order = order;
      this.task = task;
    }

    void cancel() {
      cancelled = true;
    }

    @Override
    public int compareTo(Timer other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final Selector selector;
  private final Thread thread;
  private final ConcurrentLinkedQueue<Runnable> inbox = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final Queue<Runnable> endOfTurn = new ArrayDeque<>();
  private final AtomicLong failures = new AtomicLong();
  private volatile boolean running = true;
  private long order;

  SimLoop(String name) {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  Selector selector() {
    return selector;
  }

  boolean onLoop() {
    return Thread.currentThread() == thread;
  }

  /** How many tasks have failed; anything but 0 is a fault of the simulator. */
  long failures() {
    return failures.get();
  }

  @Override
  public void execute(Runnable task) {
    inbox.add(task);
    if (!onLoop()) {
      selector.wakeup();
    }
  }

  /** On the loop only. */
  Timer after(Duration delay, Runnable task) {
    return afterNanos(delay.toNanos(), task);
  }

  /** On the loop only. */
  Timer afterNanos(long delay, Runnable task) {
    Timer timer = new Timer(System.nanoTime() + Math.max(0, delay), order++, task);
    timers.add(timer);
    return timer;
  }

  /** On the loop only: nothing planned will happen. */
  void forgetTimers() {
    timers.clear();
  }

  /**
   * On the loop only: runs after everything else of this turn, so that what is written in one turn
   * leaves in one packet.
   */
  void atEndOfTurn(Runnable task) {
    endOfTurn.add(task);
  }

  private void run() {
    while (running) {
      try {
        selector.select(this::ready, timeoutMillis());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      long now = System.nanoTime();
      for (Timer next = timers.peek(); next != null && next.at <= now; next = timers.peek()) {
        timers.poll();
        if (!next.cancelled) {
          guarded(next.task);
        }
      }
      drain(inbox, 10_000);
      drain(endOfTurn, Integer.MAX_VALUE);
    }
  }

  /** 1 ms is the selector's finest wait; 0 would wait for ever. */
  private long timeoutMillis() {
    if (!inbox.isEmpty()) {
      selector.wakeup();
      return 1;
    }
    Timer next = timers.peek();
    if (next == null) {
      return 1_000;
    }
    long nanos = next.at - System.nanoTime();
    if (nanos <= 0) {
      selector.wakeup();
      return 1;
    }
    return Math.max(1, Math.min(1_000, nanos / 1_000_000));
  }

  private void drain(Queue<Runnable> queue, int most) {
    Runnable task;
    for (int i = 0; i < most && (task = queue.poll()) != null; i++) {
      guarded(task);
    }
  }

  private void ready(SelectionKey key) {
    if (key.attachment() instanceof Ready handler) {
      guarded(() -> handler.ready(key));
    }
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      failures.incrementAndGet();
      LOG.error("a task of the switch simulator failed", e);
    }
  }

  /** Ends the thread after its present turn; from another thread, waits for that. */
  @Override
  public void close() {
    running = false;
    selector.wakeup();
    if (onLoop()) {
      return;
    }
    try {
      thread.join(5_000);
      selector.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
