package tandem.router.domain.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tandem.router.domain.AgentId;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.Strategy;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.QueueRule;

/** The numbered cases of each strategy's Javadoc. */
class SelectionTest {
  private static final int DRAWS = 12_000;
  private static final long SEED = 20_260_302;

  @Test
  void shouldTakeTheLongestIdle() {
    Selection selection = new LongestIdle();

    assertOrder(selection, "bac", idle("a", 9), idle("b", 8), idle("c", 10));
    assertOrder(selection, "ab", idle("b", 9), idle("a", 9));
  }

  @Test
  void shouldGoRound() {
    Selection selection = new RoundRobin();
    List<Candidate> all = List.of(idle("c", 7), idle("a", 9), idle("b", 8));

    assertThat(names(selection.sorted(all, null, 0))).isEqualTo("abc");
    assertThat(names(selection.sorted(all, id("b"), 0))).isEqualTo("cab");
    assertThat(names(selection.sorted(List.of(idle("b", 9), idle("a", 9)), id("b"), 0)))
        .isEqualTo("ab");
    assertThat(names(selection.sorted(List.of(idle("a", 9), idle("c", 9)), id("b"), 0)))
        .isEqualTo("ca");
  }

  @Test
  void shouldRingAllUpToALimit() {
    Candidate[] three = {idle("a", 9), idle("b", 8), idle("c", 10)};

    assertRinging(new RingAll(15), "bac", three);
    assertRinging(new RingAll(2), "ba", three);
    assertRinging(new RingAll(1), "a", idle("b", 9), idle("a", 9));
  }

  @Test
  void shouldRingOneAfterTheOther() {
    Selection selection = new RingProgressively(Map.of("c", 0, "a", 1), 15);

    assertOrder(selection, "cab", idle("a", 9), idle("b", 8), idle("c", 10));
    assertRinging(selection, "c", idle("a", 9), idle("b", 8), idle("c", 10));
    assertOrder(selection, "ab", idle("a", 9), idle("b", 8));
    assertOrder(new RingProgressively(Map.of(), 15), "ab", idle("b", 8), idle("a", 9));
    assertThat(selection.atMost()).isEqualTo(15);
  }

  @Test
  void shouldGoTopDown() {
    Selection selection = new TopDown(Map.of("c", 0, "a", 1));

    assertOrder(selection, "cab", idle("a", 9), idle("b", 8), idle("c", 10));
    assertOrder(selection, "ab", idle("b", 8), idle("a", 9));
    assertOrder(new TopDown(Map.of()), "ab", idle("b", 8), idle("a", 9));
  }

  @Test
  void shouldTakeWhoHadTheFewestCalls() {
    Selection selection = new FewestCalls();

    assertOrder(selection, "bca", calls("a", 9, 3), calls("b", 9, 1), calls("c", 9, 2));
    assertOrder(selection, "ba", calls("a", 9, 1), calls("b", 8, 1));
    assertOrder(selection, "ab", calls("b", 9, 1), calls("a", 9, 1));
  }

  @Test
  void shouldTakeWhoTalkedLeast() {
    Selection selection = new LeastTalkTime();

    assertOrder(selection, "bca", talk("a", 9, 30), talk("b", 9, 10), talk("c", 9, 20));
    assertOrder(selection, "ba", talk("a", 9, 10), talk("b", 8, 10));
    assertOrder(selection, "ab", talk("b", 9, 10), talk("a", 9, 10));
  }

  @Test
  void shouldTakeTheMostSkilled() {
    Selection selection = new MostSkilled();

    assertOrder(selection, "bca", score("a", 9, 5), score("b", 9, 9), score("c", 9, 7));
    assertOrder(selection, "ba", score("a", 9, 9), score("b", 8, 9));
    assertOrder(selection, "ab", score("b", 9, 9), score("a", 9, 9));
  }

  @Test
  void shouldTakeTheLeastSkilledThatFits() {
    Selection selection = new LeastSkilled();

    assertOrder(selection, "acb", score("a", 9, 5), score("b", 9, 9), score("c", 9, 7));
    assertOrder(selection, "ba", score("a", 9, 5), score("b", 8, 5));
    assertOrder(selection, "ab", score("b", 9, 5), score("a", 9, 5));
  }

  @Test
  void shouldTakeTheLongestIdleWhenTheLastAgentIsNotWaitedFor() {
    assertOrder(new LastAgent(), "ba", idle("a", 9), idle("b", 8));
    assertOrder(new LastAgent(), "ab", idle("b", 9), idle("a", 9));
  }

  @Test
  void shouldTakeEachAsOftenAtRandom() {
    Map<String, Integer> first =
        firsts(new AtRandom(SEED), idle("a", 9), idle("b", 8), idle("c", 7));

    assertThat(first).hasSize(3);
    first.values().forEach(times -> assertShare(times, 1 / 3.0));
  }

