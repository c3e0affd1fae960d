package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tandem.router.domain.AgentId;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.CallId;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.QueueId;
import tandem.router.edge.CallFact;
import tandem.router.edge.Outbound;
import tandem.router.edge.SwitchCommand;

/** Calls that agents make are carried, and numbers are dialled over the trunk that is ordered. */
class OutboundTest {
  private static final PhoneNumber TO = new PhoneNumber("+12125550100");

  final LinkHarness link = new LinkHarness().ready().compared();
  final LegId name = LinkHarness.leg();
  final CallId call = LinkHarness.call(name);

  static Outbound outbound(Instant at) {
    return new Outbound(
        new AgentId(LinkHarness.TENANT, "ann"),
        TO,
        new PhoneNumber(LinkHarness.NUMBER),
        Duration.ofSeconds(30),
        at,
        "ann");
  }

  static CarriedCall carried(LegId name, Instant at) {
    return new CarriedCall(
        LinkHarness.call(name),
        name,
        LinkHarness.NUMBER,
        TO.value(),
        new Entry(new QueueId(LinkHarness.TENANT, "outbound"), 0, AnswerMode.ON_QUEUE),
        at,
        false,
        null,
        outbound(at));
  }

  private SwitchCommand.Dial dial(
      CallId of, LegId leg, @Nullable LegId agent, boolean customer, int trunk) {
    return new SwitchCommand.Dial(
        of,
        leg,
        TO,
        LinkHarness.NUMBER,
        agent,
        customer,
        trunk,
        Duration.ofSeconds(30),
        link.now.plusSeconds(5),
        link.incarnation());
  }

  private void place() {
    link.order(new SwitchCommand.PlaceCall(call, outbound(link.now)));
  }

  @Test
  void shouldCarryItOnceAndBringItToLifeUntilItIsTaken() {
    link.holdJournal = true;
    place();
    place();
    assertThat(link.facts(name)).as("not before it is written").isEmpty();
    link.writeJournal();
    assertThat(link.journal).endsWith(new LinkEvent.Carried(carried(name, link.now)));
    CallFact.Arrived arrived = link.last(name, CallFact.Arrived.class);
    assertThat(arrived.isVirtual()).isTrue();
    assertThat(arrived.outbound()).isEqualTo(outbound(link.now));
    assertThat(arrived.entry().queue().name()).isEqualTo("outbound");
    assertThat(arrived.callerNumber()).isEqualTo(LinkHarness.NUMBER);
    assertThat(arrived.calledNumber()).isEqualTo(TO.value());
    assertThat(arrived.incarnation()).isEqualTo(link.incarnation());

    link.pass(Duration.ofSeconds(1));
    assertThat(link.facts(name, CallFact.Arrived.class)).hasSize(2);
    link.order(new SwitchCommand.Taken(call, name));
    link.pass(Duration.ofSeconds(20));
    assertThat(link.facts(name, CallFact.Arrived.class)).hasSize(2);
    place();
    assertThat(link.journal.stream().filter(LinkEvent.Carried.class::isInstance)).hasSize(1);
  }

  @Test
  void shouldCarryItAlsoWithoutASwitchAndAfterARecovery() {
    LinkHarness down = new LinkHarness(LinkHarness.book(carried(name, link.now)), 100);
    down.order(new SwitchCommand.Unknown(call));
    CallFact.Arrived arrived = down.last(name, CallFact.Arrived.class);
    assertThat(arrived.incarnation()).isNull();
    assertThat(arrived.outbound()).isEqualTo(outbound(link.now));
    assertThat(down.logic.status().channels()).as("its name is no channel").isZero();
  }

  @Test
  void shouldTakeWhomItCallsForItsCaller() {
    place();
    link.order(new SwitchCommand.Taken(call, name));
    LegId agent = link.answeredAgent(name);
    LegId customer = LegId.ofInvite(call, 2, 0);
    link.order(dial(call, customer, agent, true, 0));
    link.answerAll();
    assertThat(link.commands).last().asString().contains("}sofia/gateway/carrier/+12125550100 ");
    link.happen(new Happening.Rang(LinkHarness.outbound(customer, call, false)));
    assertThat(link.commands)
        .endsWith("uuid_broadcast " + agent + " playback::" + CallbackFixture.RINGING + " aleg");
    link.happen(new Happening.Answered(LinkHarness.outbound(customer, call, true)));
    link.happen(new Happening.OrderDone(customer, "+OK " + customer));
    link.happen(new Happening.Parked(LinkHarness.outbound(customer, call, true)));
    link.order(
        new SwitchCommand.Bridge(
            call, agent, customer, link.now.plusSeconds(1), link.incarnation()));
    assertThat(link.commands).endsWith("uuid_bridge " + customer + " " + agent);
    link.answerAll();
    link.happen(new Happening.Joined(customer, agent));
    assertThat(link.last(name, CallFact.Bridged.class).callerLeg()).isEqualTo(customer);
  }

  @Test
  void shouldTryTheTrunkThatIsOrdered() {
    link.trunk = "telnyx,twilio";
    LegId caller = link.greeted();
    CallId of = LinkHarness.call(caller);
    for (int trunk = 0; trunk < 2; trunk++) {
      link.order(dial(of, LegId.ofInvite(of, 1, trunk), null, false, trunk));
    }
    assertThat(link.commands)
        .filteredOn(command -> command.startsWith("originate"))
        .satisfiesExactly(
            first -> assertThat(first).contains("sofia/gateway/telnyx/+12125550100"),
            second -> assertThat(second).contains("sofia/gateway/twilio/+12125550100"));
  }

  @Test
  void shouldEndALegThatIsToGoOverATrunkThatIsNotThere() {
    link.trunk = "telnyx,twilio";
    LegId caller = link.greeted();
    CallId of = LinkHarness.call(caller);
    LegId guest = LegId.ofInvite(of, 1, 2);
    link.forgetSaid();
    link.order(dial(of, guest, null, false, 2));
    assertThat(link.commands).isEmpty();
    assertThat(link.last(caller, CallFact.LegGone.class).cause()).isEqualTo("NO_ROUTE_DESTINATION");
  }

  @Test
  void shouldTakeAGuestForNoCaller() {
    LegId caller = link.greeted();
    CallId of = LinkHarness.call(caller);
    LegId agent = link.bridgedAgent(caller);
    LegId guest = LegId.ofInvite(of, 1, 0);
    link.order(dial(of, guest, agent, false, 0));
    link.answerAll();
    link.happen(new Happening.Answered(LinkHarness.outbound(guest, of, true)));
    link.happen(new Happening.OrderDone(guest, "+OK " + guest));
    link.happen(new Happening.Parked(LinkHarness.outbound(guest, of, true)));
    assertThat(link.last(caller, CallFact.LegAnswered.class).leg()).isEqualTo(guest);
    link.forgetSaid();
    link.happen(new Happening.Parked(LinkHarness.outbound(guest, of, true)));
    assertThat(link.facts(caller)).as("a park of a guest is nobody's return").isEmpty();
  }

  @Test
  void shouldNotDialACallersCustomer() {
    LegId caller = link.greeted();
    CallId of = LinkHarness.call(caller);
    link.order(dial(of, LegId.ofInvite(of, 1, 0), null, true, 0));
    assertThat(link.last(caller, CallFact.LegGone.class).byLink()).isTrue();
    assertThat(List.copyOf(link.commands)).noneMatch(command -> command.startsWith("originate"));
  }
}
