package tandem.router;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.BOB;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.CALLER;
import static tandem.router.kit.Given.LINK;
import static tandem.router.kit.Given.OTHER_LINK;
import static tandem.router.kit.Given.SUPPORT;
import static tandem.router.kit.Given.arrival;
import static tandem.router.kit.Given.call;
import static tandem.router.kit.Given.leg;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tandem.router.agent.Agent;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.Presence;
import tandem.router.domain.ReleaseReason;
import tandem.router.edge.CallFact;
import tandem.router.edge.CallFact.LegState;
import tandem.router.edge.CallFact.LegView;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToAgent;
import tandem.router.entity.Address.ToCall;
import tandem.router.entity.Address.ToQueue;
import tandem.router.feed.AgentView.OfferState;
import tandem.router.feed.CallView.Status;
import tandem.router.kit.Stage;
import tandem.router.queue.Queue;

/**
 * The races of the protocol about deaths, lost messages and lost links (12 to 21), each by its
 * number, with its answer.
 */
class LossRaceTest {
  private static final Duration MOMENT = Duration.ofMillis(600);
  private static final String NO_ANSWER = "NO_ANSWER";
  private static final String NORMAL = "NORMAL_CLEARING";
  private static final String CANCEL = "ORIGINATOR_CANCEL";

  @Test
  void race12_queueDiesWithOffersOut() {
    Stage stage = new Stage(ANN, BOB);
    stage.arrives(CALL);
    stage.rings(CALL);
    CallId second = call(2);
    stage.presence(BOB, Presence.NOT_READY);
    stage.arrives(second);

    stage.crash(new ToQueue(SUPPORT));
    assertThat(stage.waiting()).as("places are in the journal").isEqualTo(2);
    stage.presence(BOB, Presence.READY);

    assertThat(stage.view(second).agent()).as("members announced themselves").isEqualTo(BOB);
    stage.assertCall(CALL, Status.RINGING);
    stage.talks(CALL);
    assertThat(stage.waiting()).isEqualTo(1);
  }

  @Test
  void race13_enqueueComesAfterLeave() {
    Stage stage = new Stage(ANN);
    stage.hold(Queue.Enqueue.class);
    stage.arrives(CALL);
    stage.gone(CALL, CALLER, CANCEL);

    stage.letGo(Queue.Enqueue.class);

    // The ghost is offered once; the call refuses and says that it has left.
    assertThat(stage.waiting()).isZero();
    stage.assertFree(ANN);
    assertThat(stage.orders(SwitchCommand.Originate.class)).isEmpty();
    stage.advance(Duration.ofSeconds(10));
    assertThat(stage.agent(ANN).journal())
        .filteredOn(Agent.Reserved.class::isInstance)
        .hasSizeLessThan(2);
  }

  @Test
  void race13_everyMessageIsRepeated() {
    Stage once = new Stage(ANN);
    Stage twice = new Stage(ANN).repeating();
    for (Stage stage : List.of(once, twice)) {
      stage.arrives(CALL);
      LegId leg = stage.talks(CALL);
      stage.gone(CALL, leg, NORMAL);
      stage.gone(CALL, CALLER, NORMAL);
      stage.assertCloses(CALL);
    }

    assertThat(twice.call(CALL).journal()).isEqualTo(once.call(CALL).journal());
    assertThat(twice.agent(ANN).journal()).isEqualTo(once.agent(ANN).journal());
    assertThat(twice.queueOf(SUPPORT).journal()).isEqualTo(once.queueOf(SUPPORT).journal());
  }

  @Test
  void race13_stillUpComesBeforeArrived() {
    Stage stage = new Stage(ANN);

    stage.stillUp(CALL, LINK, List.of(new LegView(CALLER, LegState.ANSWERED, null)));

    assertThat(stage.orders(SwitchCommand.Unknown.class)).hasSize(1);
    assertThat(stage.call(CALL).journal()).isEmpty();
    stage.arrives(CALL);
    stage.assertCall(CALL, Status.OFFERED);
  }

