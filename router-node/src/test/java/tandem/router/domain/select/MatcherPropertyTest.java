package tandem.router.domain.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import tandem.router.domain.AgentId;
import tandem.router.domain.Attributes;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.Strategy;
import tandem.router.domain.TenantId;
import tandem.router.domain.Traits;
import tandem.router.domain.plan.Ageing;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.select.Matcher.Match;
import tandem.router.domain.select.Matcher.Standing;
import tandem.router.domain.select.Matcher.Waiter;

class MatcherPropertyTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final int AGENTS = 7;
  private static final int CALLERS = 9;
  private static final int HORIZON_SECONDS = 40;
  private static final long SEED = 42;
  private static final List<String> NAMES = List.of("a0", "a1", "a2", "a3", "a4", "a5", "a6");

  /** Ten digits decide what a step does; what each means depends on the step. */
  record Step(int what, List<Integer> dice) {
    int die(int which, int sides) {
      return dice.get(which) % sides;
    }
  }

  @Property(tries = 1000)
  void shouldDecideAsTheRulesSay(
      @ForAll("rules") QueueRule first,
      @ForAll("rules") QueueRule second,
      @ForAll("steps") List<Step> steps,
      @ForAll @IntRange(min = 1, max = 12) int every) {
    new Both(first, second).run(steps, every);
  }

  /** A long run over one queue, so that bitmaps and lines are used again and again. */
  @Property(tries = 80)
  void shouldDecideAsTheRulesSayAfterALongTime(
      @ForAll("rules") QueueRule first,
      @ForAll("rules") QueueRule second,
      @ForAll("manySteps") List<Step> steps,
      @ForAll @IntRange(min = 1, max = 12) int every) {
    new Both(first, second).run(steps, every);
  }

  /** The matcher and the naive one, told the same. */
  private static final class Both {
    private final Matcher<Integer> matcher;
    private final NaiveMatcher naive;
    private final QueueRule first;
    private final QueueRule second;
    private Instant now = START;

    Both(QueueRule first, QueueRule second) {
      this.first = first;
      this.second = second;
      this.matcher = new Matcher<>(first, "support", 3, SEED);
      this.naive = new NaiveMatcher(first, MatcherPropertyTest::isTrue, SEED);
    }

    /** Looks after so many steps each time, as much may happen between two looks. */
    void run(List<Step> steps, int every) {
      for (int i = 0; i < steps.size(); i++) {
        apply(steps.get(i));
        if (i % every == 0) {
          compare(steps.get(i));
        }
      }
    }

    private void apply(Step step) {
      AgentId agent = agent(step.die(0, AGENTS));
      int caller = step.die(0, CALLERS);
      switch (step.what()) {
        case 0, 1, 2 -> {
          Standing standing = standing(step);
          matcher.agent(agent, standing);
          naive.agents.put(agent, standing);
        }
        case 3, 4, 5, 6 -> {
          Waiter<Integer> waiter = waiter(caller, step);
          matcher.put(waiter);
          naive.waiters.put(caller, waiter);
        }
        case 7 -> {
          matcher.remove(caller);
          naive.waiters.remove(caller);
        }
        case 8 -> ask(agent);
        case 9 -> {
          matcher.answered(agent);
          naive.asked.computeIfPresent(agent, (id, asked) -> Math.max(0, asked - 1));
        }
        case 10 -> {
          if (step.die(1, 3) == 0) {
            matcher.forget(agent);
            naive.agents.remove(agent);
            naive.asked.remove(agent);
          }
        }
        case 11, 12, 13 -> now = now.plusSeconds(step.die(1, 9));
        case 14 -> {
          QueueRule rule = step.die(1, 2) == 0 ? first : second;
          matcher.rule(rule, 3);
          naive.rule = rule;
        }
        default -> {
          Optional<Match<Integer>> match = matcher.next(now);
          match.ifPresent(
              found -> {
                matcher.remove(found.waiter().id());
                naive.waiters.remove(found.waiter().id());
                found.agents().forEach(this::ask);
              });
        }
      }
    }

    private void ask(AgentId agent) {
      matcher.asked(agent);
      if (naive.agents.containsKey(agent)) {
        naive.asked.merge(agent, 1, Integer::sum);
      }
      naive.last = agent;
      naive.draws++;
    }

    private Standing standing(Step step) {
      Traits traits =
          Traits.of(
              Map.of("es", step.die(1, 4), "vip", step.die(2, 2)),
              List.of(),
              step.die(3, 2) == 0 ? List.of("red") : List.of("blue"),
              Attributes.NONE);
      return new Standing(
          traits,
          step.die(4, 3),
          START.minusSeconds(step.die(5, 5)),
          step.die(6, 3),
          Duration.ofMinutes(step.die(7, 3)),
          step.die(8, 3) == 0 ? now.plusSeconds(step.die(9, 6)) : START);
    }

    private Waiter<Integer> waiter(int id, Step step) {
      List<String> requires =
          List.of("", "", "skill('es') >= 2", "'red' in agent.teams", "agent.name == call.to");
      List<String> prefers = List.of("", "skill('vip') >= 1");
      SortedMap<String, Object> call = new TreeMap<>();
      String require = requires.get(step.die(1, requires.size()));
      if (require.contains("call.to")) {
        call.put("call.to", "a" + step.die(2, AGENTS));
      }
      Set<AgentId> tried =
          step.die(3, 3) == 0
              ? IntStream.range(0, 1 + step.die(4, 3))
                  .mapToObj(MatcherPropertyTest::agent)
                  .collect(Collectors.toSet())
              : Set.of();
      AgentId last = step.die(5, 2) == 0 ? agent(step.die(6, AGENTS)) : null;
      return new Waiter<>(
          id,
          new Wants(require, prefers.get(step.die(7, 2)), call),
          10 * step.die(8, 3),
          now.minusSeconds(step.die(9, 12)),
          last,
          tried);
    }

    private void compare(Step step) {
      Optional<Match<Integer>> match = matcher.next(now);
      Optional<NaiveMatcher.Found> wanted = naive.next(now);

      assertThat(match.map(found -> new NaiveMatcher.Found(found.waiter(), found.agents())))
          .isEqualTo(wanted);
      assertThat(matcher.next(now)).isEqualTo(match);
      match.ifPresent(this::compareDecision);
      assertThat(matcher.waiting()).isEqualTo(naive.waiters.size());
      assertThat(matcher.size()).isEqualTo(naive.agents.size());
      assertThat(matcher.available())
          .isEqualTo((int) naive.agents.keySet().stream().filter(naive::isFree).count());
      assertThat(matcher.first(now))
          .isEqualTo(naive.inLine(now).stream().findFirst().map(Waiter::id));
      Waiter<Integer> any = waiter(0, step);
      assertThat(matcher.fitting(any.wants()))
          .isEqualTo(
              (int)
                  naive.agents.keySet().stream()
                      .filter(id -> naive.meets(any.wants().require(), id, any.wants(), true))
                      .count());
      Set<AgentId> ringing = Set.of(agent(step.die(8, AGENTS)));
      assertThat(matcher.another(any, ringing, now)).isEqualTo(naive.another(any, ringing, now));
      compareNextChange(wanted);
    }

    private void compareDecision(Match<Integer> match) {
      Waiter<Integer> waiter = match.waiter();
      List<AgentId> eligible = naive.eligible(waiter, waiter.tried(), now, true);

      assertThat(match.decision())
          .isEqualTo(
              new Decision(
                  3,
                  naive.rule.settings().strategy(),
                  naive.waiters.size(),
                  naive.urgency(waiter, now),
                  naive.agents.size(),
                  naive.excluded(waiter, now),
                  (int) eligible.stream().filter(id -> naive.isPreferred(waiter, id)).count(),
                  eligible.stream().limit(5).map(AgentId::name).toList()));
    }

    private void compareNextChange(Optional<NaiveMatcher.Found> answer) {
      Instant change = matcher.nextChange(now);
      assertThat(change == null || !change.isBefore(now)).isTrue();
      for (int second = 1; second <= HORIZON_SECONDS; second++) {
        Instant then = now.plusSeconds(second);
        if (change != null && !then.isBefore(change)) {
          break;
        }
        assertThat(naive.next(then)).as("%s, next change %s", then, change).isEqualTo(answer);
      }
    }
  }

  private static boolean isTrue(
      String expression, AgentId agent, Traits traits, Map<String, Object> call) {
    return switch (expression) {
      case "skill('es') >= 2" -> traits.skill("es") >= 2;
      case "skill('vip') >= 1" -> traits.skill("vip") >= 1;
      case "'red' in agent.teams" -> traits.teams().contains("red");
      case "'blue' in agent.teams" -> traits.teams().contains("blue");
      case "agent.name == call.to" -> agent.name().equals(call.get("call.to"));
      default -> throw new IllegalArgumentException(expression);
    };
  }

  private static AgentId agent(int number) {
    return new AgentId(new TenantId("acme"), NAMES.get(number));
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return step().list().ofMinSize(10).ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<Step>> manySteps() {
    return step().list().ofSize(600);
  }

  private static Arbitrary<Step> step() {
    Arbitrary<List<Integer>> dice =
        Arbitraries.integers().between(0, 2519).withoutEdgeCases().list().ofSize(10);
    return Combinators.combine(Arbitraries.integers().between(0, 17), dice).as(Step::new);
  }

  @Provide
  Arbitrary<QueueRule> rules() {
    Arbitrary<List<QueueRule.Tier>> tiers =
        Arbitraries.of(
            List.of(),
            List.of(
                new QueueRule.Tier("'red' in agent.teams", Duration.ZERO),
                new QueueRule.Tier("", Duration.ofSeconds(7))),
            List.of(
                new QueueRule.Tier("skill('vip') >= 1", Duration.ofSeconds(3)),
                new QueueRule.Tier("'red' in agent.teams", Duration.ofSeconds(5)),
                new QueueRule.Tier("'blue' in agent.teams", Duration.ofSeconds(15))));
    Arbitrary<Ageing> ageing =
        Arbitraries.of(
            Ageing.NONE,
            new Ageing(
                List.of(
                    new Ageing.Point(Duration.ofSeconds(5), 0),
                    new Ageing.Point(Duration.ofSeconds(10), 5),
                    new Ageing.Point(Duration.ofSeconds(20), 25))));
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(Strategy.values())),
                Tuple.of(1, Arbitraries.just(Strategy.LAST_AGENT))),
            tiers,
            Arbitraries.of("", "skill('es')"),
            Arbitraries.of(List.<String>of(), List.of("a3", "a1")),
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(0, 15).map(Duration::ofSeconds),
            ageing)
        .as(MatcherPropertyTest::rule);
  }

  private static QueueRule rule(
      Strategy strategy,
      List<QueueRule.Tier> tiers,
      String score,
      List<String> order,
      int ringAtMost,
      Duration sticky,
      Ageing ageing) {
    return new QueueRule(
        new QueueSettings(strategy, Duration.ofSeconds(15), Duration.ZERO),
        "",
        tiers,
        score,
        order,
        1,
        Duration.ofSeconds(5),
        ringAtMost,
        sticky,
        ageing,
        QueueRule.Limits.NONE,
        null);
  }
}
