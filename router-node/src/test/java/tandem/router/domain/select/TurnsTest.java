package tandem.router.domain.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TurnsTest {

  @Test
  void shouldSpreadTheTurnsOfAHeavyQueue() {
    Turns<String> turns = new Turns<>(Map.of("a", 5, "b", 1, "c", 1));

    assertThat(serve(turns, 14)).isEqualTo("aabcaaaaabcaaa");
  }

  @Test
  void shouldTakeTurnsWhenWeightsAreEqual() {
    assertThat(serve(new Turns<>(Map.of("b", 7, "a", 7, "c", 7)), 6)).isEqualTo("abcabc");
  }

  @Test
  void shouldGiveNoMoreThanOneTurnAheadToAQueueThatHadNobody() {
    Turns<String> turns = new Turns<>(Map.of("a", 1, "b", 1));
    for (int i = 0; i < 100; i++) {
      turns.passed("a");
      turns.served("b");
    }

    assertThat(serve(turns, 6)).isEqualTo("ababab");
  }

  @Test
  void shouldKeepThePlaceOfAQueueThatWasNotAsked() {
    Turns<String> turns = new Turns<>(Map.of("a", 1, "b", 1));
    turns.served("b");
    turns.served("b");

    assertThat(serve(turns, 4)).isEqualTo("aaba");
  }

  @Test
  void shouldPassOverQueuesItDoesNotKnow() {
    Turns<String> turns = new Turns<>(Map.of("a", 1));
    turns.passed("z");
    turns.served("z");
    turns.served("a");

    assertThat(turns.order()).containsExactly("a");
    assertThatThrownBy(() -> turns.bound("z")).hasMessage("queue: unknown, got z");
  }

  @Test
  void shouldRefuseAWeightBelowOne() {
    assertThatThrownBy(() -> new Turns<>(Map.of("a", 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weight of a: must be 1 or more, got 0");
  }

  @Test
  void shouldPromiseAShareByWeight() {
    Turns<String> turns = new Turns<>(Map.of("a", 6, "b", 3, "c", 2));

    assertThat(turns.bound("a")).isEqualTo(1 + 1 + 1);
    assertThat(turns.bound("b")).isEqualTo(1 + 2 + 1);
    assertThat(turns.bound("c")).isEqualTo(1 + 3 + 2);
  }

  /**
   * One queue always has a caller; the others have somebody or not as the dice say, in the worst
   * way they find. It is served at least once in any {@link Turns#bound} servings in a row.
   */
  @Property(tries = 1000)
  void shouldStarveNoQueue(
      @ForAll("weights") List<Integer> weights,
      @ForAll("crowds") List<Set<Integer>> crowds,
      @ForAll @IntRange(min = 0, max = 5) int which) {
    int busy = which % weights.size();
    Turns<Integer> turns = turns(weights);
    int bound = turns.bound(busy);
    int without = 0;

    for (Set<Integer> crowd : crowds) {
      for (int queue : turns.order()) {
        if (queue == busy || crowd.contains(queue)) {
          turns.served(queue);
          without = queue == busy ? 0 : without + 1;
          break;
        }
        turns.passed(queue);
      }
      assertThat(without).as("servings without %s", busy).isLessThan(bound);
    }
  }

  /** When all always have callers every queue gets its share of a round, exactly. */
  @Property(tries = 300)
  void shouldServeByWeight(@ForAll("weights") List<Integer> weights) {
    Turns<Integer> turns = turns(weights);
    Map<Integer, Integer> served = new TreeMap<>();
    int all = weights.stream().mapToInt(Integer::intValue).sum();
    for (int i = 0; i < all; i++) {
      int first = turns.order().get(0);
      turns.served(first);
      served.merge(first, 1, Integer::sum);
    }

    for (int i = 0; i < weights.size(); i++) {
      assertThat(served.get(i)).isEqualTo(weights.get(i));
    }
  }

  private static Turns<Integer> turns(List<Integer> weights) {
    Map<Integer, Integer> byQueue = new TreeMap<>();
    for (int i = 0; i < weights.size(); i++) {
      byQueue.put(i, weights.get(i));
    }
    return new Turns<>(byQueue);
  }

  private static String serve(Turns<String> turns, int servings) {
    List<String> served = new ArrayList<>();
    for (int i = 0; i < servings; i++) {
      String first = turns.order().get(0);
      served.add(first);
      turns.served(first);
    }
    return String.join("", served);
  }

  @Provide
  Arbitrary<List<Integer>> weights() {
    return Arbitraries.integers().between(1, 12).list().ofMinSize(2).ofMaxSize(6);
  }

  /** Who else has a caller, serving by serving. */
  @Provide
  Arbitrary<List<Set<Integer>>> crowds() {
    return Arbitraries.integers().between(0, 5).set().ofMaxSize(6).list().ofSize(150);
  }
}
