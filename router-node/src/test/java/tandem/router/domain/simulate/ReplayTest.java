package tandem.router.domain.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tandem.router.domain.Attributes;
import tandem.router.domain.Strategy;
import tandem.router.domain.Traits;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Change;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.simulate.SimulationReport.Figures;
import tandem.router.domain.simulate.SimulationReport.Section;

/**
 * A recording replayed against the plan it ran under. The day is made by another seed, with every
 * caller's patience known; the recording keeps of it what a history would: waits, outcomes, talk.
 */
class ReplayTest {
  private static final double MOST_APART = 0.03;

  private static final PlanInForce PLAN =
      Day.plan(
          Map.of(
              "sales", Day.queue(Strategy.LONGEST_IDLE, 15, 20),
              "support", serviceLevel(Day.queue(Strategy.MOST_SKILLED, 15, 30))),
          List.of(
              new Plan.Rule("call.attributes.topic == 'sales'", Day.waitIn(List.of("sales"))),
              new Plan.Rule(
                  "",
                  Day.wanting(
                      "skill('tech') >= 5",
                      "support",
                      new Action.Step(
                          Duration.ofSeconds(40), null, List.of(new Change.Require("")))))));

  private static QueueRule serviceLevel(QueueRule rule) {
    return new QueueRule(
        rule.settings(),
        rule.members(),
        rule.tiers(),
        "skill('tech')",
        rule.order(),
        rule.weight(),
        rule.ringEvery(),
        rule.ringAtMost(),
        rule.sticky(),
        rule.ageing(),
        rule.limits(),
        new QueueRule.ServiceLevel(0.8, Duration.ofSeconds(30)));
  }

  private static Staffing staffing() {
    List<Staffing.Member> members = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      members.add(
          Staffing.Member.of(
              Day.agent("agent-" + i),
              Traits.of(Map.of("tech", i % 11), null, null, null),
              i % 3 == 0
                  ? java.util.Set.of("sales", "support")
                  : java.util.Set.of(i % 3 == 1 ? "sales" : "support")));
    }
    return Staffing.of(members);
  }

  /** What happened on a day of 4,000 calls, as its history tells it. */
  private static Traffic recording(long seed, double gap) {
    RandomDay day = new RandomDay(seed);
    List<Arrival> calls = new ArrayList<>();
    double at = 0;
    for (int i = 0; i < 4_000; i++) {
      at += day.exponential(gap);
      Arrival call = Day.call(i, at, 1 + day.exponential(100), day.logNormal(200, 0.8));
      calls.add(
          new Arrival(
              call.id(),
              call.at(),
              call.from(),
              call.to(),
              Attributes.of(Map.of("topic", i % 5 < 2 ? "sales" : "support")),
              call.patience(),
              call.handle(),
              null));
    }
    List<Arrival> recorded = new ArrayList<>();
    assertThat(
            Simulation.run(
                PLAN,
                new Traffic(calls),
                staffing(),
                SimulationOptions.USUAL.withSeed(seed),
                Progress.NONE,
                (call, became) ->
                    recorded.add(
                        new Arrival(
                            call.id(),
                            call.at(),
                            call.from(),
                            call.to(),
                            call.attributes(),
                            null,
                            null,
                            became))))
        .isPresent();
    return new Traffic(recorded);
  }

  /** From a quiet day to one on which every fifth caller hangs up. */
  @ParameterizedTest
  @CsvSource({"1,11.5", "2,10.5", "3,10", "4,9.5", "5,9", "6,8.5"})
  void shouldComeWithinThreePointsOfTheServiceLevelThatWas(long seed, double gap) {
    Traffic traffic = recording(seed, gap);

    SimulationReport report = Day.run(PLAN, traffic, staffing(), seed + 1_000);

    near(report.all());
    report.queues().values().forEach(ReplayTest::near);
    assertThat(report.queues()).containsOnlyKeys("sales", "support");
  }

  private static void near(Section section) {
    Figures simulated = section.simulated();
    Figures recorded = section.recorded();
    assertThat(recorded.serviceLevel()).isBetween(0.4, 0.99);
    assertThat(simulated.offered()).isEqualTo(recorded.offered());
    assertThat(simulated.serviceLevel()).isCloseTo(recorded.serviceLevel(), within(MOST_APART));
    assertThat(simulated.abandonment()).isCloseTo(recorded.abandonment(), within(MOST_APART));
  }
}
