package tandem.router.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;

/** The switch: channels that live, ring, are bridged and end, whatever the router believes. */
final class ModelSwitch {
  /** One channel. */
  static final class Channel {
    final LegId id;
    final CallId call;
    final AgentId phone;

    /** Called us, and was not ordered. */
    final boolean inbound;

    boolean up;
    LegId peer;

    Channel(LegId id, CallId call, AgentId phone, boolean inbound) {
      this.id = id;
      this.call = call;
      this.phone = phone;
      this.inbound = inbound;
      this.up = inbound;
    }
  }

  private final ModelWorld world;
  final Map<LegId, Channel> channels = new LinkedHashMap<>();

  ModelSwitch(ModelWorld world) {
    this.world = world;
  }

  void callerArrives(CallId call) {
    Channel channel = new Channel(new LegId(call.channel()), call, null, true);
    channels.put(channel.id, channel);
    world.link.parked(channel);
    if (world.faults.chance(0.4)) {
      world.clock.in(
          world.faults.between(1, 40_000), () -> hangUp(channel.id, "ORIGINATOR_CANCEL"));
    }
  }

  /** Rings a phone; that of who is called back when {@code phone} is null. */
  void originate(LegId leg, CallId call, AgentId phone, long ringMillis) {
    if (channels.containsKey(leg)) {
      world.fail("leg " + leg + " was ordered while it lives");
    }
    double fate = world.faults.kind() ? 1 : world.faults.random.nextDouble();
    if (fate < 0.05) {
      world.link.jobFailed(leg, call, "USER_BUSY");
      return;
    }
    if (fate < 0.1) {
      world.link.jobFailed(leg, call, "NORMAL_TEMPORARY_FAILURE");
      return;
    }
    Channel channel = new Channel(leg, call, phone, false);
    channels.put(leg, channel);
    long onPhone = channels.values().stream().filter(c -> isOn(c, phone, call)).count();
    if (onPhone > (phone == null ? 1 : world.capacity(phone))) {
      world.fail(phone + " has " + onPhone + " live legs on its phone");
    }
    world.link.ringing(channel);
    if (fate < 0.18) {
      world.clock.in(world.faults.between(50, 3000), () -> hangUp(leg, "CALL_REJECTED"));
    } else if (fate < 0.3) {
      world.clock.in(ringMillis, () -> hangUpIfRinging(leg));
    } else {
      // The upper end is beyond the ring timeout: the answer and the deadline meet.
      long answer = world.faults.between(100, world.faults.kind() ? 2000 : (int) ringMillis + 3500);
      world.clock.in(answer, () -> answer(leg));
      world.clock.in(ringMillis + 3000, () -> hangUpIfRinging(leg));
    }
  }

  private static boolean isOn(Channel channel, AgentId phone, CallId call) {
    return phone == null
        ? channel.phone == null && channel.call.equals(call)
        : phone.equals(channel.phone);
  }

  private void hangUpIfRinging(LegId leg) {
    Channel channel = channels.get(leg);
    if (channel != null && !channel.up) {
      hangUp(leg, "NO_ANSWER");
    }
  }

  private void answer(LegId leg) {
    Channel channel = channels.get(leg);
    if (channel == null || channel.up) {
      return;
    }
    channel.up = true;
    world.link.answered(channel);
    if (!world.faults.kind() && world.faults.chance(0.05)) {
      world.clock.in(world.faults.between(0, 100), () -> hangUp(leg, "NORMAL_CLEARING"));
    }
  }

  /** Accepts a bridge at once; it is real, or not, a moment later. */
  boolean bridge(LegId agent, LegId caller) {
    if (!channels.containsKey(agent) || !channels.containsKey(caller)) {
      return false;
    }
    world.clock.in(world.faults.between(40, 64), () -> bridged(agent, caller));
    return true;
  }

  private void bridged(LegId agentLeg, LegId callerLeg) {
    Channel agent = channels.get(agentLeg);
    Channel caller = channels.get(callerLeg);
    if (agent == null || caller == null || world.faults.switchFault(0.1)) {
      // Whoever is left is stuck without an event until it is killed or parked.
      return;
    }
    if (caller.peer != null) {
      world.fail("caller " + callerLeg + " was bridged to a second agent");
    }
    agent.peer = callerLeg;
    caller.peer = agentLeg;
    world.link.bridged(agent, caller);
    long talk = world.faults.between(200, 8000);
    boolean agentLeaves = world.faults.chance(0.5);
    world.clock.in(talk, () -> hangUp(agentLeaves ? agentLeg : callerLeg, "NORMAL_CLEARING"));
    if (world.faults.chance(0.2)) {
      world.clock.in(talk, () -> hangUp(agentLeaves ? callerLeg : agentLeg, "NORMAL_CLEARING"));
    }
  }

  void park(LegId leg) {
    Channel channel = channels.get(leg);
    if (channel != null) {
      leavePeer(channel);
      world.link.parkedAgain(channel);
    }
  }

  void hangUp(LegId leg, String cause) {
    Channel channel = channels.remove(leg);
    if (channel == null) {
      return;
    }
    leavePeer(channel);
    world.link.gone(channel, cause);
  }

  private void leavePeer(Channel channel) {
    Channel peer = channel.peer == null ? null : channels.get(channel.peer);
    channel.peer = null;
    if (peer != null) {
      peer.peer = null;
      world.link.parkedAgain(peer);
    }
  }

  /** The switch starts anew: all audio is gone. */
  void restart() {
    List<Channel> lost = new ArrayList<>(channels.values());
    channels.clear();
    world.link.switchRestarted(lost);
  }
}
