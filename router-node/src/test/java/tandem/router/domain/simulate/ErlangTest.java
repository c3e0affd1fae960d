package tandem.router.domain.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tandem.router.domain.Strategy;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.simulate.SimulationReport.Figures;

/**
 * Simulated days against what is known in closed form of a queue with Poisson arrivals and
 * exponential talk: A. K. Erlang, "Solution of some problems in the theory of probabilities of
 * significance in automatic telephone exchanges", 1917; with patience, C. Palm, 1946, as in
 * Mandelbaum and Zeltyn, "Service engineering in action: the Palm/Erlang-A queue", 2007.
 */
class ErlangTest {
  private static final double TALK = 60;
  private static final int CALLS = 20_000;
  private static final int DAYS = 4;
  private static final PlanInForce PLAN =
      Day.plan(
          Map.of("support", Day.queue(Strategy.LONGEST_IDLE, 15, 0)),
          Day.waitIn(List.of("support")));

  /** Erlang C: the share of calls that wait. */
  private static double erlangC(int agents, double erlangs) {
    double inverseB = 1;
    for (int i = 1; i <= agents; i++) {
      inverseB = 1 + inverseB * i / erlangs;
    }
    double b = 1 / inverseB;
    return agents * b / (agents - erlangs * (1 - b));
  }

  @ParameterizedTest
  @CsvSource({"1,0.6", "2,1.3", "5,3.5"})
  void shouldWaitAsLongAsErlangCSays(int agents, double erlangs) {
    double waits = 0;
    double level = 0;
    double occupancy = 0;
    for (int day = 0; day < DAYS; day++) {
      Figures figures = run(new RandomDay(day).calls(CALLS, TALK / erlangs, null, TALK), agents);
      waits += seconds(figures.averageSpeedOfAnswer()) / DAYS;
      level += figures.serviceLevel() / DAYS;
      occupancy += figures.occupancy() / DAYS;
    }

    double waiting = erlangC(agents, erlangs);
    double expected = waiting * TALK / (agents - erlangs);
    assertThat(waits).isCloseTo(expected, within(0.05 * expected));
    assertThat(level)
        .isCloseTo(1 - waiting * Math.exp(-(agents - erlangs) * 20 / TALK), within(0.01));
    assertThat(occupancy).isCloseTo(erlangs / agents, within(0.01));
  }

  /**
   * First come, first served: a call's wait follows from when agents got free before it (Kiefer,
   * Wolfowitz: "On the theory of queues with many servers", 1955).
   */
  @ParameterizedTest
  @CsvSource({"1,0.8", "7,6", "60,55"})
  void shouldWaitExactlyAsTheRecursionSays(int agents, double erlangs) {
    List<Arrival> calls = new RandomDay(agents).calls(5_000, TALK / erlangs, null, TALK);
    PriorityQueue<Instant> free = new PriorityQueue<>();
    IntStream.range(0, agents).forEach(agent -> free.add(Day.START));
    Duration waits = Duration.ZERO;
    Duration longest = Duration.ZERO;
    for (Arrival call : calls) {
      Instant begin = free.remove();
      Duration wait = begin.isAfter(call.at()) ? Duration.between(call.at(), begin) : Duration.ZERO;
      waits = waits.plus(wait);
      longest = longest.compareTo(wait) < 0 ? wait : longest;
      free.add(call.at().plus(wait).plus(call.handle()));
    }

    Figures figures = run(calls, agents);

    assertThat(figures.averageSpeedOfAnswer()).isEqualTo(waits.dividedBy(calls.size()));
    assertThat(figures.answeredWaits().longest()).isEqualTo(longest);
  }

  @ParameterizedTest
  @CsvSource({"5,6,40", "20,21,20", "40,36,30"})
  void shouldLoseAsManyCallersAsErlangASays(int agents, double erlangs, double patience) {
    Figures figures =
        run(new RandomDay(agents).calls(CALLS, TALK / erlangs, patience, TALK), agents);

    assertThat(figures.abandonment())
        .isCloseTo(erlangA(agents, erlangs / TALK, 1 / TALK, 1 / patience), within(0.01));
  }

  /** The share of callers who hang up: the birth-and-death chain's states, summed. */
  private static double erlangA(int agents, double lambda, double mu, double theta) {
    double weight = 1;
    double all = 1;
    double waiting = 0;
    for (int n = 1; n < agents + 5_000; n++) {
      weight *= lambda / (Math.min(n, agents) * mu + Math.max(0, n - agents) * theta);
      all += weight;
      waiting += weight * Math.max(0, n - agents);
    }
    return theta * waiting / all / lambda;
  }

  private static Figures run(List<Arrival> calls, int agents) {
    Figures figures =
        Day.run(
                PLAN,
                new Traffic(new ArrayList<>(calls)),
                Day.team(agents, Duration.ZERO, "support"),
                1)
            .all()
            .simulated();
    assertThat(figures).isNotNull();
    return figures;
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
