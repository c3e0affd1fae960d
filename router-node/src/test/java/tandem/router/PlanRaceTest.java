package tandem.router;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.BOB;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.SALES;
import static tandem.router.kit.Given.SUPPORT;
import static tandem.router.kit.Given.call;
import static tandem.router.kit.Given.leg;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tandem.router.call.Call;
import tandem.router.domain.LegId;
import tandem.router.domain.Presence;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToCall;
import tandem.router.entity.Address.ToQueue;
import tandem.router.feed.AgentView.OfferState;
import tandem.router.feed.CallView.Outcome;
import tandem.router.feed.CallView.Status;
import tandem.router.kit.Stage;
import tandem.router.queue.Queue;

/**
 * The races that plans bring (10, 16, 17, 20), each by its number, and what a plan does with a
 * caller who waits.
 */
class PlanRaceTest {
  private static final String NUMBERS =
      "\"numbers\": [{\"match\": \"+1415*\", \"flow\": \"main\"}]";
  private static final String BUSY = "USER_BUSY";

  private final Stage stage = new Stage();

  /** One queue for all, with these settings and this in its flow's one rule beside it. */
  private static String plan(String settings, String wait) {
    return plan("keep", settings, "{\"do\": {\"queue\": \"support\"" + wait + "}}");
  }

  private static String plan(String waiting, String settings, String rules) {
    return "{\"waiting\": \"%s\", %s, \"queues\": {\"support\": {\"strategy\": \"longest-idle\" %s}, \"sales\": {\"strategy\": \"longest-idle\"}}, \"flows\": {\"main\": [%s]}}"
        .formatted(waiting, NUMBERS, settings, rules);
  }

  private void bothPhonesAreOrdered() {
    stage.publish(plan("", "").replace("longest-idle", "ring-all"));
    stage.addAgent(ANN, 1, SUPPORT);
    stage.addAgent(BOB, 1, SUPPORT);
    stage.arrives(CALL);
  }

  @Test
  void race10_twoAgentsAnswerTogether() {
    bothPhonesAreOrdered();
    LegId anns = stage.agentLegOf(ANN);
    LegId bobs = stage.agentLegOf(BOB);
    for (LegId leg : new LegId[] {anns, bobs}) {
      stage.fact(CALL, new CallFact.LegRinging(leg, stage.clock.now()));
    }

    stage.fact(CALL, new CallFact.LegAnswered(bobs, stage.clock.now()));
    stage.fact(CALL, new CallFact.LegAnswered(anns, stage.clock.now()));

    assertThat(stage.isKillOrdered(anns)).as("the other phone is hung up").isTrue();
    assertThat(stage.isKillOrdered(bobs)).isFalse();
    stage.assertOffer(ANN, OfferState.RESERVED);
    stage.fact(CALL, new CallFact.Bridged(bobs, leg(CALL), stage.clock.now()));
    stage.gone(CALL, anns, "NORMAL_CLEARING");
    stage.assertFree(ANN);
    stage.assertOffer(BOB, OfferState.TALKING);
    assertThat(stage.view(CALL).agent()).isEqualTo(BOB);
    assertThat(stage.waiting()).isZero();
  }

  @Test
  void race10_theLastOfSeveralDoesNotAnswerEither() {
    bothPhonesAreOrdered();
    LegId anns = stage.agentLegOf(ANN);
    LegId bobs = stage.agentLegOf(BOB);

    stage.gone(CALL, anns, "CALL_REJECTED");
    stage.assertCall(CALL, Status.OFFERED);
    stage.gone(CALL, bobs, "CALL_REJECTED");

    stage.assertCall(CALL, Status.QUEUED);
    stage.presence(ANN, Presence.READY);
    stage.assertOffer(ANN, OfferState.RESERVED);
  }

