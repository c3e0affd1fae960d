package tandem.router.call;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tandem.router.domain.Attributes;
import tandem.router.domain.CallId;
import tandem.router.domain.Caller;
import tandem.router.domain.Entry;
import tandem.router.domain.geo.Geography;
import tandem.router.domain.geo.Origin;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.plan.Router;
import tandem.router.domain.plan.Routing;
import tandem.router.domain.plan.Wants;
import tandem.router.edge.CallFact;

/** The first way of a call, by what has arrived. */
final class Origins {
  private Origins() {}

  /** Where its number's flow leads it; empty when the plan says nothing of the number. */
  static Optional<Routing> fromTheStart(
      CallId id, PlanInForce plan, CallFact.Arrived arrival, Instant now) {
    if (plan.plan().numbers().isEmpty()) {
      return Optional.empty();
    }
    Origin origin = Geography.ofCaller(arrival.callerNumber(), arrival.calledNumber());
    Caller caller =
        new Caller(
            id.channel(),
            arrival.callerNumber(),
            arrival.calledNumber(),
            origin.country(),
            origin.region(),
            origin.timeZone(),
            arrival.at(),
            Attributes.NONE);
    return Router.route(plan, caller, now);
  }

  /** The way of a number that a plan no longer speaks of. */
  static Routing byEntry(CallId id, PlanInForce plan, CallFact.Arrived arrival) {
    Entry entry = arrival.entry();
    return new Routing(
        plan.version(),
        arrival.calledNumber(),
        List.of(),
        new Caller(
            id.channel(),
            arrival.callerNumber(),
            arrival.calledNumber(),
            "",
            "",
            "",
            arrival.at(),
            Attributes.NONE),
        List.of(),
        new Action.Wait(
            List.of(entry.queue().name()),
            entry.priority(),
            List.of(),
            Wants.ANYBODY,
            List.of(),
            entry.answer()));
  }
}
