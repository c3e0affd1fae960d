package tandem.router;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.CallbackStage.BACK;
import static tandem.router.kit.CallbackStage.FIRST;
import static tandem.router.kit.CallbackStage.NORMAL;
import static tandem.router.kit.CallbackStage.SECOND;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.BOB;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.CALLER_NUMBER;
import static tandem.router.kit.Given.leg;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.Presence;
import tandem.router.edge.CallFact;
import tandem.router.edge.Causes;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToCall;
import tandem.router.feed.AgentView.OfferState;
import tandem.router.feed.CallView.Outcome;
import tandem.router.feed.CallView.Status;
import tandem.router.kit.CallbackStage;
import tandem.router.kit.Given;
import tandem.router.kit.Stage;

/** A callback's turn has come: the agent first, then who is called back. */
class CallbackDialTest {
  private final Stage stage = new Stage();
  private final CallbackStage back = new CallbackStage(stage);

  @Test
  void shouldDialWhenAnAgentIsThereAndConnectTheTwo() {
    back.promised();
    back.agent(ANN);
    assertThat(stage.orders(SwitchCommand.Originate.class))
        .as("the agent sees who is called back")
        .extracting(SwitchCommand.Originate::callerNumber)
        .containsExactly(CALLER_NUMBER);
    assertThat(stage.orders(SwitchCommand.Dial.class)).isEmpty();

    LegId agentLeg = stage.answers(BACK);

    SwitchCommand.Dial dial = back.dialled(FIRST);
    assertThat(dial.number()).isEqualTo(new PhoneNumber(CALLER_NUMBER));
    assertThat(dial.shownNumber()).isEqualTo("+14155550100");
    assertThat(dial.agentLeg()).isEqualTo(agentLeg);
    assertThat(stage.orders(SwitchCommand.Bridge.class)).isEmpty();
    stage.assertCall(BACK, Status.DIALING);

    back.customerAnswers(FIRST);
    assertThat(back.bridged().agentLeg()).isEqualTo(agentLeg);
    assertThat(back.bridged().callerLeg()).isEqualTo(FIRST);
    assertThat(stage.orders(SwitchCommand.Greet.class))
        .as("no music for who is about to talk")
        .noneMatch(greet -> greet.call().equals(BACK));
    back.talk(agentLeg, FIRST);

    stage.assertCall(BACK, Status.CONNECTED);
    stage.assertOffer(ANN, OfferState.TALKING);
    assertThat(stage.waiting()).isZero();
    stage.gone(BACK, FIRST, NORMAL);
    stage.gone(BACK, agentLeg, NORMAL);
    assertThat(stage.view(BACK).outcome()).isEqualTo(Outcome.ANSWERED);
    stage.assertCloses(BACK);
    assertThat(stage.journal(BACK))
        .as("each event costs: the table in docs/architecture.md counts them")
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly(
            "Arrived",
            "Queued",
            "AgentOffered",
            "LegRang",
            "AgentAnswered",
            "CustomerDialed",
            "LegRang",
            "CustomerAnswered",
            "Connected",
            "LegLeft",
            "LegLeft",
            "Ended",
            "Closed");
  }

  @Test
  void shouldTryAgainLaterAndKeepThePlace() {
    back.promised();
    back.agent(ANN);
    LegId agentLeg = stage.answers(BACK);
    stage.gone(BACK, FIRST, "USER_BUSY");

    assertThat(stage.isKillOrdered(agentLeg)).isTrue();
    stage.gone(BACK, agentLeg, NORMAL);
    stage.assertFree(ANN);
    stage.assertCall(BACK, Status.CALLBACK);
    assertThat(stage.waiting()).as("the place is kept").isEqualTo(1);
    CallId later = Given.call(2);
    stage.arrives(later);
    stage.talks(later);
    stage.gone(later, leg(later), NORMAL);
    stage.gone(later, stage.agentLeg(later), NORMAL);
    stage.presence(ANN, Presence.READY);
    stage.advance(Duration.ofSeconds(599));
    assertThat(stage.view(ANN).offers()).as("not yet").isEmpty();

    stage.advance(Duration.ofSeconds(2));

    stage.answers(BACK);
    back.dialled(SECOND);
    assertThat(back.attempts()).isEqualTo(2);
  }

