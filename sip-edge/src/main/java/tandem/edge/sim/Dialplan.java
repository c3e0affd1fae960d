package tandem.edge.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a transfer leads: the extensions of the context {@code tandem-errands}, as the files beside
 * the sources of this module have them, and {@code inline} lists of applications. The events of a
 * transfer are recorded ones (05g, 08b j, 08c A).
 */
final class Dialplan {

  private static final String CONTEXT = "tandem-errands";
  private static final String NO_ROUTE = "NO_ROUTE_DESTINATION";
  private static final Pattern ERRAND = Pattern.compile("(announce|voicemail|outside)-([0-9]+)");
  private static final Pattern TRUNK_NAME = Pattern.compile("[A-Za-z0-9_.-]+");
  private static final String BEEP = "tone_stream://%(400,0,800)";

  private final SwitchCore core;
  private final Switch owner;

  Dialplan(SwitchCore core, Switch owner) {
    this.core = core;
    this.owner = owner;
  }

  /** Takes a channel out of what it is in; what is to be done there begins up to 20 ms later. */
  void transfer(SimChannel channel, String extension, String dialplan, String context) {
    List<DialplanRun.Step> steps =
        dialplan.equals("inline") ? inline(extension) : steps(channel, extension, context);
    owner.bridges().take(channel, () -> route(channel, extension, context, steps));
  }

  private void route(
      SimChannel channel, String extension, String context, List<DialplanRun.Step> steps) {
    boolean stuck = channel.stuck;
    channel.stuck = false;
    channel.deaf = false;
    channel.bridge = null;
    channel.extension = extension;
    channel.context = context;
    ChannelEvents events = core.events();
    channel.state = ChannelState.CS_ROUTING;
    if (channel.answered()) {
      events.callState(channel, "RINGING");
    }
    events.state(channel, ChannelState.CS_ROUTING);
    if (stuck) {
      events.full(channel, "CALL_UPDATE");
    }
    if (steps.isEmpty()) {
      owner.hangups().hangup(channel, NO_ROUTE);
      return;
    }
    channel.state = ChannelState.CS_EXECUTE;
    if (channel.answered()) {
      events.callState(channel, "ACTIVE");
    }
    events.state(channel, ChannelState.CS_EXECUTE);
    new DialplanRun(core, owner, channel, steps).start();
  }

  /** {@code app:data,app2:data}; what separates them cannot be in them. */
  private static List<DialplanRun.Step> inline(String text) {
    List<DialplanRun.Step> steps = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int colon = part.indexOf(':');
      steps.add(
          colon < 0
              ? new DialplanRun.Step(part, "")
              : new DialplanRun.Step(part.substring(0, colon), part.substring(colon + 1)));
    }
    return steps;
  }

  /** Empty when the dialplan has no such extension. */
  private List<DialplanRun.Step> steps(SimChannel channel, String extension, String context) {
    Matcher errand = ERRAND.matcher(extension);
    if (!context.equals(CONTEXT) || !errand.matches()) {
      return List.of();
    }
    Map<String, String> variables = channel.variables;
    String argument = variables.getOrDefault("tandem_errand_argument", "");
    String number = errand.group(2);
    DialplanRun.Step begun = new DialplanRun.Step("set", "tandem_errand=" + number);
    DialplanRun.Step answer = new DialplanRun.Step("answer", "");
    return switch (errand.group(1)) {
      case "announce" ->
          List.of(
              begun,
              answer,
              new DialplanRun.Step("playback", argument),
              new DialplanRun.Step("set", "tandem_errand_over=" + number),
              new DialplanRun.Step("park", ""));
      case "voicemail" ->
          List.of(
              begun,
              answer,
              new DialplanRun.Step("playback", BEEP),
              new DialplanRun.Step(
                  "record", "/recordings/voicemail-" + argument + "-" + channel.uuid + ".wav"),
              new DialplanRun.Step("hangup", Causes.NORMAL_CLEARING));
      default ->
          List.of(
              begun,
              new DialplanRun.Step("set", "tandem_outside=true"),
              new DialplanRun.Step("set", "park_after_bridge=false"),
              new DialplanRun.Step("set", "hangup_after_bridge=true"),
              new DialplanRun.Step(
                  "set",
                  "effective_caller_id_number=" + variables.getOrDefault("tandem_called", "")),
              outside(argument));
    };
  }

  private DialplanRun.Step outside(String number) {
    String trunk = owner.globals().getOrDefault(Switch.TRUNK, "");
    return TRUNK_NAME.matcher(trunk).matches()
        ? new DialplanRun.Step("bridge", "sofia/gateway/" + trunk + "/" + number)
        : new DialplanRun.Step("hangup", NO_ROUTE);
  }
}
