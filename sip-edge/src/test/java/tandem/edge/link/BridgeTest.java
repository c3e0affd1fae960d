package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;

class BridgeTest {
  private final LinkHarness link = new LinkHarness().ready().compared();

  private SwitchCommand.Bridge bridge(LegId agent, LegId caller) {
    return new SwitchCommand.Bridge(
        LinkHarness.call(caller), agent, caller, link.now.plusMillis(500), link.incarnation());
  }

  private SwitchCommand.Repark repark(LegId caller, LegId failed) {
    return new SwitchCommand.Repark(LinkHarness.call(caller), caller, failed, link.incarnation());
  }

  private static String music(LegId caller) {
    return "uuid_broadcast " + caller + " playback::tone_stream://music aleg";
  }

  @Test
  void shouldRefuseABridgeThatComesTooLate() {
    LegId caller = link.greeted();
    LegId agent = link.answeredAgent(caller);
    SwitchCommand.Bridge order = bridge(agent, caller);
    link.forgetSaid();
    link.now = link.now.plusSeconds(1);
    link.order(order);
    assertThat(link.commands).noneMatch(command -> command.startsWith("uuid_bridge"));
    assertThat(link.last(caller, CallFact.BridgeRefused.class).agentLeg()).isEqualTo(agent);
  }

  @Test
  void shouldNotBridgeALegThatIsToBeKilledOrWasReparkedFrom() {
    LegId caller = link.greeted();
    LegId reparked = link.answeredAgent(caller);
    LegId killed = link.answeredAgent(caller);
    link.order(repark(caller, reparked));
    link.order(new SwitchCommand.Kill(LinkHarness.call(caller), killed, "NORMAL_CLEARING"));
    link.forgetSaid();
    link.order(bridge(reparked, caller));
    link.order(bridge(killed, caller));
    assertThat(link.commands).noneMatch(command -> command.startsWith("uuid_bridge"));
  }

  @Test
  void shouldNotParkACallerWhoWasGivenToAnotherAgentSince() {
    LegId caller = link.greeted();
    LegId failed = link.answeredAgent(caller);
    LegId next = link.bridgedAgent(caller);
    link.forgetSaid();
    link.order(repark(caller, failed));
    assertThat(link.commands).isEmpty();
    link.order(repark(caller, next));
    link.pass(Duration.ofMillis(300));
    assertThat(link.commands).contains("uuid_park " + caller);
  }

  @Test
  void shouldNameTheCallerFirstAndBelieveOnlyTheEvent() {
    LegId caller = link.greeted();
    LegId agent = link.answeredAgent(caller);
    link.forgetSaid();
    link.order(bridge(agent, caller));
    link.answer("uuid_bridge " + caller + " " + agent, "+OK " + caller);
    assertThat(link.facts(caller)).isEmpty();

    link.happen(new Happening.Joined(caller, agent));
    CallFact.Bridged bridged = link.last(caller, CallFact.Bridged.class);
    assertThat(bridged.agentLeg()).isEqualTo(agent);
    assertThat(bridged.callerLeg()).isEqualTo(caller);
  }

  @Test
  void shouldTellAgentFromCallerWhicheverTheSwitchNamesFirst() {
    LegId caller = link.greeted();
    LegId agent = link.answeredAgent(caller);
    link.happen(new Happening.Joined(agent, caller));
    assertThat(link.last(caller, CallFact.Bridged.class).agentLeg()).isEqualTo(agent);
  }

  @Test
  void shouldNotWriteABridgeBeforeItsCallerIsAnsweredForItWouldKillBoth() {
    link.answer = AnswerMode.ON_AGENT;
    LegId caller = link.greeted();
    LegId agent = link.answeredAgent(caller);
    link.forgetSaid();
    link.order(bridge(agent, caller));
    link.order(bridge(agent, caller));
    assertThat(link.commands).containsExactly("uuid_answer " + caller);

    link.answer("uuid_answer", "+OK");
    assertThat(link.commands)
        .containsExactly("uuid_answer " + caller, "uuid_bridge " + caller + " " + agent);
    assertThat(link.facts(caller)).isEmpty();
  }

