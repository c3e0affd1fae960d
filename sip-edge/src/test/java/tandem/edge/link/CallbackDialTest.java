package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.Causes;
import tandem.router.edge.SwitchCommand;

/** Ringing whoever is called back: an agent waits, and hears it. */
class CallbackDialTest extends CallbackFixture {
  private LegId agent = LinkHarness.leg();

  @BeforeEach
  void anAgentWaits() {
    promised();
    agent = link.answeredAgent(name);
    link.forgetSaid();
  }

  private static String ringing(LegId agent) {
    return "uuid_broadcast " + agent + " playback::" + RINGING + " aleg";
  }

  @Test
  void shouldDialOverTheTrunkWithEveryVariableThatMatters() {
    link.order(dial(agent, 1));
    assertThat(link.commands)
        .containsExactly(
            "originate {origination_uuid="
                + customer(1)
                + ",ignore_early_media=true,park_after_bridge=true,uuid_bridge_park_on_cancel=true"
                + ",max_session_transfers=1000000"
                + ",originate_timeout=31,tandem_call="
                + callback.value()
                + ",origination_caller_id_number=+14155550100"
                + ",origination_caller_id_name=+14155550100}"
                + "sofia/gateway/carrier/+12125550100 &park()");
  }

  @Test
  void shouldSayHowTheCustomersLegComesToBeBridged() {
    LegId customer = dialed(agent, 1);
    rings(customer);
    rings(customer);
    link.happen(new Happening.Answered(channel(customer, true)));
    link.happen(new Happening.Parked(channel(customer, true)));
    assertThat(names(link.facts(name))).containsExactly("LegRinging");
    link.happen(new Happening.OrderDone(customer, "+OK " + customer));
    assertThat(link.facts(name))
        .containsExactly(
            new CallFact.LegRinging(customer, link.now),
            new CallFact.LegAnswered(customer, link.now));

    link.forgetSaid();
    link.order(bridge(agent, customer));
    assertThat(link.commands).containsExactly("uuid_bridge " + customer + " " + agent);
    link.answerAll();
    link.happen(new Happening.Joined(customer, agent));
    assertThat(link.facts(name)).containsExactly(new CallFact.Bridged(agent, customer, link.now));
    assertThat(link.nudging).isFalse();
  }

  @Test
  void shouldSayAnsweredWhenTheAnswerIsHeardLast() {
    LegId customer = dialed(agent, 1);
    link.happen(new Happening.Parked(channel(customer, false)));
    link.happen(new Happening.OrderDone(customer, "+OK " + customer));
    assertThat(link.facts(name)).isEmpty();
    link.happen(new Happening.Answered(channel(customer, true)));
    assertThat(names(link.facts(name))).containsExactly("LegAnswered");
  }

  @Test
  void shouldNotSayInAReportThatACustomerHasAnsweredBeforeItCanBeBridged() {
    LegId customer = dialed(agent, 1);
    assertThat(reported(customer)).isEqualTo(CallFact.LegState.PENDING);
    rings(customer);
    link.happen(new Happening.Answered(channel(customer, true)));
    assertThat(reported(customer)).isEqualTo(CallFact.LegState.RINGING);
    answers(customer);
    assertThat(reported(customer)).isEqualTo(CallFact.LegState.ANSWERED);
  }

