package tandem.http.routes;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.simulate.Progress;
import tandem.router.domain.simulate.SimulationOptions;
import tandem.router.domain.simulate.SimulationReport;
import tandem.router.domain.simulate.Staffing;
import tandem.router.domain.simulate.Traffic;

/**
 * The what-ifs that run on this node: one of a tenant and two in all, on threads of their own that
 * give way to everything else. More would be time and memory taken from the calls.
 */
public final class Simulations implements AutoCloseable {
  /** At the same time (count). */
  static final int MOST = 2;

  /** An idle thread ends after this time (s). */
  private static final long IDLE = 30;

  /** What simulates; {@link tandem.router.domain.simulate.Simulation} outside tests. */
  @FunctionalInterface
  public interface Engine {
    /** Empty when {@code progress} ended it. */
    Optional<SimulationReport> run(
        PlanInForce plan,
        Traffic traffic,
        Staffing staffing,
        SimulationOptions options,
        Progress progress);
  }

  private final Engine engine;
  private final Executor threads = pool();
  private final Map<TenantId, Place> places = new HashMap<>();
  private volatile boolean closed;

  public Simulations(Engine engine) {
    this.engine = engine;
  }

  @SuppressWarnings("ThreadPriorityCheck") // nothing is right or wrong by it: calls merely go first
  private static Executor pool() {
    AtomicInteger made = new AtomicInteger();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            MOST,
            MOST,
            IDLE,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "simulation-" + made.incrementAndGet());
              thread.setDaemon(true);
              thread.setPriority(Thread.MIN_PRIORITY);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  Engine engine() {
    return engine;
  }

  /** Where they run, and where what takes long is read for them. */
  Executor threads() {
    return threads;
  }

  /**
   * A place for a run of a tenant's, from before its body is read until its report is made.
   *
   * @throws ProblemException 429 when there is none, 503 when the node stops
   */
  synchronized Place take(TenantId tenant) {
    if (closed) {
      throw new ProblemException(stopping());
    } else if (places.containsKey(tenant)) {
      throw new ProblemException(
          Problem.of(
              429,
              "A simulation of this tenant runs on this node already; wait for its end, or close"
                  + " its connection."));
    } else if (places.size() == MOST) {
      throw new ProblemException(
          Problem.of(429, "This node runs " + MOST + " simulations already; try again later."));
    }
    Place place = new Place(tenant);
    places.put(tenant, place);
    return place;
  }

  private synchronized void free(Place place) {
    places.remove(place.tenant, place);
  }

  /** No run begins any more, and those that go on end soon. */
  @Override
  public void close() {
    closed = true;
  }

  static Problem stopping() {
    return Problem.of(503, "The node is stopping; try again.");
  }

  /** One of the places. Given back once, however it ends. */
  final class Place {
    private enum State {
      HELD,
      RUNNING,
      OVER
    }

    private final TenantId tenant;
    private final AtomicReference<State> state = new AtomicReference<>(State.HELD);
    private volatile boolean left;

    private Place(TenantId tenant) {
      this.tenant = tenant;
    }

    /** Whether the run may begin; it may not when the place was given back for lack of a client. */
    boolean begin() {
      return state.compareAndSet(State.HELD, State.RUNNING);
    }

    /** Gives the place back unless the run has begun. */
    void expire() {
      if (state.compareAndSet(State.HELD, State.OVER)) {
        free(this);
      }
    }

    /** The run, or what came before it, is over. */
    void end() {
      if (state.getAndSet(State.OVER) != State.OVER) {
        free(this);
      }
    }

    /** Nobody wants the report any more. */
    void leave() {
      left = true;
    }

    boolean left() {
      return left;
    }

    /** Whether the run is to go on. */
    boolean goesOn() {
      return !left && !closed;
    }
  }
}
