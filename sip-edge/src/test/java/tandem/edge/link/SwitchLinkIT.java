package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.TestProbe;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tandem.edge.sim.CallerScript;
import tandem.edge.sim.PhoneScript;
import tandem.edge.sim.Span;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.PhoneNumber;
import tandem.router.edge.CallFact;
import tandem.router.edge.Causes;
import tandem.router.edge.Errand;
import tandem.router.edge.LinkQuery;
import tandem.router.edge.LinkQuery.LinkState;
import tandem.router.edge.SwitchCommand;

/** The whole link, with its journal and its connection, against the simulated switch. */
class SwitchLinkIT extends LinkOnSim {

  private CallId call(CallerScript script) {
    return new CallId(LinkHarness.TENANT, sim.placeCall("+15550001", LinkHarness.NUMBER, script));
  }

  private static List<String> names(List<CallFact> facts) {
    return facts.stream().map(fact -> fact.getClass().getSimpleName()).toList();
  }

  @Test
  void shouldCarryACallFromItsArrivalToItsEnd() {
    sim.phone("1001", PhoneScript.answering(Span.of(100)));
    CallId call = call(CallerScript.talking(Span.of(200)));
    await().until(() -> !calls.of(call, CallFact.Dropped.class).isEmpty());

    assertThat(names(calls.of(call)))
        .containsSubsequence(
            "Arrived", "Greeted", "LegRinging", "LegAnswered", "Bridged", "LegGone", "Dropped");
    assertThat(calls.of(call, CallFact.LegGone.class)).hasSize(2);
    assertThat(sim.channels()).isEmpty();
    assertThat(status().calls()).isZero();
  }

  @Test
  void shouldTellWhyAPhoneDidNotAnswer() {
    sim.phone("1001", PhoneScript.busyLine());
    calls.drops = false;
    CallId call = call(CallerScript.endless());
    await().until(() -> !calls.of(call, CallFact.LegGone.class).isEmpty());
    assertThat(calls.of(call, CallFact.LegGone.class).get(0).cause()).isEqualTo("USER_BUSY");
  }

  @Test
  void shouldKillAnAgentsLegThatWasJustOrdered() {
    sim.phone("1001", PhoneScript.ignoring());
    calls.leads = false;
    CallId call = call(CallerScript.endless());
    await().until(() -> !calls.of(call, CallFact.Greeted.class).isEmpty());
    calls.ring(call);
    link.get().tell(new SwitchCommand.Kill(call, calls.agent(call), "ORIGINATOR_CANCEL"));

    await().until(() -> calls.isGone(call, calls.agent(call)));
    await().until(() -> sim.channels().equals(List.of(call.channel())));
  }

  @Test
  void shouldReparkACallerWhoseBridgeDidNotComeAbout() {
    sim.phone("1001", PhoneScript.answering(Span.of(20)));
    calls.leads = false;
    CallId call = call(CallerScript.endless());
    await().until(() -> !calls.of(call, CallFact.Greeted.class).isEmpty());
    calls.ring(call);
    await().until(() -> !calls.of(call, CallFact.LegAnswered.class).isEmpty());
    calls.bridge(call, calls.agent(call));
    link.get().tell(new SwitchCommand.Kill(call, calls.agent(call), "NORMAL_CLEARING"));
    await().until(() -> calls.isGone(call, calls.agent(call)));
    link.get()
        .tell(
            new SwitchCommand.Repark(
                call, FakeCall.caller(call), calls.agent(call), calls.incarnation()));
    await().until(() -> !calls.of(call, CallFact.Parked.class).isEmpty());
    assertThat(sim.channels()).containsExactly(call.channel());
  }

  @Test
  void shouldFindTalkingCallsAgainAfterTheConnectionBroke() {
    sim.phone("1001", PhoneScript.answering(Span.of(20)));
    CallId call = call(CallerScript.endless());
    await().until(() -> !calls.of(call, CallFact.Bridged.class).isEmpty());
    String before = status().incarnation();

    sim.cutEventSockets();
    await().until(() -> !calls.of(call, CallFact.LinkLost.class).isEmpty());
    await().until(() -> !calls.of(call, CallFact.StillUp.class).isEmpty());

    CallFact.StillUp up = calls.of(call, CallFact.StillUp.class).get(0);
    assertThat(up.incarnation()).isNotEqualTo(before);
    assertThat(up.up())
        .hasSize(2)
        .allSatisfy(leg -> assertThat(leg.state()).isEqualTo(CallFact.LegState.BRIDGED));
  }

