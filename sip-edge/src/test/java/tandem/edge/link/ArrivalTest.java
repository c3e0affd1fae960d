package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;

class ArrivalTest {
  private final LinkHarness link = new LinkHarness().ready().compared();

  @Test
  void shouldSayArrivedOnlyWhenTheCallIsWrittenDown() {
    link.holdJournal = true;
    LegId caller = LinkHarness.leg();
    link.happen(new Happening.Parked(LinkHarness.inbound(caller)));

    assertThat(link.facts(caller)).isEmpty();
    link.writeJournal();

    assertThat(link.last(caller, CallFact.Arrived.class))
        .satisfies(
            arrived -> {
              assertThat(arrived.leg()).isEqualTo(caller);
              assertThat(arrived.incarnation()).isEqualTo(link.incarnation());
              assertThat(arrived.callerNumber()).isEqualTo("+15550001");
              assertThat(arrived.calledNumber()).isEqualTo(LinkHarness.NUMBER);
              assertThat(arrived.entry().queue()).isEqualTo(LinkHarness.QUEUE);
            });
  }

  @Test
  void shouldRepeatArrivedWithGrowingPausesUntilTaken() {
    LegId caller = LinkHarness.leg();
    link.happen(new Happening.Parked(LinkHarness.inbound(caller)));
    link.pass(Duration.ofMillis(499));
    assertThat(link.facts(caller)).hasSize(1);
    link.pass(Duration.ofMillis(1));
    assertThat(link.facts(caller)).hasSize(2);
    link.pass(Duration.ofMillis(999));
    assertThat(link.facts(caller)).hasSize(2);
    link.pass(Duration.ofMillis(1));
    assertThat(link.facts(caller)).hasSize(3);

    link.order(new SwitchCommand.Taken(LinkHarness.call(caller), caller));
    link.pass(Duration.ofSeconds(5));
    assertThat(link.facts(caller)).hasSize(3);
  }

  @Test
  void shouldTellTheEndAfterTheCallHasTakenACallerWhoLeftAtOnce() {
    LegId caller = LinkHarness.leg();
    link.happen(new Happening.Parked(LinkHarness.inbound(caller)));
    link.happen(new Happening.Ended(LinkHarness.inbound(caller), "ORIGINATOR_CANCEL"));
    assertThat(link.facts(caller, CallFact.LegGone.class)).isEmpty();

    link.pass(Duration.ofSeconds(1));
    assertThat(link.facts(caller, CallFact.Arrived.class)).hasSize(2);
    link.order(new SwitchCommand.Taken(LinkHarness.call(caller), caller));

    assertThat(link.last(caller, CallFact.LegGone.class).cause()).isEqualTo("ORIGINATOR_CANCEL");
  }

  @Test
  void shouldRepeatArrivedAndTheEndWhenTheCallHasNoJournal() {
    LegId caller = link.greeted();
    link.happen(new Happening.Ended(LinkHarness.answeredInbound(caller), "NORMAL_CLEARING"));
    link.forgetSaid();

    link.order(new SwitchCommand.Unknown(LinkHarness.call(caller)));
    link.order(new SwitchCommand.Taken(LinkHarness.call(caller), caller));

    assertThat(link.facts(caller))
        .extracting(fact -> fact.getClass().getSimpleName())
        .containsExactly("Arrived", "LegGone");
  }

  /** Otherwise the call would have a phone rung that cannot be, and an agent would rest for it. */
  @Test
  void shouldNotNameAnIncarnationInAnArrivalThatIsSaidWhileTheSwitchIsAway() {
    LegId caller = LinkHarness.leg();
    link.holdJournal = true;
    link.happen(new Happening.Parked(LinkHarness.inbound(caller)));
    link.disconnect();
    link.writeJournal();
    assertThat(link.last(caller, CallFact.Arrived.class).incarnation()).isNull();

    link.ready();
    link.answer("uuid_exists " + caller, "true");
    link.compared();
    link.pass(Duration.ofMillis(500));
    assertThat(link.last(caller, CallFact.Arrived.class).incarnation())
        .isEqualTo(link.incarnation());
  }

  @Test
  void shouldMakeOneCallOfARepeatedPark() {
    LegId caller = link.arrived();
    link.happen(new Happening.Parked(LinkHarness.inbound(caller)));
    assertThat(link.journal).filteredOn(LinkEvent.Carried.class::isInstance).hasSize(1);
    assertThat(link.facts(caller)).hasSize(1);
  }

  @Test
  void shouldTurnAwayACallerOfAnUnknownNumber() {
    LegId caller = LinkHarness.leg();
    link.happen(
        new Happening.Parked(
            new Happening.Channel(caller, true, false, null, "+15550001", "+19995550199")));
    assertThat(link.commands).contains("uuid_kill " + caller + " UNALLOCATED_NUMBER");
    assertThat(link.journal).noneMatch(LinkEvent.Carried.class::isInstance);
  }

