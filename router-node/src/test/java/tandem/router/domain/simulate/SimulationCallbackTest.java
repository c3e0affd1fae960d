package tandem.router.domain.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.domain.simulate.Day.SUPPORT;
import static tandem.router.domain.simulate.Day.after;
import static tandem.router.domain.simulate.Day.all;
import static tandem.router.domain.simulate.Day.at;
import static tandem.router.domain.simulate.Day.call;
import static tandem.router.domain.simulate.Day.limited;
import static tandem.router.domain.simulate.Day.plan;
import static tandem.router.domain.simulate.Day.prompt;
import static tandem.router.domain.simulate.Day.queueOf;
import static tandem.router.domain.simulate.Day.run;
import static tandem.router.domain.simulate.Day.seconds;
import static tandem.router.domain.simulate.Day.staff;
import static tandem.router.domain.simulate.Day.waitIn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tandem.router.domain.Attributes;
import tandem.router.domain.Traits;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Change;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.simulate.Recorded.Outcome;
import tandem.router.domain.simulate.SimulationReport.Callbacks;
import tandem.router.domain.simulate.SimulationReport.Figures;
import tandem.router.domain.simulate.SimulationReport.Waits;

/** Callers who hang up to be called back: small days worked out by hand, and a long one. */
class SimulationCallbackTest {
  private static Action.Callback callback(@Nullable Action otherwise, String... queues) {
    return callback(Duration.ofHours(2), 30, otherwise, queues);
  }

  private static Action.Callback callback(
      Duration within, int ring, @Nullable Action otherwise, String... queues) {
    return new Action.Callback(
        List.of(queues),
        within,
        3,
        Duration.ofMinutes(10),
        Duration.ofSeconds(ring),
        List.of(),
        otherwise);
  }

  /** After so many seconds of waiting in support. */
  private static PlanInForce after20(Action action) {
    return plan(
        Map.of("support", SUPPORT), waitIn(List.of("support"), after(20, new Change.Go(action))));
  }

  private static Arrival from(String number, int id, double at, double patience, double handle) {
    return new Arrival(
        "call-" + id,
        at(at),
        number,
        Day.CALLED,
        Attributes.NONE,
        seconds(patience),
        seconds(handle),
        null);
  }

  /**
   * a talks with the first caller from 2 s to 62 s and works until 72. The second hangs up at 30 s;
   * a's phone rings for it until 74, its own until 84, they talk until 104 and a works until 114.
   */
  @Test
  void shouldCallBackAtItsTurnToTheSecond() {
    SimulationReport report =
        run(
            after20(callback(null)),
            staff(prompt("a", "support")),
            call(1, 0, 300.0, 60.0),
            call(2, 10, 30.0, 20.0));

    for (Figures figures : List.of(all(report), queueOf(report, "support"))) {
      assertThat(figures.offered()).isEqualTo(2);
      assertThat(figures.answered()).isEqualTo(1);
      assertThat(figures.abandoned()).isZero();
      assertThat(figures.redirected()).isZero();
      assertThat(figures.callbacks()).isEqualTo(new Callbacks(1, 1, 0));
      // Of the one who stayed alone.
      assertThat(figures.serviceLevel()).isEqualTo(1.0);
      assertThat(figures.averageSpeedOfAnswer()).isEqualTo(seconds(2));
      assertThat(figures.answeredWaits())
          .isEqualTo(new Waits(seconds(2), seconds(2), seconds(2), seconds(2), seconds(2)));
      assertThat(figures.abandonment()).isZero();
      // Of both.
      assertThat(figures.averageTalk()).isEqualTo(seconds(40));
      assertThat(figures.averageHandleTime()).isEqualTo(seconds(50));
    }
    assertThat(all(report).others()).isEmpty();
    assertThat(report.to()).isEqualTo(at(114));
    assertThat(report.agents().each())
        .singleElement()
        .satisfies(
            agent -> {
              assertThat(agent.calls()).isEqualTo(2);
              assertThat(agent.handling()).isEqualTo(seconds(70 + 10 + 20 + 10));
            });
  }

  @Test
  void shouldRingNoLongerThanThePlanLetsIt() {
    SimulationReport report =
        run(
            after20(callback(Duration.ofHours(2), 5, null)),
            staff(prompt("a", "support")),
            call(1, 0, 300.0, 60.0),
            call(2, 10, 30.0, 20.0));

    assertThat(report.to()).isEqualTo(at(109));
  }

  @Test
  void shouldTakeAsLongToAnswerAsTheOptionsSay() {
    SimulationOptions usual = SimulationOptions.USUAL;
    SimulationOptions options =
        new SimulationOptions(
            usual.seed(),
            usual.within(),
            usual.formula(),
            usual.shortAbandon(),
            usual.region(),
            Duration.ofSeconds(25));

    SimulationReport report =
        Simulation.run(
                after20(callback(null)),
                new Traffic(List.of(call(1, 0, 300.0, 60.0), call(2, 10, 30.0, 20.0))),
                staff(prompt("a", "support")),
                options,
                Progress.NONE)
            .orElseThrow();

    assertThat(report.to()).isEqualTo(at(129));
  }

