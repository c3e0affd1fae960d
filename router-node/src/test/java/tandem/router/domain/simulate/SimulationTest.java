package tandem.router.domain.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static tandem.router.domain.simulate.Day.ONE_QUEUE;
import static tandem.router.domain.simulate.Day.SUPPORT;
import static tandem.router.domain.simulate.Day.after;
import static tandem.router.domain.simulate.Day.all;
import static tandem.router.domain.simulate.Day.at;
import static tandem.router.domain.simulate.Day.call;
import static tandem.router.domain.simulate.Day.plan;
import static tandem.router.domain.simulate.Day.prompt;
import static tandem.router.domain.simulate.Day.queue;
import static tandem.router.domain.simulate.Day.queueOf;
import static tandem.router.domain.simulate.Day.run;
import static tandem.router.domain.simulate.Day.seconds;
import static tandem.router.domain.simulate.Day.skilled;
import static tandem.router.domain.simulate.Day.staff;
import static tandem.router.domain.simulate.Day.waitIn;
import static tandem.router.domain.simulate.Day.wanting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tandem.router.domain.Attributes;
import tandem.router.domain.Strategy;
import tandem.router.domain.Traits;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Change;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.simulate.SimulationReport.Figures;
import tandem.router.domain.simulate.SimulationReport.Waits;