  @Test
  void race13_callerIsGoneBeforeItsArrivalIsHeard() {
    Stage stage = new Stage();
    stage.gone(CALL, CALLER, CANCEL);
    stage.stillUp(CALL, LINK, List.of(), CALLER);
    assertThat(stage.orders(SwitchCommand.Unknown.class)).isNotEmpty();

    stage.fact(CALL, arrival(CALL, 50, stage.clock.now()));
    stage.stillUp(CALL, LINK, List.of(), CALLER);

    stage.assertCloses(CALL);
  }

  @Test
  void race14_twoEdgesReportTheSameFacts() {
    Stage stage = new Stage(ANN);
    stage.arrives(CALL);
    LegId leg = stage.rings(CALL);
    List<Call.Event> before = stage.call(CALL).journal();

    // The other edge took over and says all it sees; the zombie goes on talking.
    stage.stillUp(
        CALL,
        OTHER_LINK,
        List.of(
            new LegView(CALLER, LegState.ANSWERED, null),
            new LegView(leg, LegState.RINGING, null)));
    stage.fact(CALL, new CallFact.LegRinging(leg, stage.clock.now()));
    assertThat(stage.call(CALL).journal()).isEqualTo(before);

    stage.fact(CALL, new CallFact.LegAnswered(leg, stage.clock.now()));
    stage.fact(CALL, new CallFact.LegAnswered(leg, stage.clock.now()));

    // One order, and only the edge that was heard last may carry it out.
    assertThat(stage.orders(SwitchCommand.Bridge.class))
        .extracting(SwitchCommand.Bridge::incarnation)
        .containsExactly(OTHER_LINK);
    SwitchCommand.Bridge bridge = stage.orders(SwitchCommand.Bridge.class).get(0);
    assertThat(bridge.notAfter()).isAfter(stage.clock.now());
  }

  @Test
  void race15_linkIsLostWhileRinging() {
    Stage stage = new Stage(ANN);
    stage.arrives(CALL);
    LegId leg = stage.rings(CALL);

    stage.linkLost(CALL);
    stage.assertCall(CALL, Status.RINGING);
    stage.stillUp(
        CALL,
        OTHER_LINK,
        List.of(
            new LegView(CALLER, LegState.ANSWERED, null),
            new LegView(leg, LegState.ANSWERED, null)));

    stage.assertCall(CALL, Status.CONNECTING);
    assertThat(stage.orders(SwitchCommand.Originate.class)).hasSize(1);
    assertThat(stage.orders(SwitchCommand.Bridge.class)).hasSize(1);
  }

  @Test
  void race15_linkIsLostWhileRingingAndComesBackTooLate() {
    Stage stage = new Stage(ANN, BOB);
    stage.arrives(CALL);
    LegId leg = stage.rings(CALL);
    stage.linkLost(CALL);

    stage.advance(Duration.ofSeconds(20));

    stage.assertCall(CALL, Status.QUEUED);
    stage.assertOffer(ANN, OfferState.RESERVED);
    assertThat(stage.view(BOB).offers()).as("a call without its link takes no offer").isEmpty();
    stage.stillUp(CALL, OTHER_LINK, List.of(new LegView(CALLER, LegState.ANSWERED, null)), leg);
    assertThat(stage.view(ANN).offers()).isEmpty();
    assertThat(stage.view(CALL).agent()).isEqualTo(BOB);
  }

  @Test
  void race15_linkIsLostWhileTalking() {
    Stage stage = new Stage(ANN);
    stage.arrives(CALL);
    LegId leg = stage.talks(CALL);

    stage.linkLost(CALL);
    stage.advance(Duration.ofSeconds(30));
    stage.assertCall(CALL, Status.CONNECTED);
    stage.stillUp(
        CALL,
        OTHER_LINK,
        List.of(
            new LegView(CALLER, LegState.BRIDGED, leg),
            new LegView(leg, LegState.BRIDGED, CALLER)));

    stage.assertCall(CALL, Status.CONNECTED);
    stage.assertOffer(ANN, OfferState.TALKING);
  }

