package tandem.router.queue;

import static tandem.router.entity.Outbox.earlier;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.agent.Agent;
import tandem.router.call.Call;
import tandem.router.directory.Directory;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.QueueId;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.plan.Plans;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.select.Matcher;
import tandem.router.entity.Address.ToAgent;
import tandem.router.entity.Address.ToCall;
import tandem.router.entity.Address.ToDirectory;
import tandem.router.entity.EntityLogic;
import tandem.router.entity.Outbox;
import tandem.router.entity.Turn;

/** How a queue keeps its order and knows its agents. */
public final class QueueLogic implements EntityLogic<Queue.Command, Queue.Event, QueueState> {
  private final QueueId id;
  private final QueueTimings timings;
  private final Plans plans;
  private final Outbox outbox = new Outbox();
  private final Matcher<CallId> matcher;
  private final Standby standby;
  private final Places places;
  private final Reserves reserves;
  private final MemberDoubts memberDoubts;
  private final QueueFigures figures;
  private final Callers callers;
  private final Set<AgentId> offeredFirst = new LinkedHashSet<>();
  private QueueRule rule = QueueRule.of(QueueSettings.DEFAULT);
  private boolean recovered;
  private long plan;
  private long planSeen = -1;
  private Instant inOrderUntil = Instant.EPOCH;

  public QueueLogic(QueueId id, QueueTimings timings, Plans plans) {
    this.id = id;
    this.timings = timings;
    this.plans = plans;
    this.matcher = new Matcher<>(rule, id.name(), 0, id.hashCode());
    this.standby = new Standby(matcher);
    this.places = new Places(matcher);
    this.memberDoubts = new MemberDoubts(id, timings.askPlace());
    this.reserves = new Reserves(id, timings, matcher, standby, places, memberDoubts);
    this.figures = new QueueFigures(id, timings, matcher, places);
    this.callers = new Callers(id, timings, places, figures);
  }

  @Override
  public QueueState empty() {
    return new QueueState();
  }

  @Override
  public QueueState evolve(QueueState state, Queue.Event event) {
    return state.evolve(event);
  }

  @Override
  public Queue.Command wake() {
    return Queue.Wake.WAKE;
  }

  /** One that nobody made and nobody waits in was only asked about: it need not stay for that. */
  @Override
  public boolean finished(QueueState state) {
    return !exists(state) && state.size() == 0 && state.members().isEmpty();
  }

  private boolean exists(QueueState state) {
    return state.isConfigured() || inPlan().isPresent();
  }

  private Optional<QueueRule> inPlan() {
    return plans.of(id.tenant()).plan().queue(id.name());
  }

  @Override
  public void decide(Turn<QueueState, Queue.Event> turn, Queue.Command command) {
    recover(turn);
    if (command instanceof Queue.Enqueue m) {
      callers.onEnqueue(turn, rule, plan, m);
    } else if (command instanceof Queue.Place m) {
      callers.onPlace(turn, rule, m);
    } else if (command instanceof Queue.Served m) {
      callers.onServed(turn, rule, m);
    } else if (command instanceof Queue.Leave m) {
      callers.onLeave(turn, m);
    } else if (command instanceof Queue.Granted m) {
      reserves.onGranted(turn, m);
      onAnnounce(turn, m.agent(), m.now());
    } else if (command instanceof Queue.Declined m) {
      onDeclined(turn, m);
    } else if (command instanceof Queue.Announce m) {
      onAnnounce(turn, m.agent(), m.now());
    } else if (command instanceof Queue.Configure m) {
      onConfigure(turn, m);
    } else if (command instanceof Queue.Get m) {
      onGet(turn, m);
    } else if (command instanceof Queue.GetPlace m) {
      onGetPlace(turn, m);
    } else if (command instanceof Queue.TellPlace m) {
      if (plans.isLoaded()) {
        work(turn.state());
        callers.tellPlace(turn, m.call());
      }
    } else if (command instanceof Queue.Heard m) {
      outbox.heard(m.key());
    } else if (command != Queue.Wake.WAKE
        && command != Queue.Stop.STOP
        && command != Queue.PlanChanged.PLAN_CHANGED) {
      throw new IllegalStateException("a queue has no answer to " + command);
    }
  }

  private void recover(Turn<QueueState, Queue.Event> turn) {
    if (recovered) {
      return;
    }
    recovered = true;
    work(turn.state());
    inOrderUntil = turn.now().plus(timings.settle());
    matcher.servedLast(turn.state().lastServer());
    callers.recover(turn);
  }

