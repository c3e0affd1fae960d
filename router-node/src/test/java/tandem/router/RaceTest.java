package tandem.router;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.BOB;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.CALLER;
import static tandem.router.kit.Given.FS1;
import static tandem.router.kit.Given.LINK;
import static tandem.router.kit.Given.SALES;
import static tandem.router.kit.Given.SUPPORT;
import static tandem.router.kit.Given.call;
import static tandem.router.kit.Given.contact;
import static tandem.router.kit.Given.leg;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tandem.router.agent.Agent;
import tandem.router.call.Call;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.CallId;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.Presence;
import tandem.router.edge.CallFact;
import tandem.router.edge.CallFact.LegState;
import tandem.router.edge.CallFact.LegView;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToCall;
import tandem.router.entity.Address.ToQueue;
import tandem.router.feed.AgentView.OfferState;
import tandem.router.feed.CallView.Outcome;
import tandem.router.feed.CallView.Status;
import tandem.router.kit.Given;
import tandem.router.kit.Stage;
import tandem.router.queue.Queue;

/** The races of the protocol about one offer (1 to 11), each by its number, with its answer. */
class RaceTest {
  private static final Duration MOMENT = Duration.ofMillis(600);
  private static final Duration QUESTION = Duration.ofMillis(2100);
  private static final String NORMAL = "NORMAL_CLEARING";
  private static final String CANCEL = "ORIGINATOR_CANCEL";

  @Test
  void race01_reserveReachesAnAgentThatIsNoLongerFree() {
    Stage stage = new Stage(ANN, BOB);
    stage.hold(Queue.Announce.class);
    stage.presence(ANN, Presence.NOT_READY);

    stage.arrives(CALL);

    assertThat(stage.view(ANN).offers()).isEmpty();
    stage.assertOffer(BOB, OfferState.RESERVED);
    assertThat(stage.view(CALL).agent()).isEqualTo(BOB);
  }

  @Test
  void race02_twoQueuesReserveOneAgentAtTheSameMoment() {
    Stage stage = new Stage();
    stage.queue(SALES);
    stage.addAgent(ANN, 1, SUPPORT, SALES);
    stage.hold(Agent.Reserve.class);
    stage.arrives(CALL);
    CallId other = call(2);
    stage.fact(
        other,
        new CallFact.Arrived(
            leg(other),
            FS1,
            LINK,
            "+14155550198",
            "+14155550101",
            new Entry(SALES, 50, AnswerMode.ON_QUEUE),
            stage.clock.now(),
            null));

    stage.letGo(Agent.Reserve.class);

    stage.assertOffer(ANN, OfferState.RESERVED);
    stage.assertCall(CALL, Status.OFFERED);
    stage.assertCall(other, Status.QUEUED);
    assertThat(stage.orders(SwitchCommand.Originate.class)).hasSize(1);
  }

  @Test
  void race03_grantedButCallerHasHungUp() {
    Stage stage = new Stage(ANN);
    stage.hold(Call.AgentReserved.class);
    stage.arrives(CALL);
    stage.assertOffer(ANN, OfferState.RESERVED);

    stage.gone(CALL, CALLER, CANCEL);
    stage.letGo(Call.AgentReserved.class);

    stage.assertFree(ANN);
    assertThat(stage.waiting()).isZero();
    assertThat(stage.orders(SwitchCommand.Originate.class)).isEmpty();
    stage.assertCloses(CALL);
  }

  @Test
  void race04_agentReservedIsLost() {
    Stage stage = new Stage(ANN);
    stage.lose(Call.AgentReserved.class);
    stage.arrives(CALL);
    OfferId lost = stage.view(ANN).offers().get(0).offer();

    stage.advance(Duration.ofSeconds(1));
    stage.assertOffer(ANN, OfferState.RESERVED);
    stage.loseNoMore(Call.AgentReserved.class);
    stage.advance(QUESTION);

    // The call never heard of the first offer and refused it for ever; a second one is out.
    stage.assertCall(CALL, Status.OFFERED);
    assertThat(stage.offerOf(CALL)).isNotEqualTo(lost);
    stage.say(
        new ToCall(CALL),
        Given.reserved(lost, ANN, SUPPORT, 1, contact(ANN), Duration.ofSeconds(15)));
    assertThat(stage.orders(SwitchCommand.Originate.class)).hasSize(1);
  }

