package tandem.edge.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a transfer leads: the extensions of {@link DialplanXml}, and {@code inline} lists of
 * applications. The events of a transfer are recorded ones (05g, 08b j, 08c A, 11).
 */
final class Dialplan {

  private static final String NO_ROUTE = "NO_ROUTE_DESTINATION";

  private final SwitchCore core;
  private final Switch owner;
  private final DialplanXml xml;

  Dialplan(SwitchCore core, Switch owner) {
    this.core = core;
    this.owner = owner;
    this.xml = new DialplanXml(owner.globals(), core.clock());
  }

  DialplanXml xml() {
    return xml;
  }

  /**
   * Where somebody is sent.
   *
   * @param extension a number of the dialplan, or with the dialplan {@code inline} the applications
   */
  record Target(String extension, String dialplan, String context) {}

  /** Takes a channel out of what it is in; what is to be done there begins up to 20 ms later. */
  void transfer(SimChannel channel, Target target) {
    owner.bridges().take(channel, () -> route(channel, target));
  }

  /** The same with both sides of a bridge. */
  void transferBoth(SimChannel channel, Target target) {
    owner.bridges().takeBoth(channel, taken -> route(taken, target));
  }

  private void route(SimChannel channel, Target target) {
    boolean update =
        channel.stuck
            || channel.state == ChannelState.CS_EXCHANGE_MEDIA
            || (channel.inbound && channel.state == ChannelState.CS_PARK);
    boolean rings = channel.inbound && channel.answered();
    channel.stuck = false;
    channel.deaf = false;
    channel.bridge = null;
    channel.other = null;
    channel.extension = target.extension;
    channel.context = target.context;
    ChannelEvents events = core.events();
    channel.state = ChannelState.CS_ROUTING;
    if (rings) {
      events.callState(channel, "RINGING");
    }
    events.state(channel, ChannelState.CS_ROUTING);
    if (update) {
      events.full(channel, "CALL_UPDATE");
    }
    List<DialplanRun.Step> steps =
        target.dialplan.equals("inline")
            ? inline(target.extension)
            : xml.steps(channel, target.extension, target.context);
    if (steps.isEmpty()) {
      owner.hangups().hangup(channel, NO_ROUTE);
      return;
    }
    channel.state = ChannelState.CS_EXECUTE;
    if (rings) {
      events.callState(channel, "ACTIVE");
    }
    events.state(channel, ChannelState.CS_EXECUTE);
    new DialplanRun(core, owner, channel, steps).start();
  }

  /**
   * {@code app:data,app2:data}, where a comma cannot be in the data; or {@code m:^:app:data^app2},
   * where what separates them is named.
   */
  static List<DialplanRun.Step> inline(String text) {
    boolean named = text.length() > 4 && text.startsWith("m:") && text.charAt(3) == ':';
    String separator = named ? text.substring(2, 3) : ",";
    List<DialplanRun.Step> steps = new ArrayList<>();
    for (String part : (named ? text.substring(4) : text).split(Pattern.quote(separator), -1)) {
      int colon = part.indexOf(':');
      steps.add(
          colon < 0
              ? new DialplanRun.Step(part.trim(), "")
              : new DialplanRun.Step(part.substring(0, colon).trim(), part.substring(colon + 1)));
    }
    return steps;
  }
}
