package tandem.edge.sim;

import java.util.Map;
import java.util.function.Consumer;

/**
 * How a channel ends: the events from CHANNEL_HANGUP to CHANNEL_STATE(CS_DESTROY), and the moment
 * its uuid is free again. What a bridge does to the other side is {@link Bridges}' business.
 */
final class Hangups {

  private final SwitchCore core;
  private final Media media;
  private final Schedules schedules;
  private final Parting parting;
  private final Consumer<SimChannel> bridgeDeath;
  private final Consumer<SimChannel> watcher;

  /** What a channel leaves behind wherever it goes. */
  interface Parting {

    /** It leaves what it is in: ends its applications. */
    void leave(SimChannel channel);

    /** It is gone: ends its recordings. */
    void end(SimChannel channel);
  }

  /**
   * @param bridgeDeath told of a channel that ends while it has a bridge; it then sees to the rest
   * @param watcher told of every channel that ends, for the ledger
   */
  Hangups(
      SwitchCore core,
      Media media,
      Schedules schedules,
      Parting parting,
      Consumer<SimChannel> bridgeDeath,
      Consumer<SimChannel> watcher) {
    this.core = core;
    this.media = media;
    this.schedules = schedules;
    this.parting = parting;
    this.bridgeDeath = bridgeDeath;
    this.watcher = watcher;
  }

  /** The switch ends the channel. */
  void hangup(SimChannel channel, String cause) {
    hangup(channel, cause, false, "switch");
  }

  /** The far end has gone: CANCEL, BYE or a refusal. */
  void farHangup(SimChannel channel, String cause, int status) {
    channel.variables.put("sip_term_status", Integer.toString(status));
    channel.variables.put("proto_specific_hangup_cause", "sip:" + status);
    String disposition =
        channel.answered() ? "recv_bye" : channel.inbound ? "recv_cancel" : "recv_refuse";
    channel.variables.put("sip_hangup_disposition", disposition);
    hangup(channel, cause, true, channel.inbound ? "caller" : "agent");
  }

  private void hangup(SimChannel channel, String cause, boolean byFarEnd, String endedBy) {
    if (channel.hungUp()) {
      return;
    }
    boolean answered = channel.answered();
    channel.cause = cause;
    channel.hungUpByFarEnd = byFarEnd;
    channel.endedBy = endedBy;
    channel.answer = SimChannel.Answer.HANGUP;
    channel.hangupMicros = core.clock().cachedMicros();
    schedules.forget(channel.uuid);
    core.events().full(channel, "CHANNEL_HANGUP");
    channel.port.hangup(channel, cause, byFarEnd);
    if (!byFarEnd) {
      channel.variables.put(
          "sip_hangup_disposition",
          answered ? "send_bye" : channel.inbound ? "send_refuse" : "send_cancel");
    }
    watcher.accept(channel);
    Bridge bridge = channel.bridge;
    if (bridge != null && bridge.phase != Bridge.Phase.OVER) {
      bridgeDeath.accept(channel);
    } else {
      finishLater(channel);
    }
  }

  /**
   * The rest of a channel that is in no bridge, up to 20 ms later: until then its uuid is taken.
   */
  void finishLater(SimChannel channel) {
    core.loop().after(core.upTo(core.settings().timing().teardown()), () -> finish(channel));
  }

  private void finish(SimChannel channel) {
    leavePark(channel);
    end(channel);
    destroy(channel);
  }

  /** Ends what is played and the park, with their events, if there are any. */
  void leavePark(SimChannel channel) {
    stopRun(channel);
    parting.leave(channel);
    media.stop(channel, "done");
    leaveParkNow(channel);
  }

  private void leaveParkNow(SimChannel channel) {
    if (channel.parked) {
      channel.parked = false;
      core.events().full(channel, "CHANNEL_UNPARK");
      if (channel.parkExecuting) {
        channel.parkExecuting = false;
        core.events().executed(channel, "park", "", "_none_");
      }
    }
  }

  /** Ends what is played to a channel, whose bridge ends. */
  void quiet(SimChannel channel) {
    media.stop(channel, "done");
  }

  /** Leaves park for a bridge. */
  void leaveForBridge(SimChannel channel) {
    stopRun(channel);
    parting.leave(channel);
    media.endForBridge(channel);
    leaveParkNow(channel);
  }

  private static void stopRun(SimChannel channel) {
    DialplanRun run = channel.run;
    if (run != null) {
      run.stop();
    }
  }

  /** From CS_HANGUP to CHANNEL_HANGUP_COMPLETE. */
  void end(SimChannel channel) {
    ChannelEvents events = core.events();
    stopRun(channel);
    parting.leave(channel);
    media.stop(channel, "done");
    events.state(channel, ChannelState.CS_HANGUP);
    parting.end(channel);
    events.callState(channel, "HANGUP");
    events.state(channel, ChannelState.CS_REPORTING);
    summary(channel);
    String cause = String.valueOf(channel.cause);
    Originate originate = channel.originate;
    boolean jobFirst = core.random().nextBoolean();
    if (originate != null && jobFirst) {
      originate.result("-ERR " + cause + "\n");
    }
    events.full(channel, "CHANNEL_HANGUP_COMPLETE", "Hangup-Cause", cause);
    if (originate != null && !jobFirst) {
      originate.result("-ERR " + cause + "\n");
    }
  }

  void destroy(SimChannel channel) {
    core.events().full(channel, "CHANNEL_DESTROY");
    core.events().state(channel, ChannelState.CS_DESTROY);
    core.channels().remove(channel);
  }

  private void summary(SimChannel channel) {
    Map<String, String> variables = channel.variables;
    long end = channel.hangupMicros;
    long start = channel.createdMicros;
    long answered = channel.answeredMicros;
    String cause = String.valueOf(channel.cause);
    variables.put("hangup_cause", cause);
    variables.put("hangup_cause_q850", Integer.toString(Causes.q850(cause)));
    variables.put("start_stamp", SimClock.stamp(start));
    variables.put("end_stamp", SimClock.stamp(end));
    variables.put("start_uepoch", Long.toString(start));
    variables.put("answer_uepoch", Long.toString(answered));
    variables.put("bridge_uepoch", Long.toString(channel.bridgedMicros));
    variables.put("end_uepoch", Long.toString(end));
    variables.put("duration", Long.toString(end / 1_000_000 - start / 1_000_000));
    variables.put(
        "billsec", Long.toString(answered == 0 ? 0 : end / 1_000_000 - answered / 1_000_000));
    variables.put("mduration", Long.toString((end - start) / 1_000));
    variables.put("billmsec", Long.toString(answered == 0 ? 0 : (end - answered) / 1_000));
    RtpStatistics.put(channel, media.packets(channel), core.settings().seed());
  }
}
