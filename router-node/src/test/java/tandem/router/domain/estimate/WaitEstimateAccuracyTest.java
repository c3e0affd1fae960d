package tandem.router.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import tandem.router.domain.estimate.SimulatedDay.Draw;
import tandem.router.domain.estimate.SimulatedDay.Estimator;
import tandem.router.domain.estimate.SimulatedDay.Scenario;
import tandem.router.domain.estimate.SimulatedDay.Shift;
import tandem.router.domain.estimate.SimulatedDay.Team;
import tandem.router.domain.estimate.SimulatedDay.Wait;

/**
 * How far estimates at arrival are from what came true, over simulated days of 10 hours, for all
 * served callers who had to wait. "Class" and "queue" are average handle time × position ÷ agents,
 * with the position and the agents of the caller's class or of the whole queue; "recent" is the
 * exponential average of recent waits of the class.
 */
class WaitEstimateAccuracyTest {
  private static final double HOUR = 3600;
  private static final double LENGTH = 10 * HOUR;
  private static final double HANDLE = 240;
  private static final int SEEDS = 5;
  private static final List<String> NAMES = List.of("ours", "no count", "class", "queue", "recent");
  private static final int OURS = 0;
  private static final int NO_COUNT = 1;
  private static final int BY_CLASS = 2;
  private static final int BY_QUEUE = 3;
  private static final int RECENT = 4;

  private static final Draw EXPONENTIAL = (random, of, now) -> random.exponential(HANDLE);
  private static final Draw LOG_NORMAL = (random, of, now) -> random.logNormal(HANDLE, 0.8);
  private static final Draw NO_PAUSE = (random, of, now) -> 0;

  /** Of 20 agents 6 serve one class only, 6 the other, and 8 both. */
  private static final List<Team> SHARING =
      List.of(
          team(List.of(0), at(0, 6)), team(List.of(1), at(0, 6)), team(List.of(0, 1), at(0, 8)));

  private static final List<Scenario> SCENARIOS =
      List.of(
          day("one class", List.of(calls(19.6)), List.of(team(List.of(0), at(0, 20))))
              .with(EXPONENTIAL)
              .patience(600),
          day("two sharing agents", List.of(calls(12), calls(8)), SHARING).with(EXPONENTIAL),
          day(
                  "one within another",
                  List.of(calls(14), calls(6)),
                  List.of(team(List.of(0), at(0, 8)), team(List.of(0, 1), at(0, 12))))
              .patience(500),
          day(
                  "fewer at lunch",
                  List.of(calls(10.8), calls(10.8)),
                  List.of(
                      team(List.of(0), at(0, 8), at(4, 5), at(5, 8)),
                      team(List.of(1), at(0, 8), at(4, 6), at(5, 8)),
                      team(List.of(0, 1), at(0, 8), at(4, 6), at(5, 10))))
              .patience(600),
          day(
                  "load of 0.8 to 1.1",
                  List.of(wave(20, 0), wave(10, 1)),
                  List.of(
                      team(List.of(0), at(0, 15)),
                      team(List.of(1), at(0, 5)),
                      team(List.of(0, 1), at(0, 10))))
              .patience(600),
          day(
                  "four agents",
                  List.of(calls(2.4), calls(1.6)),
                  List.of(
                      team(List.of(0), at(0, 1)),
                      team(List.of(1), at(0, 1)),
                      team(List.of(0, 1), at(0, 2))))
              .patience(600),
          day("longer in the afternoon", List.of(calls(9.6), calls(6.4)), SHARING)
              .with(
                  (random, of, now) ->
                      random.logNormal(now > 5 * HOUR ? 1.35 * HANDLE : HANDLE, 0.8)),
          day("ringing and breaks", List.of(calls(10.2), calls(6.8)), SHARING)
              .pausing(
                  (random, of, now) -> 8 + (random.unit() < 0.1 ? random.exponential(300) : 0)),
          day(
                  "unlike handle times",
                  List.of(calls(9.7 * HANDLE / 150), calls(9.7 * HANDLE / 480)),
                  SHARING)
              .with((random, of, now) -> random.logNormal(of == 0 ? 150 : 480, 0.8)),
          day(
                  "agents of another queue",
                  List.of(calls(11.8), calls(5.9), calls(11.8)),
                  List.of(
                      team(List.of(0), at(0, 4)),
                      team(List.of(2), at(0, 4)),
                      team(List.of(0, 1, 2), at(0, 22))))
              .patience(500),
          day(
                  "load of 1.15",
                  List.of(calls(16.1), calls(6.9)),
                  List.of(team(List.of(0), at(0, 8)), team(List.of(0, 1), at(0, 12))))
              .patience(240));

