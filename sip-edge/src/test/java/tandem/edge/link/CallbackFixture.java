package tandem.edge.link;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.Attributes;
import tandem.router.domain.CallId;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.plan.CallbackPromise;
import tandem.router.domain.plan.Wants;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;

/** A link that is to call somebody back: what its tests share. */
abstract class CallbackFixture {
  static final PhoneNumber HOME = new PhoneNumber("+12125550100");
  static final Entry ENTRY = new Entry(LinkHarness.QUEUE, 50, AnswerMode.ON_QUEUE);
  static final String RINGING = "tone_stream://%(2000,4000,440,480);loops=-1";

  final LinkHarness link = new LinkHarness().ready().compared();

  /** The first channel of the call that promised it. */
  final LegId origin = LinkHarness.leg();

  final CallId callback = LinkHarness.call(origin).callback();

  /** The callback's name among channels, of which it never is one. */
  final LegId name = new LegId(callback.channel());

  static CallbackPromise promise(LegId origin, Instant at) {
    return new CallbackPromise(
        LinkHarness.call(origin),
        HOME,
        List.of("support"),
        50,
        new Wants(
            "agent.level >= 2",
            "",
            new TreeMap<>(
                Map.of(
                    "number",
                    HOME.value(),
                    "attributes",
                    Attributes.of(Map.of("vip", true)).values()))),
        at.minusSeconds(300),
        at,
        at.plusSeconds(7_200),
        3,
        Duration.ofMinutes(15),
        Duration.ofSeconds(30));
  }

  static CarriedCall carried(LegId origin, Instant at) {
    CallId callback = LinkHarness.call(origin).callback();
    return new CarriedCall(
        callback,
        new LegId(callback.channel()),
        HOME.value(),
        LinkHarness.NUMBER,
        ENTRY,
        at,
        false,
        promise(origin, at));
  }

  SwitchCommand.CallBack callBack() {
    return new SwitchCommand.CallBack(
        LinkHarness.call(origin), callback, promise(origin, link.now), LinkHarness.NUMBER, ENTRY);
  }

  /** The callback is carried, and its call has taken it. */
  void promised() {
    link.order(callBack());
    link.order(new SwitchCommand.Taken(callback, name));
  }

  LegId customer(int attempt) {
    return LegId.ofCustomer(callback, attempt);
  }

  SwitchCommand.Dial dial(LegId agent, int attempt) {
    return new SwitchCommand.Dial(
        callback,
        customer(attempt),
        HOME,
        LinkHarness.NUMBER,
        agent,
        true,
        0,
        Duration.ofSeconds(30),
        link.now.plusSeconds(5),
        link.incarnation());
  }

  Happening.Channel channel(LegId leg, boolean answered) {
    return LinkHarness.outbound(leg, callback, answered);
  }

  void rings(LegId customer) {
    link.happen(new Happening.Rang(channel(customer, false)));
  }

  void answers(LegId customer) {
    link.happen(new Happening.Answered(channel(customer, true)));
    link.happen(new Happening.OrderDone(customer, "+OK " + customer));
    link.happen(new Happening.Parked(channel(customer, true)));
  }

  /** The agent waits, and the customer's phone has been ordered to ring. */
  LegId dialed(LegId agent, int attempt) {
    link.order(dial(agent, attempt));
    link.answerAll();
    return customer(attempt);
  }

  LegId answeredCustomer(LegId agent, int attempt) {
    LegId customer = dialed(agent, attempt);
    rings(customer);
    answers(customer);
    link.answerAll();
    return customer;
  }

  SwitchCommand.Bridge bridge(LegId agent, LegId customer) {
    link.musicBegins();
    return new SwitchCommand.Bridge(
        callback, agent, customer, link.now.plusMillis(500), link.incarnation());
  }

  static String music(LegId leg) {
    return "uuid_broadcast " + leg + " playback::tone_stream://music aleg";
  }

  static List<String> names(List<CallFact> facts) {
    return facts.stream().map(fact -> fact.getClass().getSimpleName()).toList();
  }

  static String row(LegId leg, String state, String callState, String application) {
    return "{\"uuid\":\""
        + leg
        + "\",\"direction\":\"outbound\",\"state\":\""
        + state
        + "\",\"callstate\":\""
        + callState
        + "\",\"application\":\""
        + application
        + "\"}";
  }

  static String parked(LegId leg) {
    return row(leg, "CS_EXECUTE", "ACTIVE", "park");
  }

  static String list(String... rows) {
    return "{\"row_count\":" + rows.length + ",\"rows\":[" + String.join(",", rows) + "]}";
  }
}
