package tandem.router;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.ControlStage.BOB;
import static tandem.router.kit.ControlStage.NORMAL;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.CALLER;
import static tandem.router.kit.Given.SUPPORT;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tandem.router.agent.Agent;
import tandem.router.call.Call;
import tandem.router.call.Operation;
import tandem.router.call.Refusal;
import tandem.router.call.Target;
import tandem.router.domain.LegId;
import tandem.router.domain.Presence;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToCall;
import tandem.router.feed.AgentView.OfferState;
import tandem.router.feed.CallView.Outcome;
import tandem.router.feed.CallView.Status;
import tandem.router.kit.ControlStage;
import tandem.router.kit.Given;

/** A caller is given to somebody else, and is never left alone. */
class TransferTest {
  private static final Target TO_BOB = new Target.ToAgent(BOB);

  private final ControlStage play = ControlStage.talking(BOB);

  private void colds() {
    play.does(new Operation.Transfer(TO_BOB, null));
    play.arranged();
  }

  /** Ann talks to Bob while the caller hears music. */
  private LegId consults() {
    play.does(new Operation.Consult(TO_BOB, null));
    play.arranged();
    LegId bob = play.comes(BOB);
    play.arranged();
    return bob;
  }

  @Test
  void shouldGiveTheCallerToAnAgentAndReleaseTheOneWhoDidSo() {
    LegId ann = play.leg(ANN);
    colds();
    play.stage.assertCall(CALL, Status.TRANSFERRING);
    assertThat(play.rooms()).isEqualTo("caller:MUSIC");
    play.killed(ann);
    play.stage.assertOffer(ANN, OfferState.WRAP_UP);

    LegId bob = play.comes(BOB);
    assertThat(play.rooms()).isEqualTo("caller+bob");
    play.arranged();
    play.stage.assertCall(CALL, Status.CONNECTED);
    play.stage.assertOffer(BOB, OfferState.TALKING);
    assertThat(play.stage.view(CALL).agent()).isEqualTo(BOB);

    play.gone(bob, NORMAL);
    play.killed(CALLER);
    assertThat(play.stage.view(CALL).outcome()).isEqualTo(Outcome.ANSWERED);
    play.stage.assertCloses(CALL);
  }

  @Test
  void shouldBringTheCallerBackToWhoGaveItAwayWhenTheTargetDoesNotAnswer() {
    colds();
    play.killed(play.leg(ANN));
    LegId bob = play.rings(BOB);
    play.gone(bob, "NO_ANSWER");
    play.stage.assertFree(BOB);
    LegId ann = play.comes(ANN);
    assertThat(play.rooms()).isEqualTo("caller+ann");
    play.stage.assertOffer(ANN, OfferState.TALKING);
    play.gone(CALLER, NORMAL);
    play.killed(ann);
    play.stage.assertCloses(CALL);
  }

  @Test
  void shouldBringTheCallerToTheFrontOfItsQueueWhenNobodyIsLeftToHaveIt() {
    colds();
    play.killed(play.leg(ANN));
    play.gone(play.rings(BOB), "USER_BUSY");
    LegId ann = play.rings(ANN);
    play.stage.presence(ANN, Presence.NOT_READY);
    play.gone(ann, "NO_ANSWER");
    play.stage.assertCall(CALL, Status.QUEUED);
    assertThat(play.stage.waiting()).isEqualTo(1);
    Call.Queued again =
        play.stage.journal(CALL).stream()
            .filter(Call.Queued.class::isInstance)
            .map(Call.Queued.class::cast)
            .reduce((first, last) -> last)
            .orElseThrow();
    assertThat(again.round()).isEqualTo(2);
    assertThat(again.since()).isEqualTo(play.stage.view(CALL).arrivedAt());
  }

