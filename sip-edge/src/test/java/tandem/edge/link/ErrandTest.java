package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;

/** A caller is handed over to the switch, which does something with it by itself. */
class ErrandTest extends ErrandFixture {
  @Test
  void shouldTellTheChannelWhatItIsAboutBeforeItIsTransferred() {
    LegId caller = link.arrived();
    link.forgetSaid();
    link.order(handOver(caller, 1, ANNOUNCE));
    link.answer("sched_del " + caller, "+OK Deleted: 1");
    assertThat(link.commands)
        .containsExactly("sched_del " + caller, told(caller, "sounds/welcome.wav"));

    link.answer("uuid_setvar_multi", "+OK");
    assertThat(link.commands).endsWith(transfer(caller, "announce-1"));
    assertThat(link.facts(caller)).isEmpty();
    link.answer("uuid_transfer", "+OK");
    assertThat(link.last(caller, CallFact.HandedOver.class).errand()).isEqualTo(1);
    assertThat(link.nudging).as("nothing is in a hurry while a file plays").isFalse();
  }

  @Test
  void shouldEndTheMusicFirstAlsoWhatHasNotBegun() {
    LegId caller = link.greeted();
    link.forgetSaid();
    link.order(handOver(caller, 1, VOICEMAIL));
    link.answerAll();
    assertThat(link.commands)
        .containsExactly(
            "sched_del " + caller,
            "uuid_break " + caller + " all",
            told(caller, "sales@demo"),
            transfer(caller, "voicemail-1"));
  }

  @Test
  void shouldNameTheNumberOfSomebodyOutside() {
    LegId caller = link.greeted();
    link.forgetSaid();
    link.order(handOver(caller, 3, OUTSIDE));
    link.answerAll();
    assertThat(link.commands).contains(told(caller, "+12125550100"), transfer(caller, "outside-3"));
  }

  @Test
  void shouldSayReturnedWhenTheCallerIsParkedAgainAndPlayTheMusicItHeardBefore() {
    LegId caller = away(1, ANNOUNCE);
    link.forgetSaid();
    link.happen(back(caller, 1));
    assertThat(names(link.facts(caller))).containsExactly("Returned");
    assertThat(link.commands).containsExactly(music(caller));
    assertThat(link.logic.status().channels()).isEqualTo(1);
  }

  @Test
  void shouldLeaveTheMusicOfACallerWhoIsNotGreetedYetToTheGreeting() {
    LegId caller = link.arrived();
    link.order(handOver(caller, 1, ANNOUNCE));
    link.answerAll();
    link.happen(new Happening.Answered(LinkHarness.answeredInbound(caller)));
    link.forgetSaid();
    link.happen(back(caller, 1));
    assertThat(link.commands).isEmpty();

    link.order(
        new SwitchCommand.Greet(
            LinkHarness.call(caller), caller, AnswerMode.ON_QUEUE, link.incarnation()));
    assertThat(link.commands)
        .noneMatch(command -> command.startsWith("uuid_answer"))
        .contains(music(caller));
  }

  @Test
  void shouldPlayMusicToACallerWhoHasHeardAFileAndCannotHearItRing() {
    link.answer = AnswerMode.ON_AGENT;
    LegId caller = link.arrived();
    link.order(handOver(caller, 1, ANNOUNCE));
    link.answerAll();
    link.happen(new Happening.Answered(LinkHarness.answeredInbound(caller)));
    link.happen(back(caller, 1));
    link.forgetSaid();
    link.order(
        new SwitchCommand.Greet(
            LinkHarness.call(caller), caller, AnswerMode.ON_AGENT, link.incarnation()));
    assertThat(link.commands)
        .contains(music(caller))
        .noneMatch(command -> command.startsWith("uuid_ring_ready"));
  }

  @Test
  void shouldRunARepeatedErrandOnce() {
    LegId caller = link.greeted();
    link.forgetSaid();
    link.order(handOver(caller, 1, ANNOUNCE));
    link.order(handOver(caller, 1, ANNOUNCE));
    link.answerAll();
    link.order(handOver(caller, 1, ANNOUNCE));
    assertThat(link.commands).containsOnlyOnce(transfer(caller, "announce-1"));
    assertThat(names(link.facts(caller))).containsExactly("HandedOver", "HandedOver");

    link.happen(back(caller, 1));
    link.forgetSaid();
    link.order(handOver(caller, 1, ANNOUNCE));
    assertThat(names(link.facts(caller))).containsExactly("HandedOver", "Returned");
    assertThat(link.commands).isEmpty();
  }