  @Test
  void shouldRefuseABridgeWhoseCallerTheSwitchCouldNotAnswerAndTryAgainForTheNext() {
    link.answer = AnswerMode.ON_AGENT;
    LegId caller = link.greeted();
    LegId agent = link.answeredAgent(caller);
    link.forgetSaid();
    link.order(bridge(agent, caller));
    link.answer("uuid_answer", "-ERR not now");
    assertThat(link.commands).containsExactly("uuid_answer " + caller);
    assertThat(link.last(caller, CallFact.BridgeRefused.class).agentLeg()).isEqualTo(agent);

    LegId next = link.answeredAgent(caller);
    link.forgetSaid();
    link.order(bridge(next, caller));
    link.answer("uuid_answer", "+OK");
    assertThat(link.commands)
        .containsExactly("uuid_answer " + caller, "uuid_bridge " + caller + " " + next);
  }

  @Test
  void shouldRefuseABridgeWhoseAnswerCouldNotBeWritten() {
    link.answer = AnswerMode.ON_AGENT;
    LegId caller = link.greeted();
    LegId agent = link.answeredAgent(caller);
    link.forgetSaid();
    link.order(bridge(agent, caller));
    link.overload("uuid_answer");
    assertThat(link.commands).containsExactly("uuid_answer " + caller);
    assertThat(link.last(caller, CallFact.BridgeRefused.class).agentLeg()).isEqualTo(agent);
  }

  @Test
  void shouldRefuseABridgeWhoseCallerIsAnsweredTooLate() {
    link.answer = AnswerMode.ON_AGENT;
    LegId caller = link.greeted();
    LegId agent = link.answeredAgent(caller);
    link.forgetSaid();
    link.order(bridge(agent, caller));
    link.now = link.now.plusSeconds(1);
    link.answer("uuid_answer", "+OK");
    assertThat(link.commands).noneMatch(command -> command.startsWith("uuid_bridge"));
    assertThat(link.last(caller, CallFact.BridgeRefused.class).agentLeg()).isEqualTo(agent);
  }

  @Test
  void shouldNotWriteABridgeThatWasTakenBackWhileItsCallerWasAnswered() {
    link.answer = AnswerMode.ON_AGENT;
    LegId reparked = link.greeted();
    LegId first = link.answeredAgent(reparked);
    LegId killed = link.greeted();
    LegId second = link.answeredAgent(killed);
    link.order(bridge(first, reparked));
    link.order(repark(reparked, first));
    link.order(bridge(second, killed));
    link.order(new SwitchCommand.Kill(LinkHarness.call(killed), second, "NORMAL_CLEARING"));
    link.answerAll();
    assertThat(link.commands).noneMatch(command -> command.startsWith("uuid_bridge"));
    assertThat(link.last(reparked, CallFact.Parked.class).leg()).isEqualTo(reparked);
    assertThat(link.commands)
        .as("they are answered now, and would hear nothing")
        .anyMatch(command -> command.startsWith("uuid_broadcast " + reparked))
        .anyMatch(command -> command.startsWith("uuid_broadcast " + killed));
  }

  @Test
  void shouldLetTheBridgeAnswerEarlyMedia() {
    link.answer = AnswerMode.EARLY_MEDIA;
    LegId caller = link.greeted();
    LegId agent = link.answeredAgent(caller);
    link.forgetSaid();
    link.order(bridge(agent, caller));
    assertThat(link.commands).containsExactly("uuid_bridge " + caller + " " + agent);
  }

  @Test
  void shouldSayRefusedWhenTheSwitchRefuses() {
    LegId caller = link.greeted();
    LegId agent = link.answeredAgent(caller);
    link.order(bridge(agent, caller));
    link.answer("uuid_bridge", "-ERR Invalid uuid\n");
    assertThat(link.last(caller, CallFact.BridgeRefused.class).text())
        .isEqualTo("-ERR Invalid uuid");
  }

  @Test
  void shouldRefuseToBridgeALegWithItself() {
    LegId caller = link.greeted();
    link.forgetSaid();
    link.order(bridge(caller, caller));
    assertThat(link.commands).isEmpty();
    assertThat(link.facts(caller, CallFact.BridgeRefused.class)).hasSize(1);
  }

  @Test
  void shouldNotBridgeTwiceButSayAgainThatItIsDone() {
    LegId caller = link.greeted();
    LegId agent = link.bridgedAgent(caller);
    link.forgetSaid();
    link.order(bridge(agent, caller));
    assertThat(link.commands).isEmpty();
    assertThat(link.facts(caller, CallFact.Bridged.class)).hasSize(1);
  }

