package tandem.router.call;

import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.CALLER;
import static tandem.router.kit.Given.FS1;
import static tandem.router.kit.Given.LINK;
import static tandem.router.kit.Given.RING;
import static tandem.router.kit.Given.SUPPORT;
import static tandem.router.kit.Given.arrival;
import static tandem.router.kit.Given.contact;
import static tandem.router.kit.Given.offer;

import java.util.List;
import tandem.router.agent.Agent;
import tandem.router.domain.AgentId;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.ReleaseReason;
import tandem.router.domain.plan.Plans;
import tandem.router.edge.CallFact;
import tandem.router.edge.CallFact.LegState;
import tandem.router.edge.CallFact.LegView;
import tandem.router.edge.SwitchCommand;
import tandem.router.feed.CallView;
import tandem.router.kit.Given;
import tandem.router.kit.HandClock;
import tandem.router.kit.Played;
import tandem.router.queue.Queue;

/** One call, its switch and its agents played by the test. */
final class CallPlay {
  static final OfferId OFFER = offer(1);
  static final LegId LEG = LegId.of(OFFER);

  final HandClock clock = new HandClock();
  final Played<Call.Command, Call.Event, CallState> call =
      new Played<>(clock, () -> new CallLogic(CALL, CallTimings.DEFAULT, Plans.NONE));

  /** How far a call has come. */
  enum Stage {
    UNBORN,
    WAITING,
    OFFERING,
    RINGING,
    BRIDGING,
    ADRIFT,
    BRIDGED,
    ENDING,
    OVER,
    CLOSED
  }

  static CallPlay at(Stage stage) {
    CallPlay play = new CallPlay();
    switch (stage) {
      case UNBORN -> {}
      case WAITING -> play.waiting();
      case OFFERING -> play.waiting().reserved(1, ANN);
      case RINGING -> play.waiting().reserved(1, ANN).rings();
      case BRIDGING -> play.waiting().reserved(1, ANN).rings().answers();
      case ADRIFT -> play.waiting().reserved(1, ANN).rings().answers().refused();
      case BRIDGED -> play.talking();
      case ENDING -> play.talking().gone(CALLER, "NORMAL_CLEARING");
      case OVER -> play.talking().gone(CALLER, "NORMAL_CLEARING").gone(LEG, "NORMAL_CLEARING");
      case CLOSED ->
          play.talking()
              .gone(CALLER, "NORMAL_CLEARING")
              .gone(LEG, "NORMAL_CLEARING")
              .everybodyHears();
    }
    return play;
  }

  CallPlay waiting() {
    fact(arrival(CALL, 50, clock.now()));
    call.take(new Call.Heard("enqueue:1:support"));
    return fact(new CallFact.Greeted(CALLER, true, clock.now()));
  }

  CallPlay talking() {
    return waiting().reserved(1, ANN).rings().answers().bridged();
  }

  CallPlay reserved(int offer, AgentId agent) {
    call.take(Given.reserved(offer(offer), agent, SUPPORT, 1, contact(agent), RING));
    return this;
  }

  CallPlay rings() {
    return fact(new CallFact.LegRinging(LEG, clock.now()));
  }

  CallPlay answers() {
    return fact(new CallFact.LegAnswered(LEG, clock.now()));
  }

  CallPlay bridged() {
    return fact(new CallFact.Bridged(LEG, CALLER, clock.now()));
  }

  CallPlay refused() {
    return fact(new CallFact.BridgeRefused(LEG, CALLER, "-ERR", clock.now()));
  }

  CallPlay gone(LegId leg, String cause) {
    return fact(new CallFact.LegGone(leg, cause, false, clock.now()));
  }

  CallPlay linkLost() {
    return fact(new CallFact.LinkLost(FS1, clock.now()));
  }

  CallPlay stillUp(List<LegView> up, LegId... absent) {
    return fact(new CallFact.StillUp(FS1, LINK, up, List.of(absent), clock.now()));
  }

  static LegView seen(LegId leg, LegState state) {
    return new LegView(leg, state, null);
  }

  CallPlay fact(CallFact fact) {
    call.take(new Call.Fact(fact));
    return this;
  }

  /** Agent and queue acknowledge all they are told, and the record confirms. */
  CallPlay everybodyHears() {
    call.restart();
    for (Agent.Verdict verdict : call.told(Agent.Verdict.class)) {
      call.take(new Call.Heard(verdict.key()));
    }
    call.take(new Call.Heard("served:1:support"));
    call.take(new Call.Heard("leave:1:support"));
    call.take(recorded());
    return this;
  }

  /** The record's answer to all there is. */
  Call.Recorded recorded() {
    return new Call.Recorded(call.state().version(), call.state().version());
  }

  // What is seen.

  CallView.Status status() {
    return call.state().view(CALL).state();
  }

  List<LegId> killed() {
    return call.told(SwitchCommand.Kill.class).stream().map(SwitchCommand.Kill::leg).toList();
  }

  Agent.Verdict verdict() {
    return call.toldOne(Agent.Verdict.class);
  }

  static Agent.Verdict released(int offer, ReleaseReason why) {
    return new Agent.Verdict(offer(offer), CALL, Agent.Standing.RELEASED, why);
  }

  Queue.Place place() {
    return call.toldOne(Queue.Place.class);
  }
}