  @Test
  void shouldWaitForTheNumberDirectoryAndThenAdmit() {
    link.numbersLoaded = false;
    LegId caller = LinkHarness.leg();
    link.happen(new Happening.Parked(LinkHarness.inbound(caller)));
    link.pass(Duration.ofMillis(100));
    assertThat(link.facts(caller)).isEmpty();

    link.numbersLoaded = true;
    link.pass(Duration.ofMillis(100));
    assertThat(link.facts(caller, CallFact.Arrived.class)).hasSize(1);
  }

  @Test
  void shouldForgetACallerWhoLeavesBeforeTheNumberDirectoryIsKnown() {
    link.numbersLoaded = false;
    LegId caller = LinkHarness.leg();
    link.happen(new Happening.Parked(LinkHarness.inbound(caller)));
    link.happen(new Happening.Ended(LinkHarness.inbound(caller), "ORIGINATOR_CANCEL"));
    link.numbersLoaded = true;
    link.pass(Duration.ofSeconds(1));
    assertThat(link.said).isEmpty();
  }

  @Test
  void shouldLeaveAnAnsweredChannelOfSomebodyElseAlone() {
    LegId other = LinkHarness.leg();
    link.happen(new Happening.Parked(LinkHarness.answeredInbound(other)));
    link.happen(new Happening.Parked(LinkHarness.outbound(LinkHarness.leg(), null, true)));
    assertThat(link.commands).noneMatch(command -> command.startsWith("uuid_kill"));
    assertThat(link.said).isEmpty();
  }

  @Test
  void shouldTurnNewCallersAwayWhileDrainingAndServeTheOthers() {
    LegId served = link.greeted();
    link.logic.drain(true);
    LegId late = LinkHarness.leg();
    link.happen(new Happening.Parked(LinkHarness.inbound(late)));
    assertThat(link.commands).contains("uuid_kill " + late + " SWITCH_CONGESTION");

    link.forgetSaid();
    link.ordered(served);
    assertThat(link.commands).anyMatch(command -> command.startsWith("originate "));
  }

  @Test
  void shouldGreetByAnsweringMusicAndTakingTheSafetyHangUpBack() {
    LegId caller = link.arrived();
    link.forgetSaid();
    link.order(
        new SwitchCommand.Greet(
            LinkHarness.call(caller), caller, AnswerMode.ON_QUEUE, link.incarnation()));

    assertThat(link.commands)
        .containsExactly(
            "sched_del " + caller,
            "uuid_answer " + caller,
            "uuid_setvar_multi "
                + caller
                + " park_after_bridge=true;uuid_bridge_park_on_cancel=true"
                + ";max_session_transfers=1000000;tandem_call="
                + LinkHarness.call(caller).value(),
            "uuid_broadcast " + caller + " playback::tone_stream://music aleg");
    assertThat(link.facts(caller)).isEmpty();
    link.answerAll();
    assertThat(link.last(caller, CallFact.Greeted.class).answered()).isTrue();
  }

  @Test
  void shouldOnlyRingWhenTheCallerIsAnsweredByTheAgent() {
    LegId caller = link.arrived();
    link.forgetSaid();
    link.order(
        new SwitchCommand.Greet(
            LinkHarness.call(caller), caller, AnswerMode.ON_AGENT, link.incarnation()));
    link.answerAll();
    assertThat(link.commands)
        .contains("uuid_ring_ready " + caller)
        .noneMatch(command -> command.startsWith("uuid_broadcast"));
    assertThat(link.last(caller, CallFact.Greeted.class).answered()).isFalse();
  }

  @Test
  void shouldPreAnswerForEarlyMedia() {
    LegId caller = link.arrived();
    link.order(
        new SwitchCommand.Greet(
            LinkHarness.call(caller), caller, AnswerMode.EARLY_MEDIA, link.incarnation()));
    link.answerAll();
    assertThat(link.commands)
        .contains("uuid_pre_answer " + caller)
        .anyMatch(command -> command.startsWith("uuid_broadcast"));
    assertThat(link.last(caller, CallFact.Greeted.class).answered()).isFalse();
  }

  @Test
  void shouldNotStartMusicTwiceWhenGreetIsRepeated() {
    LegId caller = link.greeted();
    link.order(
        new SwitchCommand.Greet(
            LinkHarness.call(caller), caller, AnswerMode.ON_QUEUE, link.incarnation()));
    assertThat(link.commands).filteredOn(c -> c.startsWith("uuid_broadcast")).hasSize(1);
    assertThat(link.facts(caller, CallFact.Greeted.class)).hasSize(2);
  }

