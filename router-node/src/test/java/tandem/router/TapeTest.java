package tandem.router;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.ControlStage.NORMAL;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.CALLER;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tandem.router.call.Operation;
import tandem.router.call.Refusal;
import tandem.router.call.RemarkEvent;
import tandem.router.call.TapeEvent;
import tandem.router.call.Target;
import tandem.router.domain.Presence;
import tandem.router.domain.Quality;
import tandem.router.edge.CallFact;
import tandem.router.edge.Errand;
import tandem.router.edge.SwitchCommand;
import tandem.router.edge.SwitchCommand.TapeMode;
import tandem.router.entity.Address.ToCall;
import tandem.router.feed.CallView;
import tandem.router.kit.ControlStage;
import tandem.router.kit.Given;
import tandem.router.kit.Stage;

/** What is recorded, and what is written down. */
class TapeTest {
  private final ControlStage play = new ControlStage(new Stage(ANN));

  private void talks(String recording) {
    play.stage.publish(
        """
        { "numbers": [ { "match": "+1*", "flow": "main" } ],
          "flows": { "main": [ { "do": { "queue": "support" } } ] },
          "queues": { "support": { "recording": %s } } }
        """
            .formatted(recording));
    play.stage.arrives(CALL);
  }

  private SwitchCommand.Tape tape() {
    List<SwitchCommand.Tape> all = play.stage.orders(SwitchCommand.Tape.class);
    assertThat(all).isNotEmpty();
    return all.get(all.size() - 1);
  }

  private void taped() {
    SwitchCommand.Tape last = tape();
    play.stage.fact(
        CALL,
        new CallFact.Taped(last.recording(), last.mode(), last.version(), play.stage.clock.now()));
  }

  private CallView.Taped shown() {
    return Objects.requireNonNull(play.stage.view(CALL).tape());
  }

  @Test
  void shouldRecordEachCallOfAQueueThatIsAlwaysRecorded() {
    talks("\"always\"");
    play.stage.talks(CALL);
    assertThat(tape().leg()).isEqualTo(CALLER);
    assertThat(tape().mode()).isEqualTo(TapeMode.RECORDING);
    taped();
    play.stage.forgetOrders();
    play.stage.advance(Duration.ofSeconds(30));
    assertThat(play.stage.orders(SwitchCommand.Tape.class)).isEmpty();
    assertThat(shown().paused()).isFalse();
  }

  @Test
  void shouldTellCallersThatTheyAreRecordedBeforeAnAgentIsOffered() {
    talks("{\"calls\": \"always\", \"consent\": [\"consent.wav\"]}");
    SwitchCommand.HandOver order = play.stage.orders(SwitchCommand.HandOver.class).get(0);
    assertThat(order.errand()).isInstanceOf(Errand.Play.class);
    assertThat(play.stage.orders(SwitchCommand.Originate.class)).isEmpty();
    play.stage.fact(CALL, new CallFact.Returned(CALLER, order.number(), play.stage.clock.now()));
    play.stage.talks(CALL);
    assertThat(tape().mode()).isEqualTo(TapeMode.RECORDING);
  }

  @Test
  void shouldRecordOnDemandPauseAndStop() {
    talks("\"on-demand\"");
    play.stage.talks(CALL);
    assertThat(play.stage.orders(SwitchCommand.Tape.class)).isEmpty();
    assertThat(play.tries(new Operation.Tape(TapeMode.PAUSED))).isEqualTo(Refusal.NOT_RECORDING);
    play.does(new Operation.Tape(TapeMode.RECORDING));
    taped();
    play.does(new Operation.Tape(TapeMode.PAUSED));
    assertThat(tape().version()).isEqualTo(2);
    assertThat(shown().paused()).isTrue();
    play.does(new Operation.Tape(TapeMode.RECORDING));
    play.does(new Operation.Tape(TapeMode.STOPPED));
    String recording = tape().recording();
    play.stage.fact(
        CALL, new CallFact.TapeEnded(recording, Duration.ofSeconds(9), play.stage.clock.now()));
    assertThat(play.stage.view(CALL).tape()).isNull();
    assertThat(play.stage.journal(CALL))
        .filteredOn(TapeEvent.TapeOver.class::isInstance)
        .hasSize(1);
    play.does(new Operation.Tape(TapeMode.RECORDING));
    assertThat(tape().recording()).isNotEqualTo(recording);
  }

