package tandem.router.call;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.CallId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.geo.Geography;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Dialing;
import tandem.router.domain.plan.Outgoing;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.Plans;
import tandem.router.domain.plan.Wants;
import tandem.router.edge.CallFact;

/** Who, or what, is meant by a target that somebody names. */
final class Destinations {
  private static final int USUAL_PRIORITY = 0;

  private final CallId id;
  private final Plans plans;

  Destinations(CallId id, Plans plans) {
    this.id = id;
    this.plans = plans;
  }

  /** Whose phone is to ring, or why none. */
  record Found(
      @Nullable AgentId agent,
      @Nullable PhoneNumber number,
      @Nullable PhoneNumber shown,
      @Nullable Refusal refusal) {
    static Found not(Refusal why) {
      return new Found(null, null, null, why);
    }
  }

  /** Where a caller is to go, or why not. */
  record Way(@Nullable Action action, @Nullable Refusal refusal) {}

  static Found agent(AgentId agent) {
    return new Found(agent, null, null, null);
  }

  /** Somebody who can be talked to. */
  Found person(CallState state, Target target, @Nullable AgentId host) {
    if (target instanceof Target.ToAgent to) {
      return agent(to.agent());
    } else if (target instanceof Target.ToExtension to) {
      String agent = plan().extensions().get(to.extension());
      return agent == null
          ? Found.not(Refusal.NO_SUCH_EXTENSION)
          : agent(new AgentId(id.tenant(), agent));
    } else if (target instanceof Target.ToNumber to) {
      return number(state, to.number());
    }
    return Found.not(Refusal.NOT_A_PERSON);
  }

  /** Who is called is shown what the caller has dialled, or what the plan says. */
  private Found number(CallState state, PhoneNumber number) {
    Outgoing rules = plan().outgoing();
    PhoneNumber usual = dialled(Objects.requireNonNull(state.arrival()));
    Set<PhoneNumber> own = new LinkedHashSet<>(rules.shown());
    if (usual != null) {
      own.add(usual);
    }
    Dialing.Outcome outcome = Dialing.resolve(rules, number.value(), own, null, usual);
    if (outcome instanceof Dialing.Outcome.Allowed allowed) {
      return new Found(null, allowed.number(), allowed.shown(), null);
    }
    return Found.not(why(((Dialing.Outcome.Refused) outcome).why()));
  }

  private static Refusal why(Dialing.Reason reason) {
    return switch (reason) {
      case EMERGENCY -> Refusal.EMERGENCY;
      case NOT_A_NUMBER -> Refusal.NOT_A_NUMBER;
      case NOT_ALLOWED -> Refusal.DESTINATION_NOT_ALLOWED;
      case NO_SHOWN_NUMBER -> Refusal.NO_SHOWN_NUMBER;
    };
  }

  /** The number of the tenant's that this call is about; null when it is none that can be shown. */
  private static @Nullable PhoneNumber dialled(CallFact.Arrived arrival) {
    if (arrival.outbound() != null) {
      return arrival.outbound().shown();
    }
    return Geography.dialable(arrival.calledNumber(), arrival.calledNumber(), List.of())
        .orElse(null);
  }

  Way queue(String name) {
    Plan plan = plan();
    if (!plan.queueNames().isEmpty() && plan.queue(name).isEmpty()) {
      return new Way(null, Refusal.NO_SUCH_QUEUE);
    }
    return new Way(
        new Action.Wait(
            List.of(name),
            USUAL_PRIORITY,
            List.of(),
            Wants.ANYBODY,
            List.of(),
            AnswerMode.ON_QUEUE),
        null);
  }

  Way flow(String name) {
    return plan().flows().containsKey(name)
        ? new Way(new Action.GoTo(name), null)
        : new Way(null, Refusal.NO_SUCH_FLOW);
  }

  private Plan plan() {
    return Objects.requireNonNull(plans.of(id.tenant())).plan();
  }
}
