package tandem.router;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.CallbackStage.BACK;
import static tandem.router.kit.CallbackStage.NORMAL;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.SUPPORT;
import static tandem.router.kit.Given.leg;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.Presence;
import tandem.router.edge.CallFact;
import tandem.router.edge.Causes;
import tandem.router.edge.Errand;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToCall;
import tandem.router.entity.Address.ToQueue;
import tandem.router.feed.CallView.Outcome;
import tandem.router.feed.CallView.Status;
import tandem.router.kit.CallbackStage;
import tandem.router.kit.Given;
import tandem.router.kit.Stage;
import tandem.router.queue.Queue;

/** A caller hangs up, keeps its place, and is called back when its turn comes. */
class CallbackTest {
  private final Stage stage = new Stage();
  private final CallbackStage back = new CallbackStage(stage);

  private void planned(String rest) {
    stage.publish(
        """
        {"numbers": [{"match": "+1415*", "flow": "main"}],
         "queues": {"support": {"strategy": "longest-idle"}},
         "flows": {"main": [{"do": {"queue": "support"%s}}]}}
        """
            .formatted(rest));
  }

  @Test
  void shouldKeepThePlaceOfACallerWhoHangsUp() {
    back.promised();
    CallId later = Given.call(2);
    stage.arrives(later);
    assertThat(stage.waiting()).isEqualTo(2);
    stage.assertCall(BACK, Status.CALLBACK);
    assertThat(stage.view(CALL).outcome()).isEqualTo(Outcome.CALLBACK);
    assertThat(stage.view(CALL).calledBackBy()).isEqualTo(BACK);
    assertThat(Objects.requireNonNull(stage.view(BACK).callback()).origin()).isEqualTo(CALL);
    stage.assertCloses(CALL);

    back.agent(ANN);

    assertThat(stage.offerOf(BACK)).as("offered before who came later").isNotNull();
    stage.assertCall(later, Status.QUEUED);
  }

  @Test
  void shouldGiveUpWhenItsTimeIsOver() {
    back.promised();

    stage.advance(Duration.ofHours(2).minusSeconds(1));
    stage.assertCall(BACK, Status.CALLBACK);
    stage.advance(Duration.ofSeconds(2));

    assertThat(stage.view(BACK).outcome()).isEqualTo(Outcome.UNREACHED);
    assertThat(stage.view(BACK).cause()).isEqualTo(Causes.TOO_LATE);
    assertThat(stage.waiting()).isZero();
  }

  @Test
  void shouldNotDialBeforeItsTime() {
    back.agent(ANN);
    stage.presence(ANN, Presence.NOT_READY);
    stage.arrives(CALL);
    back.ask(null, stage.clock.now().plusSeconds(3600), Duration.ofHours(1), 3);
    back.carried();
    stage.presence(ANN, Presence.READY);
    stage.advance(Duration.ofSeconds(3599));
    stage.assertFree(ANN);

    stage.advance(Duration.ofSeconds(2));

    stage.assertCall(BACK, Status.OFFERED);
  }

  @Test
  void shouldPromiseOnceAndSayItUntilTheLinkHasIt() {
    stage.arrives(CALL);
    assertThat(back.ask(null, null, Duration.ofHours(1), 3).asked()).isEqualTo(Call.Asked.DONE);
    assertThat(back.ask(null, null, Duration.ofHours(1), 3).callback()).isEqualTo(BACK);
    stage.advance(Duration.ofSeconds(2));
    assertThat(stage.orders(SwitchCommand.CallBack.class))
        .hasSizeGreaterThan(1)
        .extracting(SwitchCommand.CallBack::callback)
        .containsOnly(BACK);
    stage.gone(CALL, leg(CALL), NORMAL);
    stage.crash(new ToCall(CALL));
    stage.forgetOrders();
    stage.advance(Duration.ofSeconds(2));
    assertThat(stage.orders(SwitchCommand.CallBack.class)).as("also after a crash").isNotEmpty();

    back.carried();
    stage.forgetOrders();
    stage.advance(Duration.ofSeconds(30));

    assertThat(stage.orders(SwitchCommand.CallBack.class)).isEmpty();
    assertThat(stage.journal(CALL)).filteredOn(Call.CallbackPromised.class::isInstance).hasSize(1);
    stage.assertCloses(CALL);
  }

