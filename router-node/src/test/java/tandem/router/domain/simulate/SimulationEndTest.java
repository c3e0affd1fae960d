package tandem.router.domain.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tandem.router.domain.simulate.Day.ONE_QUEUE;
import static tandem.router.domain.simulate.Day.all;
import static tandem.router.domain.simulate.Day.at;
import static tandem.router.domain.simulate.Day.call;
import static tandem.router.domain.simulate.Day.prompt;
import static tandem.router.domain.simulate.Day.queueOf;
import static tandem.router.domain.simulate.Day.run;
import static tandem.router.domain.simulate.Day.seconds;
import static tandem.router.domain.simulate.Day.staff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tandem.router.domain.simulate.SimulationReport.Figures;

/** How a simulated day ends: what is told of it, and what ends it early. */
class SimulationEndTest {
  @Test
  void shouldCountWhoStillWaitsAfterADayAsUnserved() {
    SimulationReport report = run(ONE_QUEUE, staff(), call(1, 0, null, 60.0));

    assertThat(all(report).unserved()).isEqualTo(1);
    assertThat(queueOf(report, "support").unserved()).isEqualTo(1);
    assertThat(all(report).serviceLevel()).isNull();
    assertThat(report.to()).isEqualTo(at(86_400));
  }

  @Test
  void shouldShowWhatReallyHappenedNextToIt() {
    SimulationReport report =
        run(
            ONE_QUEUE,
            staff(prompt("a", "support")),
            call(
                1,
                0,
                null,
                null,
                new Recorded("support", seconds(4), Recorded.Outcome.ANSWERED, seconds(100))),
            call(
                2,
                3,
                null,
                null,
                new Recorded("old", seconds(30), Recorded.Outcome.ABANDONED, null)),
            call(3, 500, null, null, new Recorded("", seconds(0), Recorded.Outcome.OTHER, null)));

    Figures recorded = report.all().recorded();
    assertThat(recorded.offered()).isEqualTo(3);
    assertThat(recorded.serviceLevel()).isEqualTo(0.5);
    assertThat(recorded.averageSpeedOfAnswer()).isEqualTo(seconds(4));
    assertThat(recorded.averageTalk()).isEqualTo(seconds(100));
    assertThat(recorded.averageHandleTime()).isNull();
    assertThat(recorded.others()).containsExactly(Map.entry("other", 1));
    assertThat(report.queues()).containsOnlyKeys("old", "support");
    assertThat(report.queues().get("old").simulated()).isNull();
    assertThat(report.queues().get("old").recorded().abandoned()).isEqualTo(1);
    // The second hung up after 30 s then, and so it does now; the third talks as others do.
    assertThat(all(report).abandoned()).isEqualTo(1);
    assertThat(all(report).averageTalk()).isEqualTo(seconds(100));
  }

  @Test
  void shouldStopWhenProgressSaysSo() {
    List<Arrival> calls = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      calls.add(call(i, i, 30.0, 60.0));
    }
    List<Double> shares = new ArrayList<>();

    assertThat(
            Simulation.run(
                ONE_QUEUE,
                new Traffic(calls),
                staff(prompt("a", "support")),
                SimulationOptions.USUAL,
                share -> {
                  shares.add(share);
                  return share < 0.5;
                }))
        .isEmpty();
    assertThat(shares).isSorted().startsWith(0.0, 0.1).endsWith(0.5);
  }

  @Test
  void shouldRefuseTrafficNobodyTalksIn() {
    assertThatThrownBy(() -> run(ONE_QUEUE, staff(), call(1, 0, 30.0, null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("handle: no call says how long an agent talks with the caller");
  }
}