  @Test
  void shouldDrawTheSameAgain() {
    List<Candidate> all = List.of(score("a", 9, 3), score("b", 8, 2), score("c", 7, 1));
    List<Candidate> without = List.of(all.get(0), all.get(2));

    for (Strategy strategy : List.of(Strategy.RANDOM, Strategy.WEIGHTED_RANDOM)) {
      for (int draw = 0; draw < 100; draw++) {
        List<Candidate> order = selection(strategy).sorted(all, null, draw);
        assertThat(selection(strategy).sorted(all, null, draw)).isEqualTo(order);
        assertThat(selection(strategy).sorted(without, null, draw))
            .isEqualTo(order.stream().filter(without::contains).toList());
      }
    }
  }

  @Test
  void shouldDrawOtherwiseWithAnotherSeed() {
    Candidate[] three = {idle("a", 9), idle("b", 8), idle("c", 7)};
    List<String> one = new ArrayList<>();
    List<String> other = new ArrayList<>();
    for (int draw = 0; draw < 50; draw++) {
      one.add(names(new AtRandom(1).sorted(List.of(three), null, draw)));
      other.add(names(new AtRandom(2).sorted(List.of(three), null, draw)));
    }

    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void shouldTakeEachAsOftenAsItsWeightSays() {
    Selection selection = new WeightedRandom(SEED);

    assertShare(firsts(selection, score("a", 9, 3), score("b", 8, 1)).get("a"), 0.75);
    assertThat(firsts(selection, score("a", 9, 3), score("b", 8, 0))).containsOnlyKeys("a");
    assertShare(firsts(selection, score("a", 9, 0), score("b", 8, -5)).get("a"), 0.5);
  }

  @Property(tries = 300)
  void shouldOrderTheSameInWhateverOrderTheyAreListed(
      @ForAll Strategy strategy, @ForAll long shuffle, @ForAll byte draw) {
    List<Candidate> agents = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d", "e", "f")) {
      agents.add(
          Candidate.of(id(name), at(name.hashCode() % 2), name.hashCode() % 3, Duration.ZERO, 1));
    }
    List<Candidate> order = selection(strategy).sorted(agents, id("c"), draw);
    Collections.shuffle(agents, new Random(shuffle));

    assertThat(selection(strategy).sorted(agents, id("c"), draw)).isEqualTo(order);
  }

  private static Selection selection(Strategy strategy) {
    return Selection.of(
        QueueRule.of(new QueueSettings(strategy, Duration.ofSeconds(15), Duration.ZERO)), SEED);
  }

  private static void assertOrder(Selection selection, String order, Candidate... candidates) {
    assertThat(names(selection.sorted(List.of(candidates), null, 0))).isEqualTo(order);
  }

  private static void assertRinging(Selection selection, String order, Candidate... candidates) {
    List<Candidate> sorted = selection.sorted(List.of(candidates), null, 0);
    assertThat(names(sorted.stream().limit(selection.atFirst()).toList())).isEqualTo(order);
  }

  /** Six standard deviations wide. */
  private static void assertShare(@Nullable Integer times, double share) {
    assertThat(times).isNotNull();
    double deviation = Math.sqrt(share * (1 - share) / DRAWS);
    assertThat(times / (double) DRAWS).isCloseTo(share, Offset.offset(6 * deviation));
  }

  private static Map<String, Integer> firsts(Selection selection, Candidate... candidates) {
    Map<String, Integer> first = new HashMap<>();
    for (int draw = 0; draw < DRAWS; draw++) {
      Candidate picked = selection.sorted(List.of(candidates), null, draw).get(0);
      first.merge(picked.id().name(), 1, Integer::sum);
    }
    return first;
  }

  private static String names(List<Candidate> candidates) {
    return String.join("", candidates.stream().map(candidate -> candidate.id().name()).toList());
  }

  private static Candidate idle(String name, int hour) {
    return Candidate.of(id(name), at(hour), 0, Duration.ZERO, 0);
  }

  private static Candidate calls(String name, int hour, long calls) {
    return Candidate.of(id(name), at(hour), calls, Duration.ZERO, 0);
  }

  private static Candidate talk(String name, int hour, int minutes) {
    return Candidate.of(id(name), at(hour), 0, Duration.ofMinutes(minutes), 0);
  }

  private static Candidate score(String name, int hour, long score) {
    return Candidate.of(id(name), at(hour), 0, Duration.ZERO, score);
  }

  private static Instant at(int hour) {
    return Instant.parse("2026-03-02T00:00:00Z").plus(Duration.ofHours(hour));
  }

  private static AgentId id(String name) {
    return new AgentId(new TenantId("acme"), name);
  }
}
