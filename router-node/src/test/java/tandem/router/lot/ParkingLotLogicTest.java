package tandem.router.lot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static tandem.router.kit.Given.ACME;
import static tandem.router.kit.Given.call;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.router.call.Call;
import tandem.router.call.Refusal;
import tandem.router.directory.Directory;
import tandem.router.domain.CallId;
import tandem.router.domain.LotId;
import tandem.router.entity.Address.ToCall;
import tandem.router.entity.Address.ToDirectory;
import tandem.router.feed.FeedItem;
import tandem.router.feed.LotView;
import tandem.router.kit.HandClock;
import tandem.router.kit.Played;

class ParkingLotLogicTest {
  private static final LotId LOT = new LotId(ACME, "lobby");
  private static final CallId ONE = call(1);
  private static final CallId TWO = call(2);

  private final HandClock clock = new HandClock();
  private final Played<ParkingLot.Command, ParkingLot.Event, LotState> lot =
      new Played<>(clock, () -> new ParkingLotLogic(LOT));

  // Giving slots.

  @Test
  void shouldGiveTheSlotAfterTheLastSoThatOneJustLeftIsNotGivenAtOnce() {
    assertGranted(any(ONE, 1), 11);
    assertGranted(any(TWO, 1), 12);
    lot.take(release(TWO, 1)).assertPersisted(ParkingLot.SlotFreed.class);

    assertGranted(any(call(3), 1), 13);

    lot.take(release(ONE, 1));
    assertGranted(any(call(4), 1), 11);
    assertGranted(any(call(5), 1), 12);
    assertRefused(any(call(6), 1), Refusal.LOT_FULL);
  }

  @Test
  void shouldGoOnAfterTheLastSlotGivenAlsoAfterARestart() {
    assertGranted(any(ONE, 1), 11);
    lot.take(release(ONE, 1));

    lot.restart();

    assertGranted(any(ONE, 2), 12);
  }

  @Test
  void shouldAnswerARepeatWithTheSameSlot() {
    assertGranted(any(ONE, 1), 11);

    lot.take(any(ONE, 1)).assertPersisted();
    assertThat(granted(ONE)).containsExactly(new Call.SlotGranted(LOT, 1, 11));
    lot.restartWith(any(ONE, 1)).assertPersisted();
    assertThat(granted(ONE)).containsExactly(new Call.SlotGranted(LOT, 1, 11));
  }

  @Test
  void shouldAnswerARepeatOfARefusedOneByWhatIsTrueNow() {
    lot.take(chosen(ONE, 1, 12));
    assertRefused(chosen(TWO, 1, 12), Refusal.SLOT_TAKEN);
    assertRefused(chosen(TWO, 1, 12), Refusal.SLOT_TAKEN);
    lot.take(release(ONE, 1));

    assertGranted(chosen(TWO, 1, 12), 12);
  }

  @Test
  void shouldGiveTheOneOfTwoThatClaimsASlotFirst() {
    lot.take(chosen(ONE, 1, 12));
    ParkingLot.Claim second = chosen(TWO, 1, 12);

    assertRefused(second, Refusal.SLOT_TAKEN);

    assertThat(lot.state().slots()).extracting(LotState.Slot::call).containsExactly(ONE);
  }

  @Test
  void shouldKeepTheLastSlotForWhoClaimedItFirstAlsoWhenItDiesBeforeItHasSaidSo() {
    lot.take(new ParkingLot.Claim(ONE, 1, null, 11, 11));

    lot.restartWith(new ParkingLot.Claim(TWO, 1, null, 11, 11)).assertPersisted();

    assertThat(lot.toldOne(Call.SlotRefused.class))
        .isEqualTo(new Call.SlotRefused(LOT, 1, Refusal.LOT_FULL));
    lot.take(new ParkingLot.Claim(ONE, 1, null, 11, 11)).assertPersisted();
    assertThat(granted(ONE)).containsExactly(new Call.SlotGranted(LOT, 1, 11));
  }

