package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tandem.router.domain.Contact;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.Causes;
import tandem.router.edge.SwitchCommand;

class OriginateTest {
  private final LinkHarness link = new LinkHarness().ready().compared();
  private final LegId caller = link.greeted();

  @Test
  void shouldOriginateToThePhoneWithEveryVariableThatMatters() {
    link.forgetSaid();
    LegId agent = link.ordered(caller);
    assertThat(link.commands)
        .containsExactly(
            "originate {origination_uuid="
                + agent
                + ",ignore_early_media=true,park_after_bridge=true,uuid_bridge_park_on_cancel=true"
                + ",max_session_transfers=1000000"
                + ",originate_timeout=16,tandem_call="
                + LinkHarness.call(caller).value()
                + ",origination_caller_id_number=+15550001,origination_caller_id_name=+15550001}"
                + "sofia/external/1001@127.0.0.1:7001 &park()");
  }

  @Test
  void shouldNotLetACallerNumberSayMoreThanANumber() {
    link.forgetSaid();
    LegId agent = LinkHarness.leg();
    link.order(
        new SwitchCommand.Originate(
            LinkHarness.call(caller),
            agent,
            new Contact(LinkHarness.PHONE),
            "1}sofia/evil/x &system(x)",
            Duration.ofMillis(1_200),
            link.now.plusSeconds(5),
            link.incarnation()));
    assertThat(link.commands.get(0))
        .contains("origination_caller_id_number=anonymous,")
        .contains("originate_timeout=3,");
  }

  @Test
  void shouldSayRingingOnceAndAnsweredWhenTheJobIsDoneAndTheLegParked() {
    LegId agent = link.ordered(caller);
    link.forgetSaid();
    link.happen(new Happening.Rang(LinkHarness.outbound(agent, LinkHarness.call(caller), false)));
    link.happen(new Happening.Rang(LinkHarness.outbound(agent, LinkHarness.call(caller), false)));
    link.happen(
        new Happening.Answered(LinkHarness.outbound(agent, LinkHarness.call(caller), true)));
    link.happen(new Happening.OrderDone(agent, "+OK " + agent));
    assertThat(link.facts(caller, CallFact.LegAnswered.class)).isEmpty();
    link.happen(new Happening.Parked(LinkHarness.outbound(agent, LinkHarness.call(caller), true)));

    assertThat(link.facts(caller))
        .extracting(fact -> fact.getClass().getSimpleName())
        .containsExactly("LegRinging", "LegAnswered");
  }

  @Test
  void shouldSayAnsweredWhenTheJobComesAfterThePark() {
    LegId agent = link.ordered(caller);
    link.happen(new Happening.Parked(LinkHarness.outbound(agent, LinkHarness.call(caller), true)));
    assertThat(link.facts(caller, CallFact.LegAnswered.class)).isEmpty();
    link.happen(new Happening.OrderDone(agent, "+OK " + agent));
    assertThat(link.facts(caller, CallFact.LegAnswered.class)).hasSize(1);
  }

  @Test
  void shouldSayTheEndOnceWhenTheJobFailsBeforeTheHangUp() {
    LegId agent = link.ordered(caller);
    link.happen(new Happening.OrderDone(agent, "-ERR USER_BUSY"));
    link.happen(
        new Happening.Ended(
            LinkHarness.outbound(agent, LinkHarness.call(caller), false), "USER_BUSY"));
    assertThat(link.facts(caller, CallFact.LegGone.class))
        .singleElement()
        .satisfies(gone -> assertThat(gone.cause()).isEqualTo("USER_BUSY"));
  }

  @Test
  void shouldPreferTheChannelsCauseWhenTheHangUpComesFirst() {
    LegId agent = link.ordered(caller);
    link.happen(
        new Happening.Ended(
            LinkHarness.outbound(agent, LinkHarness.call(caller), false), "CALL_REJECTED"));
    link.happen(new Happening.OrderDone(agent, "-ERR NORMAL_CLEARING"));
    assertThat(link.facts(caller, CallFact.LegGone.class))
        .singleElement()
        .satisfies(gone -> assertThat(gone.cause()).isEqualTo("CALL_REJECTED"));
  }

