package tandem.router.domain.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.domain.simulate.Day.all;
import static tandem.router.domain.simulate.Day.call;
import static tandem.router.domain.simulate.Day.prompt;
import static tandem.router.domain.simulate.Day.queueOf;
import static tandem.router.domain.simulate.Day.run;
import static tandem.router.domain.simulate.Day.seconds;
import static tandem.router.domain.simulate.Day.staff;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.plan.document.PlanReader;

/** Callers of a simulated day in interactive flows. */
class SimulationIvrTest {
  private static PlanInForce plan(String menu) {
    String document =
        """
        {
          "numbers": [{"match": "+1*", "flow": "main"}],
          "queues": {"support": {}, "sales": {}},
          "flows": {"main": [{"do": {"ivr": "menu"}}]},
          "ivr": {"menu": {"start": "a", "nodes": {
            "a": {"menu": "m.wav", "options": {"1": "sales", "2": "again"}, "otherwise": "support"%s},
            "again": {"do": {"flow": "main"}},
            "sales": {"do": {"queue": "sales"}},
            "support": {"do": {"queue": "support"}}}}}
        }
        """
            .formatted(menu);
    return new PlanInForce(7, Objects.requireNonNull(PlanReader.read(document).plan()), Map.of());
  }

  @Test
  void shouldKeyInWhatThePlanSaysAndTakeNoTime() {
    SimulationReport report =
        run(
            plan(", \"simulate\": \"1\""),
            staff(prompt("a", "sales", "support")),
            call(1, 0, 60.0, 20.0));

    assertThat(all(report).answered()).isEqualTo(1);
    assertThat(queueOf(report, "sales").answered()).isEqualTo(1);
    assertThat(all(report).averageSpeedOfAnswer())
        .as("the agent's two seconds alone")
        .isEqualTo(seconds(2));
  }

  @Test
  void shouldGoTheWayOfSilenceWhereThePlanSaysNothing() {
    SimulationReport report =
        run(plan(""), staff(prompt("a", "sales", "support")), call(1, 0, 60.0, 20.0));

    assertThat(queueOf(report, "support").answered()).isEqualTo(1);
  }

  @Test
  void shouldHangUpACallThatGoesRound() {
    SimulationReport report =
        run(
            plan(", \"simulate\": \"2\""),
            staff(prompt("a", "sales", "support")),
            call(1, 0, 60.0, 20.0));

    assertThat(all(report).others()).containsExactly(Map.entry("hangup:NO_ROUTE_DESTINATION", 1));
  }
}
