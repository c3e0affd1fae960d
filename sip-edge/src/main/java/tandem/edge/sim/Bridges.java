package tandem.edge.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings two channels together and takes them apart, with everything the recorded switch does wrong
 * in between: {@code +OK} long before the bridge, unanswered callers killed, legs left in CS_RESET.
 * See the numbered dangers in the recordings' notes.
 */
final class Bridges {

  private final SwitchCore core;
  private final Hangups hangups;
  private final BridgeEnds ends;
  private final Lurkers lurkers;
  private final Consumer<Bridge> watcher;

  /**
   * @param watcher told of every bridge that comes up, for the ledger
   */
  Bridges(
      SwitchCore core,
      Media media,
      Schedules schedules,
      Hangups.Parting parting,
      Consumer<Bridge> watcher,
      Consumer<SimChannel> ended) {
    this.core = core;
    this.watcher = watcher;
    this.hangups = new Hangups(core, media, schedules, parting, this::died, ended);
    this.ends = new BridgeEnds(core, hangups);
    this.lurkers = new Lurkers(core, hangups, ends);
  }

  Hangups hangups() {
    return hangups;
  }

  /** Any channel has hung up. */
  void forget(SimChannel channel) {
    lurkers.forget(channel);
  }

  /** {@code uuid_bridge}: the text of its answer; what is done happens 42–63 ms later. */
  String bridge(String firstUuid, String secondUuid) {
    SimChannel first = core.channels().locate(firstUuid);
    SimChannel second = core.channels().locate(secondUuid);
    if (first == null
        || second == null
        || !(first.media() || second.media())
        || ringing(first)
        || ringing(second)) {
      return "-ERR Invalid uuid\n";
    }
    if (Lurkers.lurks(first) || Lurkers.lurks(second)) {
      SimChannel killed = Lurkers.lurks(first) ? second : first;
      core.loop().after(leaving(), () -> hangups.hangup(killed, Causes.OUT_OF_ORDER));
      return "+OK " + second.uuid + "\n";
    }
    if (grabbed(first, second) || grabbed(second, first)) {
      return "+OK " + second.uuid + "\n";
    }
    start(first, second);
    return "+OK " + second.uuid + "\n";
  }

  /** Somebody lurks for one of two who are to be bridged: it gets it, and the other lurks. */
  private boolean grabbed(SimChannel wanted, SimChannel other) {
    SimChannel lurker = lurkers.take(wanted);
    if (lurker == null || lurker == other) {
      return false;
    }
    start(lurker, wanted);
    lurkers.add(other, wanted);
    return true;
  }

  private void start(SimChannel first, SimChannel second) {
    Bridge bridge = new Bridge(first, second);
    if (first == second) {
      core.loop()
          .after(
              leaving(),
              () -> {
                if (!first.hungUp()) {
                  strand(first);
                  core.events().state(first, ChannelState.CS_SOFT_EXECUTE);
                }
              });
      return;
    }
    List<Runnable> endings = new ArrayList<>();
    release(first, second, endings);
    release(second, first, endings);
    SimSettings.Timing timing = core.settings().timing();
    Duration whole = core.between(timing.bridgeMin(), timing.bridgeMax());
    Duration leave = core.upTo(whole.dividedBy(3));
    join(bridge, first, second, false);
    join(bridge, second, first, true);
    bridge.timer = core.loop().after(leave, () -> leave(bridge, whole.minus(leave), endings));
  }

  /**
   * {@code uuid_park}: brings a channel to park from wherever it is, also from CS_RESET; but not
   * one that no dialplan runs and that is parked already.
   */
  void park(SimChannel channel) {
    take(
        channel,
        () -> {
          if (channel.state == ChannelState.CS_PARK) {
            channel.deaf = true;
          } else {
            ends.park(channel);
          }
        });
  }

