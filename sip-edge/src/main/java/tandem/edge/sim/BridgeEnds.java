package tandem.edge.sim;

import java.util.function.Consumer;

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
    hangups.leavePark(channel);
    channel.bridge = null;
    channel.stuck = false;
    channel.parked = true;
    channel.parkExecuting = false;
    if (channel.callState.equals("HELD")) {
      core.events().callState(channel, "UNHELD");
      core.events().full(channel, "CHANNEL_UNHOLD");
      channel.state = ChannelState.CS_PARK;
      core.events().callState(channel, "ACTIVE");
    }
    core.events().state(channel, ChannelState.CS_PARK);
    core.events().full(channel, "CHANNEL_PARK");
  }

  /** Out of park, on its way into a bridge. */
  void reset(SimChannel channel) {
    hangups.leaveForBridge(channel);
    core.events().state(channel, ChannelState.CS_HIBERNATE);
    core.events().state(channel, ChannelState.CS_RESET);
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
    if (left.bridge != bridge || taken.bridge != bridge) {
      orderedOn(bridge, taken, left, elsewhere);
      return;
    }
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

  /** One of the two, or both, got another order while this one was carried out. */
  private void orderedOn(Bridge bridge, SimChannel taken, SimChannel left, Runnable elsewhere) {
    unbridge(bridge);
    if (taken.bridge == bridge) {
      taken.bridge = null;
      taken.port.bridged(taken, null);
      elsewhere.run();
    }
    if (left.bridge == bridge) {
      left.port.bridged(left, null);
      alone(left);
    }
  }

  /** {@code uuid_transfer -both}: recorded in 11, A and B. */
  void bothTaken(Bridge bridge, Consumer<SimChannel> elsewhere) {
    SimChannel first = bridge.first;
    SimChannel second = bridge.second;
    if (first.hungUp() || second.hungUp()) {
      SimChannel living = first.hungUp() ? second : first;
      if (living.hungUp()) {
        died(bridge, first);
      } else {
        takenAway(bridge, living, () -> elsewhere.accept(living));
      }
      return;
    }
    bridge.phase = Bridge.Phase.OVER;
    first.bridge = null;
    second.bridge = null;
    apart(bridge);
    hangups.leavePark(first);
    hangups.leavePark(second);
    first.other = null;
    unbridge(bridge);
    elsewhere.accept(first);
    elsewhere.accept(second);
  }

  /**
   * The partner was bridged to somebody else.
   *
   * @param again whether that is the same one again, who is not left alone
   */
  void leftAlone(Bridge bridge, SimChannel left, boolean again) {
    hangups.quiet(bridge.partnerOf(left));
    unbridge(bridge);
    if (!again && !left.hungUp() && left.bridge == bridge) {
      left.port.bridged(left, null);
      alone(left);
    }
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
    SimChannel first = bridge.first;
    if (!first.parked && (first.bridge == bridge || first.bridge == null)) {
      hangups.quiet(first);
    }
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
