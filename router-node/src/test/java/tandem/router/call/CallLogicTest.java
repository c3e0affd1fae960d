package tandem.router.call;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.call.CallPlay.LEG;
import static tandem.router.call.CallPlay.OFFER;
import static tandem.router.call.CallPlay.released;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.BOB;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.CALLER;
import static tandem.router.kit.Given.LINK;
import static tandem.router.kit.Given.RING;
import static tandem.router.kit.Given.SALES;
import static tandem.router.kit.Given.SUPPORT;
import static tandem.router.kit.Given.arrival;
import static tandem.router.kit.Given.contact;
import static tandem.router.kit.Given.offer;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tandem.router.agent.Agent;
import tandem.router.agent.Agent.Standing;
import tandem.router.call.CallPlay.Stage;
import tandem.router.domain.Contact;
import tandem.router.domain.LegId;
import tandem.router.domain.ReleaseReason;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToAgent;
import tandem.router.feed.CallView.Outcome;
import tandem.router.feed.CallView.Status;
import tandem.router.kit.Given;
import tandem.router.queue.Queue;
import tandem.router.queue.Queue.PlaceStatus;
import tandem.router.record.Recorder;

class CallLogicTest {
  private static final String CANCEL = "ORIGINATOR_CANCEL";
  private static final String NORMAL = "NORMAL_CLEARING";

  // The happy way.

  @Test
  void shouldQueueACallerInOnePersistAndGreetIt() {
    CallPlay play = new CallPlay();
    play.fact(arrival(CALL, 70, play.clock.now()));

    play.call.assertPersisted(Call.Arrived.class, Call.Queued.class);
    assertThat(play.call.toldOne(SwitchCommand.Taken.class).leg()).isEqualTo(CALLER);
    assertThat(play.call.toldOne(SwitchCommand.Greet.class).incarnation()).isEqualTo(LINK);
    assertThat(play.call.toldOne(Queue.Enqueue.class))
        .isEqualTo(Given.enqueue(CALL, 1, 70, play.clock.now()));
  }

  @Test
  void shouldOrderTheAgentsLegOnceForAnOffer() {
    CallPlay play = new CallPlay().waiting().reserved(1, ANN);

    play.call.assertPersisted(Call.AgentOffered.class);
    SwitchCommand.Originate order = play.call.toldOne(SwitchCommand.Originate.class);
    assertThat(order.leg()).isEqualTo(LEG);
    assertThat(order.contact()).isEqualTo(contact(ANN));
    assertThat(order.notAfter()).isEqualTo(play.clock.now().plusSeconds(3));
    assertThat(play.verdict().standing()).isEqualTo(Standing.HELD);

    play.reserved(1, ANN).call.assertPersisted().assertNothingTold(SwitchCommand.Originate.class);
    assertThat(play.verdict().standing()).isEqualTo(Standing.HELD);
  }

  @Test
  void shouldBridgeTheAgentThatAnswersAndSayThatTheCallerIsServed() {
    CallPlay play = new CallPlay().waiting().reserved(1, ANN).rings();
    assertThat(play.status()).isEqualTo(Status.RINGING);
    play.answers();
    assertThat(play.call.toldOne(SwitchCommand.Bridge.class).agentLeg()).isEqualTo(LEG);

    play.bridged();

    play.call.assertPersisted(Call.Connected.class);
    assertThat(play.call.toldOne(Queue.Served.class)).isEqualTo(Given.served(CALL, 1, ANN));
    assertThat(play.verdict().standing()).isEqualTo(Standing.CONNECTED);
    play.answers().bridged().call.assertPersisted();
  }

  @Test
  void shouldRepeatWhatItOwesUntilItIsAcknowledged() {
    CallPlay play = new CallPlay().talking();

    play.call.advance(Duration.ofMillis(600));
    assertThat(play.call.told(Queue.Served.class)).hasSize(1);
    assertThat(play.call.told(Agent.Verdict.class)).hasSize(1);
    play.call.take(new Call.Heard("served:1:support"));
    play.call.take(new Call.Heard("verdict:" + OFFER + ":CONNECTED"));
    play.call.advance(Duration.ofSeconds(9));
    play.call.assertNothingTold(Queue.Served.class).assertNothingTold(Agent.Verdict.class);
    // A new incarnation cannot know who has heard.
    play.call.restart();
    assertThat(play.call.told(Queue.Served.class)).hasSize(1);
    assertThat(play.call.told(Agent.Verdict.class)).hasSize(1);
  }