  /** Takes a channel out of whatever it is in, also CS_RESET, to something else. */
  void take(SimChannel channel, Runnable elsewhere) {
    if (Lurkers.lurks(channel)) {
      // +OK was said, and nothing happens.
      return;
    }
    Bridge bridge = channel.bridge;
    ConferenceMember member = channel.member;
    if (member != null) {
      member.leaving();
    }
    if (bridge != null && bridge.phase == Bridge.Phase.UP) {
      bridge.phase = Bridge.Phase.ENDING;
      core.loop()
          .after(
              leaving(),
              () ->
                  ends.takenAway(
                      bridge,
                      channel,
                      () -> {
                        hangups.leavePark(channel);
                        elsewhere.run();
                      }));
      return;
    }
    if (bridge != null) {
      abandon(bridge);
    }
    core.loop()
        .after(
            leaving(),
            () -> {
              if (!channel.hungUp()) {
                hangups.leavePark(channel);
                elsewhere.run();
              }
            });
  }

  /** Takes both sides of a bridge elsewhere; one that is in none goes alone. */
  void takeBoth(SimChannel channel, Consumer<SimChannel> elsewhere) {
    Bridge bridge = channel.bridge;
    if (bridge == null || bridge.phase != Bridge.Phase.UP) {
      take(channel, () -> elsewhere.accept(channel));
      return;
    }
    bridge.phase = Bridge.Phase.ENDING;
    core.loop().after(leaving(), () -> ends.bothTaken(bridge, elsewhere));
  }

  /** The application {@code bridge}: the leg it has called has answered. */
  void connect(SimChannel caller, SimChannel called) {
    Bridge bridge = new Bridge(caller, called);
    join(bridge, caller, called, false);
    join(bridge, called, caller, true);
    bridge.phase = Bridge.Phase.UP;
    together(bridge);
  }

  private static boolean ringing(SimChannel channel) {
    return !channel.inbound && !channel.media();
  }

  private static void join(
      Bridge bridge, SimChannel channel, SimChannel other, boolean otherFirst) {
    channel.bridge = bridge;
    channel.other = other;
    channel.otherFirst = otherFirst;
    channel.stuck = false;
    channel.deaf = false;
    channel.variables.put("bridge_channel", other.name);
    channel.variables.put("bridge_uuid", other.uuid);
    channel.variables.put("signal_bond", other.uuid);
  }

  private Duration leaving() {
    return core.upTo(core.settings().timing().bridgeMax().dividedBy(3));
  }

  /** A channel in a bridge is ordered into another: its partner is left alone. */
  private void release(SimChannel channel, SimChannel newPartner, List<Runnable> endings) {
    Bridge old = channel.bridge;
    if (old == null || old.phase == Bridge.Phase.OVER || old.phase == Bridge.Phase.ENDING) {
      // One that is ending sees for itself that this side has gone.
      return;
    }
    SimChannel left = old.partnerOf(channel);
    boolean up = old.phase == Bridge.Phase.UP;
    abandon(old);
    if (up) {
      endings.add(() -> ends.leftAlone(old, left, left == newPartner));
    } else if (left != newPartner && !left.hungUp()) {
      // Both orders were given before either bridge was up: this one has lost.
      left.bridge = null;
      lurkers.add(left, channel);
    }
  }

  private static void abandon(Bridge bridge) {
    bridge.phase = Bridge.Phase.OVER;
    SimLoop.@Nullable Timer timer = bridge.timer;
    if (timer != null) {
      timer.cancel();
    }
  }

  private void leave(Bridge bridge, Duration rest, List<Runnable> endings) {
    endings.forEach(Runnable::run);
    SimChannel first = bridge.first;
    SimChannel second = bridge.second;
    if (first.hungUp() || second.hungUp()) {
      abandon(bridge);
      survivor(bridge);
      return;
    }
    bridge.phase = Bridge.Phase.LEAVING;
    ends.reset(first);
    core.events().state(first, ChannelState.CS_SOFT_EXECUTE);
    ends.reset(second);
    Duration soon = rest.dividedBy(2);
    bridge.timer =
        core.loop()
            .after(
                soon,
                () -> {
                  core.events().state(second, ChannelState.CS_SOFT_EXECUTE);
                  bridge.timer = core.loop().after(rest.minus(soon), () -> up(bridge));
                });
  }

