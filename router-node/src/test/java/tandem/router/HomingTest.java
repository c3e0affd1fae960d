package tandem.router;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.CallbackStage.BACK;
import static tandem.router.kit.CallbackStage.FIRST;
import static tandem.router.kit.ControlStage.BOB;
import static tandem.router.kit.ControlStage.CHO;
import static tandem.router.kit.ControlStage.NORMAL;
import static tandem.router.kit.ControlStage.SUE;
import static tandem.router.kit.Given.ACME;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.CALLER;
import static tandem.router.kit.Given.SALES;
import static tandem.router.kit.Given.SUPPORT;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tandem.router.call.Call;
import tandem.router.call.Operation;
import tandem.router.call.Target;
import tandem.router.domain.LegId;
import tandem.router.domain.LotId;
import tandem.router.domain.Presence;
import tandem.router.edge.SwitchCommand.Ear;
import tandem.router.edge.SwitchCommand.Listener;
import tandem.router.entity.Address.ToCall;
import tandem.router.feed.AgentView.OfferState;
import tandem.router.feed.CallView.Status;
import tandem.router.kit.CallbackStage;
import tandem.router.kit.ControlStage;
import tandem.router.kit.Stage;

/**
 * Whoever is to have a caller may be gone before the two hear each other: the caller is then as it
 * would be had nobody come. The model test has found these; its seeds stand beside them.
 */
class HomingTest {
  private static final String PLAN =
      """
      { "numbers": [ { "match": "+1*", "flow": "main" } ],
        "flows": { "main": [ { "do": { "park": "main" } } ] },
        "lots": { "main": {
          "slots": "701-702", "timeout": "60s", "recall": { "tries": 1, "ring": "20s" },
          "then": { "queue": "support" } } },
        "queues": { "support": {}, "sales": {} } }
      """;

  private final ControlStage play = ControlStage.talking(BOB, CHO, SUE);

  private LegId parkedAndPickedUp() {
    play.stage.publish(PLAN);
    play.does(new Operation.Park("main", null, null));
    play.killed(play.leg(ANN));
    play.does(new Operation.PickUp(CHO));
    return play.comes(CHO);
  }

  /** Model seed 200489. */
  @Test
  void shouldKeepTheCallerWhenWhoPicksItUpIsGoneBeforeTheyTalk() {
    LegId cho = parkedAndPickedUp();
    play.gone(cho, NORMAL);
    play.stage.assertCall(CALL, Status.QUEUED);
    assertThat(play.stage.placesIn(SUPPORT)).isEqualTo(1);
    assertThat(play.stage.lot(new LotId(ACME, "main")).state().slots()).isEmpty();
  }

  @Test
  void shouldEndWhenWhoHasPickedItUpHangsUpAfterTheyTalked() {
    LegId cho = parkedAndPickedUp();
    play.arranged();
    play.gone(cho, NORMAL);
    play.killed(CALLER);
    play.stage.assertCloses(CALL);
  }

  @Test
  void shouldKeepTheCallerWhenItIsCalledBackToSomebodyWhoIsGoneBeforeTheyTalk() {
    play.does(new Operation.Transfer(new Target.ToAgent(BOB), null));
    play.killed(play.leg(ANN));
    play.gone(play.rings(BOB), "NO_ANSWER");
    LegId ann = play.comes(ANN);
    play.stage.presence(ANN, Presence.NOT_READY);
    play.stage.crash(new ToCall(CALL));
    play.gone(ann, NORMAL);
    play.stage.assertCall(CALL, Status.QUEUED);
  }

  @Test
  void shouldBringTheCallerBackWhenTheConsultedIsGoneBeforeTheyTalk() {
    play.does(new Operation.Consult(new Target.ToAgent(BOB), null));
    LegId bob = play.comes(BOB);
    play.arranged();
    play.gone(play.leg(ANN), NORMAL);
    assertThat(play.rooms()).isEqualTo("caller+bob");
    play.gone(bob, NORMAL);
    play.stage.assertCall(CALL, Status.TRANSFERRING);
    play.comes(ANN);
    assertThat(play.rooms()).isEqualTo("caller+ann");
    play.stage.assertOffer(ANN, OfferState.TALKING);
  }