  @Test
  void shouldBringTheCallerBackWhenTheTargetIsGoneBeforeTheTwoHearEachOther() {
    colds();
    play.killed(play.leg(ANN));
    LegId bob = play.comes(BOB);
    play.gone(bob, NORMAL);
    play.stage.assertCall(CALL, Status.TRANSFERRING);
    play.comes(ANN);
    assertThat(play.rooms()).isEqualTo("caller+ann");
  }

  @Test
  void shouldBringTheCallerBackWhenTheTargetSignsOutWhileItsPhoneRings() {
    colds();
    play.killed(play.leg(ANN));
    LegId bob = play.rings(BOB);
    play.stage.presence(BOB, Presence.NOT_READY);
    play.killed(bob);
    play.comes(ANN);
    assertThat(play.rooms()).isEqualTo("caller+ann");
  }

  @Test
  void shouldBringTheCallerBackAlsoWhenTheTargetIsAwayAndTheGiversPhoneNotFreeYet() {
    play.stage.presence(BOB, Presence.OFFLINE);
    LegId ann = play.leg(ANN);
    colds();
    play.stage.assertCall(CALL, Status.TRANSFERRING);
    play.killed(ann);
    play.stage.advance(Duration.ofSeconds(1));
    play.comes(ANN);
    assertThat(play.rooms()).isEqualTo("caller+ann");
  }

  @Test
  void shouldEndWhenTheCallerHangsUpInTheMiddleOfATransfer() {
    LegId ann = play.leg(ANN);
    colds();
    LegId bob = play.rings(BOB);
    play.gone(CALLER, NORMAL);
    play.killed(ann);
    play.killed(bob);
    play.stage.assertCall(CALL, Status.ENDED);
    play.stage.assertFree(BOB);
    play.stage.assertCloses(CALL);
  }

  @Test
  void shouldGiveTheCallerToAQueueWithMusicUntilSomebodyIsThere() {
    LegId ann = play.leg(ANN);
    play.does(new Operation.Transfer(new Target.ToQueue("support"), null));
    play.stage.assertCall(CALL, Status.QUEUED);
    assertThat(play.stage.orders(SwitchCommand.Repark.class)).isNotEmpty();
    play.killed(ann);
    play.stage.fact(CALL, new CallFact.Parked(CALLER, play.stage.clock.now()));
    play.stage.presence(ANN, Presence.READY);
    LegId again = play.stage.talks(CALL);
    assertThat(again).isNotEqualTo(ann);
    play.stage.assertCall(CALL, Status.CONNECTED);
    assertThat(play.stage.placesIn(SUPPORT)).isZero();
  }

  @Test
  void shouldTalkToTheTargetFirst() {
    play.does(new Operation.Consult(TO_BOB, null));
    assertThat(play.rooms()).isEqualTo("caller:MUSIC ann:RINGING");
    play.arranged();
    play.comes(BOB);
    assertThat(play.rooms()).isEqualTo("caller:MUSIC ann+bob");
    play.does(new Operation.Swap());
    assertThat(play.rooms()).isEqualTo("caller+ann bob:MUSIC");
    play.does(new Operation.Swap());
    assertThat(play.rooms()).isEqualTo("caller:MUSIC ann+bob");
  }

  @Test
  void shouldCompleteATransferAndReleaseTheAgentOnlyWhenTheOthersHearEachOther() {
    LegId ann = play.leg(ANN);
    consults();
    play.does(new Operation.Complete());
    assertThat(play.rooms()).isEqualTo("caller+bob ann:SILENCE");
    assertThat(play.stage.isKillOrdered(ann)).isFalse();
    play.arranged();
    play.killed(ann);
    play.stage.assertOffer(ANN, OfferState.WRAP_UP);
    play.stage.assertOffer(BOB, OfferState.TALKING);
    play.stage.assertCall(CALL, Status.CONNECTED);
  }