  @Test
  void shouldIgnoreAnOlderErrandAndRunTheNext() {
    LegId caller = away(2, ANNOUNCE);
    link.forgetSaid();
    link.order(handOver(caller, 1, ANNOUNCE));
    assertThat(link.commands).isEmpty();
    assertThat(link.facts(caller)).isEmpty();

    link.happen(back(caller, 2));
    link.forgetSaid();
    link.order(handOver(caller, 3, VOICEMAIL));
    link.answerAll();
    assertThat(link.commands)
        .contains("uuid_break " + caller + " all")
        .endsWith(transfer(caller, "voicemail-3"));
    assertThat(link.last(caller, CallFact.HandedOver.class).errand()).isEqualTo(3);
  }

  @Test
  void shouldTakeAParkFromBeforeTheTransferForNoReturn() {
    LegId caller = away(2, ANNOUNCE);
    link.forgetSaid();
    link.happen(new Happening.Parked(LinkHarness.answeredInbound(caller)));
    link.happen(back(caller, 1));
    assertThat(link.facts(caller)).isEmpty();
    assertThat(link.commands).isEmpty();

    link.happen(back(caller, 2));
    assertThat(link.last(caller, CallFact.Returned.class).errand()).isEqualTo(2);
  }

  @Test
  void shouldTakeAParkAfterABridgeForNothingWhenTheCallerWasHandedOverSince() {
    LegId caller = link.greeted();
    LegId agent = link.bridgedAgent(caller);
    link.happen(
        new Happening.Ended(
            LinkHarness.outbound(agent, LinkHarness.call(caller), true), "NORMAL_CLEARING"));
    link.order(handOver(caller, 1, ANNOUNCE));
    link.answerAll();
    link.forgetSaid();
    link.happen(new Happening.Parked(LinkHarness.answeredInbound(caller)));
    assertThat(link.facts(caller)).isEmpty();
  }

  @Test
  void shouldSayBothWhenTheCallerIsBackBeforeTheTransferIsAnswered() {
    LegId caller = link.greeted();
    link.order(handOver(caller, 1, ANNOUNCE));
    link.answer("sched_del", "+OK");
    link.answer("uuid_break", "+OK");
    link.answer("uuid_setvar_multi", "+OK");
    link.forgetSaid();
    link.happen(back(caller, 1));
    link.answerAll();
    assertThat(names(link.facts(caller))).containsExactly("HandedOver", "Returned");
  }

  @Test
  void shouldAnswerAnOrderOfAnotherIncarnationWithHowItStands() {
    LegId caller = link.greeted();
    SwitchCommand.HandOver old = handOver(caller, 1, ANNOUNCE);
    reconnect(caller, "playback");
    link.order(old);
    assertThat(link.commands).isEmpty();
    assertThat(names(link.facts(caller))).containsExactly("StillUp");
  }

  @Test
  void shouldAskForALegThatItDoesNotHave() {
    LegId unknown = LinkHarness.leg();
    link.order(handOver(unknown, 1, ANNOUNCE));
    assertThat(link.commands).endsWith("uuid_exists " + unknown);
  }

  // ---- Hang-ups

  @Test
  void shouldSayGoneWhenTheCallerHangsUpDuringTheErrand() {
    LegId caller = away(1, VOICEMAIL);
    link.forgetSaid();
    link.happen(new Happening.Ended(LinkHarness.answeredInbound(caller), "NORMAL_CLEARING"));
    assertThat(names(link.facts(caller))).containsExactly("LegGone");
    link.forgetSaid();
    link.order(handOver(caller, 1, VOICEMAIL));
    assertThat(names(link.facts(caller))).containsExactly("LegGone");
    assertThat(link.commands).isEmpty();
  }

  @Test
  void shouldSayNothingOfTheErrandWhenTheCallerHangsUpBeforeTheTransferIsAnswered() {
    LegId caller = link.greeted();
    link.order(handOver(caller, 1, ANNOUNCE));
    link.happen(new Happening.Ended(LinkHarness.answeredInbound(caller), "NORMAL_CLEARING"));
    link.forgetSaid();
    link.answerAll();
    assertThat(link.facts(caller)).isEmpty();
    assertThat(link.commands).isEmpty();
  }

