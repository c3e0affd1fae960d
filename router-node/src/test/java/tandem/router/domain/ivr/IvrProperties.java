package tandem.router.domain.ivr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import tandem.router.domain.Attributes;
import tandem.router.domain.Caller;
import tandem.router.domain.plan.PlanInForce;

/** Whatever a plan that is right says, and whatever callers do: it comes to an end. */
class IvrProperties {
  private static final Instant NOW = Instant.parse("2026-11-20T15:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Property(tries = 300)
  void shouldEndWithinItsBoundForAnyInputs(@ForAll long seed) throws Exception {
    RandomIvrs random = new RandomIvrs(seed);
    PlanInForce plan = new PlanInForce(1, random.plan(), Map.of());
    Caller caller =
        new Caller("c", "+14155550199", "+14155550100", "US", "", "", NOW, Attributes.NONE);
    IvrTurn turn = IvrRunner.begin(plan, caller, "f0", 0, NOW);
    int turns = 0;
    while (!(turn.ask() instanceof Ask.Leave)) {
      turns++;
      assertThat(turns).isLessThanOrEqualTo(IvrLimits.STEPS);
      assertThat(turn.passed()).as("goes round at once").hasSizeLessThan(IvrLimits.STEPS / 2);
      IvrSession session = turn.session();
      if (random.chance(10)) {
        IvrSession kept = JSON.readValue(JSON.writeValueAsString(session), IvrSession.class);
        IvrTurn again = IvrRunner.again(plan, caller, kept, Map.of(), NOW);
        assertThat(again.ask()).as("after a crash").isEqualTo(turn.ask());
        assertThat(again.session()).isEqualTo(session);
        turn = again;
      }
      IvrInput input = random.input(turn.ask());
      turn = IvrRunner.next(plan, caller, turn.session(), input, turn.secrets(), NOW);
      assertThat(turn.session().steps()).isBetween(session.steps(), IvrLimits.STEPS);
      assertThat(turn.session().stack()).hasSizeLessThan(IvrLimits.DEPTH);
    }
    boolean lost = ((Ask.Leave) turn.ask()).action().equals(IvrRunner.LOST);
    assertThat(!lost || turn.session().steps() == IvrLimits.STEPS)
        .as("given up before its bound")
        .isTrue();
    int most = turns;
    Statistics.label("turns")
        .collect(most == 0 ? "none" : most < 4 ? "few" : most < 20 ? "some" : "many");
    Statistics.label("turns")
        .coverage(
            seen -> {
              seen.check("few").percentage(share -> share > 10);
              seen.check("some").percentage(share -> share > 5);
            });
  }

  @Property(tries = 100)
  void shouldRehearseToAnEnd(@ForAll long seed) {
    PlanInForce plan = new PlanInForce(1, new RandomIvrs(seed).plan(), Map.of());
    Caller caller = new Caller("c", "", "+14155550100", "", "", "", NOW, Attributes.NONE);

    assertThat(Rehearsal.of(plan, caller, "f0", NOW).action()).isNotNull();
  }
}
