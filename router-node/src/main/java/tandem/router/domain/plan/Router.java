package tandem.router.domain.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import tandem.router.domain.Caller;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.expr.CallFields;
import tandem.router.domain.expr.Expression;
import tandem.router.domain.expr.ExpressionException;
import tandem.router.domain.expr.Expressions;
import tandem.router.domain.expr.Facts;
import tandem.router.domain.expr.Scope;

/** Runs a plan's flows for one call. Pure: the same plan, caller and instant give the same. */
public final class Router {
  /** Rules a run may look at: flows may go to each other in a circle that only time leaves. */
  static final int MOST_RULES = 2_500;

  /** Rules that could not be told and are kept with the call; one that was taken always is. */
  static final int MOST_FAILED = 50;

  /** Files before a call goes on: a flow that plays more than that goes in a circle. */
  static final int MOST_ANNOUNCEMENTS = 20;

  /** What becomes of a call whose flow has no rule for it. */
  static final Action NO_RULE = new Action.HangUp("NO_ROUTE_DESTINATION");

  private static final int HIGHEST_PRIORITY = 100;

  private final PlanInForce plan;
  private final Instant now;
  private final List<Routing.Taken> taken = new ArrayList<>();
  private final List<String> announcements = new ArrayList<>();
  private Caller caller;
  private int looked;

  private Router(PlanInForce plan, Caller caller, Instant now) {
    this.plan = plan;
    this.caller = caller;
    this.now = now;
  }

  /** The flow of the called number; empty when the plan says nothing about it. */
  public static Optional<Routing> route(PlanInForce plan, Caller caller, Instant now) {
    return rule(plan.plan(), caller.to())
        .map(
            rule ->
                new Router(plan, caller, now)
                    .from(new Action.GoTo(rule.flow()), rule.match().text()));
  }

  /**
   * Does an action with a call that is on its way already: runs a flow it goes to, and makes a wait
   * ready for this caller.
   */
  public static Routing follow(PlanInForce plan, Caller caller, Action action, Instant now) {
    return new Router(plan, caller, now).from(action, "");
  }

  /** What the caller wants, with the caller's fields that the expressions speak of. */
  public static Wants bind(String require, String prefer, Caller caller) {
    SortedSet<String> fields = new TreeSet<>();
    for (String text : List.of(require, prefer)) {
      if (!text.isEmpty()) {
        fields.addAll(Expressions.of(Scope.REQUIREMENT, text).callFields());
      }
    }
    return new Wants(require, prefer, CallFields.of(caller, fields));
  }

  private static Optional<Plan.NumberRule> rule(Plan plan, String called) {
    PhoneNumber number;
    try {
      number = new PhoneNumber(called);
    } catch (IllegalArgumentException e) {
      // Not a number of the numbering plan: a test call or a name. No pattern is about those.
      return Optional.empty();
    }
    return plan.numbers().stream()
        .filter(rule -> rule.match().matches(number))
        .max(Comparator.comparingLong(rule -> rule.match().specificity()));
  }

  private Routing from(Action first, String number) {
    Action action = first;
    while (true) {
      if (action instanceof Action.GoTo next) {
        action = run(next.flow());
      } else if (action instanceof Action.Callback callback
          && callback.otherwise() != null
          && callback.number(caller.from(), caller.to()).isEmpty()) {
        action = callback.otherwise();
      } else {
        break;
      }
    }
    if (action instanceof Action.Wait wait) {
      action = ready(wait);
    }
    return new Routing(plan.version(), number, taken, caller, announcements, action);
  }

  private Action run(String flow) {
    Plan.Flow rules = plan.plan().flows().get(flow);
    if (rules == null) {
      return NO_RULE;
    }
    for (int i = 0; i < rules.rules().size(); i++) {
      Plan.Rule rule = rules.rules().get(i);
      if (++looked > MOST_RULES) {
        return NO_RULE;
      }
      if (!holds(rule.when(), flow, i)) {
        continue;
      }
      if (taken.size() >= 2 * MOST_FAILED || announcements.size() >= MOST_ANNOUNCEMENTS) {
        return NO_RULE;
      }
      taken.add(new Routing.Taken(flow, i, null));
      if (rule.action() instanceof Action.SetAttributes set) {
        caller = caller.with(set.attributes());
      } else if (rule.action() instanceof Action.Announce announce) {
        announcements.add(announce.file());
      } else {
        return rule.action();
      }
    }
    return NO_RULE;
  }

  /** A condition that cannot be told does not hold; why is kept. */
  private boolean holds(String when, String flow, int rule) {
    if (when.isEmpty()) {
      return true;
    }
    try {
      return test(when);
    } catch (ExpressionException e) {
      if (taken.size() < MOST_FAILED) {
        taken.add(new Routing.Taken(flow, rule, e.getMessage()));
      }
      return false;
    }
  }

  private boolean test(String when) {
    Expression condition = Expressions.of(Scope.FLOW, when);
    return condition.test(Facts.ofCall(caller, now, plan.open(now)));
  }

  private Action.Wait ready(Action.Wait wait) {
    int priority = wait.priority();
    for (Action.Boost boost : wait.boosts()) {
      priority += boosts(boost) ? boost.add() : 0;
    }
    return new Action.Wait(
        wait.queues(),
        Math.min(HIGHEST_PRIORITY, Math.max(0, priority)),
        List.of(),
        bind(wait.wants().require(), wait.wants().prefer(), caller),
        steps(wait),
        wait.answer());
  }

  private boolean boosts(Action.Boost boost) {
    try {
      return test(boost.when());
    } catch (ExpressionException e) {
      return false;
    }
  }

  /** The plan's steps, and the end of the caller's patience with its queues as one more. */
  private List<Action.Step> steps(Action.Wait wait) {
    List<Action.Step> steps = new ArrayList<>(wait.steps());
    wait.queues().stream()
        .map(plan.plan()::queue)
        .flatMap(Optional::stream)
        .map(QueueRule::limits)
        .filter(limits -> limits.longest() != null)
        .min(Comparator.comparing(limits -> orForEver(limits.longest())))
        .ifPresent(
            limits ->
                steps.add(
                    new Action.Step(
                        limits.longest(), null, List.of(new Change.Go(limits.onWait())))));
    return steps;
  }

  private static Duration orForEver(@org.jspecify.annotations.Nullable Duration longest) {
    return longest == null ? Duration.ofSeconds(Long.MAX_VALUE) : longest;
  }
}