  @Test
  void shouldRecordEachConversationByItself() {
    talks("\"always\"");
    play.stage.talks(CALL);
    String first = tape().recording();
    play.does(new Operation.Transfer(new Target.ToQueue("support"), null));
    assertThat(tape().mode()).isEqualTo(TapeMode.STOPPED);
    play.killed(play.leg(ANN));
    play.stage.advance(Duration.ofSeconds(1));
    play.stage.fact(CALL, new CallFact.Parked(CALLER, play.stage.clock.now()));
    play.stage.presence(ANN, Presence.READY);
    play.stage.talks(CALL);
    assertThat(tape().recording()).isNotEqualTo(first);
    assertThat(tape().mode()).isEqualTo(TapeMode.RECORDING);
  }

  @Test
  void shouldRefuseToRecordWhereThePlanSaysNever() {
    talks("\"never\"");
    play.stage.talks(CALL);
    assertThat(play.tries(new Operation.Tape(TapeMode.RECORDING))).isEqualTo(Refusal.NOT_ALLOWED);
  }

  @Test
  void shouldSayTheWishAgainAfterACrashAndGiveUpWhatTheSwitchRefuses() {
    talks("\"always\"");
    play.stage.talks(CALL);
    play.stage.forgetOrders();
    play.stage.crash(new ToCall(CALL));
    play.stage.fact(
        CALL,
        new CallFact.StillUp(
            Given.FS1,
            Given.LINK,
            List.of(new CallFact.LegView(CALLER, CallFact.LegState.BRIDGED, null)),
            List.of(),
            play.stage.clock.now()));
    assertThat(tape().version()).isEqualTo(1);
    play.stage.fact(
        CALL, new CallFact.TapeRefused(tape().recording(), 1, "-ERR full", play.stage.clock.now()));
    play.stage.forgetOrders();
    play.stage.advance(Duration.ofSeconds(30));
    assertThat(play.stage.orders(SwitchCommand.Tape.class)).isEmpty();
  }

  @Test
  void shouldKeepNoDigitsWhileARecordingIsPaused() {
    talks("\"always\"");
    play.stage.talks(CALL);
    digit("1");
    play.does(new Operation.Tape(TapeMode.PAUSED));
    digit("4");
    assertThat(play.stage.view(CALL).remarks().digits()).isEqualTo("1");
  }

  private void digit(String digit) {
    play.stage.fact(CALL, new CallFact.Dtmf(CALLER, digit, play.stage.clock.now()));
  }

  @Test
  void shouldKeepHowWellALegWasHeardOnce() {
    talks("\"never\"");
    play.stage.talks(CALL);
    Quality quality = new Quality(4.2, 3, 0.01, 500);
    CallFact gone = new CallFact.LegGone(CALLER, NORMAL, false, quality, play.stage.clock.now());
    play.stage.fact(CALL, gone);
    play.stage.fact(CALL, gone);
    assertThat(play.stage.view(CALL).remarks().heard())
        .containsExactly(new CallView.Heard(CALLER, quality));
  }

  @Test
  void shouldTakeNotesAlsoAfterTheEnd() {
    talks("\"never\"");
    play.stage.talks(CALL);
    play.does(new Operation.Note("first"));
    play.does(new Operation.Tag(List.of("a", "b"), List.of()));
    play.gone(CALLER, NORMAL);
    play.killed(play.leg(ANN));
    play.stage.assertCloses(CALL);
    play.does(new Operation.Tag(List.of(), List.of("a")));
    play.does(new Operation.Dispose("sold", "twice"));
    CallView.Remarks remarks = play.stage.view(CALL).remarks();
    assertThat(remarks.tags()).containsExactly("b");
    assertThat(Objects.requireNonNull(remarks.disposition()).code()).isEqualTo("sold");
    assertThat(play.stage.journal(CALL)).filteredOn(RemarkEvent.class::isInstance).hasSize(4);
    play.stage.assertCloses(CALL);
  }
}
