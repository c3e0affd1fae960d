package tandem.cluster;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a zombie from acting: a node that was stopped for so long that others took over its work
 * and that then wakes. Single owner of the node's tick.
 *
 * <p>{@link #check()} stands before every persist, timer effect and order to a switch. After a
 * pause it is open which thread runs first, so the tick itself looks at the gap too, before it
 * closes it: no order of waking lets one act through.
 *
 * <p>The clock is monotonic. It goes on while a process is stopped (SIGSTOP). Where a hypervisor
 * suspends the whole machine it may stand still; that pause is not seen here.
 */
public final class LivenessGate implements AutoCloseable {

  /** What happens to a zombie; replaced where a test wants to see it. */
  @FunctionalInterface
  public interface Halt {
    /**
     * Ends the node.
     *
     * @param age how long ago the last tick was
     */
    void halt(Duration age);
  }

  /** Exit code of a halted zombie (EX_TEMPFAIL): whoever watches the process starts it again. */
  public static final int EXIT_CODE = 75;

  private static final AtomicBoolean SAID = new AtomicBoolean();

  /** Halts the JVM at once: no shutdown hook runs, because those would act. */
  public static final Halt JVM =
      age -> {
        // Every thread that wakes comes here; one line is enough.
        if (SAID.compareAndSet(false, true)) {
          System.err.println(
              "tandem: this node stood still for "
                  + age.toMillis()
                  + " ms; halting, since others may have taken over");
        }
        Runtime.getRuntime().halt(EXIT_CODE);
      };

  private final LongSupplier nanoClock;
  private final long limitNanos;
  private final Halt halt;
  private final @Nullable ScheduledThreadPoolExecutor ticker;
  private volatile long lastTick;

  /** A gate whose {@link #tick()} the caller calls: for tests with a clock of their own. */
  public LivenessGate(LongSupplier nanoClock, Duration limit, Halt halt) {
    this(nanoClock, limit, halt, null);
  }

  private LivenessGate(
      LongSupplier nanoClock,
      Duration limit,
      Halt halt,
      @Nullable ScheduledThreadPoolExecutor ticker) {
    this.nanoClock = nanoClock;
    this.limitNanos = limit.toNanos();
    this.halt = halt;
    this.ticker = ticker;
    this.lastTick = nanoClock.getAsLong();
  }

  /** A gate that ticks on a daemon thread of its own until it is closed. */
  public static LivenessGate start(
      LongSupplier nanoClock, Duration tick, Duration limit, Halt halt) {
    ScheduledThreadPoolExecutor ticker =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "tandem-liveness");
              thread.setDaemon(true);
              return thread;
            });
    LivenessGate gate = new LivenessGate(nanoClock, limit, halt, ticker);
    // A fixed delay: after a pause the missed ticks are not made up for.
    var ticking =
        ticker.scheduleWithFixedDelay(gate::tick, 0, tick.toNanos(), TimeUnit.NANOSECONDS);
    assert !ticking.isCancelled();
    return gate;
  }

  /** A gate for tests of single entities: its clock stands still, so it never shuts. */
  public static LivenessGate alwaysOpen() {
    return new LivenessGate(() -> 0, Duration.ofDays(1), JVM);
  }

  /**
   * Returns when the node may act; otherwise halts it. One volatile read and one clock read, no
   * allocation.
   */
  public void check() {
    long age = nanoClock.getAsLong() - lastTick;
    if (age > limitNanos) {
      halt.halt(Duration.ofNanos(age));
    }
  }

  /** Notes that the JVM runs, unless it has not for too long. */
  public void tick() {
    check();
    lastTick = nanoClock.getAsLong();
  }

  /** How long ago the last tick was, for health checks and metrics. */
  public Duration age() {
    return Duration.ofNanos(nanoClock.getAsLong() - lastTick);
  }

  @Override
  public void close() {
    if (ticker != null) {
      ticker.shutdownNow();
    }
  }
}