  @Test
  void shouldAskWhetherTheLegExistsWhenTheDestinationIsOutOfOrder() {
    LegId agent = link.ordered(caller);
    double before = link.logic.status().originateRate();
    link.happen(new Happening.OrderDone(agent, "-ERR DESTINATION_OUT_OF_ORDER"));
    assertThat(link.facts(caller, CallFact.LegGone.class)).isEmpty();
    link.answer("uuid_exists " + agent, "false");

    assertThat(link.last(caller, CallFact.LegGone.class).cause())
        .isEqualTo("DESTINATION_OUT_OF_ORDER");
    assertThat(link.logic.status().originateRate()).isLessThan(before);
  }

  @Test
  void shouldKeepALegThatLivesAlthoughItsSecondOrderWasRefused() {
    LegId agent = link.ordered(caller);
    link.happen(new Happening.OrderDone(agent, "-ERR DESTINATION_OUT_OF_ORDER"));
    link.answer("uuid_exists " + agent, "true");
    assertThat(link.facts(caller, CallFact.LegGone.class)).isEmpty();
    link.happen(new Happening.Parked(LinkHarness.outbound(agent, LinkHarness.call(caller), true)));
    assertThat(link.facts(caller, CallFact.LegAnswered.class)).hasSize(1);
  }

  @Test
  void shouldOrderALegOnceInItsLife() {
    LegId agent = link.ordered(caller);
    link.forgetSaid();
    link.order(link.originate(caller, agent));
    assertThat(link.commands).isEmpty();

    link.happen(
        new Happening.Ended(
            LinkHarness.outbound(agent, LinkHarness.call(caller), false), "NO_ANSWER"));
    link.order(link.originate(caller, agent));
    assertThat(link.commands).isEmpty();
    assertThat(link.facts(caller, CallFact.LegGone.class))
        .allSatisfy(gone -> assertThat(gone.cause()).isEqualTo("NO_ANSWER"));
  }

  @Test
  void shouldRefuseAnOrderOfAnotherIncarnationAndForEver() {
    LegId agent = LinkHarness.leg();
    SwitchCommand.Originate order = link.originate(caller, agent);
    link.disconnect();
    link.ready();
    link.answer("uuid_exists " + caller, "true");
    link.compared();
    link.forgetSaid();

    link.order(order);
    link.order(link.originate(caller, agent));

    assertThat(link.commands).isEmpty();
    assertThat(link.facts(caller, CallFact.LegGone.class))
        .hasSize(2)
        .allSatisfy(
            gone -> {
              assertThat(gone.cause()).isEqualTo(Causes.NOT_ORDERED);
              assertThat(gone.byLink()).isTrue();
            });
  }

  @Test
  void shouldRefuseAnOrderPastItsTime() {
    LegId agent = LinkHarness.leg();
    SwitchCommand.Originate order = link.originate(caller, agent);
    link.pass(Duration.ofSeconds(6));
    link.forgetSaid();
    link.order(order);
    assertThat(link.commands).isEmpty();
    assertThat(link.last(caller, CallFact.LegGone.class).cause()).isEqualTo(Causes.NOT_ORDERED);
  }

  @Test
  void shouldRefuseAnOrderOfACallThatIsNotCarried() {
    LegId stranger = LinkHarness.leg();
    link.forgetSaid();
    link.order(link.originate(stranger, LinkHarness.leg()));
    assertThat(link.commands).isEmpty();
    assertThat(link.last(stranger, CallFact.LegGone.class).cause()).isEqualTo(Causes.NOT_ORDERED);
  }

  @Test
  void shouldHoldOrdersBackAtTheConfiguredRateAndDropThoseThatWaitedTooLong() {
    LinkHarness slow = new LinkHarness(LinkBook.EMPTY, 1).ready().compared();
    LegId someone = slow.greeted();
    slow.forgetSaid();
    LegId first = LinkHarness.leg();
    LegId second = LinkHarness.leg();
    LegId third = LinkHarness.leg();
    slow.order(slow.originate(someone, first));
    slow.order(slow.originate(someone, second));
    assertThat(slow.commands).hasSize(1);
    assertThat(slow.logic.isPacing()).isTrue();

    slow.pass(Duration.ofSeconds(1));
    assertThat(slow.commands).hasSize(2);

    slow.order(slow.originate(someone, third));
    slow.logic.tick();
    slow.now = slow.now.plusSeconds(20);
    slow.logic.tick();
    assertThat(slow.commands).filteredOn(c -> c.startsWith("originate")).hasSize(2);
    assertThat(slow.last(someone, CallFact.LegGone.class).leg()).isEqualTo(third);
    assertThat(slow.logic.isPacing()).isFalse();
  }

