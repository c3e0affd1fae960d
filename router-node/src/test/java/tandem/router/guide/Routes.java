package tandem.router.guide;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tandem.router.domain.Attributes;
import tandem.router.domain.Caller;
import tandem.router.domain.geo.Geography;
import tandem.router.domain.geo.Origin;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.plan.Router;
import tandem.router.domain.plan.Routing;

/** {@code call from NUMBER to NUMBER at TIME}: where the plan sends a call that arrives. */
final class Routes implements Speaker {
  static final String FROM = "+14155550199";
  static final String TO = "+14155550100";

  /** A Friday, on the clocks of New York. */
  static final String AT = "2026-11-20 10:00";

  private static final ZoneId ZONE = ZoneId.of("America/New_York");
  private static final Pattern CALL =
      Pattern.compile("call(?: from (\\S+))?(?: to (\\S+))?(?: at (.+))?");

  private final PlanInForce plan;

  Routes(PlanInForce plan) {
    this.plan = plan;
  }

  @Override
  public Optional<Answer> answer(String said) {
    Matcher call = CALL.matcher(said);
    if (!call.matches()) {
      return Optional.empty();
    }
    String from = call.group(1) == null ? FROM : call.group(1);
    String to = call.group(2) == null ? TO : call.group(2);
    String at = call.group(3) == null ? AT : call.group(3);
    Caller caller = caller(from.equals("nobody") ? "" : from, to, Words.time(at, ZONE));
    return Optional.of(
        Router.route(plan, caller, caller.arrivedAt())
            .map(Routes::told)
            .orElseGet(() -> new Answer("the number's own queue", facts(caller))));
  }

  /** As a call is seen that has just arrived. */
  static Caller caller(String from, String to, Instant at) {
    Origin origin = Geography.of(from, Geography.of(to, "").country());
    return new Caller(
        "c0000000-0000-4000-8000-000000000001",
        from,
        to,
        origin.country(),
        origin.region(),
        origin.timeZone(),
        at,
        Attributes.NONE);
  }

  private static Answer told(Routing routing) {
    Set<String> more = facts(routing.caller());
    more.add("number " + routing.number());
    for (Routing.Taken taken : routing.taken()) {
      String rule = taken.flow() + "[" + taken.rule() + "]";
      more.add(
          taken.failed() == null ? "rule " + rule : "passed over " + rule + ": " + taken.failed());
    }
    if (routing.action() instanceof Action.Wait wait) {
      more.add("priority " + wait.priority());
      more.add("answer " + Words.of(wait.answer()));
      more.add("requires " + wait.wants().require());
      more.add("prefers " + wait.wants().prefer());
      more.add(wait.steps().size() + " steps");
    }
    if (routing.action() instanceof Action.Callback callback) {
      more.add("within " + Words.of(callback.within()));
      more.add(callback.attempts() + " attempts");
      more.add("again after " + Words.of(callback.every()));
      more.add("rings for " + Words.of(callback.ring()));
    }
    String main =
        Stream.concat(
                routing.announcements().stream().map(file -> "announce " + file),
                Stream.of(Words.of(routing.action())))
            .collect(Collectors.joining(", "));
    return new Answer(main, more);
  }

  private static Set<String> facts(Caller caller) {
    Set<String> facts = new LinkedHashSet<>();
    facts.add("country " + caller.country());
    facts.add("region " + caller.region());
    facts.add("time zone " + caller.timeZone());
    caller
        .attributes()
        .values()
        .forEach((name, value) -> facts.add("attribute " + name + " = " + value));
    return facts;
  }
}