  @Test
  void shouldKillACallerWhoIsAwayAndNotTransferOneWhoIsBeingKilled() {
    LegId talking = away(1, OUTSIDE);
    LegId waiting = link.greeted();
    link.order(handOver(waiting, 1, ANNOUNCE));
    link.forgetSaid();
    link.order(new SwitchCommand.Kill(LinkHarness.call(talking), talking, "NORMAL_CLEARING"));
    link.order(new SwitchCommand.Kill(LinkHarness.call(waiting), waiting, "NORMAL_CLEARING"));
    link.order(handOver(waiting, 2, ANNOUNCE));
    link.answerAll();
    assertThat(link.commands)
        .containsExactly(
            "uuid_kill " + talking + " NORMAL_CLEARING",
            "uuid_kill " + waiting + " NORMAL_CLEARING");
    assertThat(link.facts(waiting)).isEmpty();
  }

  // ---- What must not disturb it

  @Test
  void shouldNeitherGreetNorReparkNorEntertainACallerWhoIsAway() {
    LegId caller = link.arrived();
    LegId failed = LinkHarness.leg();
    link.order(handOver(caller, 1, ANNOUNCE));
    link.answerAll();
    link.happen(new Happening.Answered(LinkHarness.answeredInbound(caller)));
    link.forgetSaid();
    link.order(
        new SwitchCommand.Greet(
            LinkHarness.call(caller), caller, AnswerMode.ON_QUEUE, link.incarnation()));
    link.order(
        new SwitchCommand.Repark(LinkHarness.call(caller), caller, failed, link.incarnation()));
    link.pass(Duration.ofSeconds(1));
    assertThat(link.commands).isEmpty();
    assertThat(link.facts(caller)).isEmpty();
  }

  @Test
  void shouldPlayNoMusicToACallerWhoseAnswerForABridgeComesAfterItWasHandedOver() {
    link.answer = AnswerMode.ON_AGENT;
    LegId caller = link.greeted();
    LegId agent = link.answeredAgent(caller);
    link.order(
        new SwitchCommand.Bridge(
            LinkHarness.call(caller), agent, caller, link.now.plusMillis(500), link.incarnation()));
    link.order(
        new SwitchCommand.Repark(LinkHarness.call(caller), caller, agent, link.incarnation()));
    link.order(handOver(caller, 1, ANNOUNCE));
    link.forgetSaid();
    link.answer("uuid_answer", "+OK");
    link.answerAll();
    assertThat(link.commands).containsExactly(transfer(caller, "announce-1"));
  }

  /** The call waits for the end of a file for so long only. */
  @Test
  void shouldLetABridgeEndAnErrandThatItsCallNoLongerWaitsFor() {
    LegId caller = away(1, ANNOUNCE);
    LegId agent = link.bridgedAgent(caller);
    assertThat(link.commands).contains("uuid_bridge " + caller + " " + agent);
    assertThat(link.last(caller, CallFact.Bridged.class).agentLeg()).isEqualTo(agent);
    link.happen(back(caller, 1));
    assertThat(link.facts(caller, CallFact.Returned.class)).isEmpty();
    assertThat(link.facts(caller, CallFact.Parked.class)).hasSize(1);
  }

  @Test
  void shouldTakeNobodyOutsideForAnAgent() {
    LegId caller = away(1, OUTSIDE);
    LegId outside = LinkHarness.leg();
    link.forgetSaid();
    link.happen(new Happening.Rang(LinkHarness.outbound(outside, null, false)));
    // What the far end says is passed on to a caller who is not answered.
    link.happen(new Happening.Rang(LinkHarness.inbound(caller)));
    link.happen(new Happening.Answered(LinkHarness.outbound(outside, null, true)));
    link.happen(new Happening.Joined(caller, outside));
    assertThat(link.facts(caller)).isEmpty();
    assertThat(link.logic.status().channels()).isEqualTo(1);

    link.happen(new Happening.Parted(caller, outside));
    link.happen(new Happening.Ended(LinkHarness.outbound(outside, null, true), "NORMAL_CLEARING"));
    assertThat(link.facts(caller)).isEmpty();
    assertThat(link.commands).isEmpty();
  }
}