  @Test
  void shouldGoOnFromThePlansLotWhenWhoPicksItUpIsGoneBeforeTheyTalk() {
    ControlStage parked = new ControlStage(new Stage());
    parked.stage.addAgent(CHO, 1);
    parked.stage.publish(PLAN);
    parked.stage.arrives(CALL);
    parked.stage.assertCall(CALL, Status.PARKED);
    parked.does(new Operation.PickUp(CHO));
    parked.gone(parked.comes(CHO), NORMAL);
    parked.stage.assertCall(CALL, Status.QUEUED);
  }

  /** Nothing else says so to a link that was told of a leg which is gone. Model seed 200409. */
  @Test
  void shouldSayAnewWhoHearsWhomWhenASupervisorHasGone() {
    play.does(new Operation.Supervise(SUE, null, Ear.MONITOR));
    LegId sue = play.comes(SUE);
    int version = play.ordered().version();
    assertThat(play.ordered().listeners())
        .containsExactly(new Listener(sue, play.leg(ANN), Ear.MONITOR));
    play.gone(sue, NORMAL);
    assertThat(play.ordered().version()).isGreaterThan(version);
    assertThat(play.ordered().listeners()).isEmpty();
  }

  private final CallbackStage back = new CallbackStage(new Stage());

  private void calledBack() {
    back.stage.queue(SALES);
    back.promised();
    back.agent(ANN);
    LegId agentLeg = back.stage.answers(BACK);
    back.customerAnswers(FIRST);
    back.talk(agentLeg, FIRST);
    back.stage.publish(PLAN);
  }

  private void doesWithTheCallback(Operation operation) {
    back.stage.say(new ToCall(BACK), new Call.Control("key", "ann", operation, null));
  }

  /** Model seeds 302048 and 302176. */
  @Test
  void shouldSendOnWhomItHasCalledBackWhenNobodyPicksItUp() {
    calledBack();
    doesWithTheCallback(new Operation.Park("main", null, null));
    back.stage.assertCall(BACK, Status.PARKED);
    back.stage.gone(BACK, back.stage.agentLegOf(ANN), NORMAL);
    back.stage.presence(ANN, Presence.OFFLINE);
    back.stage.advance(Duration.ofSeconds(90));
    back.stage.assertCall(BACK, Status.QUEUED);
    assertThat(back.stage.lot(new LotId(ACME, "main")).state().slots()).isEmpty();
  }

  @Test
  void shouldGiveWhomItHasCalledBackToTheQueueThatIsNamed() {
    calledBack();
    doesWithTheCallback(new Operation.Transfer(new Target.ToQueue("sales"), null));
    back.stage.assertCall(BACK, Status.QUEUED);
    assertThat(back.stage.placesIn(SALES)).isEqualTo(1);
    assertThat(back.stage.placesIn(SUPPORT)).isZero();
  }

  /** The plan may have changed since: nobody need be there any more. Model seed 400387. */
  @Test
  void shouldNotReturnWhomItHasCalledBackToAWaitForOneAgent() {
    back.stage.publish(
        """
        { "numbers": [ { "match": "+1*", "flow": "main" } ],
          "flows": { "main": [ { "do": { "agent": "ann" } } ] } }
        """);
    back.promised();
    assertThat(back.promise().queues()).containsExactly("agent.ann");
    back.agent(ANN);
    LegId agentLeg = back.stage.answers(BACK);
    back.customerAnswers(FIRST);
    back.talk(agentLeg, FIRST);
    back.stage.publish(PLAN);
    doesWithTheCallback(new Operation.Transfer(new Target.ToAgent(CHO), null));
    back.stage.presence(ANN, Presence.OFFLINE);
    back.stage.gone(BACK, agentLeg, NORMAL);
    back.stage.advance(Duration.ofSeconds(60));
    back.stage.assertCall(BACK, Status.QUEUED);
    assertThat(back.stage.placesIn(SUPPORT)).isEqualTo(1);
  }
}