  @Test
  void race16_aPlanIsPublishedWhileCallersWait() {
    stage.publish(plan("", ""));
    stage.arrives(CALL);
    stage.advance(Duration.ofSeconds(5));
    stage.arrives(call(2));
    stage.publish(plan("move", "", "{\"do\": {\"queue\": \"sales\"}}"));

    assertThat(stage.view(CALL).queue()).isEqualTo(SALES);
    assertThat(stage.waiting()).as("in the old queue").isZero();
    stage.addAgent(ANN, 1, SALES);

    assertThat(stage.view(CALL).agent()).as("the one who came first, still").isEqualTo(ANN);
  }

  @Test
  void race16_callersKeepWhatTheyWerePromisedWhenThePlanSaysSo() {
    stage.publish(plan("", ""));
    stage.arrives(CALL);
    stage.publish(plan("keep", "", "{\"do\": {\"queue\": \"sales\"}}"));
    stage.arrives(call(2));

    assertThat(stage.view(CALL).queue()).isEqualTo(SUPPORT);
    assertThat(stage.view(call(2)).queue()).isEqualTo(SALES);
  }

  @Test
  void race16_anOfferThatIsOutIsWaitedFor() {
    stage.publish(plan("", ""));
    stage.addAgent(ANN, 1, SUPPORT);
    stage.arrives(CALL);
    LegId leg = stage.rings(CALL);

    stage.publish(plan("move", "", "{\"do\": {\"queue\": \"sales\"}}"));
    stage.assertCall(CALL, Status.RINGING);
    assertThat(stage.isKillOrdered(leg)).isFalse();
    stage.gone(CALL, leg, "NO_ANSWER");

    assertThat(stage.view(CALL).queue()).isEqualTo(SALES);
    assertThat(stage.waiting()).isZero();
  }

  @Test
  void race17_aRequirementIsRelaxedWhileAnOfferIsOut() {
    stage.publish(
        plan(
            "",
            ", \"require\": \"skill('billing') >= 3\","
                + " \"relax\": [{\"after\": \"3s\", \"require\": \"true\"}]"));
    stage.addAgent(ANN, 1, SUPPORT);
    stage.skill(ANN, "billing", 5);
    stage.addAgent(BOB, 1, SUPPORT);
    stage.arrives(CALL);
    stage.assertOffer(ANN, OfferState.RESERVED);
    LegId leg = stage.rings(CALL);

    stage.advance(Duration.ofSeconds(4));
    assertThat(stage.journal(CALL)).noneMatch(Call.StepTaken.class::isInstance);
    stage.gone(CALL, leg, "NO_ANSWER");

    assertThat(stage.journal(CALL)).filteredOn(Call.StepTaken.class::isInstance).hasSize(1);
    assertThat(stage.view(CALL).agent()).as("whom nobody asked before").isEqualTo(BOB);
  }

  @Test
  void race20_aCallerIsInTwoQueuesAtOnce() {
    stage.publish(plan("keep", "", "{\"do\": {\"queue\": [\"support\", \"sales\"]}}"));
    stage.arrives(CALL);
    stage.hold(Call.AgentReserved.class);
    stage.addAgent(ANN, 1, SUPPORT);
    stage.addAgent(BOB, 1, SALES);
    stage.letGo(Call.AgentReserved.class);

    assertThat(stage.view(CALL).agent()).isEqualTo(ANN);
    stage.assertFree(BOB);
    stage.advance(Duration.ofSeconds(2));
    stage.assertFree(BOB);
    stage.talks(CALL);

    assertThat(stage.waiting()).isZero();
    assertThat(stage.placesIn(SALES)).as("left by the other queue's agent").isZero();
    assertThat(stage.journalOf(SALES))
        .filteredOn(Queue.CallerLeft.class::isInstance)
        .extracting(event -> ((Queue.CallerLeft) event).why())
        .containsExactly(Queue.LeaveReason.SERVED_ELSEWHERE);
  }

