package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.CallFact.LegState;
import tandem.router.edge.Causes;
import tandem.router.edge.SwitchCommand;

/** What becomes of a callback's legs when the connection, the switch or the link's node is lost. */
class CallbackLossTest extends CallbackFixture {
  private LegId agent = LinkHarness.leg();
  private LegId customer = LinkHarness.leg();

  @BeforeEach
  void theCustomerHasAnswered() {
    promised();
    agent = link.answeredAgent(name);
    customer = answeredCustomer(agent, 1);
    link.forgetSaid();
  }

  /** Another node's link, which knows what the journal knows. */
  private LinkHarness moved(boolean dead) {
    return new LinkHarness(
        new LinkBook(
            List.of(carried(origin, link.now)),
            LinkHarness.CORE,
            dead ? link.now.minusSeconds(60) : null,
            dead,
            false),
        100);
  }

  private static void kills(LinkHarness link, LegId... legs) {
    for (LegId leg : legs) {
      assertThat(link.commands).contains("uuid_kill " + leg + " NORMAL_CLEARING");
    }
  }

  @Test
  void shouldFindACustomerAgainInTheList() {
    LinkHarness moved = moved(false);
    moved.ready(LinkHarness.CORE, list(parked(customer)));
    moved.answer("uuid_getvar " + customer + " tandem_call", callback.value());
    moved.compared();
    assertThat(moved.last(name, CallFact.StillUp.class).up())
        .containsExactly(new CallFact.LegView(customer, LegState.ANSWERED, null));

    LegId next = moved.answeredAgent(name);
    moved.forgetSaid();
    moved.order(
        new SwitchCommand.Bridge(
            callback, next, customer, moved.now.plusMillis(500), moved.incarnation()));
    assertThat(moved.commands).containsExactly("uuid_bridge " + customer + " " + next);
    moved.answerAll();
    moved.happen(new Happening.Joined(customer, next));
    assertThat(moved.last(name, CallFact.Bridged.class))
        .isEqualTo(new CallFact.Bridged(next, customer, moved.now));
  }

  @Test
  void shouldFindACustomerAgainWhosePhoneRings() {
    LinkHarness moved = moved(false);
    moved.ready(LinkHarness.CORE, list(row(customer(2), "CS_CONSUME_MEDIA", "RINGING", "")));
    moved.answer("uuid_getvar " + customer(2) + " tandem_call", callback.value());
    moved.compared();
    assertThat(moved.last(name, CallFact.StillUp.class).up())
        .containsExactly(new CallFact.LegView(customer(2), LegState.RINGING, null));
    moved.happen(new Happening.Answered(channel(customer(2), true)));
    moved.happen(new Happening.Parked(channel(customer(2), true)));
    assertThat(moved.last(name, CallFact.LegAnswered.class).leg()).isEqualTo(customer(2));
  }

  @Test
  void shouldFindThoseWhoTalkAgain() {
    LinkHarness moved = moved(false);
    moved.ready(
        LinkHarness.CORE,
        list(
            row(customer, "CS_EXCHANGE_MEDIA", "ACTIVE", "uuid_bridge"),
            row(agent, "CS_SOFT_EXECUTE", "ACTIVE", "uuid_bridge")));
    moved.answer("uuid_getvar " + customer + " tandem_call", callback.value());
    moved.answer("uuid_getvar " + customer + " bridge_uuid", agent.value());
    moved.answer("uuid_getvar " + agent + " tandem_call", callback.value());
    moved.answer("uuid_getvar " + agent + " bridge_uuid", customer.value());
    moved.compared();
    assertThat(moved.last(name, CallFact.StillUp.class).up())
        .containsExactlyInAnyOrder(
            new CallFact.LegView(customer, LegState.BRIDGED, agent),
            new CallFact.LegView(agent, LegState.BRIDGED, customer));

    moved.happen(new Happening.Ended(channel(agent, true), "NORMAL_CLEARING"));
    moved.happen(new Happening.Parked(channel(customer, true)));
    assertThat(moved.last(name, CallFact.Parked.class).leg()).isEqualTo(customer);
  }

  @Test
  void shouldKnowACustomerByItsFirstEvent() {
    LinkHarness moved = moved(false).ready().compared();
    moved.happen(new Happening.Parked(channel(customer, true)));
    assertThat(moved.last(name, CallFact.LegAnswered.class).leg()).isEqualTo(customer);

    moved.happen(new Happening.Joined(customer, agent));
    assertThat(moved.last(name, CallFact.Bridged.class))
        .isEqualTo(new CallFact.Bridged(agent, customer, moved.now));
  }

  @Test
  void shouldKnowACustomerByItsBridge() {
    LinkHarness moved = moved(false).ready().compared();
    moved.happen(new Happening.Parked(channel(agent, true)));
    moved.happen(new Happening.Joined(customer, agent));
    assertThat(moved.last(name, CallFact.Bridged.class))
        .isEqualTo(new CallFact.Bridged(agent, customer, moved.now));
    moved.happen(new Happening.Ended(channel(agent, true), "NORMAL_CLEARING"));
    moved.order(new SwitchCommand.Ask(callback, List.of()));
    assertThat(moved.last(name, CallFact.StillUp.class).up())
        .containsExactly(new CallFact.LegView(customer, LegState.ANSWERED, null));
  }

  /** An agent is reserved for it, and a phone may still begin to ring. */
  @Test
  void shouldNotBelieveAtOnceThatAnEarlierConnectionDidNotDial() {
    LinkHarness moved = moved(false).ready().compared();
    moved.order(new SwitchCommand.Ask(callback, List.of(customer)));
    moved.answer("uuid_exists " + customer, "false");
    assertThat(moved.facts(name, CallFact.LegGone.class)).isEmpty();
    moved.pass(Duration.ofSeconds(2));
    moved.answer("uuid_exists " + customer, "false");
    assertThat(moved.last(name, CallFact.LegGone.class).cause()).isEqualTo(Causes.ABSENT);
  }

