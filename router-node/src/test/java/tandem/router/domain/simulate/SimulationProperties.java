package tandem.router.domain.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Strategy;
import tandem.router.domain.Traits;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Change;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.simulate.Recorded.Outcome;
import tandem.router.domain.simulate.SimulationReport.Callbacks;
import tandem.router.domain.simulate.SimulationReport.Figures;

/** What holds for every day: plans, agents and calls are drawn from the seed. */
class SimulationProperties {
  private static final List<Strategy> STRATEGIES = List.of(Strategy.values());
  private static final List<String> QUEUES = List.of("q0", "q1", "q2");

  private static PlanInForce plan(SplittableRandom random) {
    Map<String, QueueRule> queues = new HashMap<>();
    for (String name : QUEUES) {
      Strategy strategy = STRATEGIES.get(random.nextInt(STRATEGIES.size()));
      QueueRule rule =
          Day.weighted(
              Day.queue(strategy, 1 + random.nextInt(10), random.nextInt(20)),
              1 + random.nextInt(3),
              random.nextBoolean()
                  ? List.of()
                  : List.of(
                      new QueueRule.Tier("skill('x') >= 5", Duration.ZERO),
                      new QueueRule.Tier("true", Duration.ofSeconds(15))));
      queues.put(
          name,
          Day.limited(
              rule,
              new QueueRule.Limits(
                  1 + random.nextInt(10),
                  random.nextBoolean()
                      ? new Action.HangUp("USER_BUSY")
                      : Day.waitIn(List.of("q" + random.nextInt(3))),
                  random.nextBoolean() ? null : Duration.ofSeconds(20 + random.nextInt(100)),
                  random.nextBoolean()
                      ? new Action.Voicemail("late")
                      : callback(random, new Action.Voicemail("late")),
                  random.nextBoolean() ? null : Duration.ofSeconds(60),
                  new Action.HangUp("NORMAL_CLEARING"))));
    }
    return Day.plan(
        queues,
        Day.wanting(
            random.nextBoolean() ? "" : "skill('x') >= 3",
            "q0",
            step(5 + random.nextInt(20), new Change.Require("")),
            step(5 + random.nextInt(20), new Change.AlsoQueue("q1"), new Change.SetPriority(80)),
            new Action.Step(null, 2, List.of(new Change.Prefer("skill('x') >= 8"))),
            step(
                20 + random.nextInt(60),
                new Change.SetPriority(60),
                new Change.Go(callback(random, null))),
            step(
                30 + random.nextInt(30),
                new Change.Go(
                    new Action.Park(
                        "lot", Duration.ofSeconds(10), Day.waitIn(List.of("q2", "q0")))))));
  }

  /** Sometimes only where none of the callers is at home. */
  private static Action.Callback callback(SplittableRandom random, @Nullable Action otherwise) {
    return new Action.Callback(
        random.nextBoolean() ? List.of() : List.of("q2", "q1"),
        Duration.ofSeconds(60 + random.nextInt(2_000)),
        3,
        Duration.ofMinutes(1),
        Duration.ofSeconds(5 + random.nextInt(10)),
        random.nextInt(4) == 0 ? List.of("ES") : List.of(),
        otherwise);
  }

  private static Action.Step step(int after, Change... changes) {
    return new Action.Step(Duration.ofSeconds(after), null, List.of(changes));
  }

  private static Staffing staffing(SplittableRandom random) {
    List<Staffing.Member> members = new ArrayList<>();
    int size = random.nextInt(6);
    for (int i = 0; i < size; i++) {
      Set<String> queues = new TreeSet<>();
      QUEUES.stream().filter(queue -> random.nextBoolean()).forEach(queues::add);
      List<Staffing.Shift> shifts =
          random.nextBoolean()
              ? List.of()
              : List.of(
                  new Staffing.Shift(
                      Day.at(random.nextInt(100)), Day.at(101 + random.nextInt(400))),
                  new Staffing.Shift(
                      Day.at(600 + random.nextInt(50)), Day.at(700 + random.nextInt(50))));
      members.add(
          new Staffing.Member(
              Day.agent("a" + i),
              Traits.of(Map.of("x", random.nextInt(11)), null, null, null),
              queues,
              1 + random.nextInt(3),
              null,
              random.nextBoolean() ? 0 : random.nextDouble(),
              shifts));
    }
    return Staffing.of(members);
  }