  /** Works by the plan in force, or by the settings where no plan says anything. */
  private void work(QueueState state) {
    PlanInForce inForce = plans.of(id.tenant());
    Optional<QueueRule> planned = inPlan();
    QueueRule now = planned.orElseGet(() -> QueueRule.of(state.settings()));
    long version = planned.isPresent() ? inForce.version() : 0;
    if (!now.equals(rule) || plan != version) {
      rule = now;
      plan = version;
      matcher.rule(rule, version);
    }
  }

  /** Calls that wait may have to follow a new plan: they look for themselves. */
  private void tellOfPlan(Turn<QueueState, Queue.Event> turn) {
    long version = plans.of(id.tenant()).version();
    if (version != planSeen) {
      boolean first = planSeen < 0;
      planSeen = version;
      if (first) {
        // Calls look for themselves when they wake.
        return;
      }
      for (CallId call : turn.state().callers()) {
        turn.tell(new ToCall(call), Call.PlanChanged.PLAN_CHANGED);
      }
    }
  }

  private void onDeclined(Turn<QueueState, Queue.Event> turn, Queue.Declined m) {
    Places.Offer offer = places.offer(m.offer());
    if (offer != null) {
      reserves.remove(offer);
    }
    if (m.reason() == Agent.DeclineReason.TOO_LATE) {
      // Its clock is ahead of ours, or the way was slow. Asked again at once it would answer the
      // same, without end.
      standby.forget(m.agent());
      memberDoubts.forgotForNow(turn.now());
    } else {
      onAnnounce(turn, m.agent(), m.now());
    }
  }

  private void onAnnounce(
      Turn<QueueState, Queue.Event> turn, AgentId agent, Queue.Announcement now) {
    boolean member = turn.state().members().contains(agent);
    if (now.member()) {
      if (!member) {
        turn.persist(new Queue.MemberJoined(agent, turn.now()));
      }
      standby.heard(agent, now, turn.now().plus(timings.turn()));
      if (now.first() && now.free() > 0) {
        offeredFirst.add(agent);
      }
    } else {
      standby.forget(agent);
      if (member) {
        turn.persist(new Queue.MemberLeft(agent, turn.now()));
      }
    }
  }

  private void onGet(Turn<QueueState, Queue.Event> turn, Queue.Get m) {
    if (plans.isLoaded()) {
      turn.reply(m.replyTo(), figures.answer(turn, rule, plan, exists(turn.state())));
    }
  }

  private void onGetPlace(Turn<QueueState, Queue.Event> turn, Queue.GetPlace m) {
    if (plans.isLoaded()) {
      // Before, nobody knows by which rule callers wait.
      work(turn.state());
      callers.onGetPlace(turn, m);
    }
  }

  private void onConfigure(Turn<QueueState, Queue.Event> turn, Queue.Configure m) {
    if (!plans.isLoaded()) {
      // Whether a plan has the queue is not known: whoever asked tries again.
      return;
    }
    if (exists(turn.state()) && m.onlyIfNew()) {
      turn.reply(m.replyTo(), Queue.AlreadyExists.ALREADY_EXISTS);
      return;
    }
    if (inPlan().isPresent()) {
      turn.reply(m.replyTo(), new Queue.InPlan(plans.of(id.tenant()).version()));
      return;
    }
    if (!turn.state().isConfigured() || !turn.state().settings().equals(m.settings())) {
      turn.persist(new Queue.QueueConfigured(id, m.settings(), turn.now()));
    }
    work(turn.state());
    turn.reply(m.replyTo(), figures.configured(turn, rule, plan));
  }

  @Override
  public @Nullable Instant settle(Turn<QueueState, Queue.Event> turn) {
    recover(turn);
    if (!plans.isLoaded()) {
      // Nobody knows yet how this queue works, nor who belongs to it.
      return turn.now().plus(timings.repeat());
    }
    work(turn.state());
    tellOfPlan(turn);
    Instant next = reserves.repeat(turn, rule);
    next = earlier(next, reserves.match(turn, rule, inOrderUntil));
    passOn(turn);
    next = earlier(next, callers.sweep(turn));
    next = earlier(next, memberDoubts.settle(turn, standby));
    if (exists(turn.state())) {
      Directory.Register register = new Directory.Register(Directory.Kind.QUEUE, id.name());
      next =
          earlier(
              next,
              outbox.settle(
                  List.of(new Outbox.Owed(register.key(), new ToDirectory(id.tenant()), register)),
                  turn));
      next = earlier(next, figures.show(turn, rule, plan));
    }
    return next;
  }

  /** Agents whom this queue was to have first, and has nobody for, are free for other queues. */
  private void passOn(Turn<QueueState, Queue.Event> turn) {
    for (AgentId agent : offeredFirst) {
      if (!places.isAsked(agent)) {
        turn.tell(new ToAgent(agent), new Agent.NobodyWaits(id));
      }
    }
    offeredFirst.clear();
  }
}