  private CallFact.LegState reported(LegId leg) {
    link.order(new SwitchCommand.Ask(callback, List.of()));
    return link.last(name, CallFact.StillUp.class).up().stream()
        .filter(view -> view.leg().equals(leg))
        .map(CallFact.LegView::state)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldTellAgentFromCustomerWhicheverTheSwitchNamesFirst() {
    LegId customer = answeredCustomer(agent, 1);
    link.happen(new Happening.Joined(customer, agent));
    assertThat(link.last(name, CallFact.Bridged.class))
        .isEqualTo(new CallFact.Bridged(agent, customer, link.now));
  }

  @Test
  void shouldLetTheAgentHearItRingOnce() {
    LegId customer = dialed(agent, 1);
    assertThat(link.commands).doesNotContain(ringing(agent));
    rings(customer);
    rings(customer);
    assertThat(link.commands).filteredOn(ringing(agent)::equals).hasSize(1);
    assertThat(link.commands).noneMatch(command -> command.startsWith("uuid_break"));
  }

  @Test
  void shouldPlayNothingToAnAgentWhoIsGone() {
    LegId customer = dialed(agent, 1);
    link.happen(new Happening.Ended(channel(agent, true), "NORMAL_CLEARING"));
    rings(customer);
    assertThat(link.commands).noneMatch(command -> command.startsWith("uuid_broadcast"));
  }

  @Test
  void shouldPlayNothingToAnAgentWhoIsBeingHungUp() {
    LegId customer = dialed(agent, 1);
    link.order(new SwitchCommand.Kill(callback, agent, "NORMAL_CLEARING"));
    rings(customer);
    assertThat(link.commands).noneMatch(command -> command.startsWith("uuid_broadcast"));
  }

  /** The news that the phone rings is late. */
  @Test
  void shouldPlayNothingToAnAgentWhoIsBeingBridgedOrTalks() {
    LegId customer = dialed(agent, 1);
    answers(customer);
    LegId other = dialed(agent, 2);
    link.order(bridge(agent, customer));
    rings(customer);
    link.answerAll();
    link.happen(new Happening.Joined(customer, agent));
    rings(other);
    assertThat(link.commands).noneMatch(command -> command.startsWith("uuid_broadcast"));
  }

  @Test
  void shouldSayWhyTheCustomerDidNotAnswerAndDialTheNextTime() {
    LegId customer = dialed(agent, 1);
    link.happen(new Happening.OrderDone(customer, "-ERR USER_BUSY"));
    link.happen(new Happening.Ended(channel(customer, false), "USER_BUSY"));
    assertThat(link.facts(name, CallFact.LegGone.class))
        .containsExactly(new CallFact.LegGone(customer, "USER_BUSY", false, link.now));

    link.forgetSaid();
    dialed(agent, 2);
    assertThat(link.commands).anyMatch(command -> command.contains(customer(2).value()));
  }

  @Test
  void shouldDialALegOnceInItsLife() {
    LegId customer = dialed(agent, 1);
    link.forgetSaid();
    link.order(dial(agent, 1));
    assertThat(link.commands).isEmpty();
    link.happen(new Happening.Ended(channel(customer, false), "NO_ANSWER"));
    link.order(dial(agent, 1));
    assertThat(link.commands).isEmpty();
    assertThat(link.facts(name, CallFact.LegGone.class))
        .hasSize(2)
        .allSatisfy(gone -> assertThat(gone.cause()).isEqualTo("NO_ANSWER"));
  }

  @Test
  void shouldRefuseADialOfAnotherIncarnationAndForEver() {
    SwitchCommand.Dial old = dial(agent, 1);
    link.disconnect();
    link.ready(LinkHarness.CORE, list(parked(agent))).compared();
    link.forgetSaid();
    link.order(old);
    link.order(dial(agent, 1));
    assertThat(link.commands).isEmpty();
    assertThat(link.facts(name, CallFact.LegGone.class))
        .hasSize(2)
        .allSatisfy(gone -> assertThat(gone.cause()).isEqualTo(Causes.NOT_ORDERED));
    assertThat(link.last(name, CallFact.StillUp.class).incarnation()).isEqualTo(link.incarnation());
  }

  @Test
  void shouldRefuseADialPastItsTime() {
    SwitchCommand.Dial order = dial(agent, 1);
    link.now = link.now.plusSeconds(6);
    link.order(order);
    assertThat(link.commands).isEmpty();
    assertThat(link.last(name, CallFact.LegGone.class))
        .isEqualTo(new CallFact.LegGone(customer(1), Causes.NOT_ORDERED, true, link.now));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-ERR no reply", "", "a/b", "x}sofia/evil", "two words"})
  void shouldSayThatThereIsNoRouteWithoutATrunk(String said) {
    link.trunk = said;
    link.order(dial(agent, 1));
    assertThat(link.commands).isEmpty();
    assertThat(link.facts(name))
        .containsExactly(new CallFact.LegGone(customer(1), "NO_ROUTE_DESTINATION", true, link.now));
    assertThat(link.logic.isPacing()).isFalse();

    link.trunk = "carrier_2.example-b";
    link.order(dial(agent, 2));
    assertThat(link.commands)
        .anyMatch(command -> command.contains("sofia/gateway/carrier_2.example-b/+12125550100"));
  }

  @Test
  void shouldHoldADialUntilTheSwitchHasNamedItsTrunk() {
    link.trunk = null;
    link.order(dial(agent, 1));
    link.overload("global_getvar tandem_trunk");
    assertThat(link.commands).containsExactly("global_getvar tandem_trunk");

    link.pass(Duration.ofMillis(100));
    link.answer("global_getvar tandem_trunk", "carrier\n");
    assertThat(link.commands).anyMatch(command -> command.startsWith("originate"));
    assertThat(link.facts(name, CallFact.LegGone.class)).isEmpty();
  }

  @Test
  void shouldAskForTheTrunkOfEachDialButNotTwiceAtATime() {
    link.trunk = null;
    link.order(dial(agent, 1));
    link.order(dial(agent, 2));
    assertThat(link.commands).containsExactly("global_getvar tandem_trunk");
    link.answer("global_getvar tandem_trunk", "old");
    assertThat(link.commands).filteredOn(c -> c.contains("sofia/gateway/old/")).hasSize(2);

    link.answerAll();
    link.forgetSaid();
    link.order(dial(agent, 3));
    link.answer("global_getvar tandem_trunk", "new");
    assertThat(link.commands)
        .hasSize(2)
        .last()
        .asString()
        .contains("sofia/gateway/new/+12125550100");
  }

  @Test
  void shouldNotLetAgentsPhonesWaitForTheTrunk() {
    link.trunk = null;
    link.order(dial(agent, 1));
    LegId other = LinkHarness.leg();

    link.order(link.originate(name, other));

    assertThat(link.commands).last().asString().contains("origination_uuid=" + other);
  }

  /** The answer would have come on the connection that is gone. */
  @Test
  void shouldAskForTheTrunkAnewOnTheNextConnection() {
    link.trunk = null;
    link.order(dial(agent, 1));
    link.disconnect();
    assertThat(link.last(name, CallFact.LegGone.class).cause()).isEqualTo(Causes.NOT_ORDERED);
    link.ready(LinkHarness.CORE, list(parked(agent))).compared();
    link.forgetSaid();
    link.order(dial(agent, 2));
    assertThat(link.commands).containsExactly("global_getvar tandem_trunk");
  }

  @Test
  void shouldRefuseToDialForACallThatIsNoCallbackOrALegThatIsNobodys() {
    LegId caller = link.greeted();
    link.forgetSaid();
    link.order(
        new SwitchCommand.Dial(
            LinkHarness.call(caller),
            LegId.ofCustomer(LinkHarness.call(caller), 1),
            HOME,
            LinkHarness.NUMBER,
            agent,
            true,
            0,
            Duration.ofSeconds(30),
            link.now.plusSeconds(5),
            link.incarnation()));
    link.order(dial(agent, 11));
    assertThat(link.commands).isEmpty();
    assertThat(link.last(caller, CallFact.LegGone.class).cause()).isEqualTo(Causes.NOT_ORDERED);
    assertThat(link.last(name, CallFact.LegGone.class).cause()).isEqualTo(Causes.NOT_ORDERED);
  }

  @Test
  void shouldPaceDialsAndAgentsPhonesTogether() {
    LinkHarness slow = new LinkHarness(LinkBook.EMPTY, 1).ready().compared();
    slow.order(callBack());
    LegId ordered = LinkHarness.leg();
    slow.order(slow.originate(name, ordered));
    slow.forgetSaid();
    slow.order(dial(ordered, 1));
    assertThat(slow.commands).isEmpty();
    slow.pass(Duration.ofSeconds(1));
    assertThat(slow.commands).singleElement().asString().contains("sofia/gateway/carrier/");
  }

  @Test
  void shouldKillACustomersPhoneThatRings() {
    LegId customer = dialed(agent, 1);
    rings(customer);
    link.order(new SwitchCommand.Kill(callback, customer, "ORIGINATOR_CANCEL"));
    link.happen(new Happening.Ended(channel(customer, false), "ORIGINATOR_CANCEL"));
    assertThat(link.last(name, CallFact.LegGone.class).leg()).isEqualTo(customer);
  }
}
