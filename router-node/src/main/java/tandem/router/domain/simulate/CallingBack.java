package tandem.router.domain.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.simulate.SimCall.State;

/**
 * What happens to callers who hang up to be called back at their turn. They keep their place and
 * their priority, have no patience to lose and no steps to take, and answer when an agent calls.
 */
final class CallingBack {
  private final Agenda agenda;
  private final Desks desks;
  private final Tallies all;
  private final Journey journey;
  private final Duration answer;

  CallingBack(Agenda agenda, Desks desks, Tallies all, Journey journey, Duration answer) {
    this.agenda = agenda;
    this.desks = desks;
    this.all = all;
    this.journey = journey;
    this.answer = answer;
  }

  /** Whether its caller has a number that can be called, where that is allowed. */
  static boolean isPossible(SimCall call, Action.Callback callback) {
    return callback.number(call.caller.from(), call.caller.to()).isPresent();
  }

  /** The caller hangs up; its place is kept. */
  void promises(SimCall call, Action.Callback callback) {
    Instant now = agenda.now();
    boolean elsewhere = !callback.queues().isEmpty();
    List<String> names = elsewhere ? callback.queues() : call.stood;
    List<Desk> left = new ArrayList<>(call.desks);
    left.stream()
        .filter(desk -> !names.contains(desk.name()))
        .forEach(desk -> desk.tallies().redirected());
    journey.givesUp(call);
    Duration ring = answer.compareTo(callback.ring()) < 0 ? answer : callback.ring();
    call.promise = new SimCall.Promise(now.plus(callback.within()), ring);
    int round = ++call.round;
    call.begun = now;
    call.steps = List.of();
    call.fired.clear();
    if (call.waitsSince == null) {
      call.waitsSince = call.arrival.at();
    }
    if (elsewhere) {
      call.wants = Wants.ANYBODY;
    }
    all.promised();
    for (String name : names) {
      Desk desk = desks.get(name);
      desk.promised(left.contains(desk), call.wants, now);
      call.desks.add(desk);
    }
    journey.begins(call);
    agenda.at(
        call.promise.until(),
        () -> {
          if (call.round == round && call.state == State.WAITING) {
            givesUp(call);
          }
        });
  }

  /** Gives a caller up whose time ended while a phone rang that nobody answered. */
  boolean isTooLate(SimCall call) {
    if (call.promise == null || call.promise.until().isAfter(agenda.now())) {
      return false;
    }
    givesUp(call);
    return true;
  }

  /** Nobody is on the line, so the day is no longer for that. */
  private void givesUp(SimCall call) {
    call.desks.forEach(desk -> desk.tallies().unreached());
    journey.givesUp(call);
    call.state = State.OVER;
    all.unreached();
  }
}
