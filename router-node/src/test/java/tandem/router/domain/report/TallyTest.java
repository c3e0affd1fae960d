package tandem.router.domain.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TallyTest {
  private static final Duration THRESHOLD = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofSeconds(5);

  private final Tally tally = new Tally();

  @ParameterizedTest
  @CsvSource({
    "ABANDON_POSITIVE, 83.0",
    "ANSWERED_ONLY, 86.0",
    "ABANDON_NEGATIVE, 81.1",
    "ABANDON_IGNORED, 82.7",
    "SHORT_ABANDON, 82.1"
  })
  void shouldReckonAsTheFieldDoes(ServiceLevelFormula formula, double percent) {
    answered(860, 20_000);
    answered(140, 20_001);
    abandoned(10, 5_000);
    abandoned(10, 5_001);
    abandoned(40, 20_001);

    assertThat(tally.counts(THRESHOLD, SHORT)).isEqualTo(new CallCounts(1000, 860, 60, 20, 10));
    assertThat(100 * tally.serviceLevel(formula, THRESHOLD, SHORT).orElseThrow())
        .isCloseTo(percent, within(0.05));
  }

  @ParameterizedTest
  @EnumSource
  void shouldHaveNoServiceLevelWithoutCalls(ServiceLevelFormula formula) {
    assertThat(tally.serviceLevel(formula, THRESHOLD, SHORT)).isEmpty();
  }

  @Test
  void shouldHaveNoFiguresWithoutCalls() {
    assertThat(tally.averageSpeedOfAnswer()).isEmpty();
    assertThat(tally.averageHandleTime()).isEmpty();
    assertThat(tally.occupancy()).isEmpty();
    assertThat(tally.abandonment()).isEmpty();
    assertThat(tally.answeredWait(95)).isEmpty();
    assertThat(tally.abandonedWait(95)).isEmpty();
  }

  @Test
  void shouldLeaveAbandonedWaitsOutOfTheSpeedOfAnswer() {
    answered(1, 10_000);
    answered(1, 25_000);
    abandoned(2, 300_000);

    assertThat(tally.averageSpeedOfAnswer()).contains(Duration.ofMillis(17_500));
    assertThat(tally.abandonment()).hasValue(0.5);
  }

  @Test
  void shouldReckonHandleTimeAndOccupancy() {
    tally.handled(Duration.ofSeconds(200));
    tally.handled(Duration.ofSeconds(400));
    tally.idle(Duration.ofSeconds(150));

    assertThat(tally.averageHandleTime()).contains(Duration.ofMinutes(5));
    assertThat(tally.occupancy()).hasValue(0.8);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "10, 1", "10.1, 2", "50, 5", "90, 9", "95, 10", "100, 10"})
  void shouldTakeTheNearestRank(double percent, int seconds) {
    for (int i = 10; i > 0; i--) {
      answered(1, 1000L * i);
    }

    assertThat(tally.answeredWait(percent)).contains(Duration.ofSeconds(seconds));
  }

  @Test
  void shouldCountOnAfterAQuestion() {
    answered(1, 9_000);
    assertThat(tally.answeredWait(100)).contains(Duration.ofSeconds(9));

    answered(1, 3_000);

    assertThat(tally.answeredWait(50)).contains(Duration.ofSeconds(3));
  }

  @Test
  void shouldNameWhatIsWrong() {
    assertThatThrownBy(() -> tally.answered(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("wait: must be 0 or more, got PT-1S");
    assertThatThrownBy(() -> tally.answeredWait(0))
        .hasMessage("percent: must be above 0, to 100, got 0.0");
    assertThatThrownBy(() -> tally.answeredWait(Double.NaN))
        .hasMessage("percent: must be above 0, to 100, got NaN");
    assertThatThrownBy(() -> new CallCounts(1, 2, 0, 0, 0))
        .hasMessage("answeredWithin: must be 0 to 1, got 2");
  }

  /** Parts add up to the whole, and a percentile is a wait that so many did not exceed. */
  @Property(tries = 500)
  void shouldAddUp(
      @ForAll @Size(min = 1, max = 60) List<@LongRange(min = 0, max = 100) Long> waits,
      @ForAll @LongRange(min = 0, max = 60) long split,
      @ForAll @DoubleRange(min = 0.1, max = 100) double percent) {
    Tally whole = new Tally();
    Tally first = new Tally();
    Tally second = new Tally();
    for (int i = 0; i < waits.size(); i++) {
      Duration wait = Duration.ofSeconds(waits.get(i));
      whole.answered(wait);
      (i < split ? first : second).answered(wait);
    }
    first.add(second);

    assertThat(first.averageSpeedOfAnswer()).isEqualTo(whole.averageSpeedOfAnswer());
    Duration at = whole.answeredWait(percent).orElseThrow();
    assertThat(first.answeredWait(percent)).contains(at);
    long notLonger = whole.counts(at, at).answeredWithin();
    long shorter = whole.counts(at.minusNanos(1), at).answeredWithin();
    assertThat(notLonger).isGreaterThanOrEqualTo((long) Math.ceil(percent * waits.size() / 100));
    assertThat(shorter).isLessThan((long) Math.ceil(percent * waits.size() / 100));
  }

  private void answered(int calls, long millis) {
    for (int i = 0; i < calls; i++) {
      tally.answered(Duration.ofMillis(millis));
    }
  }

  private void abandoned(int calls, long millis) {
    for (int i = 0; i < calls; i++) {
      tally.abandoned(Duration.ofMillis(millis));
    }
  }
}