  /** One scenario's sums, or those of several. */
  private static final class Errors {
    private final double[] absolute = new double[NAMES.size()];
    private final double[] signed = new double[NAMES.size()];
    private double waited;
    private long callers;

    void add(Wait wait) {
      for (int i = 0; i < absolute.length; i++) {
        double off = wait.estimates().get(i) - wait.seconds();
        absolute[i] += Math.abs(off);
        signed[i] += off;
      }
      waited += wait.seconds();
      callers++;
    }

    double of(int estimator) {
      return absolute[estimator] / callers;
    }

    String row(String name) {
      StringBuilder row =
          new StringBuilder(
              String.format(Locale.ROOT, "%-24s %7d %6.1f", name, callers, waited / callers));
      for (int i = 0; i < absolute.length; i++) {
        row.append(
            String.format(
                Locale.ROOT,
                " | %6.1f %3.0f%% %+6.1f",
                of(i),
                100 * absolute[i] / waited,
                signed[i] / callers));
      }
      return row.append('\n').toString();
    }
  }

  @Test
  void shouldBeCloserThanHandleTimesAndRecentWaits() {
    StringBuilder table =
        new StringBuilder(
            "\nseconds: mean absolute error, the same of the mean wait, mean error\n");
    table.append(String.format(Locale.ROOT, "%-24s %7s %6s", "", "callers", "wait"));
    NAMES.forEach(name -> table.append(String.format(Locale.ROOT, " | %18s", name)));
    table.append('\n');
    Errors total = new Errors();
    List<Errors> each = new ArrayList<>();
    for (Scenario scenario : SCENARIOS) {
      Errors errors = new Errors();
      for (long seed = 1; seed <= SEEDS; seed++) {
        for (Wait wait : SimulatedDay.run(scenario, seed, estimators())) {
          errors.add(wait);
          total.add(wait);
        }
      }
      table.append(errors.row(scenario.name()));
      each.add(errors);
    }
    String shown = table.append(total.row("all")).toString();

    assertThat(total.of(OURS)).as(shown).isLessThan(0.95 * total.of(BY_CLASS));
    assertThat(total.of(OURS)).as(shown).isLessThan(0.95 * total.of(BY_QUEUE));
    assertThat(total.of(OURS)).as(shown).isLessThan(0.75 * total.of(RECENT));
    assertThat(total.of(NO_COUNT)).as(shown).isLessThan(0.95 * total.of(BY_CLASS));
    assertThat(each)
        .as(shown)
        .allMatch(errors -> errors.of(OURS) < 1.03 * errors.of(BY_CLASS))
        .allMatch(errors -> errors.of(OURS) < 1.07 * errors.of(BY_QUEUE))
        .allMatch(errors -> errors.of(OURS) < 0.85 * errors.of(RECENT));
  }

  @Test
  void shouldGiveTheSameForTheSameSeed() {
    Scenario scenario = SCENARIOS.get(1);

    assertThat(SimulatedDay.run(scenario, 7, estimators()))
        .isEqualTo(SimulatedDay.run(scenario, 7, estimators()));
  }

  private static List<Estimator> estimators() {
    WaitSettings settings = WaitSettings.STANDARD;
    return List.of(
        new Estimators.Observed(settings.withHandleTime(seconds(HANDLE)), true),
        // Without a count a class is handed out as if by one agent, so often:
        new Estimators.Observed(settings.withHandleTime(seconds(HANDLE / 10)), false),
        new Estimators.HandleTimes(false, HANDLE),
        new Estimators.HandleTimes(true, HANDLE),
        // Of 0.1, 0.3, 0.5 and 1, with and without those who need not wait, this was the best.
        new Estimators.RecentWaits(0.5, true));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  /** Lognormal handle times, no pauses, a patience of 400 s; a third class is another queue's. */
  private static Scenario day(String name, List<DoubleUnaryOperator> arrivals, List<Team> teams) {
    return new Scenario(
        name, LENGTH, arrivals, teams, LOG_NORMAL, NO_PAUSE, 400, Math.min(2, arrivals.size()));
  }

  /**
   * Steady arrivals.
   *
   * @param load agents they would keep busy
   */
  private static DoubleUnaryOperator calls(double load) {
    return time -> load / HANDLE;
  }

  private static DoubleUnaryOperator wave(double agents, double phase) {
    return time -> agents * (0.95 + 0.15 * Math.sin(time / HOUR + phase)) / HANDLE;
  }

  private static Team team(List<Integer> serves, Shift... shifts) {
    return new Team(serves, List.of(shifts));
  }

  private static Shift at(double hour, int agents) {
    return new Shift(hour * HOUR, agents);
  }
}