  /** The third comes after the second has hung up, and is served after it: from 114 s on. */
  @Test
  void shouldKeepThePlaceOfWhoIsCalledBack() {
    List<String> seen = new ArrayList<>();

    SimulationReport report =
        Simulation.run(
                after20(callback(null)),
                new Traffic(
                    List.of(
                        call(1, 0, 300.0, 60.0), call(2, 10, 30.0, 20.0), from("", 3, 40, 300, 5))),
                staff(prompt("a", "support")),
                SimulationOptions.USUAL,
                Progress.NONE,
                (call, became) -> seen.add(call.id() + " " + became.outcome()))
            .orElseThrow();

    assertThat(all(report).answeredWaits().longest()).isEqualTo(seconds(114 + 2 - 40));
    assertThat(seen)
        .containsExactly(
            "call-000001 " + Outcome.ANSWERED,
            "call-000002 " + Outcome.OTHER,
            "call-3 " + Outcome.ANSWERED);
  }

  @Test
  void shouldGiveUpWhoseTimeIsOverAndNotCountTheDayLongerForThat() {
    SimulationReport report =
        run(after20(callback(null)), staff(prompt("a", "sales")), call(1, 0, 300.0, 60.0));

    assertThat(all(report).callbacks()).isEqualTo(new Callbacks(1, 0, 1));
    assertThat(queueOf(report, "support").callbacks()).isEqualTo(new Callbacks(1, 0, 1));
    assertThat(all(report).serviceLevel()).isNull();
    assertThat(report.to()).isEqualTo(at(20));
  }

  /** a is asked at 30 s, its phone rings until 45, and the promise ends at 40. */
  @Test
  void shouldGiveUpWhenAPhoneThatRangAtTheEndIsNotAnswered() {
    Staffing.Member never =
        new Staffing.Member(
            Day.agent("a"),
            Traits.NONE,
            Set.of("support"),
            1,
            null,
            1,
            List.of(new Staffing.Shift(at(30), at(1000))));

    SimulationReport report =
        run(
            after20(callback(Duration.ofSeconds(20), 30, null)),
            staff(never),
            call(1, 0, 300.0, 60.0));

    assertThat(all(report).callbacks()).isEqualTo(new Callbacks(1, 0, 1));
  }

  @Test
  void shouldLetACallerWaitOnWhoCannotBeCalled() {
    for (String number : List.of("", "anonymous", "+19005551234", "+34911234567")) {
      SimulationReport report =
          run(
              plan(
                  Map.of("support", SUPPORT),
                  waitIn(
                      List.of("support"),
                      after(20, new Change.SetPriority(90), new Change.Go(callback(null))),
                      after(40, new Change.Go(new Action.Voicemail("late"))))),
              staff(),
              from(number, 1, 0, 300, 60));

      assertThat(all(report).callbacks()).isEqualTo(new Callbacks(0, 0, 0));
      assertThat(all(report).others()).containsExactly(Map.entry("voicemail:late", 1));
      assertThat(report.to()).isEqualTo(at(40));
    }
  }

  @Test
  void shouldDoTheOtherThingForACallerWhoCannotBeCalled() {
    SimulationReport report =
        run(
            after20(callback(new Action.Voicemail("late"))),
            staff(),
            from("", 1, 0, 300, 60),
            call(2, 0, 300.0, 60.0));

    assertThat(all(report).others()).containsExactly(Map.entry("voicemail:late", 1));
    assertThat(all(report).callbacks().promised()).isEqualTo(1);
    assertThat(queueOf(report, "support").redirected()).isEqualTo(1);
  }

  /** Three come at once; there is a place for one, and an agent from 100 s on. */
  @Test
  void shouldHaveAPlaceWhereTheQueueIsFull() {
    QueueRule.Limits limits =
        new QueueRule.Limits(
            1,
            callback(new Action.HangUp("USER_BUSY")),
            null,
            new Action.HangUp("NORMAL_CLEARING"),
            null,
            new Action.HangUp("NORMAL_CLEARING"));
    Staffing.Member late =
        new Staffing.Member(
            Day.agent("a"),
            Traits.NONE,
            Set.of("support"),
            1,
            Duration.ofSeconds(2),
            0,
            List.of(new Staffing.Shift(at(100), at(5000))));

    SimulationReport report =
        run(
            plan(Map.of("support", limited(SUPPORT, limits)), waitIn(List.of("support"))),
            staff(late),
            call(1, 0, 3000.0, 60.0),
            call(2, 0, 3000.0, 60.0),
            from("", 3, 0, 3000, 60));

    Figures support = queueOf(report, "support");
    assertThat(support.callbacks()).isEqualTo(new Callbacks(1, 1, 0));
    assertThat(support.answered()).isEqualTo(1);
    // Refused, and offered once more with the promise; the third was refused alone.
    assertThat(support.offered()).isEqualTo(4);
    assertThat(support.redirected()).isEqualTo(2);
    assertThat(support.longestQueue()).isEqualTo(1);
    assertThat(all(report).offered()).isEqualTo(3);
    assertThat(all(report).others()).containsExactly(Map.entry("hangup:USER_BUSY", 1));
  }

