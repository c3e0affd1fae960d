package tandem.router;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.ControlStage.BOB;
import static tandem.router.kit.ControlStage.CHO;
import static tandem.router.kit.ControlStage.NORMAL;
import static tandem.router.kit.ControlStage.SUE;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.CALLER;

import org.junit.jupiter.api.Test;
import tandem.router.call.Operation;
import tandem.router.call.Refusal;
import tandem.router.call.Target;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand.Ear;
import tandem.router.edge.SwitchCommand.Listener;
import tandem.router.feed.AgentView.OfferState;
import tandem.router.feed.CallView.Status;
import tandem.router.kit.ControlStage;

/** More than two talk, and others listen. */
class ConferenceTest {
  private final ControlStage play = ControlStage.talking(BOB, CHO, SUE);

  private LegId joins() {
    play.does(new Operation.Add(new Target.ToAgent(BOB)));
    return play.comes(BOB);
  }

  private LegId listens(Ear ear) {
    play.does(new Operation.Supervise(SUE, null, ear));
    return play.comes(SUE);
  }

  @Test
  void shouldMakeACallOfTwoAConferenceAndBack() {
    LegId bob = joins();
    assertThat(play.rooms()).isEqualTo("caller+ann+bob");
    play.stage.assertOffer(BOB, OfferState.TALKING);
    play.does(new Operation.Remove(bob));
    assertThat(play.rooms()).isEqualTo("caller+ann");
    play.killed(bob);
    play.stage.assertCall(CALL, Status.CONNECTED);
    assertThat(play.tries(new Operation.Remove(CALLER))).isEqualTo(Refusal.NOT_ENOUGH);
  }

  @Test
  void shouldNotHoldOrConsultWhileSomebodyIsOnTheWayToJoin() {
    play.does(new Operation.Add(new Target.ToAgent(BOB)));
    assertThat(play.tries(new Operation.Hold())).isEqualTo(Refusal.NOT_TWO);
    assertThat(play.tries(new Operation.Consult(new Target.ToAgent(CHO), null)))
        .isEqualTo(Refusal.NOT_TWO);
    play.comes(BOB);
    assertThat(play.rooms()).isEqualTo("caller+ann+bob");
  }

  @Test
  void shouldMergeAConsultation() {
    play.does(new Operation.Consult(new Target.ToAgent(BOB), null));
    play.comes(BOB);
    play.does(new Operation.Merge());
    assertThat(play.rooms()).isEqualTo("caller+ann+bob");
  }

  @Test
  void shouldGoOnUntilOneIsLeft() {
    LegId bob = joins();
    play.gone(CALLER, NORMAL);
    assertThat(play.rooms()).isEqualTo("ann+bob");
    play.stage.assertCall(CALL, Status.CONNECTED);
    play.gone(bob, NORMAL);
    play.killed(play.leg(ANN));
    play.stage.assertCloses(CALL);
  }

  @Test
  void shouldAddNobodyWhileItIsLocked() {
    play.does(new Operation.Lock(true));
    assertThat(play.tries(new Operation.Add(new Target.ToAgent(BOB)))).isEqualTo(Refusal.LOCKED);
    play.does(new Operation.Lock(false));
    joins();
  }

  @Test
  void shouldSayWhoCannotBeAdded() {
    assertThat(play.tries(new Operation.Add(new Target.ToAgent(ANN))))
        .isEqualTo(Refusal.ALREADY_THERE);
    assertThat(play.tries(new Operation.Add(new Target.ToQueue("support"))))
        .isEqualTo(Refusal.NOT_A_PERSON);
    assertThat(play.tries(new Operation.Add(new Target.ToExtension("7"))))
        .isEqualTo(Refusal.NO_SUCH_EXTENSION);
  }

