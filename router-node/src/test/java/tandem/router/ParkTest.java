package tandem.router;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.ControlStage.BOB;
import static tandem.router.kit.ControlStage.CHO;
import static tandem.router.kit.ControlStage.NORMAL;
import static tandem.router.kit.Given.ACME;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.CALLER;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tandem.router.call.Call;
import tandem.router.call.Operation;
import tandem.router.call.ParkEvent;
import tandem.router.call.Refusal;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.LotId;
import tandem.router.domain.Presence;
import tandem.router.edge.CallFact;
import tandem.router.entity.Address.ToCall;
import tandem.router.entity.Address.ToLot;
import tandem.router.feed.CallView;
import tandem.router.feed.CallView.Status;
import tandem.router.kit.ControlStage;
import tandem.router.kit.Given;
import tandem.router.lot.ParkingLot;

/** A caller is parked, picked up, called back to its parker, and at last sent elsewhere. */
class ParkTest {
  private static final LotId LOT = new LotId(ACME, "main");
  private static final String PLAN =
      """
      { "lots": { "main": {
          "slots": "701-702", "timeout": "60s",
          "recall": { "tries": 2, "ring": "20s" },
          "then": { "queue": "support" } } },
        "queues": { "support": {} } }
      """;

  private final ControlStage play = ControlStage.talking(BOB, CHO);

  ParkTest() {
    play.stage.publish(PLAN);
  }

  private void parks() {
    play.does(new Operation.Park("main", null, null));
  }

  private int slots() {
    return play.stage.lot(LOT).state().slots().size();
  }

  @Test
  void shouldParkACallerInTheNextSlotAndReleaseTheAgent() {
    LegId ann = play.leg(ANN);
    parks();
    play.killed(ann);
    play.stage.assertCall(CALL, Status.PARKED);
    CallView.Slot slot = Objects.requireNonNull(play.stage.view(CALL).slot());
    assertThat(slot.slot()).isEqualTo(701);
    assertThat(slot.parker()).isEqualTo(ANN);
  }

  @Test
  void shouldAnswerOnlyWhenTheLotHasAnswered() {
    play.stage.hold(ParkingLot.Claim.class);
    Call.ControlReply early =
        play.stage.ask(
            new ToCall(CALL),
            new Call.Control("k", "ann", new Operation.Park("main", 702, null), null),
            Call.ControlReply.class);
    assertThat(early).isNull();
    play.stage.letGo(ParkingLot.Claim.class);
    Call.ControlReply reply = play.stage.answered(Call.ControlReply.class);
    assertThat(reply).isNotNull();
    assertThat(reply.refusal()).isNull();
    assertThat(Objects.requireNonNull(Objects.requireNonNull(reply.view()).slot()).slot())
        .isEqualTo(702);
  }

  @Test
  void shouldTalkOnWhenThereIsNoSlot() {
    CallId other = Given.call(8);
    // It would say that it does not want a slot: nobody has made it.
    play.stage.lose(Call.AboutSlot.class);
    play.stage.lose(Call.SlotGranted.class);
    play.stage.say(new ToLot(LOT), new ParkingLot.Claim(other, 1, 701, 701, 702));
    play.stage.loseNoMore(Call.SlotGranted.class);
    assertThat(play.tries(new Operation.Park("main", 701, null))).isEqualTo(Refusal.SLOT_TAKEN);
    assertThat(play.tries(new Operation.Park("main", 700, null))).isEqualTo(Refusal.NO_SUCH_SLOT);
    assertThat(play.tries(new Operation.Park("other", null, null))).isEqualTo(Refusal.NO_SUCH_LOT);
    play.stage.assertCall(CALL, Status.CONNECTED);
  }

  @Test
  void shouldTryARequestAgainThatTheLotHasRefused() {
    play.stage.lose(Call.AboutSlot.class);
    play.stage.lose(Call.SlotGranted.class);
    play.stage.say(new ToLot(LOT), new ParkingLot.Claim(Given.call(8), 1, 701, 701, 702));
    play.stage.loseNoMore(Call.SlotGranted.class);
    Operation park = new Operation.Park("main", 701, null);
    assertThat(play.tries(CALL, "one", park)).isEqualTo(Refusal.SLOT_TAKEN);
    assertThat(play.tries(CALL, "one", park)).isEqualTo(Refusal.SLOT_TAKEN);
    play.stage.say(new ToLot(LOT), new ParkingLot.Release(Given.call(8), 1));
    assertThat(play.tries(CALL, "one", park)).isNull();
    assertThat(play.tries(CALL, "one", park)).isNull();
    assertThat(play.stage.lot(LOT).state().slots()).hasSize(1);
  }