  private static Traffic traffic(SplittableRandom random, int calls) {
    RandomDay day = new RandomDay(random.nextLong());
    return new Traffic(
        day.calls(calls, 1 + random.nextInt(20), random.nextBoolean() ? 60.0 : null, 40.0));
  }

  /** No agent is ever above its capacity either: the simulation itself refuses that. */
  @Property(tries = 300)
  void shouldLoseNoCallAndCountNoneTwice(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 80) int size) {
    SplittableRandom random = new SplittableRandom(seed);
    Traffic traffic = traffic(random, size);
    Set<String> ended = new TreeSet<>();

    SimulationReport report =
        Simulation.run(
                plan(random),
                traffic,
                staffing(random),
                SimulationOptions.USUAL.withSeed(seed),
                Progress.NONE,
                (call, became) -> assertThat(ended.add(call.id())).isTrue())
            .orElseThrow();

    Figures all = report.all().simulated();
    assertThat(ended).hasSize(size);
    assertThat(all.offered()).isEqualTo(size);
    Callbacks callbacks = all.callbacks();
    assertThat(
            all.answered()
                + all.abandoned()
                + all.otherCalls()
                + all.unserved()
                + callbacks.promised())
        .isEqualTo(size);
    assertThat(callbacks.reached() + callbacks.unreached()).isEqualTo(callbacks.promised());
    assertThat(all.redirected()).isZero();
    assertThat(report.agents().each().stream().mapToLong(agent -> agent.calls()).sum())
        .isEqualTo(all.answered() + callbacks.reached());
    report
        .queues()
        .forEach(
            (name, queue) -> {
              Figures figures = queue.simulated();
              assertThat(
                      figures.answered()
                          + figures.abandoned()
                          + figures.redirected()
                          + figures.unserved()
                          + figures.callbacks().promised())
                  .as(name)
                  .isEqualTo(figures.offered());
              assertThat(figures.callbacks().reached() + figures.callbacks().unreached())
                  .as(name)
                  .isLessThanOrEqualTo(figures.callbacks().promised());
            });
    assertThat(
            report.queues().values().stream()
                .mapToLong(queue -> queue.simulated().answered())
                .sum())
        .isEqualTo(all.answered());
    assertThat(
            report.queues().values().stream()
                .mapToLong(queue -> queue.simulated().callbacks().reached())
                .sum())
        .isEqualTo(callbacks.reached());
  }

  /** With one class of callers and a fixed time to answer, nobody overtakes. */
  @Property(tries = 200)
  void shouldServeCallersOfOneClassInTheirOrder(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int agents) {
    List<Arrival> calls = new RandomDay(seed).calls(100, 10, 50.0, 40.0);
    Map<String, Instant> answered = new HashMap<>();

    SimulationReport report =
        Simulation.run(
                Day.plan(
                    Map.of("q0", Day.queue(Strategy.LONGEST_IDLE, 15, 5)),
                    Day.waitIn(List.of("q0"))),
                new Traffic(calls),
                Day.team(agents, Duration.ofSeconds(2), "q0"),
                SimulationOptions.USUAL,
                Progress.NONE,
                (call, became) -> {
                  if (became.outcome() == Outcome.ANSWERED) {
                    answered.put(call.id(), call.at().plus(became.waited()));
                  }
                })
            .orElseThrow();

    assertThat(report.all().simulated().answered()).isEqualTo(answered.size());
    assertThat(calls.stream().map(Arrival::id).filter(answered::containsKey).map(answered::get))
        .isSortedAccordingTo(Comparator.naturalOrder());
  }

  @Property(tries = 50)
  void shouldGiveTheSameReportForTheSameSeedOnAnotherThread(@ForAll long seed)
      throws InterruptedException {
    List<SimulationReport> reports = new ArrayList<>();
    Runnable run =
        () -> {
          SplittableRandom random = new SplittableRandom(seed);
          reports.add(Day.run(plan(random), traffic(random, 60), staffing(random), seed));
        };
    run.run();
    Thread other = new Thread(run);
    other.start();
    other.join();

    assertThat(reports).hasSize(2);
    assertThat(reports.get(1)).isEqualTo(reports.get(0));
  }
}
