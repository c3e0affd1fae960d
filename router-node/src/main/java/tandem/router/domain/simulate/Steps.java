package tandem.router.domain.simulate;

import java.time.Duration;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Change;
import tandem.router.domain.plan.Router;
import tandem.router.domain.plan.Routing;
import tandem.router.domain.simulate.SimCall.State;

/** What changes for calls while they wait: each step of a wait is taken once. */
final class Steps {
  private final Agenda agenda;
  private final Desks desks;
  private final Journey journey;

  Steps(Agenda agenda, Desks desks, Journey journey) {
    this.agenda = agenda;
    this.desks = desks;
    this.journey = journey;
  }

  /** Notes the steps of a wait that has begun. */
  void await(SimCall call) {
    int round = call.round;
    for (int i = 0; i < call.steps.size(); i++) {
      Duration after = call.steps.get(i).after();
      int step = i;
      if (after != null) {
        agenda.at(
            agenda.now().plus(after),
            () -> {
              if (call.isIn(round) && call.state == State.WAITING && !call.fired.get(step)) {
                fires(call, step);
              }
            });
      }
    }
  }

  /** Takes those that fell due while phones rang. */
  void takeDue(SimCall call) {
    int round = call.round;
    for (int i = 0; i < call.steps.size() && call.isIn(round); i++) {
      if (!call.fired.get(i) && isDue(call, call.steps.get(i))) {
        fires(call, i);
      }
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
      if (change instanceof Change.Go go && goes(call, go.to())) {
        return;
      }
      applies(call, change);
    }
    journey.stands(call);
  }

  /** Whether it leaves its queues: who cannot be called back may have to wait on. */
  private boolean goes(SimCall call, Action to) {
    Routing routing = journey.route(call, to);
    if (routing.action() instanceof Action.Callback callback) {
      if (!CallingBack.isPossible(call, callback)) {
        return false;
      }
    } else {
      journey.moves(call);
    }
    journey.act(call, routing);
    return true;
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
        if (journey.comes(call, desk).isEmpty()) {
          call.stood = call.desks.stream().map(Desk::name).toList();
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
}