  @Test
  void race20_theOtherQueueGoesOnWhenTheFirstAgentDoesNotAnswer() {
    stage.publish(plan("keep", "", "{\"do\": {\"queue\": [\"support\", \"sales\"]}}"));
    stage.addAgent(ANN, 1, SUPPORT);
    stage.arrives(CALL);
    stage.addAgent(BOB, 1, SALES);
    stage.assertFree(BOB);

    stage.gone(CALL, stage.rings(CALL), "NO_ANSWER");

    assertThat(stage.view(CALL).agent()).isEqualTo(BOB);
    assertThat(stage.view(CALL).queue()).isEqualTo(SALES);
  }

  @Test
  void shouldTakeEachStepOnceAlsoAcrossACrash() {
    stage.publish(
        plan(
            "",
            ", \"escalate\": [{\"after\": \"10s\", \"notify\": \"ten\", \"priority\": 80},"
                + " {\"after\": \"20s\", \"to\": {\"queue\": \"sales\"}}]"));
    stage.arrives(CALL);
    stage.advance(Duration.ofSeconds(11));
    assertThat(stage.view(CALL).priority()).isEqualTo(80);
    assertThat(stage.view(CALL).notice().text()).isEqualTo("ten");

    stage.crash(new ToCall(CALL));
    stage.advance(Duration.ofSeconds(30));
    stage.crash(new ToCall(CALL));
    stage.advance(Duration.ofSeconds(30));

    assertThat(stage.journal(CALL))
        .filteredOn(Call.StepTaken.class::isInstance)
        .extracting(event -> ((Call.StepTaken) event).step())
        .containsExactly(0, 1);
    assertThat(stage.view(CALL).queue()).isEqualTo(SALES);
  }

  @Test
  void shouldSendACallerElsewhereAfterSoManyUnansweredOffers() {
    stage.publish(
        plan("", ", \"escalate\": [{\"unanswered\": 2, \"to\": {\"hangup\": \"" + BUSY + "\"}}]"));
    stage.addAgent(ANN, 1, SUPPORT);
    stage.addAgent(BOB, 1, SUPPORT);
    stage.arrives(CALL);

    stage.gone(CALL, stage.rings(CALL), "NO_ANSWER");
    stage.assertCall(CALL, Status.OFFERED);
    stage.gone(CALL, stage.rings(CALL), "NO_ANSWER");

    stage.assertCall(CALL, Status.ENDING);
  }

  @Test
  void shouldTurnACallerAwayWithTheCauseOfThePlan() {
    stage.publish(plan("keep", "", "{\"do\": {\"hangup\": \"" + BUSY + "\"}}"));
    stage.fact(CALL, tandem.router.kit.Given.arrival(CALL, 50, stage.clock.now()));

    assertThat(stage.orders(SwitchCommand.Kill.class))
        .extracting(SwitchCommand.Kill::cause)
        .containsExactly(BUSY);
    assertThat(stage.orders(SwitchCommand.Greet.class)).as("never answered").isEmpty();
    stage.gone(CALL, leg(CALL), BUSY);

    assertThat(stage.view(CALL).outcome()).isEqualTo(Outcome.TURNED_AWAY);
    assertThat(stage.view(CALL).cause()).isEqualTo(BUSY);
  }

  @Test
  void shouldFollowTheQueuesActionWhenItIsFull() {
    stage.publish(plan(", \"maxLength\": 1, \"onMaxLength\": {\"queue\": \"sales\"}", ""));
    stage.arrives(CALL);
    stage.arrives(call(2));

    assertThat(stage.view(CALL).queue()).isEqualTo(SUPPORT);
    assertThat(stage.view(call(2)).queue()).isEqualTo(SALES);
    assertThat(stage.waiting()).isEqualTo(1);
    assertThat(stage.placesIn(SALES)).isEqualTo(1);
  }

  @Test
  void shouldEndAWaitThatIsLongerThanTheQueueAllows() {
    stage.publish(
        plan(", \"maxWait\": \"30s\", \"onMaxWait\": {\"hangup\": \"NORMAL_CLEARING\"}", ""));
    stage.arrives(CALL);
    stage.advance(Duration.ofSeconds(29));
    stage.assertCall(CALL, Status.QUEUED);
    stage.advance(Duration.ofSeconds(2));

    stage.assertCall(CALL, Status.ENDING);
    assertThat(stage.waiting()).isZero();
  }