  @Test
  void race15_switchIsGivenUpWhileTalking() {
    Stage stage = new Stage(ANN);
    stage.arrives(CALL);
    LegId leg = stage.talks(CALL);
    stage.linkLost(CALL);

    stage.fact(CALL, new CallFact.LegGone(CALLER, "TANDEM_SWITCH_LOST", true, stage.clock.now()));
    stage.fact(CALL, new CallFact.LegGone(leg, "TANDEM_SWITCH_LOST", true, stage.clock.now()));

    stage.assertCall(CALL, Status.ENDED);
    stage.assertOffer(ANN, OfferState.WRAP_UP);
    // Seen again after all: killed.
    stage.forgetOrders();
    stage.stillUp(CALL, OTHER_LINK, List.of(new LegView(leg, LegState.ANSWERED, null)));
    assertThat(stage.isKillOrdered(leg)).isTrue();
    stage.assertCloses(CALL);
  }

  @Test
  void race15_linkIsLostWhileWaiting() {
    Stage stage = new Stage();
    stage.arrives(CALL);
    stage.linkLost(CALL);
    stage.addAgent(ANN, 1, SUPPORT);
    stage.advance(MOMENT);
    assertThat(stage.view(ANN).offers()).as("holds its place, takes no offer").isEmpty();

    stage.stillUp(CALL, OTHER_LINK, List.of(new LegView(CALLER, LegState.ANSWERED, null)));
    stage.advance(MOMENT);

    stage.assertCall(CALL, Status.OFFERED);
  }

  @Test
  void race19_phoneIsBusyOutsideTandem() {
    Stage stage = new Stage(ANN, BOB);
    stage.arrives(CALL);
    LegId leg = stage.agentLeg(CALL);

    stage.gone(CALL, leg, "USER_BUSY");

    stage.assertFree(ANN);
    assertThat(stage.agent(ANN).journal())
        .last()
        .isInstanceOfSatisfying(
            Agent.Released.class,
            released -> {
              assertThat(released.reason()).isEqualTo(ReleaseReason.BUSY);
              assertThat(released.restUntil()).isEqualTo(stage.clock.now().plusSeconds(5));
            });
    assertThat(stage.view(CALL).agent()).as("the next agent at once").isEqualTo(BOB);
  }

  @Test
  void race21_persistFailsAndItsOutcomeIsUnknown() {
    // The agent's grant was written, but nothing that follows it was said.
    Stage stage = new Stage(ANN);
    stage.lose(Queue.Granted.class);
    stage.lose(Call.AgentReserved.class);
    stage.arrives(CALL);
    stage.loseNoMore(Queue.Granted.class);
    stage.loseNoMore(Call.AgentReserved.class);

    stage.crash(new ToAgent(ANN));
    stage.advance(MOMENT);

    stage.assertCall(CALL, Status.OFFERED);
    assertThat(stage.agent(ANN).journal()).filteredOn(Agent.Reserved.class::isInstance).hasSize(1);
  }

  @Test
  void race21_noAnswerIsNotTakenForAFailure() {
    Stage stage = new Stage(ANN);
    stage.arrives(CALL);
    LegId leg = stage.rings(CALL);
    stage.gone(CALL, leg, NO_ANSWER);

    stage.crash(new ToCall(CALL));
    stage.crash(new ToQueue(SUPPORT));
    stage.crash(new ToAgent(ANN));

    assertThat(stage.view(ANN).presence()).isEqualTo(Presence.NOT_READY);
    assertThat(stage.view(ANN).reason()).isEqualTo("RONA");
    stage.assertCall(CALL, Status.QUEUED);
    assertThat(stage.waiting()).isEqualTo(1);
  }
}