  @Test
  void shouldAnswerAgainWhenTheFirstGreetingCouldNotAnswer() {
    LegId caller = link.arrived();
    SwitchCommand.Greet greet =
        new SwitchCommand.Greet(
            LinkHarness.call(caller), caller, AnswerMode.ON_QUEUE, link.incarnation());
    link.order(greet);
    link.answer("sched_del", "-ERR No such channel!");
    link.answer("uuid_answer", "-ERR not now");
    link.answerAll();
    assertThat(link.facts(caller, CallFact.Greeted.class)).isEmpty();

    link.forgetSaid();
    link.order(greet);
    assertThat(link.commands).contains("uuid_answer " + caller);
    link.answerAll();
    assertThat(link.last(caller, CallFact.Greeted.class).answered()).isTrue();
  }

  @Test
  void shouldGreetAgainWhenOneStepWasNotWritten() {
    LegId caller = link.arrived();
    SwitchCommand.Greet greet =
        new SwitchCommand.Greet(
            LinkHarness.call(caller), caller, AnswerMode.ON_QUEUE, link.incarnation());
    link.order(greet);
    link.overload("sched_del");
    link.answerAll();
    assertThat(link.facts(caller, CallFact.Greeted.class)).isEmpty();

    link.forgetSaid();
    link.order(greet);
    assertThat(link.commands).contains("sched_del " + caller);
    link.answerAll();
    assertThat(link.facts(caller, CallFact.Greeted.class)).hasSize(1);
  }

  @Test
  void shouldNotAnswerTwiceWhenAnotherStepOfTheGreetingFailed() {
    LegId caller = link.arrived();
    SwitchCommand.Greet greet =
        new SwitchCommand.Greet(
            LinkHarness.call(caller), caller, AnswerMode.ON_QUEUE, link.incarnation());
    link.order(greet);
    link.answer("sched_del", "+OK");
    link.answer("uuid_answer", "+OK");
    link.answer("uuid_setvar_multi", "-ERR");
    link.answer("uuid_broadcast", "+OK");
    link.forgetSaid();
    link.order(greet);
    assertThat(link.commands)
        .contains("uuid_break " + caller + " all")
        .doesNotContain("uuid_answer " + caller);
  }

  @Test
  void shouldAnswerAGreetOfAnotherIncarnationWithHowItStands() {
    LegId caller = link.arrived();
    link.forgetSaid();
    link.order(
        new SwitchCommand.Greet(LinkHarness.call(caller), caller, AnswerMode.ON_QUEUE, "another"));
    assertThat(link.commands).isEmpty();
    assertThat(link.last(caller, CallFact.StillUp.class).incarnation())
        .isEqualTo(link.incarnation());
  }

  @Test
  void shouldNotNudgeWhileAPhoneMerelyRings() {
    LegId caller = link.greeted();
    LegId agent = link.ordered(caller);
    assertThat(link.nudging).isTrue();
    link.happen(new Happening.Rang(LinkHarness.outbound(agent, LinkHarness.call(caller), false)));
    assertThat(link.nudging).isFalse();
    link.happen(
        new Happening.Answered(LinkHarness.outbound(agent, LinkHarness.call(caller), true)));
    assertThat(link.nudging).isTrue();
    link.happen(
        new Happening.Ended(
            LinkHarness.outbound(agent, LinkHarness.call(caller), true), "NORMAL_CLEARING"));
    assertThat(link.nudging).isFalse();
  }

  @Test
  void shouldNudgeOnlyWhileCallsAreBeingSetUp() {
    assertThat(link.nudging).isFalse();
    LegId caller = link.arrived();
    assertThat(link.nudging).isTrue();
    link.order(
        new SwitchCommand.Greet(
            LinkHarness.call(caller), caller, AnswerMode.ON_QUEUE, link.incarnation()));
    link.answerAll();
    assertThat(link.nudging).isFalse();
    LegId agent = link.answeredAgent(caller);
    assertThat(link.nudging).isTrue();
    link.happen(new Happening.Joined(caller, agent));
    assertThat(link.nudging).isFalse();
  }

  @Test
  void shouldForgetADroppedCallWhenThatIsWritten() {
    LegId caller = link.greeted();
    link.happen(new Happening.Ended(LinkHarness.answeredInbound(caller), "NORMAL_CLEARING"));
    link.order(new SwitchCommand.Drop(LinkHarness.call(caller)));
    assertThat(link.facts(caller, CallFact.Dropped.class)).isEmpty();

    link.pass(Duration.ofMillis(100));
    assertThat(link.facts(caller, CallFact.Dropped.class)).hasSize(1);
    assertThat(link.logic.status().calls()).isZero();

    link.order(new SwitchCommand.Drop(LinkHarness.call(caller)));
    assertThat(link.facts(caller, CallFact.Dropped.class)).hasSize(2);
  }
}