  @Test
  void shouldLetASupervisorListenWhisperAndBarge() {
    LegId sue = listens(Ear.MONITOR);
    assertThat(play.ordered().listeners())
        .containsExactly(new Listener(sue, play.leg(ANN), Ear.MONITOR));
    assertThat(play.rooms()).isEqualTo("caller+ann");
    play.does(new Operation.Supervise(SUE, null, Ear.WHISPER));
    assertThat(play.ordered().listeners())
        .containsExactly(new Listener(sue, play.leg(ANN), Ear.WHISPER));
    play.does(new Operation.StopSupervising(SUE));
    assertThat(play.ordered().listeners()).isEmpty();
    play.killed(sue);
    play.stage.assertCall(CALL, Status.CONNECTED);
    assertThat(play.tries(new Operation.StopSupervising(SUE))).isEqualTo(Refusal.NOT_SUPERVISING);
  }

  @Test
  void shouldListenToTheAgentThatIsNamed() {
    LegId bob = joins();
    play.does(new Operation.Supervise(SUE, BOB, Ear.MONITOR));
    LegId sue = play.comes(SUE);
    assertThat(play.ordered().listeners()).containsExactly(new Listener(sue, bob, Ear.MONITOR));
    play.does(new Operation.Supervise(SUE, ANN, Ear.WHISPER));
    assertThat(play.ordered().listeners())
        .containsExactly(new Listener(sue, play.leg(ANN), Ear.WHISPER));
    assertThat(play.tries(new Operation.Supervise(SUE, CHO, Ear.WHISPER)))
        .isEqualTo(Refusal.NOT_THERE);
  }

  @Test
  void shouldTryACallerAgainWhomTheSwitchWouldNotMoveAndHangUpAnybodyElse() {
    LegId bob = joins();
    for (int tries = 0; tries < 3; tries++) {
      int version = play.ordered().version();
      play.stage.fact(
          CALL, new CallFact.ArrangeFailed(version, CALLER, "-ERR", play.stage.clock.now()));
      assertThat(play.ordered().version()).isGreaterThan(version);
      assertThat(play.stage.isKillOrdered(CALLER)).isFalse();
    }
    play.stage.fact(
        CALL,
        new CallFact.ArrangeFailed(play.ordered().version(), bob, "-ERR", play.stage.clock.now()));
    play.killed(bob);
    assertThat(play.rooms()).isEqualTo("caller+ann");
  }

  @Test
  void shouldLeaveThoseOnHoldThereWhenASupervisorStops() {
    LegId sue = listens(Ear.MONITOR);
    play.does(new Operation.Hold());
    play.does(new Operation.StopSupervising(SUE));
    assertThat(play.rooms()).isEqualTo("caller:MUSIC ann:SILENCE");
    play.killed(sue);
    assertThat(play.rooms()).isEqualTo("caller:MUSIC ann:SILENCE");
  }

  @Test
  void shouldGoOnWithoutACallerWhoIsSentOut() {
    joins();
    play.does(new Operation.Remove(CALLER));
    play.killed(CALLER);
    assertThat(play.rooms()).isEqualTo("ann+bob");
    play.stage.assertCall(CALL, Status.CONNECTED);
  }

  @Test
  void shouldEndTheSupervisorWithTheCall() {
    LegId sue = listens(Ear.MONITOR);
    play.gone(CALLER, NORMAL);
    play.killed(sue);
    play.killed(play.leg(ANN));
    play.stage.assertCloses(CALL);
    play.stage.assertFree(SUE);
  }

  @Test
  void shouldTakeACallOver() {
    LegId sue = listens(Ear.MONITOR);
    play.does(new Operation.TakeOver(SUE));
    assertThat(play.rooms()).isEqualTo("caller+sue ann:SILENCE");
    assertThat(play.stage.isKillOrdered(play.leg(ANN))).isFalse();
    play.arranged();
    play.killed(play.leg(ANN));
    play.stage.assertCall(CALL, Status.CONNECTED);
    assertThat(play.stage.view(CALL).agent()).isEqualTo(SUE);
    play.gone(sue, NORMAL);
    play.killed(CALLER);
    play.stage.assertCloses(CALL);
  }
}