  @Test
  void race04_acceptedIsLost() {
    Stage stage = new Stage(ANN);
    stage.lose(Agent.Verdict.class);
    stage.arrives(CALL);
    stage.talks(CALL);
    stage.assertOffer(ANN, OfferState.RESERVED);

    stage.loseNoMore(Agent.Verdict.class);
    stage.advance(QUESTION);

    stage.assertOffer(ANN, OfferState.TALKING);
    assertThat(stage.orders(SwitchCommand.Originate.class)).hasSize(1);
  }

  @Test
  void race05_queueDiesBetweenReserveAndGranted() {
    Stage stage = new Stage(ANN, BOB);
    stage.hold(Queue.Granted.class);
    stage.hold(Call.AgentReserved.class);
    stage.arrives(CALL);
    OfferId first = stage.view(ANN).offers().get(0).offer();

    stage.crash(new ToQueue(SUPPORT));
    stage.letGo(Queue.Granted.class);
    stage.advance(MOMENT);
    assertThat(stage.view(BOB).offers()).as("a new offer to the other agent").hasSize(1);
    stage.letGo(Call.AgentReserved.class);

    assertThat(stage.offerOf(CALL)).as("the first that reached the call").isEqualTo(first);
    stage.assertOffer(ANN, OfferState.RESERVED);
    stage.assertFree(BOB);
    stage.talks(CALL);
    assertThat(stage.orders(SwitchCommand.Originate.class)).hasSize(1);
  }

  @Test
  void race06_callDiesBetweenOfferAndOriginate() {
    Stage stage = new Stage(ANN);
    stage.hold(SwitchCommand.Originate.class);
    stage.arrives(CALL);
    LegId leg = LegId.of(stage.offerOf(CALL));

    stage.crash(new ToCall(CALL));
    assertThat(stage.orders(SwitchCommand.Ask.class)).anyMatch(ask -> ask.legs().contains(leg));
    stage.stillUp(CALL, LINK, List.of(new LegView(CALLER, LegState.ANSWERED, null)), leg);

    // Never ordered a second time: the offer failed, and a later one has a leg of its own.
    stage.assertCall(CALL, Status.QUEUED);
    assertThat(stage.view(ANN).offers()).isEmpty();
    assertThat(stage.orders(SwitchCommand.Originate.class)).isEmpty();
    stage.letGo(SwitchCommand.Originate.class);
    stage.forgetOrders();
    stage.advance(Duration.ofSeconds(6));
    assertThat(stage.orders(SwitchCommand.Originate.class)).hasSize(1);
    assertThat(stage.agentLeg(CALL)).isNotEqualTo(leg);
  }

  @Test
  void race07_agentAnswersAfterTheRingDeadlineFired() {
    Stage stage = new Stage(ANN);
    stage.arrives(CALL);
    LegId leg = stage.rings(CALL);
    stage.advance(Duration.ofSeconds(19));
    stage.assertCall(CALL, Status.QUEUED);

    stage.fact(CALL, new CallFact.LegAnswered(leg, stage.clock.now()));

    assertThat(stage.isKillOrdered(leg)).isTrue();
    stage.assertOffer(ANN, OfferState.RESERVED);
    stage.gone(CALL, leg, NORMAL);
    assertThat(stage.view(ANN).offers()).as("freed when the phone is").isEmpty();
    assertThat(stage.orders(SwitchCommand.Bridge.class)).isEmpty();
  }

  @Test
  void race07_ringDeadlineFiresAfterTheAgentAnswered() {
    Stage stage = new Stage(ANN);
    stage.arrives(CALL);
    stage.rings(CALL);
    stage.advance(Duration.ofMillis(17_900));
    stage.talks(CALL);

    stage.advance(Duration.ofSeconds(5));

    stage.assertCall(CALL, Status.CONNECTED);
    stage.assertOffer(ANN, OfferState.TALKING);
  }