  @Test
  void shouldFollowTheVersionTheCallBeganWith() {
    stage.publish(
        plan(
                "keep",
                "",
                "{\"do\": {\"queue\": \"support\", \"escalate\": [{\"after\": \"10s\", \"to\": {\"flow\": \"late\"}}]}}")
            .replace("\"main\":", "\"late\": [{\"do\": {\"queue\": \"sales\"}}], \"main\":"));
    stage.arrives(CALL);
    stage.publish(plan("", ""));

    stage.advance(Duration.ofSeconds(11));

    assertThat(stage.view(CALL).queue()).as("a flow the new plan does not have").isEqualTo(SALES);
  }

  @Test
  void shouldWaitForAPlanThatThisNodeDoesNotHaveYet() {
    stage.publish(
        plan("", ", \"escalate\": [{\"after\": \"10s\", \"to\": {\"queue\": \"sales\"}}]"));
    stage.arrives(CALL);
    stage.publish(plan("", ""));
    var forgotten = stage.plans.forget(1);
    stage.advance(Duration.ofSeconds(11));
    assertThat(stage.view(CALL).queue()).isEqualTo(SUPPORT);

    stage.plans.remember(1, forgotten);
    stage.advance(Duration.ofSeconds(1));

    assertThat(stage.view(CALL).queue()).isEqualTo(SALES);
  }

  @Test
  void shouldNotTakeACallBeforeThePlansAreKnown() {
    stage.plans.notLoaded();
    stage.arrives(CALL);
    assertThat(stage.orders(SwitchCommand.Taken.class)).isEmpty();
    assertThat(stage.journal(CALL)).isEmpty();

    stage.plans.loaded();
    stage.arrives(CALL);

    assertThat(stage.orders(SwitchCommand.Taken.class)).hasSize(1);
  }

  @Test
  void shouldRingOnePhoneMoreEveryFewSeconds() {
    stage.publish(
        plan(", \"ringEvery\": \"3s\"", "").replaceFirst("longest-idle", "ring-progressively"));
    stage.addAgent(ANN, 1, SUPPORT);
    stage.addAgent(BOB, 1, SUPPORT);
    stage.arrives(CALL);
    stage.rings(CALL);
    assertThat(stage.orders(SwitchCommand.Originate.class)).hasSize(1);

    stage.advance(Duration.ofSeconds(2));
    assertThat(stage.orders(SwitchCommand.Originate.class)).hasSize(1);
    stage.advance(Duration.ofSeconds(2));

    assertThat(stage.orders(SwitchCommand.Originate.class)).hasSize(2);
    stage.assertOffer(ANN, OfferState.RESERVED);
    stage.assertOffer(BOB, OfferState.RESERVED);
  }

  @Test
  void shouldGiveTheCallerItsLastAgent() {
    stage.publish(plan(", \"sticky\": \"20s\"", "").replaceFirst("longest-idle", "last-agent"));
    stage.addAgent(BOB, 1, SUPPORT);
    stage.arrives(CALL);
    stage.talks(CALL);
    stage.addAgent(ANN, 1, SUPPORT);
    stage.arrives(call(2));
    assertThat(stage.view(call(2)).agent()).as("the last agent talks").isNull();
    stage.gone(CALL, leg(CALL), "NORMAL_CLEARING");
    stage.gone(CALL, stage.agentLegOf(BOB), "NORMAL_CLEARING");
    stage.presence(BOB, Presence.READY);

    assertThat(stage.view(call(2)).agent()).isEqualTo(BOB);
  }

