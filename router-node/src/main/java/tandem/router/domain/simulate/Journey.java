package tandem.router.domain.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Change;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.plan.Router;
import tandem.router.domain.plan.Routing;
import tandem.router.domain.simulate.Recorded.Outcome;
import tandem.router.domain.simulate.SimCall.State;

/** What happens to calls until an agent's phone rings: flows, waits, limits, steps, hanging up. */
final class Journey {
  /** Actions of one call at one instant: rules may send it round in a circle. */
  private static final int MOST_ACTIONS = 100;

  private static final String NO_ROUTE = "hangup:NO_ROUTE_DESTINATION";

  private final PlanInForce plan;
  private final Agenda agenda;
  private final Desks desks;
  private final Tallies all;
  private final Witness witness;
  private final Map<String, AgentId> lastAgents = new HashMap<>();
  private Instant lastEnd;

  /** Calls that stand in some queue. */
  private int standing;

  Journey(PlanInForce plan, Agenda agenda, Desks desks, Tallies all, Witness witness) {
    this.plan = plan;
    this.agenda = agenda;
    this.desks = desks;
    this.all = all;
    this.witness = witness;
    this.lastEnd = agenda.now();
  }

  /** When the last call was over so far. */
  Instant lastEnd() {
    return lastEnd;
  }

  /** A call comes. */
  void arrives(SimCall call) {
    all.offered();
    Router.route(plan, call.caller, agenda.now())
        .ifPresentOrElse(routing -> act(call, routing), () -> ends(call, NO_ROUTE));
  }

  private void follow(SimCall call, Action action) {
    act(call, Router.follow(plan, call.caller, action, agenda.now()));
  }

  private void act(SimCall call, Routing routing) {
    call.caller = routing.caller();
    if (!agenda.now().equals(call.lastAction)) {
      call.lastAction = agenda.now();
      call.actions = 0;
    }
    if (++call.actions > MOST_ACTIONS) {
      ends(call, NO_ROUTE);
      return;
    }
    Action action = routing.action();
    if (action instanceof Action.Wait wait) {
      waits(call, wait);
    } else if (action instanceof Action.Park park) {
      parks(call, park);
    } else if (action instanceof Action.Voicemail voicemail) {
      ends(call, "voicemail:" + voicemail.box());
    } else if (action instanceof Action.HangUp hangUp) {
      ends(call, "hangup:" + hangUp.cause());
    } else if (action instanceof Action.Transfer transfer) {
      ends(call, "transfer:" + transfer.to());
    } else {
      // Played or set, and nothing follows.
      ends(call, "hangup:NORMAL_CLEARING");
    }
  }

  private void ends(SimCall call, String how) {
    over(call);
    all.other(how);
    became(call, Outcome.OTHER);
  }

  private void became(SimCall call, Outcome outcome) {
    Instant since = call.waitsSince;
    witness.sees(
        call.arrival,
        new Recorded(
            call.queue,
            since == null ? Duration.ZERO : Duration.between(since, agenda.now()),
            outcome,
            outcome == Outcome.ANSWERED ? call.arrival.handle() : null));
  }

  /** Its life is over. */
  void over(SimCall call) {
    call.state = State.OVER;
    lastEnd = agenda.now();
  }

  /** An agent has done its work after a call. */
  void agentDone() {
    lastEnd = agenda.now();
  }

  private void parks(SimCall call, Action.Park park) {
    call.state = State.PARKED;
    int round = ++call.round;
    losesPatience(call);
    agenda.at(
        agenda.now().plus(park.timeout()),
        () -> {
          if (call.state == State.PARKED && call.round == round) {
            call.state = State.ROUTED;
            follow(call, park.then());
          }
        });
  }

  private void waits(SimCall call, Action.Wait wait) {
    Instant now = agenda.now();
    call.begun = now;
    int round = ++call.round;
    call.wants = wait.wants();
    call.priority = wait.priority();
    call.steps = wait.steps();
    call.fired.clear();
    call.unanswered = 0;
    losesPatience(call);
    Action otherwise = comes(call, wait.queues());
    if (otherwise != null) {
      follow(call, otherwise);
      return;
    }
    call.state = State.WAITING;
    all.length(++standing);
    stands(call);
    for (int i = 0; i < call.steps.size(); i++) {
      Duration after = call.steps.get(i).after();
      int step = i;
      if (after != null) {
        agenda.at(
            now.plus(after),
            () -> {
              if (call.isIn(round) && call.state == State.WAITING && !call.fired.get(step)) {
                fires(call, step);
              }
            });
      }
    }
  }

  /** Takes a place in each queue that has one; else what the last queue to refuse it says. */
  private @Nullable Action comes(SimCall call, List<String> queues) {
    Action otherwise = null;
    call.queue = queues.get(0);
    for (String name : queues) {
      otherwise = comes(call, desks.get(name)).orElse(otherwise);
    }
    return call.desks.isEmpty() ? otherwise : null;
  }

  private Optional<Action> comes(SimCall call, Desk desk) {
    Optional<Action> refusal = desk.refusal(call.wants, agenda.now());
    if (refusal.isPresent()) {
      desk.refused();
    } else {
      call.desks.add(desk);
      desk.enters(call.wants, agenda.now());
    }
    return refusal;
  }

  /** Lets its queues match it. */
  private void stands(SimCall call) {
    AgentId last = lastAgent(call);
    for (Desk desk : call.desks) {
      desk.matcher().put(call.waiter(last));
      desks.mark(desk);
    }
  }

