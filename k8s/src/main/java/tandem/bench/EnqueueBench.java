package tandem.bench;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Props;
import akka.persistence.typed.PersistenceId;
import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import tandem.cli.stack.Wait;
import tandem.cluster.NodeContext;
import tandem.cluster.TandemNode;
import tandem.persistence.cassandra.PersistenceModule;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.QueueId;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.Plans;
import tandem.router.domain.plan.Wants;
import tandem.router.entity.Address;
import tandem.router.entity.Address.ToCall;
import tandem.router.entity.Gatherer;
import tandem.router.entity.Journal;
import tandem.router.entity.Surroundings;
import tandem.router.queue.Queue;
import tandem.router.queue.QueueLogic;
import tandem.router.queue.QueueState;
import tandem.router.queue.QueueTimings;

/**
 * One queue as a node runs it, with its journal and snapshots in Cassandra, and calls that are
 * played: each comes, waits behind some thousand others, and leaves. An enqueue is over when the
 * queue says that it has heard it, which it does once it is persisted.
 */
final class EnqueueBench implements AutoCloseable {
  /** Callers in line (count); as many as in the decisions' benches. */
  static final int WAITING = 5_000;

  /** What the queue is to take (1/s). */
  static final int ENOUGH = 1_000;

  private static final QueueId QUEUE = new QueueId(new TenantId("bench"), "support");
  private static final int IN_FLIGHT = 512;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long MAX_NANOS = PATIENCE.toNanos();

  /**
   * How fast a queue took callers.
   *
   * @param most enqueues a second when the next is said as soon as one of 512 was heard
   * @param p50Millis from when an enqueue was due to when it was heard, at 1,000 a second
   */
  record Result(double most, double p50Millis, double p99Millis) {}

  private final TandemNode node;
  private final ActorRef<Queue.Command> queue;
  private final Map<CallId, Long> said = new ConcurrentHashMap<>();

  /** Asked only where the next is said as soon as one was heard. */
  private final Semaphore free = new Semaphore(IN_FLIGHT);

  private final AtomicLong heard = new AtomicLong();
  private final Deque<CallId> line = new ArrayDeque<>();
  private volatile Histogram nanos = new ConcurrentHistogram(MAX_NANOS, 3);
  private long calls;

  private EnqueueBench(TandemNode node) {
    this.node = node;
    this.queue =
        node.system()
            .systemActorOf(
                Gatherer.create(
                    Queue.Command.class,
                    Queue.Stop.STOP,
                    PersistenceId.of("Queue", QUEUE.value()),
                    () -> new QueueLogic(QUEUE, QueueTimings.DEFAULT, Plans.NONE),
                    new Journal<>(
                        "",
                        node.context().config().getInt("tandem.router.snapshot-every"),
                        QueueState::snapshot,
                        (snapshot, empty) -> QueueState.of((QueueState.Snapshot) snapshot)),
                    surroundings(node.context()),
                    () -> {}),
                "queue",
                Props.empty());
  }

  /** Starts a node without other entities on keyspaces of its own. */
  static EnqueueBench start(InetSocketAddress cassandra) {
    String keyspaces = "tandem.persistence.cassandra.keyspaces.";
    return new EnqueueBench(
        TandemNode.start(
            ConfigFactory.parseMap(
                Map.of(
                    "tandem.persistence.cassandra.contact-point",
                    cassandra.getHostString() + ":" + cassandra.getPort(),
                    keyspaces + "journal",
                    "tandem_enqueues_journal",
                    keyspaces + "calls",
                    "tandem_enqueues_calls",
                    keyspaces + "record",
                    "tandem_enqueues_record",
                    "tandem.node.roles",
                    List.of("router"))),
            List.of(new PersistenceModule()),
            age -> {
              throw new IllegalStateException("this JVM stood still for " + age);
            }));
  }

  private Surroundings surroundings(NodeContext context) {
    return new Surroundings(
        this::post,
        item -> {},
        event -> {},
        stopped -> {},
        Clock.systemUTC(),
        () -> UUID.randomUUID().toString(),
        context.gate());
  }

  /** What the queue says to its calls. */
  private void post(Address to, RouterSerializable message) {
    if (to instanceof ToCall call && message instanceof Call.Heard) {
      Long since = said.remove(call.id());
      if (since != null) {
        nanos.recordValue(Math.min(MAX_NANOS, System.nanoTime() - since));
        heard.incrementAndGet();
        free.release();
      }
    }
  }

  /**
   * Fills the line, then as fast as it goes, then at the rate that is to be kept up; the first half
   * of both is for warming up.
   */
  Result run(Duration each) {
    fill();
    asFastAsItGoes(each.dividedBy(2));
    double most = asFastAsItGoes(each.dividedBy(2));
    atARate(each.dividedBy(2));
    nanos = new ConcurrentHistogram(MAX_NANOS, 3);
    atARate(each.dividedBy(2));
    return new Result(
        most, nanos.getValueAtPercentile(50) / 1e6, nanos.getValueAtPercentile(99) / 1e6);
  }

  private void fill() {
    while (line.size() < WAITING) {
      free.acquireUninterruptibly();
      comes(System.nanoTime());
    }
    awaitHeard();
  }

  private double asFastAsItGoes(Duration budget) {
    long begin = System.nanoTime();
    long end = begin + budget.toNanos();
    long before = heard.get();
    while (System.nanoTime() < end) {
      free.acquireUninterruptibly();
      comes(System.nanoTime());
      goes();
    }
    double rate = (heard.get() - before) / ((System.nanoTime() - begin) / 1e9);
    awaitHeard();
    return rate;
  }

  /** Each is said when it is due, however many have not been heard, and counts from then on. */
  private void atARate(Duration budget) {
    long begin = System.nanoTime();
    long pause = TimeUnit.SECONDS.toNanos(1) / ENOUGH;
    long count = budget.toNanos() / pause;
    AtomicLong next = new AtomicLong();
    AtomicBoolean done = new AtomicBoolean();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try {
      var ticking =
          clock.scheduleAtFixedRate(
              () -> {
                long due = (System.nanoTime() - begin) / pause;
                while (next.get() < Math.min(due, count)) {
                  comes(begin + next.getAndIncrement() * pause);
                  goes();
                }
                done.set(next.get() == count);
              },
              0,
              1,
              TimeUnit.MILLISECONDS);
      Wait.until(
          "the callers have come", budget.plus(PATIENCE), () -> done.get() || ticking.isDone());
      if (!done.get()) {
        ticking.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("the callers did not come: " + e.getMessage(), e);
    } finally {
      clock.shutdownNow();
    }
    awaitHeard();
  }

  private void awaitHeard() {
    Wait.until("the queue has heard of every caller", PATIENCE, said::isEmpty);
  }

  private void comes(long due) {
    calls++;
    CallId call = new CallId(QUEUE.tenant(), new UUID(calls, calls).toString());
    said.put(call, due);
    line.add(call);
    queue.tell(
        new Queue.Enqueue(
            call, QUEUE.name(), 1, 50, Instant.now(), Wants.ANYBODY, "+14155550123", false));
  }

  private void goes() {
    queue.tell(new Queue.Leave(line.remove(), QUEUE.name(), 1, Queue.LeaveReason.ABANDONED));
  }

  @Override
  public void close() {
    try {
      node.stop().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the bench's node did not stop: " + e.getMessage(), e);
    }
  }
}