  @Test
  void shouldRefuseABridgeWithALegThatIsGoneAndSayHowItEnded() {
    LegId caller = link.greeted();
    LegId agent = link.answeredAgent(caller);
    link.happen(
        new Happening.Ended(
            LinkHarness.outbound(agent, LinkHarness.call(caller), true), "NORMAL_CLEARING"));
    link.forgetSaid();
    link.order(bridge(agent, caller));
    assertThat(link.commands).isEmpty();
    assertThat(link.facts(caller))
        .extracting(fact -> fact.getClass().getSimpleName())
        .containsExactly("LegGone", "BridgeRefused");
  }

  @Test
  void shouldSayParkedWhenACallerComesBackFromABridge() {
    LegId caller = link.greeted();
    LegId agent = link.bridgedAgent(caller);
    link.forgetSaid();
    link.happen(new Happening.Parked(LinkHarness.answeredInbound(caller)));
    link.happen(new Happening.Parted(caller, agent));
    assertThat(link.facts(caller)).singleElement().isInstanceOf(CallFact.Parked.class);
    assertThat(link.commands).isEmpty();
  }

  @Test
  void shouldBringAStuckCallerBackAndPlayMusicAgain() {
    LegId caller = link.greeted();
    LegId agent = link.answeredAgent(caller);
    link.order(bridge(agent, caller));
    link.answer("uuid_bridge", "+OK");
    link.happen(
        new Happening.Ended(
            LinkHarness.outbound(agent, LinkHarness.call(caller), true), "NORMAL_CLEARING"));
    link.forgetSaid();

    link.order(repark(caller, agent));
    link.pass(Duration.ofMillis(200));
    assertThat(link.commands).as("it may come by itself").isEmpty();
    link.pass(Duration.ofMillis(100));
    link.order(repark(caller, agent));
    link.pass(Duration.ofMillis(100));
    assertThat(link.commands).containsExactly("uuid_park " + caller);
    link.happen(new Happening.Parked(LinkHarness.answeredInbound(caller)));

    assertThat(link.commands)
        .containsExactly("uuid_park " + caller, "uuid_break " + caller + " all", music(caller));
    assertThat(link.facts(caller)).singleElement().isInstanceOf(CallFact.Parked.class);
  }

  /** Ordered on top of that, a park would take the caller out of park, and no music would play. */
  @Test
  void shouldNotParkACallerWhomTheSwitchParksByItselfWhenTheAgentGoesBeforeTheBridge() {
    LegId caller = link.greeted();
    LegId agent = link.answeredAgent(caller);
    link.order(bridge(agent, caller));
    link.answer("uuid_bridge", "+OK");
    link.happen(
        new Happening.Ended(
            LinkHarness.outbound(agent, LinkHarness.call(caller), true), "NORMAL_CLEARING"));
    link.forgetSaid();

    link.order(repark(caller, agent));
    link.happen(new Happening.Parked(LinkHarness.answeredInbound(caller)));
    assertThat(link.facts(caller)).containsExactly(new CallFact.Parked(caller, link.now));
    link.pass(Duration.ofSeconds(1));
    assertThat(link.commands).containsExactly("uuid_break " + caller + " all", music(caller));

    LegId next = link.answeredAgent(caller);
    link.forgetSaid();
    link.order(bridge(next, caller));
    assertThat(link.commands).containsExactly("uuid_bridge " + caller + " " + next);
  }

  @Test
  void shouldSayParkedAndPlayMusicWhenACallerIsBackBeforeItsCallAsksForIt() {
    LegId caller = link.greeted();
    LegId agent = link.answeredAgent(caller);
    link.order(bridge(agent, caller));
    link.answer("uuid_bridge", "+OK");
    link.forgetSaid();
    link.happen(
        new Happening.Ended(
            LinkHarness.outbound(agent, LinkHarness.call(caller), true), "NORMAL_CLEARING"));
    link.happen(new Happening.Parked(LinkHarness.answeredInbound(caller)));
    assertThat(link.facts(caller))
        .extracting(fact -> fact.getClass().getSimpleName())
        .containsExactly("LegGone", "Parked");
    link.order(repark(caller, agent));
    assertThat(link.commands).containsExactly("uuid_break " + caller + " all", music(caller));
    assertThat(link.facts(caller, CallFact.Parked.class)).hasSize(2);
  }

