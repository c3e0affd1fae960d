package tandem.router.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tandem.router.domain.Attributes;
import tandem.router.domain.Caller;

/** Who is called back, and what becomes of the others. */
class RouterTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
  private static final String KNOWN = "+14155550199";
  private static final String PREMIUM = "+19005551234";

  private static Action.Callback callback(@Nullable Action otherwise, String... countries) {
    return new Action.Callback(
        List.of("support"),
        Duration.ofHours(2),
        3,
        Duration.ofMinutes(10),
        Duration.ofSeconds(30),
        List.of(countries),
        otherwise);
  }

  private static PlanInForce plan(Map<String, Action> flows) {
    Map<String, Plan.Flow> rules = new java.util.TreeMap<>();
    flows.forEach(
        (name, action) -> rules.put(name, new Plan.Flow(name, List.of(new Plan.Rule("", action)))));
    return new PlanInForce(
        1,
        new Plan(
            Plan.Waiting.KEEP,
            List.of(new Plan.NumberRule(NumberPattern.parse("+1*"), "main")),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            rules,
            Set.of()),
        Map.of());
  }

  private static Caller caller(String from) {
    return new Caller("1", from, "+14155550100", "", "", "", NOW, Attributes.NONE);
  }

  private static Routing route(PlanInForce plan, String from) {
    return Router.route(plan, caller(from), NOW).orElseThrow();
  }

  @Test
  void shouldEndWithACallbackForACallerWhoCanBeCalled() {
    Action.Callback callback = callback(new Action.Voicemail("late"));

    assertThat(route(plan(Map.of("main", callback)), KNOWN).action()).isEqualTo(callback);
  }

  @Test
  void shouldDoTheOtherThingForACallerWhoCannotBeCalled() {
    Action.Callback callback = callback(new Action.Voicemail("late"));
    PlanInForce plan = plan(Map.of("main", callback));

    for (String from : List.of("", "anonymous", PREMIUM, "+34911234567", "+80012345678")) {
      assertThat(route(plan, from).action()).as(from).isEqualTo(new Action.Voicemail("late"));
    }
  }

  @Test
  void shouldCallOtherCountriesOnlyWhereThePlanSaysSo() {
    PlanInForce plan = plan(Map.of("main", callback(new Action.Voicemail("late"), "ES")));

    assertThat(route(plan, "+34911234567").action()).isInstanceOf(Action.Callback.class);
    assertThat(route(plan, KNOWN).action()).isEqualTo(new Action.Voicemail("late"));
  }

  @Test
  void shouldGoOnWithAnotherFlowForACallerWhoCannotBeCalled() {
    PlanInForce plan =
        plan(
            Map.of(
                "main", callback(new Action.GoTo("second")),
                "second", callback(new Action.GoTo("third"), "ES"),
                "third", new Action.Voicemail("late")));

    Routing routing = route(plan, PREMIUM);

    assertThat(routing.action()).isEqualTo(new Action.Voicemail("late"));
    assertThat(routing.taken())
        .extracting(Routing.Taken::flow)
        .containsExactly("main", "second", "third");
    assertThat(route(plan, "+34911234567").action()).isInstanceOf(Action.Callback.class);
  }

  @Test
  void shouldComeToAnEndWhereCallersWhoCannotBeCalledGoInACircle() {
    PlanInForce plan = plan(Map.of("main", callback(new Action.GoTo("main"))));

    assertThat(route(plan, PREMIUM).action()).isEqualTo(Router.NO_RULE);
    assertThat(route(plan, KNOWN).action()).isInstanceOf(Action.Callback.class);
  }

  @Test
  void shouldLeaveACallbackWithoutOtherwiseToTheCallThatWaits() {
    Action.Callback callback = callback(null);

    assertThat(Router.follow(plan(Map.of()), caller(PREMIUM), callback, NOW).action())
        .isEqualTo(callback);
  }
}
