package tandem.router.domain.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.ivr.Rehearsal;
import tandem.router.domain.plan.Action;
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
  private final Steps steps;
  private final CallingBack callingBack;
  private final Map<String, AgentId> lastAgents = new HashMap<>();
  private Instant lastEnd;

  /** Callers on the line who stand in some queue. */
  private int standing;

  Journey(
      PlanInForce plan,
      Agenda agenda,
      Desks desks,
      Tallies all,
      Witness witness,
      Duration callbackAnswer) {
    this.plan = plan;
    this.agenda = agenda;
    this.desks = desks;
    this.all = all;
    this.witness = witness;
    this.steps = new Steps(agenda, desks, this);
    this.callingBack = new CallingBack(agenda, desks, all, this, callbackAnswer);
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
    act(call, route(call, action));
  }

  /** What an action comes to for this call. */
  Routing route(SimCall call, Action action) {
    return Router.follow(plan, call.caller, action, agenda.now());
  }

  void act(SimCall call, Routing routing) {
    call.caller = routing.caller();
    if (!agenda.now().equals(call.lastAction)) {
      call.lastAction = agenda.now();
      call.actions = 0;
    }
    if (++call.actions > MOST_ACTIONS) {
      moves(call);
      ends(call, NO_ROUTE);
      return;
    }
    Action action = routing.action();
    if (action instanceof Action.Wait wait) {
      waits(call, wait);
    } else if (action instanceof Action.Park park) {
      parks(call, park);
    } else if (action instanceof Action.Callback callback) {
      callsBack(call, callback);
    } else if (action instanceof Action.Interact interact) {
      Rehearsal end = Rehearsal.of(plan, call.caller, interact.ivr(), agenda.now());
      call.caller = end.caller();
      follow(call, end.action());
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

  /** Where nobody knows in which queue, the simulation cannot tell what comes of it. */
  private void callsBack(SimCall call, Action.Callback callback) {
    if (!CallingBack.isPossible(call, callback)) {
      ends(call, NO_ROUTE);
      return;
    } else if (callback.queues().isEmpty() && call.stood.isEmpty()) {
      ends(call, "callback");
      return;
    }
    callingBack.promises(call, callback);
    became(call, Outcome.OTHER);
    lastEnd = agenda.now();
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
    call.round++;
    call.wants = wait.wants();
    call.priority = wait.priority();
    call.steps = wait.steps();
    call.fired.clear();
    call.unanswered = 0;
    losesPatience(call);
    Action otherwise = comes(call, wait.queues());
    call.stood =
        call.desks.isEmpty() ? wait.queues() : call.desks.stream().map(Desk::name).toList();
    if (otherwise != null) {
      follow(call, otherwise);
      return;
    }
    begins(call);
    steps.await(call);
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

  /** Takes a place in one more queue; else what becomes of a caller who stands nowhere else. */
  Optional<Action> comes(SimCall call, Desk desk) {
    Optional<Action> refusal = desk.refusal(call.wants, agenda.now());
    if (refusal.isPresent()) {
      desk.refused();
    } else {
      call.desks.add(desk);
      desk.enters(call.wants, agenda.now());
    }
    return refusal;
  }

  /** It has a place in the queues it is in now. */
  void begins(SimCall call) {
    call.state = State.WAITING;
    if (call.promise == null) {
      all.length(++standing);
    }
    stands(call);
  }

  /** Lets its queues match it. */
  void stands(SimCall call) {
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
    if (call.state == State.TALKING || call.state == State.OVER || call.promise != null) {
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
      desk.leaves(call.promise == null);
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
    if (callingBack.isTooLate(call)) {
      return;
    }
    int round = call.round;
    steps.takeDue(call);
    if (call.isIn(round)) {
      stands(call);
    }
  }

  /** Leaves its queues for something else. */
  void moves(SimCall call) {
    call.desks.forEach(desk -> desk.tallies().redirected());
    givesUp(call);
  }

  /** Leaves its queues; what that counts as says who calls this. */
  void givesUp(SimCall call) {
    for (Desk desk : call.desks) {
      desk.matcher().remove(call.index);
      desk.stops(call.wants, agenda.now());
      desk.leaves(call.promise == null);
      desks.mark(desk);
    }
    leavesAll(call);
    call.state = State.ROUTED;
  }

  /** An agent of this queue answers; the others hear that it is over. */
  void served(SimCall call, SimAgent agent, Desk by) {
    Instant now = agenda.now();
    for (Desk desk : call.desks) {
      desk.leaves(call.promise == null);
      desks.mark(desk);
      if (call.promise == null) {
        if (desk == by) {
          desk.tallies().answered(Duration.between(call.begun, now));
        } else {
          desk.tallies().redirected();
        }
      }
    }
    leavesAll(call);
    call.queue = by.name();
    call.state = State.TALKING;
    if (call.promise == null) {
      became(call, Outcome.ANSWERED);
      all.answered(Duration.between(since(call), now));
    } else {
      by.tallies().reached();
      all.reached();
    }
    if (!call.arrival.from().isEmpty()) {
      lastAgents.put(call.arrival.from(), agent.id());
    }
  }

  private void leavesAll(SimCall call) {
    if (!call.desks.isEmpty()) {
      standing -= call.promise == null ? 1 : 0;
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
