package tandem.router;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.CALL;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tandem.router.domain.Prompt;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToCall;
import tandem.router.kit.Given;
import tandem.router.kit.Stage;

/** What a caller who waits hears beside music. */
class WaitingTest {
  private final Stage stage = new Stage();

  private void waits(String announcements) {
    stage.publish(
        """
        { "numbers": [ { "match": "+1*", "flow": "main" } ],
          "flows": { "main": [
            { "do": { "set": { "language": "de" } } }, { "do": { "queue": "support" } } ] },
          "queues": { "support": { "announcements": %s } } }
        """
            .formatted(announcements));
    stage.arrives(CALL);
  }

  private List<SwitchCommand.Say> said() {
    return stage.orders(SwitchCommand.Say.class).stream()
        .filter(say -> say.call().equals(CALL))
        .toList();
  }

  @Test
  void shouldTellTheCallerItsPlaceAtIntervalsInItsLanguage() {
    stage.arrives(Given.call(5));
    stage.advance(Duration.ofSeconds(1));
    waits(
        """
        { "first": "20s", "every": "60s", "position": true,
          "texts": { "en": [ "wait.wav" ],
                     "de": [ { "say": "Platz {position}", "language": "de" } ] } }
        """);
    stage.advance(Duration.ofSeconds(19));
    assertThat(said()).isEmpty();
    stage.advance(Duration.ofSeconds(62));
    assertThat(said())
        .extracting(SwitchCommand.Say::prompts)
        .containsExactly(
            List.of(new Prompt.Speech("Platz 2", "de")),
            List.of(new Prompt.Speech("Platz 2", "de")));
    assertThat(said().get(1).number()).isGreaterThan(said().get(0).number());
    stage.addAgent(ANN, 1, Given.SUPPORT);
    stage.talks(Given.call(5));
    stage.advance(Duration.ofSeconds(60));
    assertThat(said().get(2).prompts()).containsExactly(new Prompt.Speech("Platz 1", "de"));
  }

  @Test
  void shouldPlayTheQueuesOwnMusic() {
    waits("{ \"music\": \"jazz.wav\" }");
    assertThat(said()).hasSize(1);
    assertThat(said().get(0).music()).isEqualTo("jazz.wav");
    assertThat(said().get(0).prompts()).isEmpty();
    stage.advance(Duration.ofMinutes(5));
    assertThat(said()).hasSize(1);
  }

  @Test
  void shouldSayNothingWhileAPhoneRingsOrSomebodyTalks() {
    waits("{ \"first\": \"20s\", \"every\": \"30s\", \"texts\": { \"de\": [ \"wait.wav\" ] } }");
    stage.addAgent(ANN, 1, Given.SUPPORT);
    stage.talks(CALL);
    stage.advance(Duration.ofMinutes(5));
    assertThat(said()).isEmpty();
  }

  @Test
  void shouldGoOnInItsRhythmAfterACrash() {
    waits("{ \"first\": \"20s\", \"every\": \"30s\", \"texts\": { \"de\": [ \"wait.wav\" ] } }");
    stage.advance(Duration.ofSeconds(21));
    assertThat(said()).hasSize(1);
    stage.crash(new ToCall(CALL));
    stage.fact(
        CALL,
        new CallFact.StillUp(
            Given.FS1,
            Given.LINK,
            List.of(new CallFact.LegView(Given.CALLER, CallFact.LegState.ANSWERED, null)),
            List.of(),
            stage.clock.now()));
    stage.advance(Duration.ofSeconds(30));
    assertThat(said()).hasSize(2);
  }
}
