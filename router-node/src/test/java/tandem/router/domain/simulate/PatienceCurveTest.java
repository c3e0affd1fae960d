package tandem.router.domain.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tandem.router.domain.simulate.PatienceCurve.Seen;

class PatienceCurveTest {
  private static Seen seen(double seconds, boolean abandoned) {
    return new Seen(Day.seconds(seconds), abandoned);
  }

  /** Of 6 callers one goes at 10 s, at 20 s one is answered, at 30 s one of 4 goes, and so on. */
  private static final PatienceCurve CURVE =
      PatienceCurve.of(
          List.of(
              seen(50, true),
              seen(10, true),
              seen(20, false),
              seen(30, true),
              seen(40, false),
              seen(60, false)));

  @Test
  void shouldBeTheProductOfThoseWhoStayed() {
    assertThat(CURVE.share(Duration.ofSeconds(9))).isEqualTo(1);
    assertThat(CURVE.share(Duration.ofSeconds(10))).isCloseTo(5 / 6.0, within(1e-12));
    assertThat(CURVE.share(Duration.ofSeconds(29))).isCloseTo(5 / 6.0, within(1e-12));
    assertThat(CURVE.share(Duration.ofSeconds(30))).isCloseTo(5 / 8.0, within(1e-12));
    assertThat(CURVE.share(Duration.ofSeconds(50))).isCloseTo(5 / 16.0, within(1e-12));
    assertThat(CURVE.abandonments()).isEqualTo(3);
  }

  @Test
  void shouldDrawAccordingToTheCurve() {
    assertThat(CURVE.patience(Duration.ZERO, 0, 0)).contains(Duration.ofSeconds(10));
    assertThat(CURVE.patience(Duration.ZERO, 0.17, 0)).contains(Duration.ofSeconds(30));
    // Who has waited 20 s leaves at 30 s in one of four cases.
    assertThat(CURVE.patience(Duration.ofSeconds(20), 0.24, 0)).contains(Duration.ofSeconds(30));
    assertThat(CURVE.patience(Duration.ofSeconds(20), 0.26, 0)).contains(Duration.ofSeconds(50));
  }

  @Test
  void shouldGoOnAtTheAverageRateBeyondTheLastAbandonment() {
    // 3 abandonments in 210 s: one each 70 s.
    assertThat(CURVE.patience(Duration.ZERO, 0.9, 1 - Math.exp(-1)))
        .contains(Duration.ofMinutes(2));
    assertThat(CURVE.patience(Duration.ofSeconds(200), 0.9, 1 - Math.exp(-1)))
        .contains(Duration.ofSeconds(270));
  }

  @Test
  void shouldKnowNothingWhenNobodyEverHungUp() {
    assertThat(PatienceCurve.of(List.of(seen(20, false))).patience(Duration.ZERO, 0.5, 0.5))
        .isEmpty();
    assertThat(PatienceCurve.of(List.of()).patience(Duration.ZERO, 0.5, 0.5)).isEmpty();
  }

  @Test
  void shouldFindTheTruePatienceBehindCensoredWaits() {
    RandomDay day = new RandomDay(5);
    SplittableRandom random = new SplittableRandom(6);
    List<Seen> waits = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      double patience = day.exponential(90);
      double offered = random.nextDouble() * 120;
      waits.add(seen(Math.min(patience, offered), patience < offered));
    }
    PatienceCurve curve = PatienceCurve.of(waits);

    for (int seconds = 10; seconds <= 110; seconds += 20) {
      assertThat(curve.share(Duration.ofSeconds(seconds)))
          .isCloseTo(Math.exp(-seconds / 90.0), within(0.02));
    }
    double sum = 0;
    for (int i = 0; i < 20_000; i++) {
      sum +=
          curve
                  .patience(Duration.ZERO, random.nextDouble(), random.nextDouble())
                  .orElseThrow()
                  .toMillis()
              / 1e3;
    }
    assertThat(sum / 20_000).isCloseTo(90, within(3.0));
  }
}
