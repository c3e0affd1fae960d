package tandem.edge.sim;

/**
 * What is said, and in which order, when a bridge that was up ends; each method is one recorded
 * sequence.
 */
final class BridgeEnds {

  private final SwitchCore core;
  private final Hangups hangups;

  BridgeEnds(SwitchCore core, Hangups hangups) {
    this.core = core;
    this.hangups = hangups;
  }

  /** Parks a channel that no dialplan runs. */
  void park(SimChannel channel) {
    channel.bridge = null;
    channel.stuck = false;
    channel.parked = true;
    channel.parkExecuting = false;
    if (channel.callState.equals("HELD")) {
      channel.callState = "ACTIVE";
    }
    core.events().state(channel, ChannelState.CS_PARK);
    core.events().full(channel, "CHANNEL_PARK");
  }

  /** One side has hung up. The other may have, too, since. */
  void died(Bridge bridge, SimChannel dead) {
    SimChannel left = bridge.partnerOf(dead);
    bridge.phase = Bridge.Phase.OVER;
    if (left.bridge != bridge) {
      dead.port.bridged(dead, null);
      unbridge(bridge);
      hangups.end(dead);
      hangups.destroy(dead);
      return;
    }
    apart(bridge);
    left.variables.put("last_bridge_hangup_cause", String.valueOf(dead.cause));
    left.variables.put("bridge_hangup_cause", String.valueOf(dead.cause));
    boolean deadFirst = dead == bridge.first;
    if (left.hungUp()) {
      hangups.end(bridge.second);
      unbridge(bridge);
      hangups.end(bridge.first);
      hangups.destroy(bridge.first);
      hangups.destroy(bridge.second);
    } else if (left.parksAfterBridge()) {
      if (deadFirst) {
        park(left);
        unbridge(bridge);
        hangups.end(dead);
        hangups.destroy(dead);
      } else {
        hangups.end(dead);
        unbridge(bridge);
        park(left);
        hangups.destroy(dead);
      }
    } else if (deadFirst) {
      left.bridge = null;
      hangUpWith(left, bridge, dead);
    } else {
      unbridge(bridge);
      core.events().state(left, ChannelState.CS_EXECUTE);
      left.bridge = null;
      hangups.hangup(left, Causes.NORMAL_CLEARING);
      hangups.end(dead);
      hangups.destroy(dead);
    }
  }

  /** {@code uuid_park} or {@code uuid_transfer} of one side of a bridge. */
  void takenAway(Bridge bridge, SimChannel taken, Runnable elsewhere) {
    SimChannel left = bridge.partnerOf(taken);
    if (taken.hungUp()) {
      died(bridge, taken);
      return;
    }
    bridge.phase = Bridge.Phase.OVER;
    taken.bridge = null;
    apart(bridge);
    if (left.hungUp()) {
      hangups.finishLater(left);
      unbridge(bridge);
      elsewhere.run();
    } else if (taken == bridge.first) {
      if (left.parksAfterBridge()) {
        unbridge(bridge);
        elsewhere.run();
        park(left);
      } else {
        left.bridge = null;
        hangups.hangup(left, Causes.NORMAL_CLEARING);
        unbridge(bridge);
        elsewhere.run();
      }
    } else {
      elsewhere.run();
      unbridge(bridge);
      alone(left);
    }
  }

  /** The partner was bridged to somebody else. */
  void leftAlone(Bridge bridge, SimChannel left) {
    left.port.bridged(left, null);
    unbridge(bridge);
    alone(left);
  }

  private void alone(SimChannel left) {
    left.bridge = null;
    if (left.hungUp()) {
      hangups.finishLater(left);
    } else if (left.parksAfterBridge()) {
      park(left);
    } else {
      core.events().state(left, ChannelState.CS_EXECUTE);
      hangups.hangup(left, Causes.NORMAL_CLEARING);
    }
  }

  private void hangUpWith(SimChannel left, Bridge bridge, SimChannel dead) {
    hangups.hangup(left, Causes.NORMAL_CLEARING);
    unbridge(bridge);
    hangups.end(dead);
    hangups.destroy(dead);
  }

  private void unbridge(Bridge bridge) {
    core.events()
        .full(
            bridge.first,
            "CHANNEL_UNBRIDGE",
            "Bridge-A-Unique-ID",
            bridge.first.uuid,
            "Bridge-B-Unique-ID",
            bridge.second.uuid);
  }

  private static void apart(Bridge bridge) {
    bridge.first.port.bridged(bridge.first, null);
    bridge.second.port.bridged(bridge.second, null);
  }
}
