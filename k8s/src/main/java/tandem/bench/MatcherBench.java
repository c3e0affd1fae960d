package tandem.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import tandem.router.domain.AgentId;
import tandem.router.domain.select.Matcher.Match;
import tandem.router.domain.select.Matcher.Standing;
import tandem.router.domain.select.Matcher.Waiter;

/**
 * The decisions of a queue alone, without the queue: benchmarks for JMH, one decision each. What
 * brings the scene back to where it was runs before and after each decision and is not measured, so
 * every decision finds as many callers and free agents.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MatcherBench {
  private static final int WAITING = 5_000;

  /** Each decision by its method's name, as people read it. */
  private enum Decision {
    callArrives("a call arrives"),
    agentGetsFree("an agent gets free"),
    busyAgentChanges("a busy agent changes"),
    freeAgentChanges("a free agent changes");

    final String words;

    Decision(String words) {
      this.words = words;
    }
  }

  /** All agents are free, and callers wait whom none of them fits. */
  @State(Scope.Thread)
  public static class AllFree {
    @Param("10000")
    int agents;

    private @Nullable MatcherScene made;
    private @Nullable Waiter<Long> caller;
    private @Nullable Match<Long> match;

    @Setup(Level.Trial)
    public void begin() {
      made = new MatcherScene(agents, 1);
      made.hopeless(WAITING);
      made.seeEachRequirement();
    }

    @Setup(Level.Invocation)
    public void before() {
      MatcherScene scene = scene();
      scene.timePasses();
      caller = scene.caller(scene.anyRequirement());
    }

    Optional<Match<Long>> callArrives() {
      MatcherScene scene = scene();
      Waiter<Long> comes = Objects.requireNonNull(caller);
      scene.matcher.put(comes);
      Optional<Match<Long>> found = scene.matcher.next(scene.now());
      scene.matcher.remove(comes.id());
      found.ifPresent(with -> scene.matcher.asked(with.agents().get(0)));
      match = found.orElse(null);
      return found;
    }

    @TearDown(Level.Invocation)
    public void after() {
      scene().matcher.answered(decided(match).agents().get(0));
    }

    private MatcherScene scene() {
      return Objects.requireNonNull(made);
    }
  }

  /** All agents are busy, and callers wait. */
  @State(Scope.Thread)
  public static class AllBusy {
    @Param("10000")
    int agents;

    private @Nullable MatcherScene made;
    private int agent;
    private @Nullable AgentId id;
    private @Nullable Standing standing;
    private @Nullable Match<Long> match;

    @Setup(Level.Trial)
    public void begin() {
      made = new MatcherScene(agents, 0);
      made.crowd(WAITING);
    }

    @Setup(Level.Invocation)
    public void before() {
      scene().timePasses();
      agent = scene().anyAgent();
      id = MatcherScene.id(agent);
    }

    @TearDown(Level.Invocation)
    public void after() {
      MatcherScene scene = scene();
      scene.matcher.agent(MatcherScene.id(agent), scene.standing(agent, 0));
      if (match != null) {
        scene.matcher.remove(match.waiter().id());
        scene.matcher.put(scene.caller(match.waiter().wants()));
      }
    }

    MatcherScene scene() {
      return Objects.requireNonNull(made);
    }

    Optional<Match<Long>> decide() {
      MatcherScene scene = scene();
      scene.matcher.agent(Objects.requireNonNull(id), Objects.requireNonNull(standing));
      Optional<Match<Long>> found = scene.matcher.next(scene.now());
      match = found.orElse(null);
      return found;
    }
  }

  /** One of them ends its call. */
  @State(Scope.Thread)
  public static class GetsFree extends AllBusy {
    @Override
    public void before() {
      super.before();
      super.standing = scene().standing(super.agent, 1);
    }

    @Override
    public void after() {
      decided(super.match);
      super.after();
    }
  }

  /** One of them learns and forgets. */
  @State(Scope.Thread)
  public static class Learns extends AllBusy {
    @Override
    public void before() {
      super.before();
      scene().learns(super.agent);
      super.standing = scene().standing(super.agent, 0);
    }
  }

  /** One of them is free, and learns and forgets what none of the callers requires. */
  @State(Scope.Thread)
  public static class LearnsFree extends AllBusy {
    @Override
    public void before() {
      super.before();
      MatcherScene scene = scene();
      super.standing = scene.standing(scene.uselessTraits(), 1);
      Optional<Match<Long>> none = decide();
      if (none.isPresent()) {
        throw new IllegalStateException("an agent was matched who fits nobody");
      }
      super.standing = scene.standing(scene.uselessTraits(), 1);
    }
  }

  /** A decision among free agents for a caller who comes. */
  @Benchmark
  public Object callArrives(AllFree queue) {
    return queue.callArrives();
  }

  /** A decision among waiting callers for an agent who ends a call. */
  @Benchmark
  public Object agentGetsFree(GetsFree queue) {
    return queue.decide();
  }

  /** New traits of an agent who cannot be offered anything now. */
  @Benchmark
  public Object busyAgentChanges(Learns queue) {
    return queue.decide();
  }

  /** New traits of an agent whom every waiting caller is held against, and none fits. */
  @Benchmark
  public Object freeAgentChanges(LearnsFree queue) {
    return queue.decide();
  }

  private static Match<Long> decided(@Nullable Match<Long> match) {
    if (match == null) {
      throw new IllegalStateException("the queue has made no decision");
    }
    return match;
  }

  /**
   * All of them among 10,000 agents, and those with a decision among 100,000; each in a JVM of its
   * own.
   *
   * @param budget for each, half of it to warm up; what comes before is not in it
   */
  static List<DecisionResult> run(Duration budget) {
    List<DecisionResult> results = new ArrayList<>();
    for (Decision each : Decision.values()) {
      results.add(run(each, 10_000, budget));
    }
    results.add(run(Decision.callArrives, 100_000, budget));
    results.add(run(Decision.agentGetsFree, 100_000, budget));
    return results;
  }

  private static DecisionResult run(Decision what, int agents, Duration budget) {
    TimeValue half = TimeValue.milliseconds(budget.toMillis() / 2);
    try {
      RunResult result =
          new Runner(
                  new OptionsBuilder()
                      .include("^" + MatcherBench.class.getName() + "\\." + what.name() + "$")
                      .param("agents", Integer.toString(agents))
                      .forks(1)
                      .warmupIterations(1)
                      .warmupTime(half)
                      .measurementIterations(1)
                      .measurementTime(half)
                      .shouldFailOnError(true)
                      .verbosity(VerboseMode.SILENT)
                      .build())
              .runSingle();
      return DecisionResult.of(
          "%s: %d agents, %d callers, %d requirements"
              .formatted(what.words, agents, WAITING, MatcherScene.REQUIREMENTS),
          result.getPrimaryResult().getStatistics());
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH: " + e.getMessage(), e);
    }
  }
}
