package tandem.router;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.ControlStage.BOB;
import static tandem.router.kit.ControlStage.CHO;
import static tandem.router.kit.ControlStage.NORMAL;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.CALLER;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tandem.router.call.Operation;
import tandem.router.call.Refusal;
import tandem.router.call.Target;
import tandem.router.domain.LegId;
import tandem.router.domain.Presence;
import tandem.router.domain.ReleaseReason;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToCall;
import tandem.router.feed.AgentView.OfferState;
import tandem.router.feed.CallView.Outcome;
import tandem.router.feed.CallView.Status;
import tandem.router.kit.ControlStage;
import tandem.router.kit.Given;
import tandem.router.kit.Stage;

/** What two who talk can do, what can be done with a phone that rings, and each request once. */
class HoldTest {
  private final ControlStage play = ControlStage.talking(BOB, CHO);

  @Test
  void shouldPutTheCallerOnHoldWithMusicAndTakeItBack() {
    play.does(new Operation.Hold());
    assertThat(play.rooms()).isEqualTo("caller:MUSIC ann:SILENCE");
    play.does(new Operation.Resume());
    assertThat(play.rooms()).isEqualTo("caller+ann");
    assertThat(play.tries(new Operation.Resume())).isEqualTo(Refusal.NOT_HELD);
  }

  @Test
  void shouldSayTheSameAgainUntilTheSwitchHasDoneIt() {
    play.does(new Operation.Hold());
    int before = play.stage.orders(SwitchCommand.Arrange.class).size();
    play.stage.advance(Duration.ofSeconds(1));
    assertThat(play.stage.orders(SwitchCommand.Arrange.class)).hasSizeGreaterThan(before);
    play.arranged();
    int done = play.stage.orders(SwitchCommand.Arrange.class).size();
    play.stage.advance(Duration.ofSeconds(5));
    assertThat(play.stage.orders(SwitchCommand.Arrange.class)).hasSize(done);
  }

  @Test
  void shouldSayItAgainAfterACrash() {
    play.does(new Operation.Hold());
    play.arranged();
    play.stage.forgetOrders();
    play.stage.crash(new ToCall(CALL));
    play.stage.fact(
        CALL,
        new CallFact.StillUp(
            Given.FS1,
            Given.LINK,
            List.of(new CallFact.LegView(CALLER, CallFact.LegState.ANSWERED, null)),
            List.of(),
            play.stage.clock.now()));
    assertThat(play.stage.orders(SwitchCommand.Arrange.class)).isNotEmpty();
  }

  @Test
  void shouldBringTheCallerBackWhenTheSwitchWillNotMoveTheAgent() {
    play.does(new Operation.Hold());
    LegId ann = play.leg(ANN);
    play.stage.fact(
        CALL,
        new CallFact.ArrangeFailed(play.ordered().version(), ann, "-ERR", play.stage.clock.now()));
    play.killed(ann);
    play.stage.assertCall(CALL, Status.TRANSFERRING);
    assertThat(play.stage.isKillOrdered(CALLER)).isFalse();
    play.comes(ANN);
    assertThat(play.rooms()).isEqualTo("caller+ann");
  }

  @Test
  void shouldMuteOneOfThem() {
    play.does(new Operation.Mute(play.leg(ANN), true));
    assertThat(play.rooms()).isEqualTo("caller+ann!");
    play.does(new Operation.Mute(play.leg(ANN), false));
    assertThat(play.rooms()).isEqualTo("caller+ann");
    assertThat(play.tries(new Operation.Mute(Given.leg(Given.call(7)), true)))
        .isEqualTo(Refusal.NO_SUCH_LEG);
  }

  @Test
  void shouldDoARequestOnceAndRefuseAnotherOneWithItsKey() {
    Operation digits = new Operation.Press("12#", null);
    assertThat(play.tries(CALL, "one", digits)).isNull();
    assertThat(play.tries(CALL, "one", digits)).isNull();
    assertThat(play.stage.orders(SwitchCommand.SendDigits.class)).hasSize(1);
    assertThat(play.tries(CALL, "one", new Operation.Hold())).isEqualTo(Refusal.OTHER_REQUEST);
    play.stage.crash(new ToCall(CALL));
    assertThat(play.tries(CALL, "one", digits)).isNull();
    assertThat(play.stage.orders(SwitchCommand.SendDigits.class)).hasSize(1);
  }

  /** Race 18: an agent's hang-up races with the caller's. */
  @Test
  void race18_whoComesSecondHearsThatTheCallIsOver() {
    play.gone(CALLER, NORMAL);
    for (Operation late :
        new Operation[] {
          new Operation.HangUp(),
          new Operation.Transfer(new Target.ToAgent(BOB), null),
          new Operation.Park("lot", null, null),
          new Operation.Hold()
        }) {
      assertThat(play.tries(late)).as("%s", late).isEqualTo(Refusal.CALL_ENDED);
    }
    play.killed(play.leg(ANN));
    play.stage.assertOffer(ANN, OfferState.WRAP_UP);
    play.stage.assertCloses(CALL);
  }

  @Test
  void race18_aHangUpThatComesFirstEndsTheCallForAll() {
    play.does(new Operation.HangUp());
    assertThat(play.tries(new Operation.Hold())).isEqualTo(Refusal.CALL_ENDED);
    play.killed(CALLER);
    play.killed(play.leg(ANN));
    assertThat(play.stage.view(CALL).outcome()).isEqualTo(Outcome.ANSWERED);
    play.stage.assertCloses(CALL);
  }

  @Test
  void shouldHangUpACallThatWaits() {
    ControlStage waiting = new ControlStage(new Stage());
    waiting.stage.arrives(CALL);
    waiting.does(new Operation.HangUp());
    waiting.killed(CALLER);
    assertThat(waiting.stage.view(CALL).outcome()).isEqualTo(Outcome.HUNG_UP);
    assertThat(waiting.stage.waiting()).isZero();
    waiting.stage.assertCloses(CALL);
  }

  @Test
  void shouldDeclineForTheAgentWhosePhoneRings() {
    ControlStage ringing = new ControlStage(new Stage(ANN));
    ringing.stage.arrives(CALL);
    ringing.stage.rings(CALL);
    assertThat(ringing.tries(new Operation.Decline(BOB))).isEqualTo(Refusal.NOT_RINGING);
    ringing.does(new Operation.Answer(ANN));
    assertThat(ringing.stage.orders(SwitchCommand.PickUpPhone.class)).hasSize(1);
    ringing.does(new Operation.Decline(ANN));
    ringing.killed(ringing.leg(ANN));
    ringing.stage.assertCall(CALL, Status.QUEUED);
    assertThat(ringing.stage.view(ANN).presence()).isEqualTo(Presence.NOT_READY);
    assertThat(ringing.stage.view(ANN).reason()).isEqualTo(ReleaseReason.DECLINED.name());
  }

  @Test
  void shouldHangUpWhileAnAgentIsBeingConnected() {
    ControlStage early = new ControlStage(new Stage(ANN));
    early.stage.arrives(CALL);
    early.stage.answers(CALL);
    early.does(new Operation.HangUp());
    early.killed(CALLER);
    early.killed(early.leg(ANN));
    early.stage.assertFree(ANN);
    early.stage.assertCloses(CALL);
  }
}