  @Test
  void shouldLetNobodyPickUpWhatIsBeingCalledBack() {
    parks();
    play.killed(play.leg(ANN));
    play.stage.advance(Duration.ofSeconds(61));
    assertThat(play.tries(new Operation.PickUp(BOB))).isEqualTo(Refusal.BEING_PICKED_UP);
  }

  @Test
  void shouldTalkOnWhenTheLotDoesNotAnswer() {
    play.stage.lose(ParkingLot.Claim.class);
    play.stage.ask(
        new ToCall(CALL),
        new Call.Control("k", "ann", new Operation.Park("main", null, null), null),
        Call.ControlReply.class);
    play.stage.advance(Duration.ofSeconds(3));
    Call.ControlReply reply = play.stage.answered(Call.ControlReply.class);
    assertThat(reply).isNotNull();
    assertThat(reply.refusal()).isEqualTo(Refusal.LOT_SILENT);
    play.stage.loseNoMore(ParkingLot.Claim.class);
    play.stage.advance(Duration.ofSeconds(3));
    play.stage.assertCall(CALL, Status.CONNECTED);
    assertThat(slots()).isZero();
  }

  @Test
  void shouldLetExactlyOnePickACallerUp() {
    parks();
    play.killed(play.leg(ANN));
    play.does(new Operation.PickUp(BOB));
    assertThat(play.tries(new Operation.PickUp(CHO))).isEqualTo(Refusal.BEING_PICKED_UP);
    play.comes(BOB);
    assertThat(play.rooms()).isEqualTo("caller+bob");
    assertThat(play.tries(new Operation.PickUp(CHO))).isEqualTo(Refusal.NOT_PARKED);
    assertThat(slots()).isZero();
    play.stage.assertCall(CALL, Status.CONNECTED);
  }

  @Test
  void shouldStayParkedWhenWhoPicksItUpDoesNotAnswerAtTheEnd() {
    parks();
    play.killed(play.leg(ANN));
    play.does(new Operation.PickUp(BOB));
    play.gone(play.rings(BOB), "NO_ANSWER");
    play.stage.assertCall(CALL, Status.PARKED);
    play.does(new Operation.PickUp(CHO));
    play.comes(CHO);
    assertThat(play.rooms()).isEqualTo("caller+cho");
  }

  @Test
  void shouldCallTheParkerBackAndThenSendTheCallerOn() {
    parks();
    play.killed(play.leg(ANN));
    play.stage.presence(ANN, Presence.NOT_READY);
    play.stage.advance(Duration.ofSeconds(61));
    play.gone(play.rings(ANN), "NO_ANSWER");
    LegId second = play.rings(ANN);
    play.stage.crash(new ToCall(CALL));
    play.gone(second, "NO_ANSWER");
    play.stage.assertCall(CALL, Status.QUEUED);
    assertThat(slots()).isZero();
    assertThat(play.stage.journal(CALL).stream().filter(ParkEvent.Recalled.class::isInstance))
        .hasSize(2);
  }

  @Test
  void shouldCallTheParkerAlsoWhenItsTimeCameWhileNobodyWasThere() {
    parks();
    play.killed(play.leg(ANN));
    play.stage.standStill(Duration.ofSeconds(70));
    play.stage.crash(new ToCall(CALL));
    play.stage.fact(
        CALL,
        new CallFact.StillUp(
            Given.FS1,
            Given.LINK,
            List.of(new CallFact.LegView(CALLER, CallFact.LegState.ANSWERED, null)),
            List.of(),
            play.stage.clock.now()));
    play.comes(ANN);
    assertThat(play.rooms()).isEqualTo("caller+ann");
  }

  @Test
  void shouldGiveTheCallerBackToItsParker() {
    parks();
    play.killed(play.leg(ANN));
    play.stage.advance(Duration.ofSeconds(61));
    play.comes(ANN);
    assertThat(play.rooms()).isEqualTo("caller+ann");
    assertThat(slots()).isZero();
  }

  @Test
  void shouldFreeTheSlotWhenTheCallerHangsUp() {
    parks();
    play.killed(play.leg(ANN));
    play.gone(CALLER, NORMAL);
    assertThat(slots()).isZero();
    play.stage.assertCloses(CALL);
  }

  @Test
  void shouldFreeTheSlotWhenTheCallerHangsUpBeforeTheLotAnswers() {
    play.stage.hold(Call.SlotGranted.class);
    play.stage.say(
        new ToCall(CALL),
        new Call.Control("k", "ann", new Operation.Park("main", null, null), null));
    assertThat(slots()).isEqualTo(1);
    play.gone(CALLER, NORMAL);
    play.killed(play.leg(ANN));
    play.stage.letGo(Call.SlotGranted.class);
    assertThat(slots()).isZero();
    play.stage.assertCloses(CALL);
  }
}
