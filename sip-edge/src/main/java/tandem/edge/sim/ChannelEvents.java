package tandem.edge.sim;

import java.util.Map;

/**
 * Renders what the switch says about a channel: the headers that the recorded events carry and a
 * client reads. Nothing here changes a channel but its state, its call state and the event about
 * that.
 */
final class ChannelEvents {

  private final EventBus bus;

  ChannelEvents(EventBus bus) {
    this.bus = bus;
  }

  /** Moves to a state and says so. */
  void state(SimChannel channel, ChannelState state) {
    channel.state = state;
    SimEvent event = bus.begin("CHANNEL_STATE");
    if (event != null) {
      channel(event, channel);
      caller(event, channel);
      bus.send(event);
    }
  }

  /** Moves to a call state (RINGING, EARLY, ACTIVE, HELD, HANGUP…) and says so. */
  void callState(SimChannel channel, String callState) {
    String before = channel.callState;
    channel.callState = callState;
    SimEvent event = bus.begin("CHANNEL_CALLSTATE");
    if (event != null) {
      event.add("Original-Channel-Call-State", before);
      channel(event, channel);
      caller(event, channel);
      bus.send(event);
    }
  }

  /**
   * An event with everything: channel, caller, other leg, variables, with more headers before
   * those.
   */
  void full(SimChannel channel, String name, String... more) {
    SimEvent event = bus.begin(name);
    if (event != null) {
      for (int i = 0; i + 1 < more.length; i += 2) {
        event.add(more[i], more[i + 1]);
      }
      everything(event, channel);
      bus.send(event);
    }
  }

  /** An event with the channel and the caller, then more headers; without variables. */
  void brief(SimChannel channel, String name, String... more) {
    SimEvent event = bus.begin(name);
    if (event != null) {
      brief(event, channel);
      for (int i = 0; i + 1 < more.length; i += 2) {
        event.add(more[i], more[i + 1]);
      }
      bus.send(event);
    }
  }

  static void brief(SimEvent event, SimChannel channel) {
    channel(event, channel);
    caller(event, channel);
  }

  void execute(SimChannel channel, String application, String data) {
    channel.variables.put("current_application", application);
    if (!data.isEmpty()) {
      channel.variables.put("current_application_data", data);
    }
    full(channel, "CHANNEL_EXECUTE", "Application", application, "Application-Data", data);
  }

  void executed(SimChannel channel, String application, String data, String response) {
    full(
        channel,
        "CHANNEL_EXECUTE_COMPLETE",
        "Application",
        application,
        "Application-Data",
        data,
        "Application-Response",
        response);
  }

  /** The lines of {@code uuid_dump}, which are an event's. */
  String dump(SimChannel channel) {
    SimEvent event =
        new SimEvent("CHANNEL_DATA")
            .add("Event-Name", "CHANNEL_DATA")
            .add("Core-UUID", bus.coreUuid());
    everything(event, channel);
    String frame = new String(event.plain(), java.nio.charset.StandardCharsets.UTF_8);
    return frame.substring(frame.indexOf("\n\n") + 2);
  }

  private static void everything(SimEvent event, SimChannel channel) {
    channel(event, channel);
    caller(event, channel);
    otherLeg(event, channel);
    for (Map.Entry<String, String> variable : channel.variables.entrySet()) {
      event.add("variable_" + variable.getKey(), variable.getValue());
    }
  }

  private static void channel(SimEvent event, SimChannel channel) {
    String direction = channel.inbound ? "inbound" : "outbound";
    Bridge bridge = channel.bridge;
    event
        .add("Channel-State", channel.state.name())
        .add("Channel-Call-State", channel.callState)
        .add("Channel-State-Number", Integer.toString(channel.state.number()))
        .add("Channel-Name", channel.name)
        .add("Unique-ID", channel.uuid)
        .add("Call-Direction", direction)
        .add("Presence-Call-Direction", direction)
        .add("Channel-HIT-Dialplan", channel.inbound || channel.answered() ? "true" : "false")
        .add(
            "Channel-Call-UUID",
            bridge != null && bridge.phase == Bridge.Phase.UP ? bridge.first.uuid : channel.uuid)
        .add("Answer-State", channel.answer.text());
    String cause = channel.cause;
    if (cause != null) {
      event.add("Hangup-Cause", cause);
    }
  }

  private static void caller(SimEvent event, SimChannel channel) {
    String direction = channel.inbound ? "inbound" : "outbound";
    event.add("Caller-Direction", direction).add("Caller-Logical-Direction", direction);
    if (channel.inbound) {
      event.add("Caller-Username", channel.callerNumber).add("Caller-Dialplan", "XML");
    }
    if (!channel.callerName.isEmpty()) {
      event.add("Caller-Caller-ID-Name", channel.callerName);
    }
    event
        .add("Caller-Caller-ID-Number", channel.callerNumber)
        .add("Caller-Orig-Caller-ID-Number", channel.callerNumber);
    if (!channel.inbound) {
      event
          .add("Caller-Callee-ID-Name", "Outbound Call")
          .add("Caller-Callee-ID-Number", channel.destination);
    }
    event
        .add("Caller-Network-Addr", channel.address)
        .add("Caller-ANI", channel.callerNumber)
        .add("Caller-Destination-Number", channel.dialled())
        .add("Caller-Unique-ID", channel.uuid)
        .add("Caller-Source", channel.inbound ? "mod_sofia" : "src/switch_ivr_originate.c")
        .add("Caller-Context", channel.context)
        .add("Caller-Channel-Name", channel.name)
        .add("Caller-Profile-Index", "1")
        .add("Caller-Profile-Created-Time", Long.toString(channel.createdMicros))
        .add("Caller-Channel-Created-Time", Long.toString(channel.createdMicros))
        .add("Caller-Channel-Answered-Time", Long.toString(channel.answeredMicros))
        .add("Caller-Channel-Progress-Time", Long.toString(channel.progressMicros))
        .add("Caller-Channel-Hangup-Time", Long.toString(channel.hangupMicros))
        .add("Caller-Channel-Bridged-Time", Long.toString(channel.bridgedMicros));
  }

  private static void otherLeg(SimEvent event, SimChannel channel) {
    SimChannel other = channel.other;
    if (other == null) {
      return;
    }
    event
        .add("Other-Type", channel.otherFirst ? "originator" : "originatee")
        .add("Other-Leg-Direction", other.inbound ? "inbound" : "outbound")
        .add("Other-Leg-Caller-ID-Number", other.callerNumber)
        .add("Other-Leg-Destination-Number", other.destination)
        .add("Other-Leg-Unique-ID", other.uuid)
        .add("Other-Leg-Channel-Name", other.name)
        .add("Other-Leg-Channel-Created-Time", Long.toString(other.createdMicros))
        .add("Other-Leg-Channel-Answered-Time", Long.toString(other.answeredMicros));
  }
}
