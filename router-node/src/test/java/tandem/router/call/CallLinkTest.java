package tandem.router.call;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.call.CallPlay.LEG;
import static tandem.router.call.CallPlay.released;
import static tandem.router.call.CallPlay.seen;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.CALLER;
import static tandem.router.kit.Given.FS1;
import static tandem.router.kit.Given.OTHER_LINK;
import static tandem.router.kit.Given.arrival;
import static tandem.router.kit.Given.offer;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tandem.router.agent.Agent;
import tandem.router.call.CallPlay.Stage;
import tandem.router.domain.LegId;
import tandem.router.domain.ReleaseReason;
import tandem.router.edge.CallFact;
import tandem.router.edge.CallFact.LegState;
import tandem.router.edge.CallFact.LegView;
import tandem.router.edge.SwitchCommand;
import tandem.router.feed.CallView.Outcome;
import tandem.router.feed.CallView.Status;
import tandem.router.kit.HandClock;
import tandem.router.queue.Queue;
import tandem.router.queue.Queue.PlaceStatus;

/** What a call does when it loses its link, and how the link's report repairs what was lost. */
class CallLinkTest {
  private static final LegView CALLER_UP = seen(CALLER, LegState.ANSWERED);

  // The link is lost.

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"WAITING", "OFFERING", "RINGING", "BRIDGING", "BRIDGED", "ENDING", "OVER"})
  void shouldChangeNothingAtOnceWhenTheLinkIsLost(Stage stage) {
    CallPlay play = CallPlay.at(stage);
    Status before = play.status();

    play.linkLost();

    play.call.assertPersisted();
    assertThat(play.status()).isEqualTo(before);
  }

  @Test
  void shouldHoldItsPlaceWhileTheLinkIsLostAndWaitAgainAfter() {
    CallPlay play = CallPlay.at(Stage.WAITING).linkLost();
    assertThat(play.place().status()).isEqualTo(PlaceStatus.HELD);
    play.reserved(1, ANN);
    play.call.assertPersisted(Call.OfferRefused.class);
    assertThat(play.verdict()).isEqualTo(released(1, ReleaseReason.LINK_LOST));

    play.stillUp(List.of(CALLER_UP));

    assertThat(play.place().status()).isEqualTo(PlaceStatus.WAITING);
  }

  @Test
  void shouldWaitAgainAfterALostLinkAlsoWhenNothingElseHappened() {
    CallPlay play = CallPlay.at(Stage.WAITING).linkLost();
    play.call.take(new Call.Heard(play.place().key()));

    play.stillUp(List.of(CALLER_UP));

    assertThat(play.place().status()).isEqualTo(PlaceStatus.WAITING);
  }

  @Test
  void shouldWaitAgainAfterARecoveryOnceItHasHeardItsLink() {
    CallPlay play = CallPlay.at(Stage.WAITING);
    play.call.restart();
    play.call.assertNothingTold(Queue.Place.class);
    assertThat(play.call.toldOne(SwitchCommand.Ask.class).legs()).containsExactly(CALLER);

    play.stillUp(List.of(CALLER_UP));

    assertThat(play.place().status()).isEqualTo(PlaceStatus.WAITING);
  }

  @Test
  void shouldHoldItsPlaceWhenNoLinkIsThereAfterARecovery() {
    CallPlay play = CallPlay.at(Stage.WAITING);
    play.call.restart();

    play.call.advance(Duration.ofMillis(8100));

    assertThat(play.place().status()).isEqualTo(PlaceStatus.HELD);
  }

  @Test
  void shouldHoldItsPlaceWhenItArrivesWhileItsLinkHasNoSwitch() {
    CallPlay play = new CallPlay();
    CallFact.Arrived up = arrival(CALL, 50, play.clock.now());

    play.fact(
        new CallFact.Arrived(
            up.leg(),
            up.home(),
            null,
            up.callerNumber(),
            up.calledNumber(),
            up.entry(),
            up.at(),
            null));

    play.call.toldOne(SwitchCommand.Taken.class);
    play.call.assertNothingTold(SwitchCommand.Greet.class);
    assertThat(play.place().status()).isEqualTo(PlaceStatus.HELD);
    play.reserved(1, ANN);
    assertThat(play.verdict()).isEqualTo(released(1, ReleaseReason.LINK_LOST));

    play.stillUp(List.of(CALLER_UP));

    assertThat(play.place().status()).isEqualTo(PlaceStatus.WAITING);
    assertThat(play.call.toldOne(SwitchCommand.Greet.class).leg()).isEqualTo(CALLER);
  }

  @Test
  void shouldKeepQuietAfterARestartAlsoWhenItsLinkSaysThatItIsNotConnectedYet() {
    CallPlay play = new CallPlay().waiting();
    play.call.restart();

    play.linkLost();
    play.call.assertNothingTold(Queue.Place.class);

    play.stillUp(List.of(CALLER_UP));
    assertThat(play.place().status()).isEqualTo(PlaceStatus.WAITING);
  }

  @Test
  void shouldNotBlameTheAgentForARingThatNobodyCouldSee() {
    CallPlay play = CallPlay.at(Stage.OFFERING).linkLost();
    play.call.advance(Duration.ofSeconds(20));

    play.stillUp(List.of(CALLER_UP), LEG);

    assertThat(play.verdict()).isEqualTo(released(1, ReleaseReason.LINK_LOST));
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"WAITING", "OFFERING", "RINGING", "BRIDGING", "ADRIFT", "BRIDGED", "ENDING"})
  void shouldEndWhenTheSwitchIsGivenUp(Stage stage) {
    CallPlay play = CallPlay.at(stage).linkLost();
    boolean talked = stage == Stage.BRIDGED || stage == Stage.ENDING;

    play.fact(new CallFact.LegGone(CALLER, "TANDEM_SWITCH_LOST", true, play.clock.now()));
    play.fact(new CallFact.LegGone(LEG, "TANDEM_SWITCH_LOST", true, play.clock.now()));

    assertThat(play.status()).isEqualTo(Status.ENDED);
    assertThat(play.call.state().view(CALL).outcome())
        .isEqualTo(talked ? Outcome.ANSWERED : Outcome.SWITCH_LOST);
    play.everybodyHears();
    assertThat(play.call.state().closed()).isTrue();
  }

  // The report repairs each fact that was lost.

  @Test
  void shouldLearnFromTheReportThatThePhoneRings() {
    CallPlay.at(Stage.OFFERING)
        .stillUp(List.of(CALLER_UP, seen(LEG, LegState.RINGING)))
        .call
        .assertPersisted(Call.LegRang.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"OFFERING", "RINGING"})
  void shouldLearnFromTheReportThatTheAgentAnswered(Stage stage) {
    CallPlay play = CallPlay.at(stage).stillUp(List.of(CALLER_UP, seen(LEG, LegState.ANSWERED)));

    play.call.assertPersisted(Call.AgentAnswered.class);
    assertThat(play.call.toldOne(SwitchCommand.Bridge.class).agentLeg()).isEqualTo(LEG);
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"OFFERING", "RINGING", "BRIDGING"})
  void shouldLearnFromTheReportThatTheyTalk(Stage stage) {
    CallPlay play = CallPlay.at(stage);

    play.stillUp(
        List.of(
            new LegView(CALLER, LegState.BRIDGED, LEG),
            new LegView(LEG, LegState.BRIDGED, CALLER)));

    assertThat(play.status()).isEqualTo(Status.CONNECTED);
    play.call.assertNothingTold(SwitchCommand.Bridge.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"OFFERING", "RINGING", "BRIDGING"})
  void shouldLearnFromTheReportThatTheAgentsLegIsGone(Stage stage) {
    CallPlay play = CallPlay.at(stage).stillUp(List.of(CALLER_UP), LEG);

    play.call.assertPersisted(Call.LegLeft.class, Call.OfferFailed.class);
    assertThat(play.verdict().standing()).isEqualTo(Agent.Standing.RELEASED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"WAITING", "RINGING", "BRIDGED", "ENDING"})
  void shouldLearnFromTheReportThatAllAreGone(Stage stage) {
    CallPlay play = CallPlay.at(stage).stillUp(List.of(), CALLER, LEG);

    assertThat(play.status()).isEqualTo(Status.ENDED);
  }

  @Test
  void shouldHangUpAnAgentWhoseBridgeEndedUnseen() {
    CallPlay play = CallPlay.at(Stage.BRIDGED);
    List<LegView> apart = List.of(CALLER_UP, new LegView(LEG, LegState.ANSWERED, null));

    // A report from before the bridge, which it has overtaken, says the same.
    play.stillUp(apart);
    assertThat(play.killed()).isEmpty();

    play.clock.advance(Duration.ofSeconds(10));
    play.stillUp(apart);
    assertThat(play.killed()).containsExactly(LEG);
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"WAITING", "ENDING", "OVER", "CLOSED"})
  void shouldKillALegThatNobodyWants(Stage stage) {
    CallPlay play = CallPlay.at(stage);
    LegId stray = LegId.of(offer(9));

    play.stillUp(List.of(seen(stray, LegState.RINGING)));
    assertThat(play.killed()).contains(stray);
    play.fact(new CallFact.LegAnswered(stray, play.clock.now()));
    assertThat(play.killed()).contains(stray);
    play.fact(new CallFact.Bridged(stray, CALLER, play.clock.now()));
    assertThat(play.killed()).contains(stray);
  }

  @Test
  void shouldBelieveNothingOfALegTheReportLeavesOutButAskAboutIt() {
    CallPlay play = CallPlay.at(Stage.RINGING).stillUp(List.of(CALLER_UP));

    play.call.assertPersisted();
    assertThat(play.call.toldOne(SwitchCommand.Ask.class).legs()).contains(LEG);
  }

  @Test
  void shouldWaitForALegWhoseOrderIsStillUnderWay() {
    CallPlay.at(Stage.OFFERING)
        .stillUp(List.of(CALLER_UP, seen(LEG, LegState.PENDING)))
        .call
        .assertPersisted()
        .assertNothingTold(SwitchCommand.Kill.class);
  }

  // Asking, and the link's incarnations.

  @Test
  void shouldAskAboutAnOrderThatHasNoEchoAndNeverOrderAgain() {
    CallPlay play = CallPlay.at(Stage.OFFERING);

    play.call.advance(Duration.ofMillis(3500));

    assertThat(play.call.told(SwitchCommand.Ask.class)).hasSizeBetween(1, 2);
    play.call.assertNothingTold(SwitchCommand.Originate.class);
  }

  @Test
  void shouldAskALinkThatHasBeenSilent() {
    CallPlay play = CallPlay.at(Stage.BRIDGED);
    play.call.advance(Duration.ofSeconds(19)).assertNothingTold(SwitchCommand.Ask.class);
    play.call.advance(Duration.ofSeconds(2));
    assertThat(play.call.told(SwitchCommand.Ask.class)).isNotEmpty();
  }

  @Test
  void shouldNameTheIncarnationItHeardLast() {
    CallPlay play = CallPlay.at(Stage.WAITING);
    play.fact(
        new CallFact.StillUp(FS1, OTHER_LINK, List.of(CALLER_UP), List.of(), play.clock.now()));

    play.reserved(1, ANN);

    assertThat(play.call.toldOne(SwitchCommand.Originate.class).incarnation())
        .isEqualTo(OTHER_LINK);
  }

  @Test
  void shouldGreetAgainOnANewLinkUntilTheCallerIsGreeted() {
    CallPlay play = new CallPlay();
    play.fact(arrival(CALL, 50, play.clock.now()));
    play.call.advance(Duration.ofMillis(600));
    assertThat(play.call.told(SwitchCommand.Greet.class)).hasSize(1);
    play.fact(
        new CallFact.StillUp(FS1, OTHER_LINK, List.of(CALLER_UP), List.of(), play.clock.now()));
    assertThat(play.call.toldOne(SwitchCommand.Greet.class).incarnation()).isEqualTo(OTHER_LINK);

    play.fact(new CallFact.Greeted(CALLER, true, play.clock.now()));

    play.call.advance(Duration.ofSeconds(5)).assertNothingTold(SwitchCommand.Greet.class);
  }

  @Test
  void shouldSayUnknownWithoutAJournalAndPersistNothing() {
    CallPlay play = CallPlay.at(Stage.UNBORN).stillUp(List.of(CALLER_UP));

    play.call.assertPersisted();
    assertThat(play.call.told(SwitchCommand.Unknown.class)).hasSize(1);
    assertThat(play.call.isFinished()).as("need not stay for that").isTrue();
  }

  @Test
  void shouldTakeARepeatedArrivalWithoutPersisting() {
    CallPlay play = CallPlay.at(Stage.RINGING).fact(arrival(CALL, 50, HandClock.START));

    play.call.assertPersisted().assertNothingTold(Queue.Enqueue.class);
    assertThat(play.call.told(SwitchCommand.Taken.class)).hasSize(1);
    assertThat(play.killed()).isEmpty();
  }

  @Test
  void shouldKillACallerThatArrivesAgainAfterItWasGivenUp() {
    CallPlay play = CallPlay.at(Stage.WAITING).gone(CALLER, "TANDEM_SWITCH_LOST");

    play.fact(arrival(CALL, 50, play.clock.now()));

    assertThat(play.killed()).containsExactly(CALLER);
    assertThat(play.status()).isEqualTo(Status.ENDED);
  }

  @Test
  void shouldKillUntilTheLegIsGone() {
    CallPlay play = CallPlay.at(Stage.ENDING);
    play.call.advance(Duration.ofSeconds(3));
    assertThat(play.killed()).hasSizeGreaterThan(1).containsOnly(LEG);
    play.call.restart();
    assertThat(play.killed()).containsExactly(LEG);
  }
}