  // The caller hangs up, in every state.

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"OFFERING", "RINGING", "BRIDGING"})
  void shouldKillTheAgentsLegWhenTheCallerHangsUpBefore(Stage stage) {
    CallPlay play = CallPlay.at(stage);

    play.gone(CALLER, CANCEL);

    assertThat(play.killed()).containsExactly(LEG);
    assertThat(play.call.told(Queue.Leave.class)).hasSize(1);
    assertThat(play.call.told(Agent.Verdict.class)).as("its phone is not free yet").isEmpty();
    play.gone(LEG, NORMAL);
    assertThat(play.verdict()).isEqualTo(released(1, ReleaseReason.CALLER_GONE));
    assertThat(play.call.state().view(CALL).outcome()).isEqualTo(Outcome.ABANDONED);
    assertThat(play.call.state().view(CALL).cause()).isEqualTo(CANCEL);
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"WAITING", "ADRIFT"})
  void shouldLeaveTheQueueWhenTheCallerHangsUpWhileWaiting(Stage stage) {
    CallPlay play = CallPlay.at(stage);
    play.gone(LEG, NORMAL);

    play.gone(CALLER, CANCEL);

    play.call.assertPersisted(Call.LegLeft.class, Call.Ended.class);
    assertThat(play.call.told(Queue.Leave.class)).hasSize(1);
  }

  @Test
  void shouldEndWhenTheCallerHangsUpFirst() {
    CallPlay play = new CallPlay().talking().gone(CALLER, NORMAL);

    assertThat(play.status()).isEqualTo(Status.ENDING);
    assertThat(play.killed()).containsExactly(LEG);
    play.gone(LEG, NORMAL);
    play.call.assertPersisted(Call.LegLeft.class, Call.Ended.class);
    assertThat(play.verdict().standing()).isEqualTo(Standing.OVER);
    assertThat(play.call.state().view(CALL).outcome()).isEqualTo(Outcome.ANSWERED);
  }

  @Test
  void shouldEndWhenTheAgentHangsUpFirstAndFreeTheAgentAtOnce() {
    CallPlay play = new CallPlay().talking().gone(LEG, NORMAL);

    assertThat(play.killed()).containsExactly(CALLER);
    assertThat(play.verdict().standing()).isEqualTo(Standing.OVER);
    play.gone(CALLER, NORMAL);
    assertThat(play.status()).isEqualTo(Status.ENDED);
  }

  @Test
  void shouldEndOnceWhenBothHangUpAtTheSameMoment() {
    CallPlay play = new CallPlay().talking();
    play.gone(CALLER, NORMAL).gone(LEG, NORMAL).gone(CALLER, NORMAL).gone(LEG, NORMAL);

    assertThat(play.call.journal()).filteredOn(Call.Ended.class::isInstance).hasSize(1);
    assertThat(play.call.journal()).filteredOn(Call.LegLeft.class::isInstance).hasSize(2);
  }

  // Offers that fail.

  @ParameterizedTest
  @CsvSource({
    "NO_ANSWER, NO_ANSWER",
    "USER_BUSY, BUSY",
    "CALL_REJECTED, DECLINED",
    "NORMAL_CLEARING, DECLINED",
    "USER_NOT_REGISTERED, UNREACHABLE",
    "INVALID_PROFILE, NOT_ORDERED",
    "NETWORK_OUT_OF_ORDER, NOT_ORDERED",
    "DESTINATION_OUT_OF_ORDER, NOT_ORDERED",
    "TANDEM_NOT_ORDERED, NOT_ORDERED",
    "TANDEM_SWITCH_LOST, LINK_LOST"
  })
  void shouldFreeTheAgentAndKeepThePlaceWhenTheLegEnds(String cause, ReleaseReason why) {
    CallPlay play = CallPlay.at(Stage.RINGING).gone(LEG, cause);

    play.call.assertPersisted(Call.LegLeft.class, Call.OfferFailed.class);
    assertThat(play.verdict()).isEqualTo(released(1, why));
    assertThat(play.place()).isEqualTo(Given.place(CALL, 1, 1, PlaceStatus.WAITING));
    assertThat(play.status()).isEqualTo(Status.QUEUED);
  }

  @Test
  void shouldKillTheLegAtTheRingDeadlineAndFreeTheAgentWhenItIsGone() {
    CallPlay play = CallPlay.at(Stage.RINGING);

    play.call.advance(RING.plusMillis(2900)).assertPersisted();
    play.call.advance(Duration.ofMillis(200)).assertPersisted(Call.OfferFailed.class);

    assertThat(play.killed()).contains(LEG);
    play.call.assertNothingTold(Agent.Verdict.class);
    assertThat(play.place().status()).isEqualTo(PlaceStatus.WAITING);
    play.gone(LEG, NORMAL);
    assertThat(play.verdict()).isEqualTo(released(1, ReleaseReason.NO_ANSWER));
  }

  @Test
  void shouldNotBlameAnAgentWhosePhoneNeverRang() {
    CallPlay play = CallPlay.at(Stage.OFFERING);

    play.call.advance(RING.plusSeconds(4));

    play.gone(LEG, NORMAL);
    assertThat(play.verdict()).isEqualTo(released(1, ReleaseReason.NOT_ORDERED));
  }

  @Test
  void shouldFireADeadlineThatPassedWhileItWasDown() {
    CallPlay play = CallPlay.at(Stage.RINGING);
    play.clock.advance(Duration.ofMinutes(1));

    play.call.restart().assertPersisted();
    play.call.advance(Duration.ofSeconds(8)).assertPersisted(Call.OfferFailed.class);

    assertThat(play.killed()).containsExactly(LEG);
  }

  @Test
  void shouldBelieveTheLinkRatherThanADeadlineThatPassedWhileItWasDown() {
    CallPlay play = CallPlay.at(Stage.BRIDGING);
    play.clock.advance(Duration.ofMinutes(1));

    play.call.restart();
    play.stillUp(
        List.of(
            new CallFact.LegView(CALLER, CallFact.LegState.BRIDGED, LEG),
            new CallFact.LegView(LEG, CallFact.LegState.BRIDGED, CALLER)));

    assertThat(play.status()).isEqualTo(Status.CONNECTED);
    assertThat(play.killed()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = Stage.class, names = "BRIDGING")
  void shouldParkACallerAgainWhoseBridgeIsMissing(Stage stage) {
    CallPlay play = CallPlay.at(stage);

    play.call.advance(Duration.ofSeconds(1)).assertPersisted(Call.OfferFailed.class);

    assertThat(play.killed()).containsExactly(LEG);
    assertThat(play.call.toldOne(SwitchCommand.Repark.class).failedLeg()).isEqualTo(LEG);
    assertThat(play.place()).isEqualTo(Given.place(CALL, 1, 1, PlaceStatus.HELD));
  }

  @Test
  void shouldHoldItsPlaceWhileAdriftAndWaitAgainOnceParked() {
    CallPlay play = CallPlay.at(Stage.ADRIFT);
    assertThat(play.place().status()).isEqualTo(PlaceStatus.HELD);
    play.reserved(2, BOB);
    play.call.assertPersisted(Call.OfferRefused.class);
    assertThat(play.call.told(Agent.Verdict.class, new ToAgent(BOB)))
        .contains(released(2, ReleaseReason.LINK_LOST));
    play.call.advance(Duration.ofMillis(600));
    assertThat(play.call.told(SwitchCommand.Repark.class)).as("until it is parked").isNotEmpty();

    play.fact(new CallFact.Parked(CALLER, play.clock.now()));

    play.call.assertPersisted(Call.CallerParked.class);
    assertThat(play.place().status()).isEqualTo(PlaceStatus.WAITING);
    play.reserved(3, BOB).call.assertPersisted(Call.AgentOffered.class);
  }

  @Test
  void shouldEndTheOfferWhenTheAgentWithdraws() {
    CallPlay play = CallPlay.at(Stage.RINGING);
    play.call.take(new Call.Withdrawn(OFFER, ANN, SUPPORT, 1));

    play.call.assertPersisted(Call.OfferFailed.class);
    assertThat(play.killed()).containsExactly(LEG);
    play.call.take(new Call.Withdrawn(OFFER, ANN, SUPPORT, 1)).assertPersisted();
    assertThat(play.verdict().standing())
        .as("not before the phone is free")
        .isEqualTo(Standing.HELD);
    play.gone(LEG, CANCEL);
    assertThat(play.verdict()).isEqualTo(released(1, ReleaseReason.WITHDRAWN));
  }

  // Refusals are persisted before they are told.

  @Test
  void shouldRefuseASecondOfferForEver() {
    CallPlay play = CallPlay.at(Stage.RINGING).reserved(2, BOB);

    play.call.assertPersisted(Call.OfferRefused.class);
    assertThat(play.call.told(Agent.Verdict.class, new ToAgent(BOB)))
        .containsExactly(released(2, ReleaseReason.OTHER_OFFER));
    assertThat(play.place().status())
        .as("the queue hears of it too")
        .isEqualTo(PlaceStatus.RINGING);
    play.gone(LEG, NORMAL).call.restart();
    play.stillUp(List.of());
    play.reserved(2, BOB).call.assertPersisted().assertNothingTold(SwitchCommand.Originate.class);
    assertThat(play.verdict()).isEqualTo(released(2, ReleaseReason.OTHER_OFFER));
  }

  @Test
  void shouldRefuseForEverWhatItWasAskedAboutAndNeverHeardOf() {
    CallPlay play = new CallPlay().waiting();
    play.call.take(new Call.AboutOffer(OFFER, ANN, SUPPORT, 1));

    play.call.assertPersisted(Call.OfferRefused.class);
    assertThat(play.verdict()).isEqualTo(released(1, ReleaseReason.NEVER_HEARD));
    play.reserved(1, ANN).call.assertPersisted().assertNothingTold(SwitchCommand.Originate.class);
  }

  @Test
  void shouldRefuseAnotherRoundOrQueueAndAPhoneThatIsTheCaller() {
    CallPlay play = new CallPlay().waiting();
    play.call.take(Given.reserved(offer(2), ANN, SUPPORT, 2, contact(ANN), RING));
    assertThat(play.verdict()).isEqualTo(released(2, ReleaseReason.STALE_ROUND));
    play.call.take(Given.reserved(offer(3), ANN, SALES, 1, contact(ANN), RING));
    assertThat(play.verdict()).isEqualTo(released(3, ReleaseReason.STALE_ROUND));
    Contact self = new Contact("sip:+14155550199@phones.invalid");
    play.call.take(Given.reserved(offer(4), BOB, SUPPORT, 1, self, RING));
    assertThat(play.call.told(Agent.Verdict.class, new ToAgent(BOB)))
        .containsExactly(released(4, ReleaseReason.NOT_ADMITTED));
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"ENDING", "OVER", "CLOSED"})
  void shouldTellALateAgentAndItsQueueThatTheCallHasGoneOn(Stage stage) {
    CallPlay play = CallPlay.at(stage).reserved(2, BOB);

    play.call.assertPersisted(Call.OfferRefused.class);
    assertThat(play.call.told(Agent.Verdict.class, new ToAgent(BOB)))
        .containsExactly(released(2, ReleaseReason.CALLER_GONE));
    assertThat(play.call.told(Queue.Served.class)).isNotEmpty();
    play.call.assertNothingTold(Queue.Leave.class);
    assertThat(play.call.state().closed()).isEqualTo(stage == Stage.CLOSED);
  }

  // Places.

  @ParameterizedTest
  @CsvSource({"WAITING, WAITING", "RINGING, RINGING", "ADRIFT, HELD", "BRIDGING, HELD"})
  void shouldTellTheQueueHowItsPlaceStands(Stage stage, PlaceStatus status) {
    CallPlay play = CallPlay.at(stage);
    play.call.take(new Call.AboutPlace(SUPPORT, 1));

    assertThat(play.call.told(Queue.Place.class))
        .isNotEmpty()
        .allSatisfy(place -> assertThat(place.status()).isEqualTo(status));
  }

  @Test
  void shouldTellTheQueueThatAPlaceIsNotWanted() {
    CallPlay unborn = CallPlay.at(Stage.UNBORN);
    unborn.call.take(new Call.AboutPlace(SUPPORT, 1));
    assertThat(unborn.call.toldOne(Queue.Leave.class).round()).isEqualTo(1);

    CallPlay talking = CallPlay.at(Stage.BRIDGED);
    talking.call.take(new Call.AboutPlace(SUPPORT, 1));
    assertThat(talking.call.told(Queue.Served.class)).isNotEmpty();
    talking.call.take(new Call.AboutPlace(SALES, 1));
    assertThat(talking.call.told(Queue.Leave.class)).as("never its queue").hasSize(1);
  }

  // The end.

  @Test
  void shouldCloseOnlyWhenEveryPeerAndTheRecordHaveHeard() {
    CallPlay play = CallPlay.at(Stage.OVER);
    play.call.take(play.recorded()).assertPersisted();
    play.call.take(new Call.Heard("served:1:support")).assertPersisted();
    play.call.take(new Call.Heard("verdict:" + OFFER + ":OVER")).assertPersisted(Call.Closed.class);
    assertThat(play.call.told(SwitchCommand.Drop.class)).hasSize(1);
    assertThat(play.call.isFinished()).as("the link carries it still").isFalse();

    play.fact(new CallFact.Dropped(play.clock.now()));

    assertThat(play.call.isFinished()).isTrue();
  }

  @Test
  void shouldTellTheRecordOfTheTalkAndOfTheEndWithAllItsEvents() {
    CallPlay play = CallPlay.at(Stage.BRIDGED);
    Recorder.Note talk = play.call.toldOne(Recorder.Note.class);
    assertThat(talk.events())
        .isEqualTo(play.call.journal())
        .last()
        .isInstanceOf(Call.Connected.class);
    assertThat(talk)
        .returns(0L, Recorder.Note::published)
        .returns((long) talk.events().size(), Recorder.Note::seq);
    play.call.take(new Call.Recorded(talk.seq(), talk.seq() - 1));

    play.gone(CALLER, "NORMAL_CLEARING").gone(LEG, "NORMAL_CLEARING");

    Recorder.Note end = play.call.toldOne(Recorder.Note.class);
    assertThat(end.events()).isEqualTo(play.call.journal()).last().isInstanceOf(Call.Ended.class);
    assertThat(end.published()).isEqualTo(talk.seq() - 1);
  }

  @Test
  void shouldNotTakeTheRecordOfTheTalkForThatOfTheEnd() {
    CallPlay play = CallPlay.at(Stage.OVER);
    play.call.take(new Call.Heard("served:1:support"));
    play.call.take(new Call.Heard("verdict:" + OFFER + ":OVER")).assertPersisted();

    play.call.take(new Call.Recorded(play.call.journal().size() - 1, 0)).assertPersisted();
    play.call.take(play.recorded()).assertPersisted(Call.Closed.class);
  }

  @Test
  void shouldTellARecordThatIsAwayForHoursAtGrowingPausesAndPersistNothing() {
    CallPlay play = CallPlay.at(Stage.OVER);
    int told = 0;
    for (int i = 0; i < 3 * 360; i++) {
      told +=
          play.call
              .advance(Duration.ofSeconds(10))
              .assertPersisted()
              .told(Recorder.Note.class)
              .size();
      play.stillUp(List.of());
      told += play.call.assertPersisted().told(Recorder.Note.class).size();
    }

    assertThat(told).isBetween(3 * 12, 3 * 12 + 12);
    assertThat(play.call.take(play.recorded()).told(Recorder.Note.class)).isEmpty();
  }

  @Test
  void shouldTellTheRecordAgainAfterARecoveryUnlessAllIsClosed() {
    CallPlay over = CallPlay.at(Stage.OVER);
    over.call.take(over.recorded());
    over.call.restart();
    assertThat(over.call.toldOne(Recorder.Note.class).published()).isZero();

    CallPlay closed = CallPlay.at(Stage.CLOSED);
    closed.call.restart();
    closed.call.assertNothingTold(Recorder.Note.class);
  }

  @Test
  void shouldLeaveTheEventsOfAnEndlessCallToTheJournal() {
    CallPlay play = CallPlay.at(Stage.WAITING);
    for (int i = 1; i <= CallState.MOST_EVENTS; i++) {
      play.call.take(new Call.AboutOffer(offer(i), ANN, SUPPORT, 1));
    }
    play.gone(CALLER, "ORIGINATOR_CANCEL");

    Recorder.Note note = play.call.toldOne(Recorder.Note.class);
    assertThat(note.events()).isEmpty();
    assertThat(note.seq()).isEqualTo(play.call.journal().size());
  }

  @Test
  void shouldSayDropAgainWhenItIsRevivedAfterItsEnd() {
    CallPlay play = CallPlay.at(Stage.CLOSED);

    play.call.restart();

    assertThat(play.call.told(SwitchCommand.Drop.class)).hasSize(1);
    play.call.assertNothingTold(Agent.Verdict.class).assertNothingTold(Queue.Served.class);
    play.fact(new CallFact.Dropped(play.clock.now()));
    assertThat(play.call.isFinished()).isTrue();
  }

  @Test
  void shouldNameTheLegAfterTheOffer() {
    assertThat(LegId.of(offer(1))).isEqualTo(LEG).isNotEqualTo(LegId.of(offer(2)));
  }
}