  @Test
  void shouldGiveUpAfterTheLastAttempt() {
    stage.arrives(CALL);
    back.ask(null, null, Duration.ofHours(2), 1);
    back.carried();
    back.agent(ANN);
    LegId agentLeg = stage.answers(BACK);

    stage.gone(BACK, FIRST, "NO_ANSWER");
    stage.gone(BACK, agentLeg, NORMAL);

    assertThat(stage.view(BACK).outcome()).isEqualTo(Outcome.UNREACHED);
    assertThat(stage.view(BACK).cause()).isEqualTo("NO_ANSWER");
    stage.assertFree(ANN);
    assertThat(stage.waiting()).isZero();
    stage.assertCloses(BACK);
  }

  @Test
  void shouldFinishAnAttemptThatWasBegunInTime() {
    back.promised();
    stage.advance(Duration.ofHours(2).minusSeconds(5));
    back.agent(ANN);
    LegId agentLeg = stage.answers(BACK);
    stage.advance(Duration.ofSeconds(10));
    stage.assertCall(BACK, Status.DIALING);

    back.customerAnswers(FIRST);
    back.talk(agentLeg, FIRST);

    stage.assertCall(BACK, Status.CONNECTED);
  }

  @Test
  void shouldStopRingingWhenTheAgentHangsUpMeanwhile() {
    back.promised();
    back.agent(ANN);
    LegId agentLeg = stage.answers(BACK);
    stage.fact(BACK, new CallFact.LegRinging(FIRST, stage.clock.now()));

    stage.gone(BACK, agentLeg, NORMAL);

    assertThat(stage.isKillOrdered(FIRST)).isTrue();
    stage.gone(BACK, FIRST, "ORIGINATOR_CANCEL");
    stage.assertCall(BACK, Status.CALLBACK);
    assertThat(stage.waiting()).isEqualTo(1);
    stage.assertFree(ANN);
  }

  @Test
  void shouldKeepWhoHasAnsweredWhenTheAgentFails() {
    back.promised();
    back.agent(ANN);
    LegId agentLeg = stage.answers(BACK);
    back.customerAnswers(FIRST);
    stage.gone(BACK, agentLeg, NORMAL);
    stage.fact(BACK, new CallFact.Parked(FIRST, stage.clock.now()));
    assertThat(stage.orders(SwitchCommand.Greet.class))
        .as("music for who waits")
        .anyMatch(greet -> greet.leg().equals(FIRST));
    stage.presence(ANN, Presence.NOT_READY);
    stage.gone(BACK, stage.agentLegOf(ANN), NORMAL);
    stage.assertCall(BACK, Status.QUEUED);

    back.agent(BOB);
    LegId other = stage.answers(BACK);

    assertThat(stage.orders(SwitchCommand.Dial.class)).as("dialled once").hasSize(1);
    assertThat(back.bridged().agentLeg()).isEqualTo(other);
    assertThat(back.bridged().callerLeg()).isEqualTo(FIRST);
    back.talk(other, FIRST);
    stage.assertCall(BACK, Status.CONNECTED);
  }

  @Test
  void shouldTakeAnAnswerThatIsHungUpAgainForAnAttempt() {
    back.promised();
    back.agent(ANN);
    LegId agentLeg = stage.answers(BACK);
    back.customerAnswers(FIRST);
    stage.gone(BACK, FIRST, NORMAL);
    stage.gone(BACK, agentLeg, NORMAL);

    stage.assertCall(BACK, Status.CALLBACK);
    stage.assertFree(ANN);
    assertThat(back.attempts()).isEqualTo(1);
  }

  @Test
  void shouldEndTheRingingThatTheSwitchDoesNotEnd() {
    back.promised();
    back.agent(ANN);
    LegId agentLeg = stage.answers(BACK);

    stage.advance(Duration.ofSeconds(34));

    assertThat(stage.isKillOrdered(FIRST)).isTrue();
    assertThat(stage.isKillOrdered(agentLeg)).isTrue();
    stage.gone(BACK, agentLeg, NORMAL);
    stage.gone(BACK, FIRST, "ORIGINATOR_CANCEL");
    stage.assertCall(BACK, Status.CALLBACK);
    stage.assertFree(ANN);
  }

  @Test
  void shouldHangUpALateAnswer() {
    back.promised();
    back.agent(ANN);
    stage.answers(BACK);
    stage.advance(Duration.ofSeconds(34));
    stage.forgetOrders();

    stage.fact(BACK, new CallFact.LegAnswered(FIRST, stage.clock.now()));

    assertThat(stage.isKillOrdered(FIRST)).isTrue();
    assertThat(stage.orders(SwitchCommand.Bridge.class)).isEmpty();
  }

