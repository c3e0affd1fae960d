package tandem.router;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.leg;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tandem.router.call.FlowEvent;
import tandem.router.edge.Errand;
import tandem.router.edge.SwitchCommand;
import tandem.router.feed.CallView.Status;
import tandem.router.kit.FlowPlay;

/** What becomes of a caller while another system is asked. */
class FlowLookupTest {
  private static final String LOOKUP =
      """
      "a": {"collect": "pin.wav", "most": 4, "into": "pin", "secret": true, "tries": 2,
            "next": "look", "otherwise": "no"},
      "look": {"request": "https://crm.example.com/{pin}", "answer": {"tier": "/tier"},
               "timeout": "2s", "ok": "yes", "failed": "no", "timedOut": "late"},
      "yes": {"choose": [{"when": "call.attributes.tier == 'gold'", "next": "gold"}], "otherwise": "no"},
      "gold": {"do": {"queue": "support", "priority": 90}},
      "no": {"do": {"voicemail": "no"}},
      "late": {"do": {"voicemail": "late"}}
      """;

  private final FlowPlay play = new FlowPlay();

  @Test
  void shouldLookSomethingUpAndRouteByIt() {
    play.plan(LOOKUP);
    play.returned("4711");

    assertThat(play.lookUp().request().url()).isEqualTo("https://crm.example.com/4711");
    assertThat(play.lookUp().call()).isEqualTo(CALL);
    play.stage.assertCall(CALL, Status.HANDED_OVER);
    assertThat(play.stage.orders(SwitchCommand.Greet.class)).as("music meanwhile").isNotEmpty();
    play.answers(FlowEvent.Found.FOUND, Map.of("tier", "gold"));

    play.stage.assertCall(CALL, Status.QUEUED);
    assertThat(play.stage.view(CALL).priority()).isEqualTo(90);
    assertThat(play.stage.journal(CALL).toString()).as("it is secret").doesNotContain("4711");
    assertThat(play.events(FlowEvent.Answered.class).get(0).digits()).isNull();
  }

  @Test
  void shouldGoAnotherWayWhenALookupFails() {
    play.plan(LOOKUP);
    play.returned("4711");
    play.answers(FlowEvent.Found.FAILED, Map.of());

    assertThat(((Errand.Voicemail) play.order().errand()).box()).isEqualTo("no");
  }

  @Test
  void shouldKeepTheDeadlineOfALookupItself() {
    play.plan(LOOKUP);
    play.returned("4711");
    play.stage.advance(Duration.ofMillis(2_900));
    play.stage.assertCall(CALL, Status.HANDED_OVER);
    assertThat(play.events(FlowEvent.LookedUp.class)).isEmpty();
    play.stage.advance(Duration.ofMillis(200));

    assertThat(((Errand.Voicemail) play.order().errand()).box()).isEqualTo("late");
    play.answers(FlowEvent.Found.FOUND, Map.of("tier", "gold"));
    assertThat(play.events(FlowEvent.LookedUp.class)).as("an answer too late").hasSize(1);
  }

  @Test
  void shouldAskForTheSecretAgainThatACrashHasTaken() {
    play.plan(LOOKUP);
    play.returned("4711");
    play.crash();

    assertThat(play.hears()).isEqualTo("pin.wav");
    play.returned("1234");
    assertThat(play.lookUp().request().url()).endsWith("/1234");
    assertThat(play.lookUp().number()).isEqualTo(2);
    play.answers(FlowEvent.Found.FOUND, Map.of("tier", "gold"));
    play.stage.assertCall(CALL, Status.QUEUED);
  }

  @Test
  void shouldAskAnotherSystemAgainAfterACrash() {
    play.plan(LOOKUP.replace("\"secret\": true, ", ""));
    play.returned("4711");
    int asked = play.stage.lookUps().size();
    play.crash();

    assertThat(play.stage.lookUps()).hasSizeGreaterThan(asked);
    assertThat(play.lookUp().number()).isEqualTo(1);
    play.stage.advance(Duration.ofMillis(2_900));
    assertThat(play.events(FlowEvent.LookedUp.class)).as("it has its whole time again").isEmpty();
    play.answers(FlowEvent.Found.FOUND, Map.of("tier", "gold"));
    play.stage.assertCall(CALL, Status.QUEUED);
  }

  @Test
  void shouldForgetALookupWhoseCallerHasHungUp() {
    play.plan(LOOKUP);
    play.returned("4711");
    play.stage.gone(CALL, leg(CALL), "NORMAL_CLEARING");
    play.answers(FlowEvent.Found.FOUND, Map.of("tier", "gold"));

    play.stage.assertCall(CALL, Status.ENDED);
    assertThat(play.stage.waiting()).isZero();
  }
}