  @Test
  void shouldGiveTheCallerBackWhenTheConsultedGoesWhileTheTransferIsCompleted() {
    LegId bob = consults();
    play.does(new Operation.Complete());
    play.gone(bob, NORMAL);
    assertThat(play.rooms()).isEqualTo("caller+ann");
    assertThat(play.stage.isKillOrdered(play.leg(ANN))).isFalse();
    play.stage.assertOffer(ANN, OfferState.TALKING);
  }

  @Test
  void shouldGoBackToTheCallerWhenTheConsultedDoesNotAnswer() {
    play.does(new Operation.Consult(TO_BOB, null));
    play.gone(play.rings(BOB), "NO_ANSWER");
    assertThat(play.rooms()).isEqualTo("caller+ann");
    play.stage.assertFree(BOB);
  }

  @Test
  void shouldCancelAConsultation() {
    LegId bob = consults();
    play.does(new Operation.CancelConsult());
    assertThat(play.rooms()).isEqualTo("caller+ann");
    play.killed(bob);
    play.stage.assertCall(CALL, Status.CONNECTED);
  }

  @Test
  void shouldCompleteByHangingUp() {
    consults();
    play.gone(play.leg(ANN), NORMAL);
    assertThat(play.rooms()).isEqualTo("caller+bob");
    play.stage.assertCall(CALL, Status.CONNECTED);
  }

  @Test
  void shouldGiveTheCallerAwayWhenTheAgentHangsUpWhileTheOtherPhoneRings() {
    play.does(new Operation.Consult(TO_BOB, null));
    play.rings(BOB);
    play.gone(play.leg(ANN), NORMAL);
    play.stage.assertCall(CALL, Status.TRANSFERRING);
    assertThat(play.rooms()).isEqualTo("caller:MUSIC");
    play.comes(BOB);
    assertThat(play.rooms()).isEqualTo("caller+bob");
  }

  @Test
  void shouldLetTheOthersTalkOnWhenTheCallerHangsUpInAConsultation() {
    LegId bob = consults();
    play.gone(CALLER, NORMAL);
    assertThat(play.rooms()).isEqualTo("ann+bob");
    play.gone(bob, NORMAL);
    play.killed(play.leg(ANN));
    play.stage.assertCloses(CALL);
  }

  @Test
  void shouldRefuseWhatCannotBeNow() {
    assertThat(play.tries(new Operation.Complete())).isEqualTo(Refusal.NOT_CONSULTING);
    play.does(new Operation.Consult(TO_BOB, null));
    assertThat(play.tries(new Operation.Complete())).isEqualTo(Refusal.NOT_ANSWERED);
    assertThat(play.tries(new Operation.Transfer(TO_BOB, null))).isEqualTo(Refusal.CONSULTING);
    assertThat(play.tries(new Operation.Hold())).isEqualTo(Refusal.NOT_TWO);
  }

  @Test
  void shouldSurviveACrashInTheMiddleOfATransfer() {
    colds();
    play.killed(play.leg(ANN));
    LegId bob = play.rings(BOB);
    play.stage.crash(new ToCall(CALL));
    play.stage.fact(
        CALL,
        new CallFact.StillUp(
            Given.FS1,
            Given.LINK,
            List.of(
                new CallFact.LegView(CALLER, CallFact.LegState.ANSWERED, null),
                new CallFact.LegView(bob, CallFact.LegState.ANSWERED, null)),
            List.of(),
            play.stage.clock.now()));
    assertThat(play.rooms()).isEqualTo("caller+bob");
  }

  @Test
  void shouldGiveUpAnAgentWhoDoesNotSayWhetherItComes() {
    play.stage.lose(Agent.Summon.class);
    colds();
    play.killed(play.leg(ANN));
    play.stage.advance(Duration.ofSeconds(6));
    play.stage.loseNoMore(Agent.Summon.class);
    play.stage.advance(Duration.ofSeconds(1));
    play.comes(ANN);
    assertThat(play.rooms()).isEqualTo("caller+ann");
  }
}
