package tandem.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import tandem.router.agent.Agent;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.QueueId;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.Strategy;
import tandem.router.domain.TenantId;
import tandem.router.domain.Traits;
import tandem.router.domain.plan.Plans;
import tandem.router.domain.plan.Wants;
import tandem.router.entity.Address.ToAgent;
import tandem.router.entity.Effect;
import tandem.router.entity.Turn;
import tandem.router.queue.Queue;
import tandem.router.queue.QueueLogic;
import tandem.router.queue.QueueState;
import tandem.router.queue.QueueTimings;

/**
 * A queue's decisions, in memory: the pure logic as the router runs it, without a journal. One
 * decision is the turn in which a caller and an agent are brought together.
 */
final class DecisionBench {
  private static final TenantId TENANT = new TenantId("bench");
  private static final QueueId QUEUE = new QueueId(TENANT, "support");
  private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final QueueLogic logic = new QueueLogic(QUEUE, QueueTimings.DEFAULT, Plans.NONE);
  private final long[] versions;
  private QueueState state;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long calls;

  private DecisionBench(int agents) {
    this.versions = new long[agents];
    this.state =
        logic.evolve(
            logic.empty(),
            new Queue.QueueConfigured(
                QUEUE,
                new QueueSettings(
                    Strategy.LONGEST_IDLE, Duration.ofSeconds(15), Duration.ofSeconds(10)),
                now));
  }

  /** A caller comes while all agents are free. */
  static DecisionResult freeAgents(int agents, Duration budget) {
    DecisionBench bench = new DecisionBench(agents);
    for (int i = 0; i < agents; i++) {
      bench.announce(i, true);
    }
    return bench.measure(
        "a queue, one of " + agents + " free agents for a caller", budget, bench::callerComes);
  }

  /** An agent becomes free while all others are busy and callers wait. */
  static DecisionResult waitingCallers(int agents, int waiting, Duration budget) {
    DecisionBench bench = new DecisionBench(agents);
    for (int i = 0; i < agents; i++) {
      bench.announce(i, false);
    }
    for (int i = 0; i < waiting; i++) {
      bench.enqueue();
    }
    return bench.measure(
        "a queue, one of " + waiting + " callers for an agent", budget, bench::agentBecomesFree);
  }

  private interface Round {
    /** One decision; returns how long it took, in nanoseconds. */
    long run();
  }

  private DecisionResult measure(String what, Duration budget, Round round) {
    long begin = System.nanoTime();
    long warm = begin + budget.toNanos() / 2;
    while (System.nanoTime() < warm) {
      round.run();
    }
    Histogram nanos = new Histogram(MAX_NANOS, 3);
    long end = begin + budget.toNanos();
    while (System.nanoTime() < end) {
      nanos.recordValue(Math.min(MAX_NANOS, round.run()));
    }
    return DecisionResult.of(what, nanos);
  }

  private long callerComes() {
    long begin = System.nanoTime();
    Turn<QueueState, Queue.Event> turn = enqueue();
    long took = System.nanoTime() - begin;
    served(reserved(turn), true);
    return took;
  }

  private long agentBecomesFree() {
    int agent = (int) (calls % versions.length);
    long begin = System.nanoTime();
    Turn<QueueState, Queue.Event> turn = announce(agent, true);
    long took = System.nanoTime() - begin;
    served(reserved(turn), false);
    enqueue();
    return took;
  }

  /** The one whom the queue reserved the agent for; a turn that reserves nobody is no decision. */
  private static Effect.Tell reserved(Turn<QueueState, Queue.Event> turn) {
    for (Effect effect : turn.effects()) {
      if (effect instanceof Effect.Tell tell && tell.message() instanceof Agent.Reserve) {
        return tell;
      }
    }
    throw new IllegalStateException("the queue has made no decision");
  }

  private void served(Effect.Tell told, boolean freeAgain) {
    Agent.Reserve reserve = (Agent.Reserve) told.message();
    AgentId agent = ((ToAgent) told.to()).id();
    int index = Integer.parseInt(agent.name().substring(1));
    turn(new Queue.Granted(reserve.offer(), reserve.call(), agent, announcement(index, false)));
    turn(new Queue.Served(reserve.call(), QUEUE.name(), reserve.round(), agent, ""));
    if (freeAgain) {
      announce(index, true);
    }
  }

  private Turn<QueueState, Queue.Event> enqueue() {
    calls++;
    CallId call = new CallId(TENANT, new UUID(calls, calls).toString());
    return turn(new Queue.Enqueue(call, QUEUE.name(), 1, 50, now, Wants.ANYBODY, "", false));
  }

  private Turn<QueueState, Queue.Event> announce(int agent, boolean free) {
    return turn(new Queue.Announce(new AgentId(TENANT, "a" + agent), announcement(agent, free)));
  }

  private Queue.Announcement announcement(int agent, boolean free) {
    versions[agent]++;
    return new Queue.Announcement(
        versions[agent],
        true,
        free ? 1 : 0,
        now,
        Traits.NONE,
        0,
        Duration.ZERO,
        Instant.EPOCH,
        false);
  }

  private Turn<QueueState, Queue.Event> turn(Queue.Command command) {
    now = now.plusNanos(100_000);
    Turn<QueueState, Queue.Event> turn =
        new Turn<>(state, logic::evolve, now, () -> UUID.randomUUID().toString());
    logic.decide(turn, command);
    var unusedWakeUp = logic.settle(turn);
    state = turn.state();
    return turn;
  }
}
