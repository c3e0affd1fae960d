package tandem.router.domain.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.Attributes;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.Strategy;
import tandem.router.domain.TenantId;
import tandem.router.domain.Traits;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Change;
import tandem.router.domain.plan.NumberPattern;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.simulate.SimulationReport.Figures;

/** Plans, calls and agents of simulated days. Seconds are counted from {@link #START}. */
final class Day {
  static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  static final String CALLED = "+14155550100";
  private static final TenantId TENANT = new TenantId("acme");

  private Day() {}

  static Instant at(double seconds) {
    return START.plusNanos(Math.round(seconds * 1e9));
  }

  static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  static AgentId agent(String name) {
    return new AgentId(TENANT, name);
  }

  static QueueRule queue(Strategy strategy, int ringTimeout, int wrapUp) {
    return QueueRule.of(
        new QueueSettings(strategy, Duration.ofSeconds(ringTimeout), Duration.ofSeconds(wrapUp)));
  }

  static QueueRule limited(QueueRule rule, QueueRule.Limits limits) {
    return new QueueRule(
        rule.settings(),
        rule.members(),
        rule.tiers(),
        rule.score(),
        rule.order(),
        rule.weight(),
        rule.ringEvery(),
        rule.ringAtMost(),
        rule.sticky(),
        rule.ageing(),
        limits,
        rule.serviceLevel());
  }

  static QueueRule weighted(QueueRule rule, int weight, List<QueueRule.Tier> tiers) {
    return new QueueRule(
        rule.settings(),
        rule.members(),
        tiers,
        rule.score(),
        rule.order(),
        weight,
        rule.ringEvery(),
        rule.ringAtMost(),
        Duration.ofSeconds(30),
        rule.ageing(),
        rule.limits(),
        rule.serviceLevel());
  }

  static Action.Wait waitIn(List<String> queues, Action.Step... steps) {
    return new Action.Wait(
        queues, 50, List.of(), Wants.ANYBODY, List.of(steps), AnswerMode.ON_QUEUE);
  }

  static Action.Wait wanting(String require, String queue, Action.Step... steps) {
    return new Action.Wait(
        List.of(queue),
        50,
        List.of(),
        new Wants(require, "", new TreeMap<>()),
        List.of(steps),
        AnswerMode.ON_QUEUE);
  }

  /** A plan in which the called number leads to one action. */
  static PlanInForce plan(Map<String, QueueRule> queues, Action action) {
    return plan(queues, List.of(new Plan.Rule("", action)));
  }

  static PlanInForce plan(Map<String, QueueRule> queues, List<Plan.Rule> rules) {
    Plan plan =
        new Plan(
            Plan.Waiting.KEEP,
            List.of(new Plan.NumberRule(new NumberPattern.Prefix("+1"), "main")),
            Map.of(),
            Map.of(),
            Map.of(),
            queues,
            Map.of("main", new Plan.Flow("main", rules)),
            Set.of());
    return new PlanInForce(7, plan, Map.of());
  }

  static Arrival call(int number, double at, @Nullable Double patience, @Nullable Double handle) {
    return call(number, at, patience, handle, null);
  }

  static Arrival call(
      int number,
      double at,
      @Nullable Double patience,
      @Nullable Double handle,
      @Nullable Recorded recorded) {
    return new Arrival(
        String.format(java.util.Locale.ROOT, "call-%06d", number),
        at(at),
        "+1415555" + String.format(java.util.Locale.ROOT, "%04d", number % 10_000),
        CALLED,
        Attributes.NONE,
        patience == null ? null : seconds(patience),
        handle == null ? null : seconds(handle),
        recorded);
  }

  /** Answers after two seconds. */
  static Staffing.Member prompt(String name, String... queues) {
    return new Staffing.Member(
        agent(name), Traits.NONE, Set.of(queues), 1, Duration.ofSeconds(2), 0, List.of());
  }

  static Staffing.Member skilled(String name, String skill, int level, String... queues) {
    return new Staffing.Member(
        agent(name),
        Traits.of(Map.of(skill, level), null, null, null),
        Set.of(queues),
        1,
        Duration.ofSeconds(2),
        0,
        List.of());
  }

  static Staffing staff(Staffing.Member... members) {
    return Staffing.of(List.of(members));
  }

  /** So many agents who answer at once and serve these queues. */
  static Staffing team(int size, @Nullable Duration answerDelay, String... queues) {
    List<Staffing.Member> members = new ArrayList<>();
    IntStream.range(0, size)
        .forEach(
            i ->
                members.add(
                    new Staffing.Member(
                        agent("agent-" + i),
                        Traits.NONE,
                        Set.of(queues),
                        1,
                        answerDelay,
                        0,
                        List.of())));
    return Staffing.of(members);
  }

  static SimulationReport run(PlanInForce plan, Staffing staffing, Arrival... calls) {
    return run(plan, new Traffic(List.of(calls)), staffing, 1);
  }

  static SimulationReport run(PlanInForce plan, Traffic traffic, Staffing staffing, long seed) {
    return Simulation.run(
            plan, traffic, staffing, SimulationOptions.USUAL.withSeed(seed), Progress.NONE)
        .orElseThrow();
  }

  static final QueueRule SUPPORT = queue(Strategy.LONGEST_IDLE, 15, 10);
  static final PlanInForce ONE_QUEUE = plan(Map.of("support", SUPPORT), waitIn(List.of("support")));

  static Figures all(SimulationReport report) {
    return simulated(report.all());
  }

  static Figures queueOf(SimulationReport report, String queue) {
    return simulated(report.queues().get(queue));
  }

  static Figures simulated(SimulationReport.Section section) {
    Figures figures = section.simulated();
    assertThat(figures).isNotNull();
    return figures;
  }

  static Action.Step after(int seconds, Change... changes) {
    return new Action.Step(Duration.ofSeconds(seconds), null, List.of(changes));
  }
}
