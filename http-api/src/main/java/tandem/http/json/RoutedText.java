package tandem.http.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tandem.persistence.readmodel.Sentences;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.Routing;

/** Tells how a plan decided: by which rules, and what their conditions were in that version. */
final class RoutedText {
  /** Rules told in a sentence (count); machines get all of them. */
  private static final int TOLD = 20;

  private final Map<Long, Plan> plans;

  RoutedText(Map<Long, Plan> plans) {
    this.plans = plans;
  }

  String tell(Routing routing, Map<String, Object> fields) {
    @Nullable Plan plan = plans.get(routing.plan());
    List<PlanWire.Rule> rules = routing.taken().stream().map(taken -> rule(plan, taken)).toList();
    fields.put("plan", routing.plan());
    fields.put("planKnown", plan != null);
    if (!routing.number().isEmpty()) {
      fields.put("number", routing.number());
    }
    fields.put("rules", rules);
    fields.put("call", PlanWire.call(routing.caller()));
    fields.put("announcements", routing.announcements());
    fields.put("action", ActionJson.of(routing.action()));
    return sentence(routing, rules, plan != null);
  }

  private static PlanWire.Rule rule(@Nullable Plan plan, Routing.Taken taken) {
    return new PlanWire.Rule(
        taken.flow(), taken.rule(), when(plan, taken), taken.failed() == null, taken.failed());
  }

  /** Null when the rule always holds, and when its plan cannot be read. */
  private static @Nullable String when(@Nullable Plan plan, Routing.Taken taken) {
    Plan.@Nullable Flow flow = plan == null ? null : plan.flows().get(taken.flow());
    if (flow == null || taken.rule() >= flow.rules().size()) {
      return null;
    }
    String when = flow.rules().get(taken.rule()).when();
    return when.isEmpty() ? null : when;
  }

  private static String sentence(Routing routing, List<PlanWire.Rule> rules, boolean planKnown) {
    StringBuilder text =
        new StringBuilder("version ").append(routing.plan()).append(" of the plan");
    if (!routing.isFromTheStart()) {
      text.append(" sent the call on");
    } else if (isOwnQueue(routing)) {
      text.append(" says nothing of ").append(routing.number()).append(", whose own queue counts");
    } else {
      text.append(" was asked, where ")
          .append(routing.caller().to())
          .append(" matches ")
          .append(routing.number());
    }
    List<String> told = new ArrayList<>();
    rules.stream().limit(TOLD).forEach(rule -> told.add(rule(rule, planKnown)));
    if (rules.size() > TOLD) {
      told.add(rules.size() - TOLD + " more rules");
    }
    if (!told.isEmpty()) {
      text.append(": ").append(Sentences.all(told));
    }
    if (!planKnown && !rules.isEmpty()) {
      text.append(" (the text of this version cannot be read, so the conditions are not shown)");
    }
    text.append("; so the call is to ");
    if (!routing.announcements().isEmpty()) {
      text.append("hear ").append(Sentences.all(routing.announcements())).append(", then ");
    }
    return text.append(Sentences.action(routing.action())).toString();
  }

  /** Whether the called number's entry decided, since the plan has no flow for it. */
  private static boolean isOwnQueue(Routing routing) {
    return routing.number().equals(routing.caller().to())
        && routing.taken().isEmpty()
        && routing.action() instanceof Action.Wait;
  }

  private static String rule(PlanWire.Rule rule, boolean planKnown) {
    String which = Sentences.rule(rule.flow(), rule.index());
    String when = rule.when();
    String condition = when != null ? " (" + when + ")" : planKnown ? " (always)" : "";
    return rule.failed() == null
        ? which + condition + " was taken"
        : which + condition + " was passed over, as it could not be told (" + rule.failed() + ")";
  }
}