  @Test
  void race08_callerHangsUpBeforeTheBridge() {
    Stage stage = new Stage(ANN);
    stage.arrives(CALL);
    LegId leg = stage.answers(CALL);
    stage.assertCall(CALL, Status.CONNECTING);

    stage.gone(CALL, CALLER, CANCEL);

    assertThat(stage.isKillOrdered(leg)).isTrue();
    stage.gone(CALL, leg, NORMAL);
    stage.assertFree(ANN);
    assertThat(stage.view(CALL).outcome()).isEqualTo(Outcome.ABANDONED);
    stage.assertCloses(CALL);
  }

  @Test
  void race09_noBridgeWithinItsDeadline() {
    Stage stage = new Stage(ANN, BOB);
    stage.arrives(CALL);
    LegId leg = stage.answers(CALL);

    stage.advance(Duration.ofMillis(1100));

    assertThat(stage.isKillOrdered(leg)).isTrue();
    assertThat(stage.orders(SwitchCommand.Repark.class))
        .extracting(SwitchCommand.Repark::failedLeg)
        .containsOnly(leg);
    assertThat(stage.orders(SwitchCommand.Originate.class)).as("adrift: no offer").hasSize(1);
    assertThat(stage.waiting()).as("keeps its place").isEqualTo(1);
    stage.gone(CALL, leg, NORMAL);
    stage.fact(CALL, new CallFact.Parked(CALLER, stage.clock.now()));
    stage.assertCall(CALL, Status.OFFERED);
    stage.talks(CALL);
    stage.assertCall(CALL, Status.CONNECTED);
  }

  @Test
  void race09_agentVanishesBeforeTheBridge() {
    Stage stage = new Stage(ANN, BOB);
    stage.arrives(CALL);
    LegId leg = stage.answers(CALL);

    stage.gone(CALL, leg, NORMAL);

    stage.assertFree(ANN);
    assertThat(stage.orders(SwitchCommand.Repark.class)).isNotEmpty();
    stage.fact(CALL, new CallFact.Parked(CALLER, stage.clock.now()));
    stage.assertCall(CALL, Status.OFFERED);
  }

  @Test
  void race10_twoAgentsAnswerTogether() {
    // One agent at a time is offered so far: the second answer is one whose offer is over already.
    Stage stage = new Stage(ANN, BOB);
    stage.arrives(CALL);
    LegId first = stage.rings(CALL);
    stage.advance(Duration.ofSeconds(18).plusMillis(100));
    LegId second = stage.rings(CALL);
    assertThat(second).isNotEqualTo(first);

    stage.talks(CALL);
    stage.fact(CALL, new CallFact.LegAnswered(first, stage.clock.now()));

    assertThat(stage.isKillOrdered(first)).isTrue();
    assertThat(stage.isKillOrdered(second)).isFalse();
    stage.assertCall(CALL, Status.CONNECTED);
    stage.assertOffer(ANN, OfferState.RESERVED);
    stage.gone(CALL, first, NORMAL);
    assertThat(stage.view(ANN).offers()).isEmpty();
    assertThat(stage.orders(SwitchCommand.Bridge.class))
        .extracting(SwitchCommand.Bridge::agentLeg)
        .containsExactly(second);
  }

  @Test
  void race11_agentSignsOutWhileReserved() {
    Stage stage = new Stage(ANN, BOB);
    stage.hold(Call.AgentReserved.class);
    stage.arrives(CALL);

    stage.presence(ANN, Presence.OFFLINE);
    stage.letGo(Call.AgentReserved.class);

    assertThat(stage.view(ANN).offers()).isEmpty();
    assertThat(stage.view(ANN).presence()).isEqualTo(Presence.OFFLINE);
    assertThat(stage.view(CALL).agent()).isEqualTo(BOB);
  }

  @Test
  void race11_agentSignsOutWhileRinging() {
    Stage stage = new Stage(ANN, BOB);
    stage.arrives(CALL);
    LegId leg = stage.rings(CALL);

    stage.presence(ANN, Presence.OFFLINE);

    assertThat(stage.isKillOrdered(leg)).isTrue();
    assertThat(stage.waiting()).as("keeps its place").isEqualTo(1);
    stage.assertOffer(ANN, OfferState.RESERVED);
    stage.gone(CALL, leg, CANCEL);
    assertThat(stage.view(ANN).offers()).isEmpty();
    assertThat(stage.view(CALL).agent()).isEqualTo(BOB);
  }
}