  /**
   * One of the two died before they left park: the second named is stuck, the first named comes
   * back if it may.
   */
  private void survivor(Bridge bridge) {
    if (bridge.first.hungUp() && bridge.second.hungUp()) {
      return;
    }
    if (bridge.first.hungUp()) {
      bridge.second.variables.put("last_bridge_hangup_cause", String.valueOf(bridge.first.cause));
      strand(bridge.second);
      return;
    }
    SimChannel first = bridge.first;
    first.variables.put("last_bridge_hangup_cause", String.valueOf(bridge.second.cause));
    if (!first.parksAfterBridge()) {
      strand(first);
      return;
    }
    ends.reset(first);
    core.events().state(first, ChannelState.CS_SOFT_EXECUTE);
    ends.park(first);
  }

  private void strand(SimChannel channel) {
    if (!channel.hungUp()) {
      ends.reset(channel);
      channel.stuck = true;
      channel.bridge = null;
    }
  }

  private void up(Bridge bridge) {
    SimChannel first = bridge.first;
    SimChannel second = bridge.second;
    if (!first.media() || !second.media()) {
      SimChannel mute = first.media() ? second : first;
      abandon(bridge);
      hangups.hangup(mute, Causes.OUT_OF_ORDER);
      hangups.hangup(bridge.partnerOf(mute), Causes.ORIGINATOR_CANCEL);
      return;
    }
    bridge.phase = Bridge.Phase.UP;
    core.events().execute(first, "uuid_bridge", second.uuid);
    core.events().execute(second, "uuid_bridge", first.uuid);
    together(bridge);
  }

  private void together(Bridge bridge) {
    SimChannel first = bridge.first;
    SimChannel second = bridge.second;
    long now = core.clock().cachedMicros();
    first.bridgedMicros = now;
    second.bridgedMicros = now;
    ChannelEvents events = core.events();
    events.full(
        first,
        "CHANNEL_BRIDGE",
        "Bridge-A-Unique-ID",
        first.uuid,
        "Bridge-B-Unique-ID",
        second.uuid);
    events.state(second, ChannelState.CS_EXCHANGE_MEDIA);
    answerEarly(second);
    answerEarly(first);
    events.full(first, "CALL_UPDATE", "Direction", "SEND", "Bridged-To", second.uuid);
    events.full(second, "CALL_UPDATE", "Direction", "SEND", "Bridged-To", first.uuid);
    watcher.accept(bridge);
    first.port.bridged(first, second);
    second.port.bridged(second, first);
  }

  private void answerEarly(SimChannel channel) {
    if (channel.inbound && channel.answer == SimChannel.Answer.EARLY) {
      channel.answered(core.clock());
      channel.port.answer(channel);
      core.events().full(channel, "CHANNEL_ANSWER");
      core.events().callState(channel, "ACTIVE");
    }
  }

  /** The first named waited for the second, who has gone. */
  private void cancelled(Bridge bridge) {
    SimChannel first = bridge.first;
    if (first.hungUp() || first.bridge != bridge) {
      return;
    }
    if (first.parksOnCancel()) {
      ends.park(first);
    } else {
      hangups.hangup(first, Causes.ORIGINATOR_CANCEL);
    }
  }

  /** One side of a bridge, or of one being made, has hung up. */
  private void died(SimChannel channel) {
    Bridge bridge = channel.bridge;
    if (bridge == null) {
      hangups.finishLater(channel);
      return;
    }
    switch (bridge.phase) {
      case ASKED, OVER -> hangups.finishLater(channel);
      case LEAVING -> {
        abandon(bridge);
        hangups.finishLater(channel);
        SimChannel left = bridge.partnerOf(channel);
        left.variables.put("last_bridge_hangup_cause", String.valueOf(channel.cause));
        if (left == bridge.first) {
          core.loop().after(leaving(), () -> cancelled(bridge));
        } else if (bridge.secondLate) {
          core.loop().after(leaving(), () -> hangups.hangup(left, Causes.OUT_OF_ORDER));
        } else {
          left.stuck = true;
          left.state = ChannelState.CS_RESET;
        }
      }
      case ENDING -> {
        // BridgeEnds looks at both sides when its turn comes.
      }
      case UP -> {
        bridge.phase = Bridge.Phase.ENDING;
        core.loop().after(leaving(), () -> ends.died(bridge, channel));
      }
    }
  }
}
