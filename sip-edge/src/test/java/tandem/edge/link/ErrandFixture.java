package tandem.edge.link;

import java.util.List;
import tandem.router.domain.LegId;
import tandem.router.domain.PhoneNumber;
import tandem.router.edge.CallFact;
import tandem.router.edge.Errand;
import tandem.router.edge.SwitchCommand;

/** A link that hands callers over to the switch: what its tests share. */
abstract class ErrandFixture {
  static final Errand ANNOUNCE = new Errand.Announce("sounds/welcome.wav");
  static final Errand VOICEMAIL = new Errand.Voicemail("sales");
  static final Errand OUTSIDE = new Errand.Outside(new PhoneNumber("+12125550100"));

  final LinkHarness link = new LinkHarness().ready().compared();

  SwitchCommand.HandOver handOver(LegId caller, int number, Errand errand) {
    return new SwitchCommand.HandOver(
        LinkHarness.call(caller), caller, number, errand, link.incarnation());
  }

  static Happening.Parked back(LegId caller, int number) {
    return new Happening.Parked(LinkHarness.answeredInbound(caller), number);
  }

  static String told(LegId caller, String argument) {
    return "uuid_setvar_multi "
        + caller
        + " park_after_bridge=true;uuid_bridge_park_on_cancel=true"
        + ";max_session_transfers=1000000;tandem_call="
        + LinkHarness.call(caller).value()
        + ";tandem_called="
        + LinkHarness.NUMBER
        + ";tandem_errand_argument="
        + argument;
  }

  static String transfer(LegId caller, String extension) {
    return "uuid_transfer " + caller + " " + extension + " XML tandem-errands";
  }

  static String music(LegId caller) {
    return "uuid_broadcast " + caller + " playback::tone_stream://music aleg";
  }

  /** A caller whom the switch has taken over. */
  LegId away(int number, Errand errand) {
    LegId caller = link.greeted();
    link.order(handOver(caller, number, errand));
    link.answerAll();
    link.happen(new Happening.Answered(LinkHarness.answeredInbound(caller)));
    return caller;
  }

  static List<String> names(List<CallFact> facts) {
    return facts.stream().map(fact -> fact.getClass().getSimpleName()).toList();
  }

  static String row(LegId leg, String direction, String state, String application) {
    return "{\"uuid\":\""
        + leg
        + "\",\"direction\":\""
        + direction
        + "\",\"state\":\""
        + state
        + "\",\"callstate\":\"ACTIVE\",\"application\":\""
        + application
        + "\"}";
  }

  static String list(String... rows) {
    return "{\"row_count\":" + rows.length + ",\"rows\":[" + String.join(",", rows) + "]}";
  }

  /** The connection breaks, and the link has found its caller again in the list. */
  void reconnect(LegId caller, String application) {
    link.disconnect();
    link.ready(LinkHarness.CORE, list(row(caller, "inbound", "CS_EXECUTE", application)));
    link.compared();
    link.forgetSaid();
  }
}