  @Test
  void shouldOnlyWriteWhatWaitsBetweenTwoTicks() {
    LinkHarness slow = new LinkHarness(LinkBook.EMPTY, 1).ready().compared();
    LegId someone = slow.greeted();
    LegId first = slow.ordered(someone);
    slow.order(slow.originate(someone, LinkHarness.leg()));
    slow.order(new SwitchCommand.Kill(LinkHarness.call(someone), first, "NORMAL_CLEARING"));
    slow.answer("uuid_kill", "-ERR No such channel!");
    slow.forgetSaid();
    slow.now = slow.now.plusSeconds(1);
    slow.logic.flush();
    assertThat(slow.commands).singleElement().asString().startsWith("originate ");
    slow.logic.tick();
    assertThat(slow.commands).contains("uuid_kill " + first + " NORMAL_CLEARING");
  }

  @Test
  void shouldSlowDownWhileTheSwitchAnswersSlowlyAndRecover() {
    link.order(link.originate(caller, LinkHarness.leg()));
    link.now = link.now.plusMillis(300);
    link.answerAll();
    assertThat(link.logic.status().originateRate()).as("one late reply").isEqualTo(100);
    for (int i = 0; i < 10; i++) {
      link.order(link.originate(caller, LinkHarness.leg()));
      link.now = link.now.plusMillis(300);
      link.answerAll();
    }
    double slowed = link.logic.status().originateRate();
    assertThat(slowed).isLessThan(100);
    for (int i = 0; i < 60; i++) {
      link.ordered(caller);
      link.pass(Duration.ofMillis(100));
    }
    assertThat(link.logic.status().originateRate()).isEqualTo(100);
  }

  @Test
  void shouldAskForTheLegWhenTheJobNeverReports() {
    LegId agent = link.ordered(caller);
    link.logic.jobLost(agent);
    link.answer("uuid_exists " + agent, "false");
    assertThat(link.last(caller, CallFact.LegGone.class))
        .satisfies(
            gone -> {
              assertThat(gone.leg()).isEqualTo(agent);
              assertThat(gone.cause()).isEqualTo(Causes.ABSENT);
            });
    assertThat(link.logic.status().originatesPending()).isZero();
  }

  @Test
  void shouldKillALegThatIsToBeKilledAlthoughItsJobNeverReports() {
    LegId agent = link.ordered(caller);
    link.order(new SwitchCommand.Kill(LinkHarness.call(caller), agent, "NORMAL_CLEARING"));
    link.answer("uuid_kill", "-ERR No such channel!");
    link.logic.jobLost(agent);
    link.forgetSaid();
    link.answer("uuid_exists " + agent, "true");
    assertThat(link.commands).containsExactly("uuid_kill " + agent + " NORMAL_CLEARING");
  }

  @Test
  void shouldNotAskForALegWhoseJobHasReported() {
    LegId agent = link.answeredAgent(caller);
    link.forgetSaid();
    link.logic.jobLost(agent);
    assertThat(link.commands).isEmpty();
  }

  @Test
  void shouldEndALegWhoseOrderTheSwitchDidNotTake() {
    LegId agent = LinkHarness.leg();
    link.order(link.originate(caller, agent));
    link.answer("originate", "-ERR overloaded");
    assertThat(link.last(caller, CallFact.LegGone.class).cause()).isEqualTo(Causes.NOT_ORDERED);
  }

  @Test
  void shouldEndALegWhoseOrderTheSwitchDidNotUnderstand() {
    LegId agent = link.ordered(caller);
    link.happen(new Happening.OrderDone(agent, "-USAGE: <call url> <exten>"));
    assertThat(link.last(caller, CallFact.LegGone.class).cause())
        .isEqualTo("INVALID_MSG_UNSPECIFIED");
  }
}
