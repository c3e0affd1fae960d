package tandem.router;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.ControlStage.NORMAL;
import static tandem.router.kit.Given.ACME;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.CALL;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tandem.router.call.Operation;
import tandem.router.call.Refusal;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.Presence;
import tandem.router.domain.QueueId;
import tandem.router.domain.SwitchId;
import tandem.router.edge.CallFact;
import tandem.router.edge.Outbound;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToCall;
import tandem.router.feed.AgentView.OfferState;
import tandem.router.feed.CallView.Outcome;
import tandem.router.feed.CallView.Status;
import tandem.router.kit.ControlStage;
import tandem.router.kit.Given;
import tandem.router.kit.Stage;

/** An agent calls somebody: the agent's phone first, then the other one, trunk by trunk. */
class OutboundTest {
  private static final LegId FAR = LegId.ofCustomer(CALL, 1);
  private static final LegId FAR_AGAIN = LegId.ofCustomer(CALL, 2);

  private final ControlStage play = new ControlStage(new Stage(ANN));

  private void placed() {
    placed(Given.LINK);
  }

  private void placed(@Nullable String incarnation) {
    PhoneNumber to = new PhoneNumber("+4930123456");
    PhoneNumber shown = new PhoneNumber("+4989987654");
    play.stage.fact(
        CALL,
        new CallFact.Arrived(
            new LegId(CALL.channel()),
            Given.FS1,
            incarnation,
            shown.value(),
            to.value(),
            new Entry(new QueueId(ACME, "outbound"), 0, AnswerMode.ON_QUEUE),
            play.stage.clock.now(),
            null,
            new Outbound(ANN, to, shown, Duration.ofSeconds(30), play.stage.clock.now(), "ann")));
  }

  private void farRings(LegId leg) {
    play.stage.fact(CALL, new CallFact.LegRinging(leg, play.stage.clock.now()));
  }

  private void farAnswers(LegId leg) {
    farRings(leg);
    play.stage.fact(CALL, new CallFact.LegAnswered(leg, play.stage.clock.now()));
  }

  private void connected(LegId far) {
    play.stage.fact(CALL, new CallFact.Bridged(play.leg(ANN), far, play.stage.clock.now()));
  }

  @Test
  void shouldRingTheAgentFirstAndThenWhomItCalls() {
    placed();
    play.stage.assertCall(CALL, Status.TRANSFERRING);
    LegId ann = play.comes(ANN);
    play.stage.assertCall(CALL, Status.DIALING);
    SwitchCommand.Dial dial = play.stage.orders(SwitchCommand.Dial.class).get(0);
    assertThat(dial.number().value()).isEqualTo("+4930123456");
    assertThat(dial.shownNumber()).isEqualTo("+4989987654");
    assertThat(dial.agentLeg()).isEqualTo(ann);
    farAnswers(FAR);
    connected(FAR);
    play.stage.assertCall(CALL, Status.CONNECTED);
    play.stage.assertOffer(ANN, OfferState.TALKING);
    play.gone(FAR, NORMAL);
    play.killed(ann);
    assertThat(play.stage.view(CALL).outcome()).isEqualTo(Outcome.ANSWERED);
    play.stage.assertOffer(ANN, OfferState.WRAP_UP);
    play.stage.assertCloses(CALL);
  }

  @Test
  void shouldTryTheNextTrunkWhenOneHasFailed() {
    placed();
    play.comes(ANN);
    play.gone(FAR, "GATEWAY_DOWN");
    List<SwitchCommand.Dial> dials = play.stage.orders(SwitchCommand.Dial.class);
    assertThat(dials).extracting(SwitchCommand.Dial::trunk).containsExactly(0, 1);
    farAnswers(FAR_AGAIN);
    connected(FAR_AGAIN);
    play.stage.assertCall(CALL, Status.CONNECTED);
  }

  @Test
  void shouldEndWithWhatTheLastTrunkSaid() {
    placed();
    LegId ann = play.comes(ANN);
    play.gone(FAR, "NORMAL_CIRCUIT_CONGESTION");
    play.gone(FAR_AGAIN, "NO_ROUTE_DESTINATION");
    play.killed(ann);
    assertThat(play.stage.view(CALL).cause()).isEqualTo("NORMAL_CIRCUIT_CONGESTION");
  }

