package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.Errand;
import tandem.router.edge.SwitchCommand;

/** Who is called back and has answered is a caller like any other. */
class CallbackCustomerTest extends CallbackFixture {
  private LegId agent = LinkHarness.leg();
  private LegId customer = LinkHarness.leg();

  @BeforeEach
  void theCustomerHasAnswered() {
    promised();
    agent = link.answeredAgent(name);
    customer = answeredCustomer(agent, 1);
    link.forgetSaid();
  }

  private SwitchCommand.Repark repark() {
    return new SwitchCommand.Repark(callback, customer, agent, link.incarnation());
  }

  @Test
  void shouldPlayMusicToACustomerWhoseBridgeCameToNothing() {
    link.order(bridge(agent, customer));
    link.answer("uuid_bridge " + customer + " " + agent, "+OK " + customer);
    link.happen(new Happening.Ended(channel(agent, true), "NORMAL_CLEARING"));
    link.order(repark());
    link.happen(new Happening.Parked(channel(customer, true)));

    assertThat(link.commands)
        .containsExactly(
            "uuid_bridge " + customer + " " + agent,
            "uuid_break " + customer + " all",
            music(customer));
    assertThat(names(link.facts(name))).containsExactly("LegGone", "Parked");
    assertThat(link.last(name, CallFact.Parked.class).leg()).isEqualTo(customer);
  }

  @Test
  void shouldPlayMusicToACustomerWhoseBridgeWasRefused() {
    link.order(bridge(agent, customer));
    link.answer("uuid_bridge", "-ERR Invalid uuid");
    assertThat(link.last(name, CallFact.BridgeRefused.class).callerLeg()).isEqualTo(customer);
    link.order(repark());
    assertThat(link.commands).endsWith(music(customer));
    assertThat(link.facts(name, CallFact.Parked.class)).hasSize(1);
  }

  @Test
  void shouldGreetACustomerWithMusicAlone() {
    link.happen(new Happening.Ended(channel(agent, true), "NORMAL_CLEARING"));
    link.forgetSaid();
    link.order(
        new SwitchCommand.Greet(callback, customer, AnswerMode.ON_AGENT, link.incarnation()));
    assertThat(link.commands)
        .containsExactly(
            "sched_del " + customer,
            "uuid_setvar_multi "
                + customer
                + " park_after_bridge=true;uuid_bridge_park_on_cancel=true"
                + ";max_session_transfers=1000000;tandem_call="
                + callback.value(),
            music(customer));
    link.answerAll();
    assertThat(link.facts(name)).containsExactly(new CallFact.Greeted(customer, true, link.now));
    assertThat(link.nudging).isFalse();
  }

  @Test
  void shouldGiveTheCustomerToTheNextAgent() {
    link.happen(new Happening.Ended(channel(agent, true), "NORMAL_CLEARING"));
    link.order(
        new SwitchCommand.Greet(callback, customer, AnswerMode.ON_QUEUE, link.incarnation()));
    link.answerAll();
    LegId next = link.answeredAgent(name);
    link.forgetSaid();
    link.order(bridge(next, customer));
    assertThat(link.commands).containsExactly("uuid_bridge " + customer + " " + next);
    link.answerAll();
    link.happen(new Happening.Joined(customer, next));
    assertThat(link.last(name, CallFact.Bridged.class))
        .isEqualTo(new CallFact.Bridged(next, customer, link.now));
  }

  @Test
  void shouldSayThatTheCustomerIsParkedWhenTheAgentHangsUp() {
    link.order(bridge(agent, customer));
    link.answerAll();
    link.happen(new Happening.Joined(customer, agent));
    link.forgetSaid();
    link.happen(new Happening.Ended(channel(agent, true), "NORMAL_CLEARING"));
    link.happen(new Happening.Parked(channel(customer, true)));
    assertThat(names(link.facts(name))).containsExactly("LegGone", "Parked");
  }

  @Test
  void shouldSayTheEndOfACustomerWhoHangsUpAlsoToACallThatHasLostItsJournal() {
    link.order(new SwitchCommand.Unknown(callback));
    link.happen(new Happening.Ended(channel(customer, true), "NORMAL_CLEARING"));
    assertThat(link.last(name, CallFact.LegGone.class))
        .isEqualTo(new CallFact.LegGone(customer, "NORMAL_CLEARING", false, link.now));
  }

  @Test
  void shouldHandACustomerOverToTheSwitchAndTakeItBack() {
    link.happen(new Happening.Ended(channel(agent, true), "NORMAL_CLEARING"));
    link.forgetSaid();
    link.order(
        new SwitchCommand.HandOver(
            callback, customer, 1, new Errand.Announce("sorry.wav"), link.incarnation()));
    link.answer("uuid_getvar " + customer + " tandem_errand", "_undef_");
    link.answerAll();
    link.happen(new Happening.Parked(channel(customer, true), 1));
    assertThat(names(link.facts(name))).containsExactly("HandedOver", "Returned");
    assertThat(link.commands).endsWith(music(customer));
  }
}
