package tandem.router.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WaitEstimateTest {
  private static final Instant START = Instant.parse("2025-03-03T08:00:00Z");

  /** By how much the median of one step is below its mean, and of two. */
  private static final double ONE = Math.pow(1 - 1 / 9.0, 3);

  private static final double TWO = Math.pow(1 - 1 / 18.0, 3);

  private final WaitEstimate<String> estimate = new WaitEstimate<>(WaitSettings.STANDARD);

  @Test
  void shouldKnowNothingBeforeAnythingWasSeen() {
    assertThat(estimate.isKnown(START)).isFalse();
    assertThat(estimate.estimate("de", 1, START)).isEmpty();
  }

  @Test
  void shouldNotWaitForFreeAgentsEvenWhenNothingIsKnown() {
    assertThat(estimate.estimate("de", 2, 2, START)).contains(Duration.ZERO);
    assertThat(estimate.estimate("de", 3, 2, START)).isEmpty();
  }

  @Test
  void shouldBeginWithTheHandleTimeGiven() {
    WaitEstimate<String> given = withHandleTime(240);
    given.agents("de", 4, START);

    assertThat(given.isKnown(START)).isTrue();
    assertSeconds(given, "de", 1, START, 60 * ONE);
    assertSeconds(given, "de", 2, START, 120 * TWO);
  }

  @Test
  void shouldWaitLessBehindFreeAgents() {
    WaitEstimate<String> given = withHandleTime(240);
    given.agents("de", 4, START);

    assertThat(given.estimate("de", 3, 2, START)).isEqualTo(given.estimate("de", 1, START));
  }

  /** One every 20 seconds is handed out of a backlog that never ends. */
  @Test
  void shouldFollowTheHandOutsSeen() {
    Instant now = handOutEvery(20, "de", 400, START, estimate);

    assertSeconds(estimate, "de", 1, now, 20 * ONE);
    assertSeconds(estimate, "de", 2, now, 40 * TWO);
  }

  @Test
  void shouldForgetHowItWas() {
    Instant fast = handOutEvery(5, "de", 2000, START, estimate);
    Instant slow = handOutEvery(40, "de", 400, fast, estimate);

    assertSeconds(estimate, "de", 1, slow, 40 * ONE);
  }

  /** Agents who leave are felt before a hand-out shows it. */
  @Test
  void shouldWaitTwiceAsLongForHalfTheAgents() {
    estimate.agents("de", 10, START);
    Instant now = handOutEvery(20, "de", 400, START, estimate);
    double before = seconds(estimate, "de", 1, now);

    estimate.agents("de", 5, now);

    assertThat(seconds(estimate, "de", 1, now)).isCloseTo(2 * before, within(1e-6));
  }

  @Test
  void shouldWaitLongestWhenNobodyWorks() {
    handOutEvery(20, "de", 50, START, estimate);
    estimate.agents("de", 0, START.plusSeconds(2000));

    assertThat(estimate.estimate("de", 1, START.plusSeconds(2000))).contains(WaitEstimate.LONGEST);
  }

  /** Callers who find an agent at once do not say how fast agents come free. */
  @Test
  void shouldLeaveOutCallersServedAtOnce() {
    Instant now = handOutEvery(20, "de", 400, START, estimate);
    double before = seconds(estimate, "de", 1, now);
    estimate.leaves("de", now);
    for (int i = 0; i < 100; i++) {
      Instant at = now.plusSeconds(i);
      estimate.begins("de", at);
      estimate.handedOut("de", at.plusMillis(5));
    }

    assertThat(seconds(estimate, "de", 1, now.plusSeconds(100))).isCloseTo(before, within(0.5));
  }

  @Test
  void shouldCountOnThoseAheadToLeave() {
    WaitEstimate<String> patient = withHandleTime(60);
    WaitEstimate<String> hasty = withHandleTime(60);
    for (int i = 0; i < 200; i++) {
      Instant at = START.plusSeconds(30L * i);
      patient.begins("de", at);
      hasty.begins("de", at);
      patient.handedOut("de", at.plusSeconds(30));
      if (i % 2 == 0) {
        hasty.leaves("de", at.plusSeconds(30));
      } else {
        hasty.handedOut("de", at.plusSeconds(30));
      }
    }
    Instant now = START.plusSeconds(6000);

    // By half as many hand-outs, one more step takes twice as long, but fewer are still ahead.
    double ratio = seconds(hasty, "de", 10, now) / seconds(patient, "de", 10, now);
    assertThat(seconds(hasty, "de", 1, now)).isGreaterThan(1.7 * seconds(patient, "de", 1, now));
    assertThat(ratio).isLessThan(0.7);
  }

  /** Those who are kept for later neither give up nor wait for the agents that are there. */
  @Test
  void shouldNotTakeAPauseForGivingUpNorForABacklog() {
    WaitEstimate<String> plain = withHandleTime(60);
    WaitEstimate<String> pausing = withHandleTime(60);
    Instant now = handOutEvery(20, "de", 100, START, plain);
    assertThat(handOutEvery(20, "de", 100, START, pausing)).isEqualTo(now);
    for (int i = 0; i < 50; i++) {
      pausing.begins("de", now);
      pausing.pauses("de", now);
    }
    plain.leaves("de", now);
    pausing.leaves("de", now);

    Instant later = now.plus(Duration.ofHours(2));
    assertThat(pausing.estimate("de", 10, now)).isEqualTo(plain.estimate("de", 10, now));
    assertThat(pausing.estimate("de", 10, later)).isEqualTo(plain.estimate("de", 10, later));
  }

  /** One line for both: who waits among fewer of their own kind is handed out less often. */
  @Test
  void shouldLearnThatClassesShareAgents() {
    Instant now = START;
    for (int i = 0; i < 600; i++) {
      // Alternately 3 of 4 and 1 of 4 who wait are "de", and so are 3 of 4 and 1 of 4 hand-outs.
      boolean most = i % 2 == 0;
      String many = most ? "de" : "fr";
      String few = most ? "fr" : "de";
      for (int n = 0; n < 6; n++) {
        estimate.begins(many, now);
      }
      estimate.begins(few, now);
      estimate.begins(few, now);
      for (int n = 0; n < 8; n++) {
        now = now.plusSeconds(10);
        estimate.handedOut(n % 4 == 3 ? few : many, now);
      }
    }
    for (int n = 0; n < 9; n++) {
      estimate.begins("fr", now);
    }
    double among9 = seconds(estimate, "de", 1, now);
    for (int n = 0; n < 9; n++) {
      estimate.leaves("fr", now);
    }

    assertThat(seconds(estimate, "de", 1, now)).isLessThan(0.5 * among9);
  }

  @Test
  void shouldEstimateAClassNeverSeenLikeTheAverage() {
    Instant now = handOutEvery(20, "de", 400, START, estimate);

    assertSeconds(estimate, "fr", 1, now, 20 * ONE);
  }

  @Test
  void shouldForgetClassesNobodyUsed() {
    estimate.begins("de", START);
    estimate.handedOut("de", START);
    estimate.begins("fr", START);

    estimate.begins("it", START.plus(Duration.ofMinutes(61)));

    assertThat(estimate.classes()).isEqualTo(2);
  }

  @Test
  void shouldKeepNoMoreClassesThanAgreed() {
    for (int i = 0; i < 2000; i++) {
      estimate.begins("class " + i, START.plusSeconds(i));
    }
    assertThat(estimate.classes()).isEqualTo(500);

    // One that found no room may go without harm, and the next finds room once one is idle.
    estimate.handedOut("class 1999", START.plusSeconds(2000));
    estimate.handedOut("class 0", START.plusSeconds(2001));
    estimate.begins("late", START.plusSeconds(2002));
    assertThat(estimate.classes()).isEqualTo(500);
    assertThat(estimate.estimate("class 1999", 3, START.plusSeconds(2002))).isPresent();
  }

  @Test
  void shouldNameWhatIsWrong() {
    assertThatThrownBy(() -> estimate.estimate("de", 0, START))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("position: must be 1 or more, got 0");
    assertThatThrownBy(() -> estimate.estimate("de", 1, -1, START))
        .hasMessage("free: must be 0 or more, got -1");
    assertThatThrownBy(() -> estimate.agents("de", -1, START))
        .hasMessage("agents: must be 0 or more, got -1");
    assertThatThrownBy(() -> withHandleTime(0))
        .hasMessage("handleTime: must be more than 0, got PT0S");
  }

  /** What may be told: 0 begins, 1 is handed out, 2 leaves, 3 sets the agents. */
  record Told(int what, int of, int agents, long afterMillis) {}

  @Provide
  Arbitrary<List<Told>> words() {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(0)),
                Tuple.of(4, Arbitraries.of(1, 2)),
                Tuple.of(1, Arbitraries.just(3))),
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(0, 100_000),
            Arbitraries.oneOf(
                Arbitraries.longs().between(-5000, 60_000),
                Arbitraries.longs().between(0, 1_000_000_000_000L)))
        .as(Told::new)
        .list()
        .ofMaxSize(120);
  }

  @Property(tries = 1000)
  void shouldStayWithinBoundsAndGrowWithThePosition(
      @ForAll("words") List<Told> words,
      @ForAll @IntRange(min = 0, max = 4) int of,
      @ForAll boolean given) {
    WaitSettings settings =
        given
            ? WaitSettings.STANDARD.withHandleTime(Duration.ofSeconds(200))
            : WaitSettings.STANDARD;
    WaitEstimate<Integer> any = new WaitEstimate<>(settings);
    Instant now = START;
    for (Told word : words) {
      now = now.plusMillis(word.afterMillis());
      switch (word.what()) {
        case 0 -> any.begins(word.of(), now);
        case 1 -> any.handedOut(word.of(), now);
        case 2 -> any.leaves(word.of(), now);
        default -> any.agents(word.of(), word.agents(), now);
      }
    }

    Duration before = Duration.ZERO;
    for (int position : new int[] {1, 2, 3, 5, 20, 63, 64, 65, 66, 100, 20_000, 2_000_000_000}) {
      Duration wait = any.estimate(of, position, now).orElse(before);
      assertThat(wait).isBetween(before, WaitEstimate.LONGEST);
      assertThat(any.estimate(of, position, now).isPresent()).isEqualTo(any.isKnown(now));
      before = wait;
    }
  }

  /** Hands out one in so many seconds, with always two waiting; returns when it ended. */
  private static Instant handOutEvery(
      int seconds, String of, int times, Instant from, WaitEstimate<String> told) {
    told.begins(of, from);
    Instant at = from;
    for (int i = 0; i < times; i++) {
      told.begins(of, at);
      at = at.plusSeconds(seconds);
      told.handedOut(of, at);
    }
    return at;
  }

  private static WaitEstimate<String> withHandleTime(int seconds) {
    return new WaitEstimate<>(WaitSettings.STANDARD.withHandleTime(Duration.ofSeconds(seconds)));
  }

  private static double seconds(
      WaitEstimate<String> estimate, String of, int position, Instant now) {
    return Estimators.seconds(estimate.estimate(of, position, now).orElseThrow());
  }

  /** Within 3 %. */
  private static void assertSeconds(
      WaitEstimate<String> estimate, String of, int position, Instant now, double seconds) {
    assertThat(seconds(estimate, of, position, now)).isCloseTo(seconds, within(0.03 * seconds));
  }
}