  @Test
  void shouldFindItsCallsAgainAfterItsOwnEnd() {
    sim.phone("1001", PhoneScript.answering(Span.of(20)));
    CallId call = call(CallerScript.endless());
    await().until(() -> !calls.of(call, CallFact.Bridged.class).isEmpty());

    kit.stop(link.get());
    startLink();
    await().until(() -> !calls.of(call, CallFact.StillUp.class).isEmpty());
    // The list of channels lags: a call asks for a leg that the first report lacks.
    List<LegId> legs = List.of(FakeCall.caller(call), calls.agent(call));
    link.get().tell(new SwitchCommand.Ask(call, legs));
    await()
        .untilAsserted(
            () -> {
              List<CallFact.StillUp> reports = calls.of(call, CallFact.StillUp.class);
              assertThat(reports.get(reports.size() - 1).up())
                  .extracting(CallFact.LegView::leg)
                  .containsExactlyInAnyOrderElementsOf(legs);
            });
    assertThat(status().calls()).isEqualTo(1);
  }

  @Test
  void shouldEndEveryLegWhenTheSwitchStartsAnew() {
    sim.phone("1001", PhoneScript.answering(Span.of(20)));
    calls.drops = false;
    CallId call = call(CallerScript.endless());
    await().until(() -> !calls.of(call, CallFact.Bridged.class).isEmpty());
    sim.restart();
    await().until(() -> calls.isGone(call, FakeCall.caller(call)));
    assertThat(calls.of(call, CallFact.LegGone.class))
        .anySatisfy(gone -> assertThat(gone.cause()).isEqualTo(Causes.SWITCH_LOST));
  }

  @Test
  void shouldPlayAFileToACallerAndTakeItBack() {
    calls.leads = false;
    CallId call = call(CallerScript.endless());
    await().until(() -> !calls.of(call, CallFact.Greeted.class).isEmpty());
    calls.handOver(call, 1, new Errand.Announce("welcome.wav"));
    calls.handOver(call, 1, new Errand.Announce("welcome.wav"));
    await().until(() -> !calls.of(call, CallFact.Returned.class).isEmpty());
    assertThat(names(calls.of(call))).containsSubsequence("Greeted", "HandedOver", "Returned");

    sim.phone("1001", PhoneScript.answering(Span.of(20)));
    calls.leads = true;
    calls.ring(call);
    await().until(() -> !calls.of(call, CallFact.Bridged.class).isEmpty());
    assertThat(calls.of(call, CallFact.Returned.class)).hasSize(1);
  }

  @Test
  void shouldTakeACallerBackWhoseFileEndedWhileTheConnectionWasBroken() {
    calls.leads = false;
    CallId call = call(CallerScript.endless());
    await().until(() -> !calls.of(call, CallFact.Greeted.class).isEmpty());
    calls.handOver(call, 1, new Errand.Announce("welcome.wav"));
    await().until(() -> !calls.of(call, CallFact.HandedOver.class).isEmpty());
    sim.cutEventSockets();
    await().until(() -> !calls.of(call, CallFact.StillUp.class).isEmpty());
    calls.handOver(call, 1, new Errand.Announce("welcome.wav"));
    await().until(() -> !calls.of(call, CallFact.Returned.class).isEmpty());
    assertThat(sim.channels()).containsExactly(call.channel());
  }

  @Test
  void shouldLetACallerSpeakUntilItHangsUp() {
    calls.leads = false;
    CallId call = call(CallerScript.endless());
    await().until(() -> !calls.of(call, CallFact.Greeted.class).isEmpty());
    calls.handOver(call, 1, new Errand.Voicemail("sales"));
    await().until(() -> !calls.of(call, CallFact.HandedOver.class).isEmpty());
    sim.hangup(call.channel());
    await().until(() -> calls.isGone(call, FakeCall.caller(call)));
    assertThat(calls.of(call, CallFact.Returned.class)).isEmpty();
  }

  @Test
  void shouldConnectACallerWithSomebodyOutsideWhomItNeverTakesForAnAgent() {
    sim.phone("+12125550100", PhoneScript.answering(Span.of(20)));
    calls.leads = false;
    CallId call = call(CallerScript.endless());
    await().until(() -> !calls.of(call, CallFact.Greeted.class).isEmpty());
    calls.handOver(call, 1, new Errand.Outside(new PhoneNumber("+12125550100")));
    await().until(() -> sim.channels().size() == 2);
    await().until(() -> sim.ledger().bridged() == 1);
    sim.cutEventSockets();
    await().until(() -> !calls.of(call, CallFact.StillUp.class).isEmpty());
    assertThat(sim.channels()).hasSize(2);
    sim.channels().stream().filter(leg -> !leg.equals(call.channel())).forEach(sim::hangup);
    await().until(() -> calls.isGone(call, FakeCall.caller(call)));

    assertThat(calls.of(call, CallFact.Bridged.class)).isEmpty();
    assertThat(calls.of(call, CallFact.LegGone.class))
        .extracting(CallFact.LegGone::leg)
        .containsOnly(FakeCall.caller(call));
    await().until(() -> sim.channels().isEmpty());
  }