  /** A call orders nothing for one whom it called before that one has answered. */
  @Test
  void shouldNotAnswerACustomerOfWhomOnlyItsBeingIsKnown() {
    LinkHarness moved = moved(false).ready().compared();
    moved.order(new SwitchCommand.Ask(callback, List.of(customer)));
    moved.answer("uuid_exists " + customer, "true");
    LegId next = moved.answeredAgent(name);
    moved.forgetSaid();
    moved.order(
        new SwitchCommand.Bridge(
            callback, next, customer, moved.now.plusMillis(500), moved.incarnation()));
    assertThat(moved.commands).containsExactly("uuid_bridge " + customer + " " + next);
  }

  @Test
  void shouldEndItsLegsButNotACallbackWhenTheSwitchIsDeclaredDead() {
    link.disconnect();
    link.pass(Duration.ofSeconds(60));
    assertThat(link.facts(name, CallFact.LegGone.class))
        .containsExactlyInAnyOrder(
            new CallFact.LegGone(agent, Causes.SWITCH_LOST, true, link.now),
            new CallFact.LegGone(customer, Causes.SWITCH_LOST, true, link.now));
    OpenBook book = new OpenBook();
    link.journal.forEach(book::evolve);
    assertThat(book.copy().calls()).noneMatch(CarriedCall::doomed);

    link.ready(LinkHarness.CORE, list(parked(agent), parked(customer)));
    link.answerAll();
    kills(link, agent, customer);
    link.forgetSaid();
    LegId next = link.answeredAgent(name);
    answeredCustomer(next, 2);
    assertThat(names(link.facts(name)))
        .containsExactly("LegRinging", "LegAnswered", "LegRinging", "LegAnswered");
  }

  @Test
  void shouldAlsoEndLegsOfACallbackThatOnlyTheSwitchKnowsOfAfterARecovery() {
    LinkHarness moved = moved(true);
    moved.ready(LinkHarness.CORE, list(parked(agent)));
    moved.answer("uuid_getvar " + agent + " tandem_call", callback.value());
    moved.happen(new Happening.Parked(channel(customer, true)));
    moved.compared();

    kills(moved, agent, customer);
    assertThat(moved.facts(name, CallFact.LegGone.class))
        .containsExactly(
            new CallFact.LegGone(agent, Causes.SWITCH_LOST, true, moved.now),
            new CallFact.LegGone(customer, Causes.SWITCH_LOST, true, moved.now));
    assertThat(moved.last(name, CallFact.StillUp.class).up()).isEmpty();

    moved.forgetSaid();
    moved.happen(new Happening.Parked(channel(customer(2), true)));
    assertThat(moved.commands).isEmpty();
    assertThat(moved.last(name, CallFact.LegAnswered.class).leg()).isEqualTo(customer(2));
  }

  @Test
  void shouldSayThatItsLegsAreLostToACallbackThatAsksADeadSwitch() {
    LinkHarness moved = moved(true);
    moved.order(new SwitchCommand.Ask(callback, List.of(agent, customer)));
    assertThat(moved.facts(name, CallFact.LegGone.class))
        .extracting(CallFact.LegGone::cause)
        .containsExactly(Causes.SWITCH_LOST, Causes.SWITCH_LOST);
    assertThat(moved.facts(name, CallFact.LinkLost.class)).hasSize(1);
  }

  @Test
  void shouldSayThatItsLegsAreLostToACallbackThatAsksWhileTheSwitchIsCompared() {
    LinkHarness moved = moved(true);
    moved.ready();
    moved.order(new SwitchCommand.Ask(callback, List.of(agent)));
    kills(moved, agent);
    assertThat(moved.last(name, CallFact.LegGone.class))
        .isEqualTo(new CallFact.LegGone(agent, Causes.SWITCH_LOST, true, moved.now));
    assertThat(moved.last(name, CallFact.StillUp.class).absent()).containsExactly(agent);
  }

  /** The switch is back first: only the legs there were are lost, not those ordered since. */
  @Test
  void shouldEndOnlyTheLegsThereWereWhenADeclarationIsWrittenLate() {
    link.holdJournal = true;
    link.disconnect();
    link.pass(Duration.ofSeconds(60));
    link.ready(LinkHarness.CORE, list(parked(agent), parked(customer))).compared();
    LegId next = link.answeredAgent(name);
    LegId again = answeredCustomer(next, 2);
    link.forgetSaid();
    link.writeJournal();

    kills(link, agent, customer);
    assertThat(link.commands).hasSize(2);
    link.happen(new Happening.Ended(channel(agent, true), "NORMAL_CLEARING"));
    assertThat(link.facts(name, CallFact.LegGone.class))
        .containsExactly(new CallFact.LegGone(agent, Causes.SWITCH_LOST, false, link.now));
    link.order(bridge(next, again));
    assertThat(link.commands).contains("uuid_bridge " + again + " " + next);
  }

  @Test
  void shouldEndItsLegsButNotACallbackWhenTheSwitchStartsAnew() {
    link.disconnect();
    link.ready(LinkHarness.OTHER_CORE, "{\"row_count\":0}").compared();
    assertThat(link.facts(name, CallFact.LegGone.class))
        .extracting(CallFact.LegGone::cause)
        .containsExactly(Causes.SWITCH_LOST, Causes.SWITCH_LOST);
    link.order(dial(agent, 2));
    assertThat(link.commands).anyMatch(command -> command.startsWith("originate"));
  }
}