  /** From its first wait on. */
  private void losesPatience(SimCall call) {
    if (call.waitsSince != null) {
      return;
    }
    call.waitsSince = agenda.now();
    Duration patience = call.arrival.patience();
    agenda.at(
        agenda.now().plus(patience == null ? Arrival.LONGEST : patience),
        () -> hangsUp(call, patience != null));
  }

  private void hangsUp(SimCall call, boolean itself) {
    if (call.state == State.TALKING || call.state == State.OVER) {
      return;
    }
    Instant now = agenda.now();
    boolean waited = call.state == State.WAITING;
    call.ringing.keySet().stream().toList().forEach(agent -> stopsRinging(call, agent));
    for (Desk desk : call.desks) {
      desk.matcher().remove(call.index);
      if (waited) {
        desk.stops(call.wants, now);
      }
      desk.leaves();
      desks.mark(desk);
      if (itself) {
        desk.tallies().abandoned(Duration.between(call.begun, now));
      } else {
        desk.tallies().unserved();
      }
    }
    leavesAll(call);
    over(call);
    if (itself) {
      all.abandoned(Duration.between(since(call), now));
    } else {
      all.unserved();
    }
    became(call, itself ? Outcome.ABANDONED : Outcome.OTHER);
  }

  /** An agent's phone falls silent without having been answered. */
  void stopsRinging(SimCall call, SimAgent agent) {
    call.ringing.remove(agent);
    agent.rangInVain(call, agenda.now());
    desks.hear(agent);
  }

  /** The agent went while its phone rang: nobody is to blame, and the call keeps its place. */
  void withdrawn(SimCall call, SimAgent agent) {
    stopsRinging(call, agent);
    if (call.ringing.isEmpty()) {
      comesBack(call);
    }
  }

  /** A phone rang to the end. */
  void rangOut(SimCall call, SimAgent agent) {
    stopsRinging(call, agent);
    call.unanswered++;
    if (call.ringing.isEmpty()) {
      comesBack(call);
    }
  }

  /** To its place; what fell due while phones rang is done now. */
  private void comesBack(SimCall call) {
    call.state = State.WAITING;
    call.ringsFor = null;
    call.desks.forEach(desk -> desk.begins(call.wants, agenda.now()));
    int round = call.round;
    for (int i = 0; i < call.steps.size() && call.isIn(round); i++) {
      if (!call.fired.get(i) && isDue(call, call.steps.get(i))) {
        fires(call, i);
      }
    }
    if (call.isIn(round)) {
      stands(call);
    }
  }

  private boolean isDue(SimCall call, Action.Step step) {
    Integer unanswered = step.unanswered();
    Duration after = step.after();
    return (unanswered != null && call.unanswered >= unanswered)
        || (after != null && !call.begun.plus(after).isAfter(agenda.now()));
  }

  private void fires(SimCall call, int step) {
    call.fired.set(step);
    for (Change change : call.steps.get(step).changes()) {
      if (change instanceof Change.Go go) {
        moves(call);
        follow(call, go.to());
        return;
      }
      applies(call, change);
    }
    stands(call);
  }

  private void applies(SimCall call, Change change) {
    if (change instanceof Change.Require require) {
      wants(call, require.expression(), call.wants.prefer());
    } else if (change instanceof Change.Prefer prefer) {
      wants(call, call.wants.require(), prefer.expression());
    } else if (change instanceof Change.SetPriority priority) {
      call.priority = priority.priority();
    } else if (change instanceof Change.AlsoQueue also) {
      Desk desk = desks.get(also.queue());
      if (!call.desks.contains(desk)) {
        // Without a place there it stays where it is.
        if (comes(call, desk).isEmpty()) {
          desks.mark(desk);
        }
      }
    }
    // A notice to supervisors changes nothing for the call.
  }

  private void wants(SimCall call, String require, String prefer) {
    call.desks.forEach(desk -> desk.stops(call.wants, agenda.now()));
    call.wants = Router.bind(require, prefer, call.caller);
    call.desks.forEach(desk -> desk.begins(call.wants, agenda.now()));
  }

  /** Leaves its queues for something else. */
  private void moves(SimCall call) {
    for (Desk desk : new ArrayList<>(call.desks)) {
      desk.matcher().remove(call.index);
      desk.stops(call.wants, agenda.now());
      desk.leaves();
      desk.tallies().redirected();
      desks.mark(desk);
    }
    leavesAll(call);
    call.state = State.ROUTED;
  }

  /** An agent of this queue answers; the others hear that it is over. */
  void served(SimCall call, SimAgent agent, Desk by) {
    Instant now = agenda.now();
    for (Desk desk : call.desks) {
      desk.leaves();
      desks.mark(desk);
      if (desk == by) {
        desk.tallies().answered(Duration.between(call.begun, now));
      } else {
        desk.tallies().redirected();
      }
    }
    leavesAll(call);
    call.queue = by.name();
    call.state = State.TALKING;
    became(call, Outcome.ANSWERED);
    all.answered(Duration.between(since(call), now));
    if (!call.arrival.from().isEmpty()) {
      lastAgents.put(call.arrival.from(), agent.id());
    }
  }

  private void leavesAll(SimCall call) {
    if (!call.desks.isEmpty()) {
      standing--;
      call.desks.clear();
    }
  }

  private static Instant since(SimCall call) {
    Instant since = call.waitsSince;
    if (since == null) {
      throw new IllegalStateException("call " + call.arrival.id() + " never waited");
    }
    return since;
  }

  /** The agent a caller had last; null when none, or when nobody knows who calls. */
  @Nullable AgentId lastAgent(SimCall call) {
    return lastAgents.get(call.arrival.from());
  }
}