  @Test
  void shouldListTheCallsOfATenant() {
    calls.leads = false;
    CallId call = call(CallerScript.endless());
    await().until(() -> !calls.of(call, CallFact.Greeted.class).isEmpty());
    TestProbe<LinkQuery.LinkCalls> probe = kit.createTestProbe();
    link.get().tell(new LinkQuery.ListCalls(LinkHarness.TENANT, probe.getRef()));
    assertThat(probe.receiveMessage().calls()).containsExactly(call);
  }

  /** A callback whose agent has answered and waits. */
  private CallId agentWaits() {
    sim.phone("1001", PhoneScript.answering(Span.of(20)));
    calls.leads = false;
    LegId origin = LinkHarness.leg();
    CallId callback = LinkHarness.call(origin).callback();
    link.get()
        .tell(
            new SwitchCommand.CallBack(
                LinkHarness.call(origin),
                callback,
                CallbackFixture.promise(origin, Instant.now()),
                LinkHarness.NUMBER,
                CallbackFixture.ENTRY));
    await().until(() -> !calls.of(LinkHarness.call(origin), CallFact.CallbackKept.class).isEmpty());
    await().until(() -> !calls.of(callback, CallFact.Arrived.class).isEmpty());
    calls.ring(callback);
    await().until(() -> !calls.of(callback, CallFact.LegAnswered.class).isEmpty());
    return callback;
  }

  @Test
  void shouldCallSomebodyBackForAnAgentWhoWaits() {
    sim.phone(CallbackFixture.HOME.value(), PhoneScript.answering(Span.of(300)));
    CallId callback = agentWaits();
    LegId customer = LegId.ofCustomer(callback, 1);
    calls.dial(callback, 1, CallbackFixture.HOME);
    await().until(() -> calls.of(callback, CallFact.LegAnswered.class).size() == 2);
    calls.bridge(callback, calls.agent(callback), customer);
    await().until(() -> !calls.of(callback, CallFact.Bridged.class).isEmpty());
    assertThat(names(calls.of(callback)))
        .containsSubsequence(
            "Arrived", "LegRinging", "LegAnswered", "LegRinging", "LegAnswered", "Bridged");
    assertThat(calls.of(callback, CallFact.Bridged.class).get(0).callerLeg()).isEqualTo(customer);

    sim.cutEventSockets();
    await().until(() -> !calls.of(callback, CallFact.StillUp.class).isEmpty());
    assertThat(calls.of(callback, CallFact.StillUp.class).get(0).up())
        .containsExactlyInAnyOrder(
            new CallFact.LegView(customer, CallFact.LegState.BRIDGED, calls.agent(callback)),
            new CallFact.LegView(calls.agent(callback), CallFact.LegState.BRIDGED, customer));
    sim.hangup(calls.agent(callback).value());
    await().until(() -> !calls.of(callback, CallFact.Parked.class).isEmpty());
    assertThat(sim.channels()).containsExactly(customer.value());
    sim.hangup(customer.value());
    await().until(() -> calls.isGone(callback, customer));
  }

  @Test
  void shouldKeepACallbackThatCouldNotBeReachedOverALossOfTheSwitchAndOfTheLink() {
    sim.phone(CallbackFixture.HOME.value(), PhoneScript.busyLine());
    CallId callback = agentWaits();
    calls.dial(callback, 1, CallbackFixture.HOME);
    await().until(() -> calls.isGone(callback, LegId.ofCustomer(callback, 1)));
    assertThat(calls.of(callback, CallFact.LegGone.class).get(0).cause()).isEqualTo("USER_BUSY");

    sim.restart();
    await().until(() -> calls.isGone(callback, calls.agent(callback)));
    kit.stop(link.get());
    startLink();
    await().until(() -> status().state() == LinkState.READY);
    assertThat(status().calls()).isEqualTo(1);
    link.get().tell(new SwitchCommand.Unknown(callback));
    await().until(() -> calls.of(callback, CallFact.Arrived.class).size() == 2);
    assertThat(calls.of(callback, CallFact.Arrived.class).get(1).callback())
        .isEqualTo(calls.of(callback, CallFact.Arrived.class).get(0).callback());
  }
}
