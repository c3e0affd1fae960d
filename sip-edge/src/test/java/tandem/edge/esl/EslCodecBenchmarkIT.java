package tandem.edge.esl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Holds the codec to the speed it was written for, by the benchmark itself (half a minute). */
class EslCodecBenchmarkIT {
  @Test
  void shouldBeFourTimesAsFastAsFreeswitchEslInTheSameRun() throws Exception {
    assertThat(EslCodecBenchmark.ratio()).isGreaterThanOrEqualTo(4);
  }
}
