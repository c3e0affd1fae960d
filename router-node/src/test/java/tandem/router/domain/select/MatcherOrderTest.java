package tandem.router.domain.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import tandem.router.domain.AgentId;
import tandem.router.domain.Attributes;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.TenantId;
import tandem.router.domain.Traits;
import tandem.router.domain.plan.Ageing;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.select.Matcher.Match;
import tandem.router.domain.select.Matcher.Standing;
import tandem.router.domain.select.Matcher.Waiter;

/** Who waits no longer than whom. */
class MatcherOrderTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final AgentId ANN = new AgentId(new TenantId("acme"), "ann");
  private static final int GAP = 50;
  private static final int STRETCHES = 8;

  /** A second: who comes, as priorities, and whether the agent gets free. */
  record Second(List<Integer> comers, boolean free) {}

  /**
   * Where ageing adds at least the gap between the priorities over any stretch T, nobody is served
   * before a caller who came more than T earlier, however many come and whatever their priority. So
   * a caller waits no longer than T and the time it takes to serve those who came before that.
   */
  @Property(tries = 300)
  void shouldBoundTheWaitOfALowPriorityByAgeing(
      @ForAll("seconds") List<Second> seconds, @ForAll @IntRange(min = 5, max = 25) int stretch) {
    Duration bound = Duration.ofSeconds(stretch);
    Ageing ageing =
        new Ageing(
            List.of(
                new Ageing.Point(Duration.ZERO, 0),
                new Ageing.Point(bound.multipliedBy(STRETCHES), GAP * STRETCHES)));
    Matcher<Integer> queue = new Matcher<>(rule(ageing), "support", 0, 0);
    List<Waiter<Integer>> waiting = new ArrayList<>();
    Instant now = START;
    int calls = 0;

    for (Second second : seconds) {
      now = now.plusSeconds(1);
      for (int priority : second.comers()) {
        calls++;
        put(queue, waiting, new Waiter<>(calls, Wants.ANYBODY, priority, now, null, Set.of()));
      }
      if (second.free()) {
        Optional<Waiter<Integer>> served = serve(queue, waiting, now);
        Instant latest = served.map(Waiter::since).orElse(START);
        assertThat(waiting).allMatch(left -> !left.since().plus(bound).isBefore(latest));
      }
    }
  }

  /** Also with agents who fit only some, and callers who come back with their place in time. */
  @Property(tries = 300)
  void shouldServeCallersWhoAreAlikeInOrderOfArrival(
      @ForAll("seconds") List<Second> seconds, @ForAll("levels") List<Integer> levels) {
    Matcher<Integer> queue = new Matcher<>(rule(Ageing.NONE), "support", 0, 0);
    List<Waiter<Integer>> waiting = new ArrayList<>();
    Instant now = START;
    int calls = 0;

    for (Second second : seconds) {
      now = now.plusSeconds(1);
      for (int priority : second.comers()) {
        calls++;
        String require = calls % 3 == 0 ? "" : "skill('es') >= " + calls % 3;
        Wants wants = new Wants(require, "", Collections.emptySortedMap());
        Instant since = now.minusSeconds(levels.get(calls % levels.size()));
        put(queue, waiting, new Waiter<>(calls, wants, priority, since, null, Set.of()));
      }
      if (second.free()) {
        agent(queue, levels.get(calls % levels.size()), now);
        serve(queue, waiting, now)
            .ifPresent(
                served ->
                    assertThat(waiting)
                        .filteredOn(left -> left.wants().equals(served.wants()))
                        .filteredOn(left -> left.priority() == served.priority())
                        .allMatch(left -> Line.inOrder(served, left) < 0));
      }
    }
  }

  private static void put(
      Matcher<Integer> queue, List<Waiter<Integer>> waiting, Waiter<Integer> waiter) {
    queue.put(waiter);
    waiting.add(waiter);
  }

  /** One more caller for an agent who is free as often as asked. */
  private static Optional<Waiter<Integer>> serve(
      Matcher<Integer> queue, List<Waiter<Integer>> waiting, Instant now) {
    if (!queue.knows(ANN)) {
      agent(queue, 0, now);
    }
    Optional<Waiter<Integer>> served = queue.next(now).map(Match::waiter);
    served.ifPresent(
        waiter -> {
          queue.remove(waiter.id());
          waiting.remove(waiter);
        });
    return served;
  }

  private static void agent(Matcher<Integer> queue, int level, Instant now) {
    Traits traits = Traits.of(Map.of("es", level), List.of(), List.of(), Attributes.NONE);
    queue.agent(ANN, new Standing(traits, 1, now, 0, Duration.ZERO, now));
  }

  private static QueueRule rule(Ageing ageing) {
    QueueRule plain = QueueRule.of(QueueSettings.DEFAULT);
    return new QueueRule(
        plain.settings(),
        plain.members(),
        plain.tiers(),
        plain.score(),
        plain.order(),
        plain.weight(),
        plain.ringEvery(),
        plain.ringAtMost(),
        plain.sticky(),
        ageing,
        plain.limits(),
        plain.serviceLevel());
  }

  @Provide
  Arbitrary<List<Second>> seconds() {
    Arbitrary<List<Integer>> comers = Arbitraries.of(0, 20, GAP).list().ofMaxSize(3);
    return Combinators.combine(comers, Arbitraries.of(true, true, true, false))
        .as(Second::new)
        .list()
        .ofMaxSize(35);
  }

  @Provide
  Arbitrary<List<Integer>> levels() {
    return Arbitraries.integers().between(0, 3).list().ofMinSize(1).ofMaxSize(8);
  }
}