  @Test
  void shouldGiveTheSlotToTheSecondWhenTheFirstsReleaseOvertakesIt() {
    lot.take(chosen(ONE, 1, 12));
    lot.take(release(ONE, 1));
    assertGranted(chosen(TWO, 1, 12), 12);

    assertRefused(chosen(ONE, 1, 12), Refusal.NOT_PARKED);
    lot.take(release(ONE, 1)).assertPersisted();

    assertThat(lot.state().slots()).extracting(LotState.Slot::call).containsExactly(TWO);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 14, 0, -1})
  void shouldRefuseASlotThatThePlanDoesNotHave(int slot) {
    assertRefused(chosen(ONE, 1, slot), Refusal.NO_SUCH_SLOT);
    assertThat(lot.isFinished()).as("was never used").isTrue();
  }

  @Test
  void shouldGiveNoSlotOutsideAPlanThatHasMadeTheLotSmaller() {
    assertGranted(any(ONE, 1), 11);
    assertGranted(any(TWO, 1), 12);

    assertRefused(new ParkingLot.Claim(call(3), 1, null, 11, 12), Refusal.LOT_FULL);
    assertRefused(new ParkingLot.Claim(call(3), 2, 12, 21, 22), Refusal.NO_SUCH_SLOT);
    assertGranted(new ParkingLot.Claim(call(3), 3, null, 21, 22), 21);
    assertThat(lot.state().slots())
        .as("who is there stays")
        .extracting(LotState.Slot::number)
        .containsExactly(11, 12, 21);
  }

  // Giving them back.

  @Test
  void shouldHearAReleaseOnceAndAcknowledgeItAlways() {
    lot.take(any(ONE, 1));

    lot.take(release(ONE, 1)).assertPersisted(ParkingLot.SlotFreed.class);
    lot.take(release(ONE, 1)).assertPersisted();

    assertThat(lot.told(Call.Heard.class, new ToCall(ONE)))
        .containsExactly(new Call.Heard(release(ONE, 1).key()));
    lot.restart();
    lot.take(release(ONE, 1)).assertPersisted();
    lot.toldOne(Call.Heard.class);
  }

  @Test
  void shouldRefuseAClaimThatComesAfterItsRelease() {
    lot.take(release(ONE, 2)).assertPersisted(ParkingLot.ClaimDropped.class);

    assertRefused(any(ONE, 2), Refusal.NOT_PARKED);
    assertRefused(chosen(ONE, 1, 12), Refusal.NOT_PARKED);
    lot.restart();
    assertRefused(any(ONE, 2), Refusal.NOT_PARKED);
    assertGranted(any(ONE, 3), 11);
  }

  @Test
  void shouldNotFreeALaterClaimsSlotWhenAnEarlierOnesReleaseIsLate() {
    lot.take(any(ONE, 1)).take(any(ONE, 2));

    lot.take(release(ONE, 1)).assertPersisted(ParkingLot.SlotFreed.class);

    assertThat(lot.state().slots())
        .extracting(LotState.Slot::number, LotState.Slot::claim)
        .containsExactly(tuple(12, 2));
  }

  @Test
  void shouldGiveACallItsOwnSlotAgainBeforeItHasHeardThatTheCallLeftIt() {
    lot.take(chosen(ONE, 1, 12));

    assertGranted(chosen(ONE, 2, 12), 12);

    assertRefused(chosen(ONE, 1, 12), Refusal.NOT_PARKED);
    lot.take(release(ONE, 1)).assertPersisted(ParkingLot.ClaimDropped.class);
    assertRefused(chosen(TWO, 1, 12), Refusal.SLOT_TAKEN);
    lot.take(release(ONE, 2));
    assertGranted(chosen(TWO, 1, 12), 12);
  }

  @Test
  void shouldRefuseAnEarlierClaimOfACallThatHasASlotForALaterOne() {
    lot.take(any(ONE, 2));

    assertRefused(any(ONE, 1), Refusal.NOT_PARKED);
  }

  @Test
  void shouldForgetTheReleasesOfLongAgoAndFindAGhostByAskingIt() {
    lot.take(release(ONE, 1));
    for (int i = 0; i < 300; i++) {
      lot.take(release(call(100 + i), 1));
    }
    assertThat(lot.state().released()).hasSize(256);

    assertGranted(any(ONE, 1), 11);

    lot.advance(Duration.ofSeconds(2));
    assertThat(lot.told(Call.AboutSlot.class, new ToCall(ONE)))
        .containsExactly(new Call.AboutSlot(LOT, 1));
    lot.take(release(ONE, 1)).assertPersisted(ParkingLot.SlotFreed.class);
  }

  // Questions: no timer frees a slot.

  @Test
  void shouldAskAfterTwoSecondsThenEveryThirty() {
    lot.take(any(ONE, 1));

    lot.advance(Duration.ofMillis(1900)).assertNothingTold(Call.AboutSlot.class);
    lot.advance(Duration.ofMillis(200));
    assertThat(lot.told(Call.AboutSlot.class, new ToCall(ONE)))
        .containsExactly(new Call.AboutSlot(LOT, 1));
    lot.advance(Duration.ofSeconds(29)).assertNothingTold(Call.AboutSlot.class);
    lot.advance(Duration.ofMinutes(5)).assertPersisted();
    assertThat(lot.told(Call.AboutSlot.class)).hasSize(10);
    assertThat(lot.state().slots()).hasSize(1);
  }

  @Test
  void shouldAskAtOnceAfterARecovery() {
    lot.take(any(ONE, 1)).take(any(TWO, 1));
    clock.advance(Duration.ofSeconds(10));

    lot.restart();

    assertThat(lot.told(Call.AboutSlot.class)).hasSize(2);
    lot.advance(Duration.ofSeconds(29)).assertNothingTold(Call.AboutSlot.class);
  }

  @Test
  void shouldAskNobodyWhoHasLeft() {
    lot.take(any(ONE, 1)).take(release(ONE, 1));

    lot.advance(Duration.ofMinutes(2)).assertNothingTold(Call.AboutSlot.class);
  }

  // What is seen.

  @Test
  void shouldShowItselfOnTheFeedAndToWhoAsks() {
    lot.take(any(ONE, 1));
    LotView view = new LotView(LOT, List.of(new LotView.TakenSlot(11, ONE, clock.now())));
    assertThat(lot.published()).containsExactly(new FeedItem(ACME, "acme:lobby", 1, view));
    assertThat(lot.take(new ParkingLot.Get(null)).replied(ParkingLot.LotReply.class))
        .isEqualTo(new ParkingLot.LotReply(view, 1));

    lot.take(release(ONE, 1));
    assertThat(lot.published())
        .containsExactly(new FeedItem(ACME, "acme:lobby", 2, new LotView(LOT, List.of())));
    lot.take(any(ONE, 1));
    assertThat(lot.published()).as("nothing has changed").isEmpty();
  }

  @Test
  void shouldNotStayForAQuestionAboutALotThatNoCallWasIn() {
    assertThat(lot.take(new ParkingLot.Get(null)).replied(ParkingLot.LotReply.class))
        .isEqualTo(new ParkingLot.LotReply(null, 0));
    assertThat(lot.isFinished()).isTrue();
    lot.take(any(ONE, 1));
    assertThat(lot.isFinished()).isFalse();
  }

  @Test
  void shouldListItselfUntilTheDirectoryHasHeard() {
    lot.take(any(ONE, 1));
    assertThat(lot.told(Directory.Register.class, new ToDirectory(ACME)))
        .containsExactly(new Directory.Register(Directory.Kind.LOT, "lobby"));
    lot.advance(Duration.ofSeconds(2));
    assertThat(lot.told(Directory.Register.class)).isNotEmpty();

    lot.take(new ParkingLot.Heard("register"));

    lot.advance(Duration.ofMinutes(1)).assertNothingTold(Directory.Register.class);
  }

  private static ParkingLot.Claim any(CallId call, int claim) {
    return new ParkingLot.Claim(call, claim, null, 11, 13);
  }

  private static ParkingLot.Claim chosen(CallId call, int claim, int slot) {
    return new ParkingLot.Claim(call, claim, slot, 11, 13);
  }

  private static ParkingLot.Release release(CallId call, int claim) {
    return new ParkingLot.Release(call, claim);
  }

  private List<Call.SlotGranted> granted(CallId call) {
    return lot.told(Call.SlotGranted.class, new ToCall(call));
  }

  private void assertGranted(ParkingLot.Claim claim, int slot) {
    lot.take(claim).assertPersisted(ParkingLot.SlotTaken.class);
    assertThat(granted(claim.call()))
        .containsExactly(new Call.SlotGranted(LOT, claim.claim(), slot));
    lot.assertNothingTold(Call.SlotRefused.class);
  }

  private void assertRefused(ParkingLot.Claim claim, Refusal why) {
    lot.take(claim).assertPersisted();
    assertThat(lot.told(Call.SlotRefused.class, new ToCall(claim.call())))
        .containsExactly(new Call.SlotRefused(LOT, claim.claim(), why));
    lot.assertNothingTold(Call.SlotGranted.class);
  }
}