  @Test
  void shouldBeCalledOff() {
    back.promised();
    Call.CancelCallback cancel = new Call.CancelCallback(null);

    stage.say(new ToCall(BACK), cancel);

    assertThat(stage.view(BACK).outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(stage.waiting()).isZero();
    assertThat(asked(BACK, cancel)).as("said again").isEqualTo(Call.Asked.DONE);
    assertThat(asked(CALL, cancel)).isEqualTo(Call.Asked.NO_CALLBACK);
    assertThat(asked(Given.call(9), cancel)).isEqualTo(Call.Asked.NO_SUCH_CALL);
  }

  @Test
  void shouldNotBeCalledOffWhileSomebodyIsRung() {
    back.promised();
    back.agent(ANN);
    stage.answers(BACK);

    assertThat(asked(BACK, new Call.CancelCallback(null))).isEqualTo(Call.Asked.NOT_WAITING);
    stage.assertCall(BACK, Status.DIALING);
  }

  private Call.Asked asked(CallId call, Call.Command command) {
    return stage.call(call).take(command).replied(Call.AskedReply.class).asked();
  }

  @Test
  void shouldNotPromiseWhatCannotBeKept() {
    assertThat(back.ask(null, null, Duration.ofHours(1), 3).asked())
        .isEqualTo(Call.Asked.NO_SUCH_CALL);
    stage.arrivesFrom(CALL, "anonymous");
    assertThat(back.ask(null, null, Duration.ofHours(1), 3).asked())
        .isEqualTo(Call.Asked.NO_NUMBER);
    assertThat(back.ask("+19005550123", null, Duration.ofHours(1), 3).asked())
        .as("a number that costs money")
        .isEqualTo(Call.Asked.NO_NUMBER);
    assertThat(back.ask("+252612345678", null, Duration.ofHours(1), 3).asked())
        .as("a number of another country than the one that was dialled")
        .isEqualTo(Call.Asked.NO_NUMBER);
    stage.assertCall(CALL, Status.QUEUED);
    back.agent(ANN);
    stage.talks(CALL);
    assertThat(back.ask("+14155550123", null, Duration.ofHours(1), 3).asked())
        .isEqualTo(Call.Asked.NOT_WAITING);
    stage.assertCall(CALL, Status.CONNECTED);
  }

  @Test
  void shouldCallANumberThatSomebodyNames() {
    stage.arrivesFrom(CALL, "anonymous");
    assertThat(back.ask("+14155550123", null, Duration.ofHours(1), 3).asked())
        .isEqualTo(Call.Asked.DONE);
    back.carried();

    assertThat(back.promise().number()).isEqualTo(new PhoneNumber("+14155550123"));
  }

  @Test
  void shouldBePromisedByAStepOfThePlan() {
    planned(
        ", \"escalate\": [{\"after\": \"1m\", \"to\":"
            + " {\"callback\": {\"within\": \"1h\", \"attempts\": 2}}}]");
    stage.arrives(CALL);
    Instant since = stage.clock.now();
    stage.advance(Duration.ofSeconds(61));
    back.carried();

    assertThat(back.promise().since()).isEqualTo(since);
    assertThat(back.promise().queues()).containsExactly("support");
    assertThat(back.promise().attempts()).isEqualTo(2);
    assertThat(back.promise().until()).isEqualTo(since.plusSeconds(60 + 3600));
    assertThat(stage.waiting()).isEqualTo(1);
  }

  @Test
  void shouldLetACallerWithoutANumberWaitOn() {
    planned(", \"escalate\": [{\"after\": \"1m\", \"to\": {\"callback\": {\"within\": \"1h\"}}}]");
    stage.arrivesFrom(CALL, "anonymous");
    stage.advance(Duration.ofSeconds(90));

    stage.assertCall(CALL, Status.QUEUED);
    assertThat(stage.orders(SwitchCommand.CallBack.class)).isEmpty();
    assertThat(stage.journal(CALL)).filteredOn(Call.StepTaken.class::isInstance).hasSize(1);
  }

  @Test
  void shouldKeepItsPromiseWhenThePlanChanges() {
    planned("");
    stage.arrives(CALL);
    back.ask(null, null, Duration.ofHours(1), 3);
    back.carried();

    stage.publish(
        """
        {"waiting": "move", "numbers": [{"match": "+1415*", "flow": "main"}],
         "queues": {"support": {"strategy": "longest-idle"}},
         "flows": {"main": [{"do": {"hangup": "USER_BUSY"}}]}}
        """);

    stage.assertCall(BACK, Status.CALLBACK);
    assertThat(stage.waiting()).isEqualTo(1);
  }

  @Test
  void shouldBeFoundAgainByItsQueueAfterALoss() {
    back.promised();
    stage.crash(new ToQueue(SUPPORT));
    stage.crash(new ToCall(BACK));
    stage.stillUp(BACK, Given.LINK, List.of());
    stage.advance(Duration.ofSeconds(1));

    back.agent(ANN);

    stage.assertCall(BACK, Status.OFFERED);
    assertThat(stage.journalOf(SUPPORT))
        .filteredOn(Queue.CallerQueued.class::isInstance)
        .extracting(event -> ((Queue.CallerQueued) event).callback())
        .containsExactly(false, true);
  }

  @Test
  void shouldPlayAFileBeforeItPromises() {
    stage.publish(
        """
        {"numbers": [{"match": "+1415*", "flow": "main"}],
         "queues": {"support": {"strategy": "longest-idle"}},
         "flows": {"main": [{"do": {"queue": "support", "escalate":
                             [{"after": "1m", "to": {"flow": "later"}}]}}],
                   "later": [{"do": {"announce": "we-call-back.wav"}},
                             {"do": {"callback": {"otherwise": {"voicemail": "office"}}}}]}}
        """);
    stage.arrives(CALL);
    Instant since = stage.clock.now();
    stage.advance(Duration.ofSeconds(61));
    assertThat(stage.orders(SwitchCommand.HandOver.class).get(0).errand())
        .isEqualTo(new Errand.Announce("we-call-back.wav"));

    stage.fact(CALL, new CallFact.Returned(leg(CALL), 1, stage.clock.now()));
    back.carried();

    assertThat(back.promise().queues()).as("where it waited before").containsExactly("support");
    assertThat(back.promise().since()).isEqualTo(since);
  }

  @Test
  void shouldCallBackWhoHangsUpWhileHearingSo() {
    stage.publish(
        """
        {"numbers": [{"match": "+1415*", "flow": "main"}],
         "queues": {"support": {"strategy": "longest-idle"}},
         "flows": {"main": [{"do": {"announce": "we-call-back.wav"}},
                            {"do": {"callback": {"queue": "support", "otherwise": {"voicemail": "office"}}}}]}}
        """);
    stage.arrives(CALL);

    stage.gone(CALL, leg(CALL), NORMAL);
    back.carried();

    assertThat(stage.view(CALL).outcome()).isEqualTo(Outcome.CALLBACK);
    stage.assertCall(BACK, Status.CALLBACK);
    stage.assertCloses(CALL);
  }

  @Test
  void shouldHaveAPlaceInAFullQueue() {
    stage.publish(
        """
        {"numbers": [{"match": "+1415*", "flow": "main"}],
         "queues": {"support": {"strategy": "longest-idle", "maxLength": 1,
             "onMaxLength": {"callback": {"otherwise": {"hangup": "USER_BUSY"}}}}},
         "flows": {"main": [{"do": {"queue": "support"}}]}}
        """);
    stage.arrives(Given.call(2));
    stage.arrives(CALL);
    back.carried();
    stage.assertCall(BACK, Status.CALLBACK);
    assertThat(stage.waiting()).isEqualTo(2);

    CallId hidden = Given.call(3);
    stage.arrivesFrom(hidden, "anonymous");

    stage.gone(hidden, leg(hidden), "USER_BUSY");
    assertThat(stage.view(hidden).outcome()).isEqualTo(Outcome.TURNED_AWAY);
  }
}