  /** The switch says nothing of it: it would wait for ever. */
  @Test
  void shouldKillTheAgentWhoseCallerWentBeforeTheBridge() {
    LegId caller = link.greeted();
    LegId agent = link.answeredAgent(caller);
    link.order(bridge(agent, caller));
    link.answer("uuid_bridge", "+OK");
    link.happen(new Happening.Ended(LinkHarness.answeredInbound(caller), "NORMAL_CLEARING"));
    assertThat(link.last(caller, CallFact.LegGone.class).leg()).isEqualTo(caller);
    link.forgetSaid();
    link.order(new SwitchCommand.Kill(LinkHarness.call(caller), agent, "NORMAL_CLEARING"));
    assertThat(link.commands).containsExactly("uuid_kill " + agent + " NORMAL_CLEARING");
  }

  @Test
  void shouldTakeAParkWithoutAnEventAsDoneSinceTheCallerWasParkedAlready() {
    LegId caller = link.greeted();
    LegId agent = link.answeredAgent(caller);
    link.order(bridge(agent, caller));
    link.answer("uuid_bridge", "+OK");
    link.order(repark(caller, agent));
    link.pass(Duration.ofMillis(300));
    link.answer("uuid_park", "+OK");
    link.pass(Duration.ofMillis(500));
    assertThat(link.commands).endsWith("uuid_break " + caller + " all", music(caller));
    assertThat(link.facts(caller, CallFact.Parked.class)).hasSize(1);
  }

  @Test
  void shouldLetTheMusicPlayOnWhenTheSwitchRefusesTheBridge() {
    LegId caller = link.greeted();
    LegId agent = link.answeredAgent(caller);
    link.order(bridge(agent, caller));
    link.answer("uuid_bridge", "-ERR Invalid uuid");
    link.forgetSaid();
    link.order(repark(caller, agent));
    assertThat(link.commands).isEmpty();
    assertThat(link.facts(caller, CallFact.Parked.class)).hasSize(1);
  }

  @Test
  void shouldPlayMusicAgainWhenACallerComesBackBeforeTheOrderToBridgeIsAnswered() {
    LegId caller = link.greeted();
    LegId agent = link.answeredAgent(caller);
    link.order(bridge(agent, caller));
    link.happen(new Happening.Parked(LinkHarness.answeredInbound(caller)));
    link.answer("uuid_bridge", "+OK");
    link.forgetSaid();
    link.order(repark(caller, agent));
    assertThat(link.commands).containsExactly("uuid_break " + caller + " all", music(caller));
  }

  @Test
  void shouldPlayMusicOnceToACallerThatIsParkedAlready() {
    LegId caller = link.greeted();
    LegId agent = link.bridgedAgent(caller);
    link.happen(new Happening.Parked(LinkHarness.answeredInbound(caller)));
    link.forgetSaid();
    link.order(repark(caller, agent));
    link.order(repark(caller, agent));
    assertThat(link.commands).containsExactly(music(caller));
    assertThat(link.facts(caller, CallFact.Parked.class)).hasSize(2);
  }

  @Test
  void shouldRefuseABridgeThatComesTooLateAndForGood() {
    LegId caller = link.greeted();
    LegId agent = link.answeredAgent(caller);
    SwitchCommand.Bridge late = bridge(agent, caller);
    link.pass(Duration.ofSeconds(1));
    link.forgetSaid();
    link.order(late);
    link.order(bridge(agent, caller));
    assertThat(link.commands).isEmpty();
    assertThat(link.facts(caller, CallFact.BridgeRefused.class)).hasSize(1);
  }

  @Test
  void shouldIgnoreARepeatedBridgeEvenAfterTheTwoHaveParted() {
    LegId caller = link.greeted();
    LegId agent = link.bridgedAgent(caller);
    link.happen(new Happening.Parted(caller, agent));
    link.forgetSaid();
    link.order(bridge(agent, caller));
    assertThat(link.commands).isEmpty();
    assertThat(link.said).isEmpty();
  }

  @Test
  void shouldPassDigitsOn() {
    LegId caller = link.greeted();
    link.happen(new Happening.Digit(caller, "5"));
    assertThat(link.last(caller, CallFact.Dtmf.class).digit()).isEqualTo("5");
  }
}