  @Test
  void shouldBelongToTheFirstOfTwoLinks() {
    placed();
    play.stage.fact(
        CALL,
        new CallFact.Arrived(
            new LegId(CALL.channel()),
            new SwitchId("fs2"),
            "link-9",
            "+4989987654",
            "+4930123456",
            new Entry(new QueueId(ACME, "outbound"), 0, AnswerMode.ON_QUEUE),
            play.stage.clock.now(),
            null,
            null));
    assertThat(play.stage.orders(SwitchCommand.Drop.class)).hasSize(1);
    play.comes(ANN);
    play.stage.assertCall(CALL, Status.DIALING);
  }

  @Test
  void shouldEndWithTheCauseWhenWhomItCallsIsBusyAndFreeTheAgent() {
    placed();
    LegId ann = play.comes(ANN);
    play.gone(FAR, "USER_BUSY");
    assertThat(play.stage.orders(SwitchCommand.Dial.class)).hasSize(1);
    play.killed(ann);
    assertThat(play.stage.view(CALL).outcome()).isEqualTo(Outcome.UNREACHED);
    assertThat(play.stage.view(CALL).cause()).isEqualTo("USER_BUSY");
    play.stage.assertFree(ANN);
    play.stage.assertCloses(CALL);
  }

  @Test
  void shouldEndWhenTheAgentDoesNotAnswerOrIsSignedOut() {
    placed();
    play.gone(play.rings(ANN), "NO_ANSWER");
    assertThat(play.stage.view(CALL).outcome()).isEqualTo(Outcome.UNREACHED);
    play.stage.assertFree(ANN);
    play.stage.assertCloses(CALL);
  }

  @Test
  void shouldEndWithTheReasonWhenTheAgentIsSignedOut() {
    play.stage.presence(ANN, Presence.OFFLINE);
    placed();
    assertThat(play.stage.view(CALL).cause()).isEqualTo("OFFLINE");
    play.stage.assertCloses(CALL);
  }

  @Test
  void shouldLetAnAgentCallWhoWantsNoCalls() {
    play.stage.presence(ANN, Presence.NOT_READY);
    placed();
    play.comes(ANN);
    play.stage.assertCall(CALL, Status.DIALING);
  }

  @Test
  void shouldHangUpTheFarPhoneWhenTheAgentGoes() {
    placed();
    LegId ann = play.comes(ANN);
    farRings(FAR);
    play.gone(ann, NORMAL);
    play.killed(FAR);
    assertThat(play.stage.view(CALL).outcome()).isEqualTo(Outcome.UNREACHED);
    play.stage.assertFree(ANN);
    play.stage.assertCloses(CALL);
  }

  @Test
  void shouldBeHungUpWhileItRings() {
    placed();
    LegId ann = play.comes(ANN);
    farRings(FAR);
    play.does(new Operation.HangUp());
    play.killed(FAR);
    play.killed(ann);
    assertThat(play.stage.view(CALL).outcome()).isEqualTo(Outcome.HUNG_UP);
    play.stage.assertFree(ANN);
    play.stage.assertCloses(CALL);
  }

  @Test
  void shouldDoWithAnOutboundCallWhatCanBeDoneWithAnyCall() {
    placed();
    play.comes(ANN);
    farAnswers(FAR);
    connected(FAR);
    play.does(new Operation.Hold());
    assertThat(play.rooms()).contains("ann:SILENCE").contains("MUSIC");
    play.does(new Operation.Resume());
    assertThat(play.tries(new Operation.PickUp(ANN))).isEqualTo(Refusal.NOT_PARKED);
  }

  @Test
  void shouldGoOnAfterACrashWhileTheFarPhoneRings() {
    placed();
    LegId ann = play.comes(ANN);
    farRings(FAR);
    play.stage.crash(new ToCall(CALL));
    play.stage.fact(
        CALL,
        new CallFact.StillUp(
            Given.FS1,
            Given.LINK,
            List.of(
                new CallFact.LegView(ann, CallFact.LegState.ANSWERED, null),
                new CallFact.LegView(FAR, CallFact.LegState.RINGING, null)),
            List.of(),
            play.stage.clock.now()));
    farAnswers(FAR);
    connected(FAR);
    play.stage.assertCall(CALL, Status.CONNECTED);
  }
}