  @Test
  void shouldGoOnAfterACrashAtEachStep() {
    back.promised();
    stage.crash(new ToCall(BACK));
    stage.stillUp(BACK, Given.LINK, List.of());
    stage.assertCall(BACK, Status.CALLBACK);
    back.agent(ANN);
    LegId agentLeg = stage.answers(BACK);

    stage.crash(new ToCall(BACK));
    stage.stillUp(
        BACK,
        Given.LINK,
        List.of(
            new CallFact.LegView(agentLeg, CallFact.LegState.ANSWERED, null),
            new CallFact.LegView(FIRST, CallFact.LegState.RINGING, null)));
    stage.assertCall(BACK, Status.DIALING);
    assertThat(stage.orders(SwitchCommand.Dial.class)).as("dialled once").hasSize(1);

    // The answer is lost: the link's report tells it.
    stage.stillUp(
        BACK,
        Given.LINK,
        List.of(
            new CallFact.LegView(agentLeg, CallFact.LegState.ANSWERED, null),
            new CallFact.LegView(FIRST, CallFact.LegState.ANSWERED, null)));
    assertThat(back.bridged().callerLeg()).isEqualTo(FIRST);
    stage.crash(new ToCall(BACK));
    back.talk(agentLeg, FIRST);
    stage.assertCall(BACK, Status.CONNECTED);
  }

  @Test
  void shouldTakeADialThatNeverReachedTheSwitchForAnAttempt() {
    back.promised();
    back.agent(ANN);
    LegId agentLeg = stage.answers(BACK);
    stage.crash(new ToCall(BACK));

    stage.stillUp(
        BACK,
        Given.LINK,
        List.of(new CallFact.LegView(agentLeg, CallFact.LegState.ANSWERED, null)),
        FIRST);

    stage.assertCall(BACK, Status.CALLBACK);
    assertThat(stage.isKillOrdered(agentLeg)).isTrue();
  }

  @Test
  void shouldStandEveryWordTwice() {
    stage.repeating();
    back.promised();
    back.agent(ANN);
    LegId agentLeg = stage.answers(BACK);
    back.customerAnswers(FIRST);
    back.talk(agentLeg, FIRST);
    stage.gone(BACK, FIRST, NORMAL);
    stage.gone(BACK, agentLeg, NORMAL);

    assertThat(stage.orders(SwitchCommand.Dial.class)).hasSize(1);
    assertThat(stage.view(BACK).outcome()).isEqualTo(Outcome.ANSWERED);
    assertThat(stage.waiting()).isZero();
  }

  @Test
  void shouldCallAgainLaterWhoGetsNoOtherAgent() {
    back.promised();
    back.agent(ANN);
    LegId agentLeg = stage.answers(BACK);
    back.customerAnswers(FIRST);
    stage.presence(ANN, Presence.NOT_READY);
    stage.gone(BACK, agentLeg, NORMAL);
    stage.fact(BACK, new CallFact.Parked(FIRST, stage.clock.now()));
    stage.advance(Duration.ofSeconds(299));
    stage.assertCall(BACK, Status.QUEUED);
    assertThat(stage.isKillOrdered(FIRST)).isFalse();

    stage.advance(Duration.ofSeconds(2));

    assertThat(stage.isKillOrdered(FIRST)).isTrue();
    stage.gone(BACK, FIRST, NORMAL);
    stage.assertCall(BACK, Status.CALLBACK);
    assertThat(stage.waiting()).isEqualTo(1);
  }

  @Test
  void shouldNotKeepSomebodyOnTheLineForAgentsWhoDoNotCome() {
    back.promised();
    back.agent(ANN);
    LegId agentLeg = stage.answers(BACK);
    back.customerAnswers(FIRST);
    stage.gone(BACK, agentLeg, NORMAL);
    stage.fact(BACK, new CallFact.Parked(FIRST, stage.clock.now()));

    for (int minute = 0; minute < 6; minute++) {
      LegId busy = stage.agentLegOf(ANN);
      stage.gone(BACK, busy, "USER_BUSY");
      stage.advance(Duration.ofMinutes(1));
    }

    assertThat(stage.isKillOrdered(FIRST)).isTrue();
  }

  @Test
  void shouldPauseWhileTheSwitchRefusesToRingAnybody() {
    back.promised();
    back.agent(ANN);
    stage.gone(BACK, stage.agentLeg(BACK), Causes.NOT_ORDERED);

    stage.advance(Duration.ofSeconds(29));
    assertThat(stage.orders(SwitchCommand.Originate.class)).hasSize(1);
    stage.advance(Duration.ofSeconds(2));

    assertThat(stage.orders(SwitchCommand.Originate.class)).hasSize(2);
    assertThat(back.attempts()).as("nobody was called").isZero();
  }
}