/** Small days worked out by hand. */
class SimulationTest {
  /**
   * a rings 0–2 s, talks until 62, works until 72. b rings 10–12, talks until 42, works until 52,
   * then rings for the third caller until 54, talks until 74 and works until 84.
   */
  @Test
  void shouldServeThreeCallsWithTwoAgentsToTheSecond() {
    SimulationReport report =
        run(
            ONE_QUEUE,
            staff(prompt("a", "support"), prompt("b", "support")),
            call(1, 0, 300.0, 60.0),
            call(2, 10, 300.0, 30.0),
            call(3, 20, 300.0, 20.0));

    Figures all = all(report);
    assertThat(all.offered()).isEqualTo(3);
    assertThat(all.answered()).isEqualTo(3);
    assertThat(all.serviceLevel()).isEqualTo(2 / 3.0);
    assertThat(all.averageSpeedOfAnswer()).isEqualTo(seconds(38).dividedBy(3));
    assertThat(all.averageTalk()).isEqualTo(seconds(110).dividedBy(3));
    assertThat(all.averageHandleTime()).isEqualTo(seconds(140).dividedBy(3));
    assertThat(all.answeredWaits())
        .isEqualTo(new Waits(seconds(2), seconds(34), seconds(34), seconds(34), seconds(34)));
    assertThat(all.occupancy()).isCloseTo(140 / 162.0, within(1e-9));
    assertThat(all.longestQueue()).isEqualTo(1);
    assertThat(queueOf(report, "support").longestQueue()).isEqualTo(1);
    assertThat(report.from()).isEqualTo(at(0));
    assertThat(report.to()).isEqualTo(at(84));
    assertThat(report.plan()).isEqualTo(7);
    assertThat(report.agents().each())
        .extracting("name", "calls", "handling", "idle")
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", 1L, seconds(70), seconds(12)),
            org.assertj.core.groups.Tuple.tuple("b", 2L, seconds(70), seconds(10)));
    assertThat(report.all().recorded()).isNull();
  }

  @Test
  void shouldLetACallerHangUpWhileItWaits() {
    SimulationReport report =
        run(
            ONE_QUEUE,
            staff(prompt("a", "support")),
            call(1, 0, 300.0, 60.0),
            call(2, 20, 15.0, 20.0));

    assertThat(all(report).abandoned()).isEqualTo(1);
    assertThat(queueOf(report, "support").abandonedWaits())
        .isEqualTo(new Waits(seconds(15), seconds(15), seconds(15), seconds(15), seconds(15)));
    assertThat(all(report).serviceLevel()).isEqualTo(1.0);
    assertThat(all(report).abandonment()).isEqualTo(0.5);
  }

  @Test
  void shouldLetACallerHangUpWhileAPhoneRingsAndGiveTheAgentToTheNext() {
    SimulationReport report =
        run(
            ONE_QUEUE,
            staff(prompt("a", "support")),
            call(1, 0, 1.0, 60.0),
            call(2, 0.5, 300.0, 20.0));

    assertThat(all(report).abandoned()).isEqualTo(1);
    // The phone rings for the second from 1 s to 3 s.
    assertThat(all(report).averageSpeedOfAnswer()).isEqualTo(seconds(2.5));
  }

  @Test
  void shouldWidenARequirementWhenItsStepIsDue() {
    PlanInForce plan =
        plan(
            Map.of("support", SUPPORT),
            wanting(
                "skill('billing') >= 5",
                "support",
                after(30, new Change.Require("skill('billing') >= 1"))));

    SimulationReport report =
        run(plan, staff(skilled("a", "billing", 2, "support")), call(1, 0, 300.0, 20.0));

    assertThat(all(report).averageSpeedOfAnswer()).isEqualTo(seconds(32));
  }

  @Test
  void shouldDoAStepThatFellDueWhilePhonesRangAfterwards() {
    PlanInForce plan =
        plan(
            Map.of("support", SUPPORT),
            waitIn(List.of("support"), after(10, new Change.Go(new Action.Voicemail("main")))));
    Staffing.Member never =
        new Staffing.Member(Day.agent("a"), Traits.NONE, Set.of("support"), 1, null, 1, List.of());

    SimulationReport report = run(plan, staff(never), call(1, 0, 300.0, 20.0));

    // It rings until 15 s.
    assertThat(all(report).others()).containsExactly(Map.entry("voicemail:main", 1));
    assertThat(queueOf(report, "support").redirected()).isEqualTo(1);
    assertThat(report.to()).isEqualTo(at(15));
  }

  @Test
  void shouldAskTheNextAgentWhenOneDoesNotAnswer() {
    PlanInForce plan =
        plan(
            Map.of("support", SUPPORT),
            waitIn(
                List.of("support"),
                new Action.Step(null, 2, List.of(new Change.Go(new Action.HangUp("NO_ANSWER"))))));
    Staffing.Member never =
        new Staffing.Member(Day.agent("a"), Traits.NONE, Set.of("support"), 1, null, 1, List.of());

    assertThat(
            all(run(plan, staff(never, prompt("b", "support")), call(1, 0, 300.0, 20.0)))
                .averageSpeedOfAnswer())
        .isEqualTo(seconds(17));
    // Alone it is asked again after its rest of a minute: it rings from 0 to 15 and 75 to 90 s.
    SimulationReport alone = run(plan, staff(never), call(1, 0, 300.0, 20.0));
    assertThat(all(alone).others()).containsExactly(Map.entry("hangup:NO_ANSWER", 1));
    assertThat(alone.to()).isEqualTo(at(90));
  }

  @Test
  void shouldWaitInASecondQueueTooAndBeServedThere() {
    PlanInForce plan =
        plan(
            Map.of("support", SUPPORT, "overflow", queue(Strategy.LONGEST_IDLE, 15, 0)),
            waitIn(List.of("support"), after(20, new Change.AlsoQueue("overflow"))));

    SimulationReport report = run(plan, staff(prompt("a", "overflow")), call(1, 0, 300.0, 20.0));

    assertThat(queueOf(report, "support").redirected()).isEqualTo(1);
    assertThat(queueOf(report, "overflow").answered()).isEqualTo(1);
    assertThat(queueOf(report, "overflow").averageSpeedOfAnswer()).isEqualTo(seconds(22));
  }

  @Test
  void shouldKeepItsPlaceInTimeWhenItIsSentToAnotherQueue() {
    PlanInForce plan =
        plan(
            Map.of("support", SUPPORT, "second", SUPPORT),
            List.of(
                new Plan.Rule(
                    "call.attributes.hurry",
                    waitIn(
                        List.of("support"), after(10, new Change.Go(waitIn(List.of("second")))))),
                new Plan.Rule("", waitIn(List.of("second")))));
    Staffing.Member late =
        new Staffing.Member(
            Day.agent("a"),
            Traits.NONE,
            Set.of("second"),
            1,
            Duration.ofSeconds(2),
            0,
            List.of(new Staffing.Shift(at(30), at(3_000))));
    Arrival first = call(1, 0, 600.0, 20.0);
    Arrival moved =
        new Arrival(
            first.id(),
            first.at(),
            first.from(),
            first.to(),
            Attributes.of(Map.of("hurry", true)),
            first.patience(),
            first.handle(),
            null);

    SimulationReport report = run(plan, staff(late), call(2, 5, 600.0, 20.0), moved);

    // The one who came first rings at 30 s, though it came to the queue after the other.
    assertThat(all(report).answeredWaits().p50()).isEqualTo(seconds(32));
    assertThat(all(report).answeredWaits().longest()).isEqualTo(seconds(59));
    assertThat(queueOf(report, "second").answeredWaits().p50()).isEqualTo(seconds(22));
    assertThat(queueOf(report, "support").redirected()).isEqualTo(1);
  }

  @Test
  void shouldKeepToLengthAndLongestWait() {
    QueueRule.Limits limits =
        new QueueRule.Limits(
            1,
            new Action.HangUp("USER_BUSY"),
            Duration.ofSeconds(40),
            new Action.Voicemail("late"),
            null,
            new Action.HangUp("USER_BUSY"));
    PlanInForce plan =
        plan(Map.of("support", Day.limited(SUPPORT, limits)), waitIn(List.of("support")));

    SimulationReport report =
        run(
            plan,
            staff(prompt("a", "support")),
            call(1, 0, 300.0, 100.0),
            call(2, 5, 300.0, 20.0),
            call(3, 6, 300.0, 20.0));

    assertThat(all(report).others())
        .containsExactly(Map.entry("hangup:USER_BUSY", 1), Map.entry("voicemail:late", 1));
    assertThat(queueOf(report, "support").offered()).isEqualTo(3);
    assertThat(queueOf(report, "support").redirected()).isEqualTo(2);
  }

  @Test
  void shouldSendAwayWhoWouldWaitTooLong() {
    QueueRule.Limits limits =
        new QueueRule.Limits(
            100,
            new Action.HangUp("USER_BUSY"),
            null,
            new Action.HangUp("NORMAL_CLEARING"),
            Duration.ofMinutes(3),
            new Action.Voicemail("busy"));
    PlanInForce plan =
        plan(Map.of("support", Day.limited(SUPPORT, limits)), waitIn(List.of("support")));
    List<Arrival> calls = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      calls.add(call(i, i * 30, null, 60.0));
    }

    SimulationReport report = run(plan, new Traffic(calls), staff(prompt("a", "support")), 1);

    // An agent takes 72 s a call, and a call comes each 30 s: most must go.
    assertThat(all(report).others().get("voicemail:busy")).isBetween(80, 120);
    assertThat(all(report).answeredWaits().longest()).isLessThan(Duration.ofMinutes(6));
  }

  @Test
  void shouldParkThenFollowWhatComesThen() {
    PlanInForce plan =
        plan(
            Map.of("support", SUPPORT),
            new Action.Park("lobby", Duration.ofSeconds(50), waitIn(List.of("support"))));

    SimulationReport report =
        run(plan, staff(prompt("a", "support")), call(1, 0, 300.0, 20.0), call(2, 0, 40.0, 20.0));

    assertThat(all(report).averageSpeedOfAnswer()).isEqualTo(seconds(52));
    assertThat(queueOf(report, "support").averageSpeedOfAnswer()).isEqualTo(seconds(2));
    assertThat(all(report).abandoned()).isEqualTo(1);
    assertThat(queueOf(report, "support").abandoned()).isZero();
  }

  @Test
  void shouldHangUpACallThatRulesSendRoundInACircle() {
    QueueRule.Limits full =
        new QueueRule.Limits(
            1,
            new Action.GoTo("main"),
            null,
            new Action.HangUp("NORMAL_CLEARING"),
            null,
            new Action.HangUp("USER_BUSY"));
    PlanInForce plan =
        plan(Map.of("support", Day.limited(SUPPORT, full)), waitIn(List.of("support")));

    SimulationReport report = run(plan, staff(), call(1, 0, 60.0, 20.0), call(2, 1, 60.0, 20.0));

    assertThat(all(report).others()).containsExactly(Map.entry("hangup:NO_ROUTE_DESTINATION", 1));
    assertThat(all(report).abandoned()).isEqualTo(1);
  }

  @Test
  void shouldServeOnlyWithinShiftsButFinishWhatWasBegun() {
    Staffing.Member early =
        new Staffing.Member(
            Day.agent("a"),
            Traits.NONE,
            Set.of("support"),
            1,
            Duration.ofSeconds(2),
            0,
            List.of(new Staffing.Shift(at(30), at(100))));

    SimulationReport report =
        run(ONE_QUEUE, staff(early), call(1, 0, 300.0, 90.0), call(2, 95, 300.0, 20.0));

    assertThat(all(report).answered()).isEqualTo(1);
    assertThat(all(report).averageSpeedOfAnswer()).isEqualTo(seconds(32));
    assertThat(all(report).abandoned()).isEqualTo(1);
    // 32 to 122 s talking, 10 s of work, never idle: it rang from 30 to 32 s.
    assertThat(report.agents().each().get(0).handling()).isEqualTo(seconds(100));
    assertThat(report.agents().each().get(0).idle()).isZero();
  }

  @Test
  void shouldGiveTheCallBackWhenAnAgentGoesWhileItsPhoneRings() {
    Staffing.Member leaving =
        new Staffing.Member(
            Day.agent("a"),
            Traits.NONE,
            Set.of("support"),
            1,
            Duration.ofSeconds(9),
            0,
            List.of(new Staffing.Shift(at(0), at(5))));

    SimulationReport report =
        run(ONE_QUEUE, staff(leaving, prompt("b", "support")), call(1, 0, 300.0, 90.0));

    assertThat(all(report).averageSpeedOfAnswer()).isEqualTo(seconds(7));
    assertThat(report.agents().each()).extracting("calls").containsExactly(0L, 1L);
  }

  @Test
  void shouldRingAllAndLetTheFirstWin() {
    PlanInForce plan =
        plan(Map.of("support", queue(Strategy.RING_ALL, 15, 10)), waitIn(List.of("support")));
    Staffing.Member slow =
        new Staffing.Member(
            Day.agent("a"), Traits.NONE, Set.of("support"), 1, Duration.ofSeconds(6), 0, List.of());

    SimulationReport report =
        run(plan, staff(slow, prompt("b", "support")), call(1, 0, 300.0, 90.0));

    assertThat(report.agents().each()).extracting("calls").containsExactly(0L, 1L);
    assertThat(report.agents().each().get(0).idle()).isEqualTo(seconds(100));
  }

  @Test
  void shouldRingOneMorePhoneEachWhile() {
    QueueRule rule = queue(Strategy.RING_PROGRESSIVELY, 15, 10);
    PlanInForce plan = plan(Map.of("support", rule), waitIn(List.of("support")));
    Staffing.Member slow =
        new Staffing.Member(
            Day.agent("a"),
            Traits.NONE,
            Set.of("support"),
            1,
            Duration.ofSeconds(14),
            0,
            List.of());

    SimulationReport report =
        run(plan, staff(slow, prompt("b", "support")), call(1, 0, 300.0, 90.0));

    // b's phone rings from 5 s on.
    assertThat(all(report).averageSpeedOfAnswer()).isEqualTo(seconds(7));
    assertThat(report.agents().each()).extracting("calls").containsExactly(0L, 1L);
  }

  @Test
  void shouldAskTheNextTierOnlyAfterItsTime() {
    QueueRule tiers =
        Day.weighted(
            SUPPORT,
            1,
            List.of(
                new QueueRule.Tier("skill('billing') >= 5", Duration.ZERO),
                new QueueRule.Tier("true", Duration.ofSeconds(25))));
    PlanInForce plan = plan(Map.of("support", tiers), waitIn(List.of("support")));

    SimulationReport report =
        run(plan, staff(skilled("a", "billing", 2, "support")), call(1, 0, 300.0, 20.0));

    assertThat(all(report).averageSpeedOfAnswer()).isEqualTo(seconds(27));
  }

  @Test
  void shouldShareAnAgentAmongQueuesByTheirWeights() {
    PlanInForce plan =
        plan(
            Map.of(
                "gold", Day.weighted(SUPPORT, 3, List.of()),
                "plain", Day.weighted(SUPPORT, 1, List.of())),
            List.of(
                new Plan.Rule("call.from < '+14155550100'", waitIn(List.of("gold"))),
                new Plan.Rule("", waitIn(List.of("plain")))));
    List<Arrival> calls = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      calls.add(call(i, i * 0.001, 2400.0, 20.0));
    }

    SimulationReport report = run(plan, new Traffic(calls), staff(prompt("a", "gold", "plain")), 1);

    // In 40 minutes there is time for 75 calls of 32 s.
    assertThat(queueOf(report, "gold").answered()).isBetween(55L, 57L);
    assertThat(queueOf(report, "plain").answered()).isBetween(18L, 20L);
  }

  @Test
  void shouldTakeSeveralCallsAtOnceUpToTheCapacity() {
    Staffing.Member two =
        new Staffing.Member(
            Day.agent("a"), Traits.NONE, Set.of("support"), 2, Duration.ofSeconds(2), 0, List.of());

    SimulationReport report =
        run(
            ONE_QUEUE,
            staff(two),
            call(1, 0, 300.0, 60.0),
            call(2, 0, 300.0, 60.0),
            call(3, 0, 300.0, 60.0));

    assertThat(all(report).answeredWaits())
        .isEqualTo(new Waits(seconds(2), seconds(74), seconds(74), seconds(74), seconds(74)));
    // 2 to 72 s and 74 to 144 s; two calls at once count once.
    assertThat(report.agents().each().get(0).handling()).isEqualTo(seconds(140));
  }
}