  @Test
  void shouldWaitInAnotherQueueWhereThePlanSaysSo() {
    SimulationReport report =
        run(
            plan(
                Map.of("support", SUPPORT, "sales", SUPPORT),
                waitIn(List.of("support"), after(20, new Change.Go(callback(null, "sales"))))),
            staff(prompt("a", "sales")),
            call(1, 0, 300.0, 60.0));

    assertThat(queueOf(report, "support").redirected()).isEqualTo(1);
    assertThat(queueOf(report, "support").callbacks()).isEqualTo(new Callbacks(0, 0, 0));
    assertThat(queueOf(report, "sales").offered()).isEqualTo(1);
    assertThat(queueOf(report, "sales").callbacks()).isEqualTo(new Callbacks(1, 1, 0));
    assertThat(queueOf(report, "sales").answered()).isZero();
  }

  /** Nobody is there before 1000 s; who called first is called first. */
  @Test
  void shouldCallBackInTheMorningInTheOrderOfTheCalls() {
    PlanInForce plan =
        plan(Map.of("support", SUPPORT), callback(new Action.Voicemail("late"), "support"));
    Staffing.Member early =
        new Staffing.Member(
            Day.agent("a"),
            Traits.NONE,
            Set.of("support"),
            1,
            Duration.ofSeconds(2),
            0,
            List.of(new Staffing.Shift(at(1000), at(5000))));

    SimulationReport report =
        run(plan, staff(early), call(1, 0, 1.0, 60.0), call(2, 10, 1.0, 30.0));

    assertThat(all(report).callbacks()).isEqualTo(new Callbacks(2, 2, 0));
    // 2 + 10 + 60 + 10, then 2 + 10 + 30 + 10 s.
    assertThat(report.to()).isEqualTo(at(1000 + 82 + 52));
  }

  @Test
  void shouldNotGuessWhereACallWaitsThatNeverWaited() {
    SimulationReport report =
        run(
            plan(Map.of("support", SUPPORT), callback(new Action.Voicemail("late"))),
            staff(prompt("a", "support")),
            call(1, 0, 300.0, 60.0));

    assertThat(all(report).others()).containsExactly(Map.entry("callback", 1));
    assertThat(all(report).callbacks().promised()).isZero();
  }

  /** Nine agents are too few for these calls; with callbacks after 20 s they lose half of them. */
  @Test
  void shouldLoseFewerCallersAndNoWorkOverADay() {
    List<Arrival> calls = new RandomDay(7).calls(3_000, 10, 180.0, 90.0);
    Traffic traffic = new Traffic(calls);
    Staffing staffing = Day.team(9, Duration.ofSeconds(3), "support");
    PlanInForce staying = plan(Map.of("support", SUPPORT), waitIn(List.of("support")));
    PlanInForce calling =
        plan(
            Map.of("support", SUPPORT),
            waitIn(
                List.of("support"),
                after(20, new Change.Go(callback(Duration.ofHours(8), 30, null)))));

    SimulationReport without = run(staying, traffic, staffing, 3);
    SimulationReport with = run(calling, traffic, staffing, 3);

    Figures before = all(without);
    Figures now = all(with);
    assertThat(before.callbacks()).isEqualTo(new Callbacks(0, 0, 0));
    assertThat(before.abandoned()).isGreaterThan(300);
    assertThat(now.abandoned()).isLessThan(before.abandoned() * 6 / 10);
    assertThat(now.callbacks().promised()).isGreaterThan(500);
    assertThat(now.callbacks().unreached()).isZero();
    assertThat(now.answered() + now.abandoned() + now.callbacks().reached()).isEqualTo(3_000);
    // Nobody is on the line for longer, but for a phone that rings by then.
    assertThat(now.answeredWaits().longest()).isLessThanOrEqualTo(seconds(23));
    // Every second an agent was busy is one of talk, of wrap-up, or of a caller's ringing phone.
    Duration talk = now.averageTalk().multipliedBy(now.answered() + now.callbacks().reached());
    Duration expected =
        talk.plus(seconds(10).multipliedBy(now.answered() + now.callbacks().reached()))
            .plus(seconds(10).multipliedBy(now.callbacks().reached()));
    Duration busy =
        with.agents().each().stream()
            .map(SimulationReport.AgentFigures::handling)
            .reduce(Duration.ZERO, Duration::plus);
    assertThat(busy.minus(expected).abs()).isLessThan(Duration.ofMillis(1));
    assertThat(run(calling, traffic, staffing, 3)).isEqualTo(with);
  }
}
