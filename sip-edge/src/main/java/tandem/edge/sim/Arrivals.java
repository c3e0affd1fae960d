package tandem.edge.sim;

/**
 * An inbound call from its INVITE to its park: the dialplan is "hang up in ten seconds unless
 * adopted, park".
 */
final class Arrivals {

  /**
   * Two extensions of the recordings' dialplan, so that these can be replayed: park alone, and
   * answer then park.
   */
  private static final String BARE = "park";

  private static final String ANSWERED = "answerpark";

  private final SwitchCore core;
  private final Schedules schedules;

  Arrivals(SwitchCore core, Schedules schedules) {
    this.core = core;
    this.schedules = schedules;
  }

  /**
   * Makes the channel live. False when limits or a pause refuse it (SIP 503); then nothing was said
   * and the channel is nothing.
   */
  boolean arrive(SimChannel channel) {
    if (!core.channels().admits(true) || core.channels().taken(channel.uuid)) {
      return false;
    }
    channel.variables.put("direction", "inbound");
    channel.variables.put("uuid", channel.uuid);
    channel.variables.put("call_uuid", channel.uuid);
    channel.variables.put("session_id", Long.toString(core.channels().sinceStartup() + 1));
    channel.variables.put("channel_name", channel.name);
    channel.variables.put("sofia_profile_name", "external");
    channel.variables.put("sip_from_user", channel.callerNumber);
    channel.variables.put("sip_req_user", channel.destination);
    channel.variables.put("sip_to_user", channel.destination);
    channel.variables.put("sip_network_ip", channel.address);
    channel.variables.put("read_codec", "PCMU");
    channel.variables.put("write_codec", "PCMU");
    core.channels().add(channel);
    ChannelEvents events = core.events();
    events.state(channel, ChannelState.CS_NEW);
    events.full(channel, "CODEC");
    events.full(channel, "CODEC");
    events.state(channel, ChannelState.CS_INIT);
    events.full(channel, "CHANNEL_CREATE");
    channel.state = ChannelState.CS_ROUTING;
    events.callState(channel, "RINGING");
    events.state(channel, ChannelState.CS_ROUTING);
    events.state(channel, ChannelState.CS_EXECUTE);
    if (channel.destination.equals(ANSWERED)) {
      events.execute(channel, "answer", "");
      answer(channel);
      events.executed(channel, "answer", "", "_none_");
    } else if (!channel.destination.equals(BARE)) {
      limit(channel);
    }
    events.execute(channel, "park", "");
    channel.parked = true;
    channel.parkExecuting = true;
    events.full(channel, "CHANNEL_PARK");
    return true;
  }

  private void limit(SimChannel channel) {
    long seconds = core.settings().timing().adoption().toSeconds();
    if (seconds > 0) {
      String data = "+" + seconds + " ALLOTTED_TIMEOUT";
      core.events().execute(channel, "sched_hangup", data);
      schedules.hangupIn(channel.uuid, seconds, "ALLOTTED_TIMEOUT");
      core.events().executed(channel, "sched_hangup", data, "_none_");
    }
  }

  /** {@code uuid_answer}: 200 to the caller. */
  void answer(SimChannel channel) {
    if (!channel.inbound || channel.answered()) {
      return;
    }
    channel.answered(core.clock());
    channel.port.answer(channel);
    core.events().full(channel, "CHANNEL_ANSWER");
    core.events().callState(channel, "ACTIVE");
  }

  /** {@code uuid_ring_ready}: 180 to the caller. */
  void ring(SimChannel channel) {
    if (channel.inbound && !channel.media()) {
      channel.progressMicros = core.clock().cachedMicros();
      channel.port.ring(channel);
      core.events().full(channel, "CHANNEL_PROGRESS");
    }
  }
}