  @Test
  void shouldGiveAnAgentOfSeveralQueuesToEachInTurn() {
    stage.publish(
        plan(
            "keep",
            "",
            "{\"when\": \"call.from.endsWith('8')\", \"do\": {\"queue\": \"sales\"}},"
                + " {\"do\": {\"queue\": \"support\"}}"));
    stage.queue(SALES);
    stage.arrives(call(1));
    stage.arrives(call(2));
    stage.arrivesFrom(call(3), "+14155550198");
    stage.addAgent(ANN, 1, SUPPORT, SALES);

    assertThat(stage.servedInTurn(ANN, 3)).containsExactlyInAnyOrder(SUPPORT, SALES, SUPPORT);
    assertThat(stage.journalOf(SALES)).anyMatch(Queue.CallerServed.class::isInstance);
  }

  @Test
  void shouldTellTheOtherQueuesAtOnceWhenNobodyWaitsWhereItIsTheAgentsTurn() {
    stage.publish(plan("", ""));
    stage.queue(SALES);
    stage.arrives(CALL);
    stage.addAgent(ANN, 1, SALES, SUPPORT);

    stage.assertOffer(ANN, OfferState.RESERVED);
    stage.say(new ToQueue(SUPPORT), Queue.PlanChanged.PLAN_CHANGED);
    assertThat(stage.view(CALL).agent()).isEqualTo(ANN);
  }

  @Test
  void shouldWaitForAnAgentAndNotForTimeWhenNoPhoneIsLeftToRing() {
    stage.publish(
        plan(", \"ringEvery\": \"3s\"", "").replaceFirst("longest-idle", "ring-progressively"));
    stage.addAgent(ANN, 1, SUPPORT);
    stage.arrives(CALL);
    stage.rings(CALL);

    stage.advance(Duration.ofSeconds(9));
    stage.addAgent(BOB, 1, SUPPORT);

    stage.assertOffer(BOB, OfferState.RESERVED);
  }

  @Test
  void race16_aCallerWhomAStepHasMovedStaysWhenItsFlowSaysTheSame() {
    String rules =
        "{\"do\": {\"queue\": \"support\", \"escalate\": [{\"after\": \"10s\", \"to\": {\"queue\": \"sales\"}}]}}";
    stage.publish(plan("keep", "", rules));
    stage.arrives(CALL);
    stage.advance(Duration.ofSeconds(11));
    stage.publish(plan("move", ", \"ringTimeout\": \"20s\"", rules));

    assertThat(stage.view(CALL).queue()).isEqualTo(SALES);
    assertThat(stage.journal(CALL)).filteredOn(Call.Queued.class::isInstance).hasSize(2);
  }

  @Test
  void shouldFollowTheFlowsOfTheVersionByWhichTheQueueIsFull() {
    stage.publish(plan("", ""));
    stage.arrives(CALL);
    stage.hold(Queue.Enqueue.class);
    stage.arrives(call(2));
    stage.publish(
        plan(", \"maxLength\": 1, \"onMaxLength\": {\"flow\": \"full\"}", "")
            .replace("\"main\":", "\"full\": [{\"do\": {\"queue\": \"sales\"}}], \"main\":"));
    stage.letGo(Queue.Enqueue.class);

    assertThat(stage.view(call(2)).queue()).isEqualTo(SALES);
  }

  @Test
  void shouldGoRoundOnBehindTheLastAgentAfterARestartOfTheQueue() {
    stage.publish(plan("", "").replaceFirst("longest-idle", "round-robin"));
    stage.addAgent(ANN, 1, SUPPORT);
    stage.addAgent(BOB, 1, SUPPORT);
    stage.arrives(CALL);
    LegId leg = stage.talks(CALL);
    stage.gone(CALL, leg(CALL), "NORMAL_CLEARING");
    stage.gone(CALL, leg, "NORMAL_CLEARING");
    stage.presence(ANN, Presence.READY);
    stage.crash(new ToQueue(SUPPORT));
    stage.advance(Duration.ofSeconds(2));

    stage.arrives(call(2));

    assertThat(stage.view(call(2)).agent()).isEqualTo(BOB);
  }
}
