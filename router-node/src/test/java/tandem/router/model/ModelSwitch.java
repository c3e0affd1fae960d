package tandem.router.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.edge.SwitchCommand.Ear;
import tandem.router.edge.SwitchCommand.Sound;

/** The switch: channels that live, ring, are bridged and end, whatever the router believes. */
final class ModelSwitch {
  /** One channel. */
  static final class Channel {
    final LegId id;
    final CallId call;
    final AgentId phone;

    /** Called us, and was not ordered. */
    final boolean inbound;

    /** The call's caller, whether it called or was called. */
    final boolean caller;

    boolean up;
    LegId peer;

    /** The conference it is in. */
    String room;

    /** Who a supervisor listens to, and who hears it. */
    LegId target;

    Ear ear;
    boolean muted;

    /** What it hears while it is alone; null when nobody has said. */
    Sound sound;

    /** It is going to hang up by itself. */
    boolean ends;

    Channel(LegId id, CallId call, AgentId phone, boolean inbound, boolean caller) {
      this.id = id;
      this.call = call;
      this.phone = phone;
      this.inbound = inbound;
      this.caller = caller;
      this.up = inbound;
    }

    boolean isAlone() {
      return peer == null && room == null && target == null;
    }
  }

  /**
   * A phone that is to ring.
   *
   * @param phone of an agent; null for a number
   * @param caller whether it is to be the call's caller
   * @param trunk of a number, from 0
   */
  record Ring(LegId leg, CallId call, AgentId phone, boolean caller, int trunk, long ringMillis) {}

  private static final int TRUNKS = 2;

  private final ModelWorld world;
  final Map<LegId, Channel> channels = new LinkedHashMap<>();

  /** Any two who have ever heard each other. */
  private final Set<String> talked = new HashSet<>();

  ModelSwitch(ModelWorld world) {
    this.world = world;
  }

  void callerArrives(CallId call) {
    Channel channel = new Channel(new LegId(call.channel()), call, null, true, true);
    channels.put(channel.id, channel);
    world.link.parked(channel);
    if (world.faults.chance(0.4)) {
      world.clock.in(
          world.faults.between(1, 40_000), () -> hangUp(channel.id, "ORIGINATOR_CANCEL"));
    }
  }

  void originate(Ring ring) {
    LegId leg = ring.leg();
    if (channels.containsKey(leg)) {
      world.fail("leg " + leg + " was ordered while it lives");
    }
    if (ring.phone() == null && ring.trunk() >= TRUNKS) {
      world.link.jobFailed(leg, ring.call(), "NO_ROUTE_DESTINATION");
      return;
    }
    double fate = world.faults.kind() ? 1 : world.faults.random.nextDouble();
    if (fate < 0.05) {
      world.link.jobFailed(leg, ring.call(), "USER_BUSY");
      return;
    }
    if (fate < (ring.phone() == null ? 0.2 : 0.1)) {
      world.link.jobFailed(
          leg, ring.call(), fate < 0.1 ? "NORMAL_TEMPORARY_FAILURE" : "GATEWAY_DOWN");
      return;
    }
    Channel channel = new Channel(leg, ring.call(), ring.phone(), false, ring.caller());
    channels.put(leg, channel);
    assertRoom(channel);
    world.link.ringing(channel);
    if (fate < 0.25) {
      world.clock.in(world.faults.between(50, 3000), () -> hangUp(leg, "CALL_REJECTED"));
    } else if (fate < 0.35) {
      world.clock.in(ring.ringMillis(), () -> hangUpIfRinging(leg));
    } else {
      // The upper end is beyond the ring timeout: the answer and the deadline meet.
      int latest = world.faults.kind() ? 2000 : (int) ring.ringMillis() + 3500;
      world.clock.in(world.faults.between(100, latest), () -> answer(leg));
      world.clock.in(ring.ringMillis() + 3000, () -> hangUpIfRinging(leg));
    }
  }

  /** A phone has room for so many, and a call has one caller. */
  private void assertRoom(Channel one) {
    long there =
        channels.values().stream()
            .filter(
                c ->
                    one.phone != null
                        ? one.phone.equals(c.phone)
                        : one.caller && c.caller && c.call.equals(one.call))
            .count();
    if (there > (one.phone == null ? 1 : world.capacity(one.phone))) {
      world.fail((one.phone == null ? one.call : one.phone) + " has " + there + " live legs");
    }
  }

  private void hangUpIfRinging(LegId leg) {
    Channel channel = channels.get(leg);
    if (channel != null && !channel.up) {
      hangUp(leg, "NO_ANSWER");
    }
  }

  void answer(LegId leg) {
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
    if (caller.peer != null && !world.controlled) {
      world.fail("caller " + callerLeg + " was bridged to a second agent");
    }
    pair(agent, caller);
    world.link.bridged(agent, caller);
    agent.ends = true;
    caller.ends = true;
    long talk = world.faults.between(200, world.controlled ? 30_000 : 8000);
    boolean agentLeaves = world.faults.chance(0.5);
    world.clock.in(talk, () -> hangUp(agentLeaves ? agentLeg : callerLeg, "NORMAL_CLEARING"));
    if (world.faults.chance(0.2)) {
      world.clock.in(talk, () -> hangUp(agentLeaves ? callerLeg : agentLeg, "NORMAL_CLEARING"));
    }
  }

  private void pair(Channel a, Channel b) {
    if (!a.call.equals(b.call) || !world.mayHear(a.id, b.id)) {
      world.fail(a.id + " hears " + b.id + ", which nobody wanted");
    }
    leave(a, b);
    leave(b, a);
    talked.add(a.id + "/" + b.id);
    talked.add(b.id + "/" + a.id);
    a.peer = b.id;
    b.peer = a.id;
    a.sound = null;
    b.sound = null;
  }

  // ---- What an arrangement does. Each says whether the switch took it.

  boolean haveTalked(LegId one, LegId other) {
    return talked.contains(one + "/" + other);
  }

  boolean join(LegId one, LegId other) {
    Channel a = channels.get(one);
    Channel b = channels.get(other);
    if (a == null || b == null || !a.up || !b.up) {
      return false;
    }
    pair(a, b);
    world.link.bridged(a.caller ? b : a, a.caller ? a : b);
    endsSometime(a);
    endsSometime(b);
    return true;
  }

  boolean enter(LegId leg, String room) {
    Channel channel = channels.get(leg);
    if (channel == null || !channel.up) {
      return false;
    }
    leave(channel, null);
    channel.room = room;
    channel.sound = null;
    for (Channel other : channels.values()) {
      if (room.equals(other.room)) {
        talked.add(leg + "/" + other.id);
        talked.add(other.id + "/" + leg);
      }
      // For a moment who is on the way out hears also who has just come.
      if (room.equals(other.room) && !channel.call.equals(other.call)) {
        world.fail(leg + " hears " + other.id + ", which nobody wanted");
      }
    }
    endsSometime(channel);
    return true;
  }

  boolean listen(LegId leg, LegId target, Ear ear) {
    Channel channel = channels.get(leg);
    if (channel == null || !channel.up || !channels.containsKey(target)) {
      return false;
    }
    leave(channel, null);
    channel.target = target;
    channel.ear = ear;
    channel.sound = null;
    endsSometime(channel);
    return true;
  }

  boolean hear(LegId leg, Sound sound) {
    Channel channel = channels.get(leg);
    if (channel == null || !channel.isAlone()) {
      return false;
    }
    channel.sound = sound;
    return true;
  }

  boolean mute(LegId leg, boolean on) {
    Channel channel = channels.get(leg);
    if (channel == null) {
      return false;
    }
    channel.muted = on;
    return true;
  }

  private void endsSometime(Channel channel) {
    if (!channel.ends) {
      channel.ends = true;
      if (world.faults.chance(0.6)) {
        world.clock.in(
            world.faults.between(200, 40_000), () -> hangUp(channel.id, "NORMAL_CLEARING"));
      }
    }
  }

  boolean park(LegId leg) {
    Channel channel = channels.get(leg);
    if (channel == null) {
      return false;
    }
    leave(channel, null);
    world.link.parkedAgain(channel);
    return true;
  }

  void hangUp(LegId leg, String cause) {
    Channel channel = channels.remove(leg);
    if (channel == null) {
      return;
    }
    leave(channel, null);
    for (Channel other : List.copyOf(channels.values())) {
      if (leg.equals(other.target)) {
        leave(other, null);
        world.link.parkedAgain(other);
      }
    }
    world.link.gone(channel, cause);
  }

  /** Out of whatever it is in; whom it talked to is parked, unless it is to talk to that one. */
  private void leave(Channel channel, Channel unless) {
    Channel peer = channel.peer == null ? null : channels.get(channel.peer);
    channel.peer = null;
    channel.room = null;
    channel.target = null;
    channel.ear = null;
    channel.sound = null;
    if (peer != null) {
      peer.peer = null;
      peer.sound = null;
      if (peer != unless) {
        world.link.parkedAgain(peer);
      }
    }
  }

  /** The switch starts anew: all audio is gone. */
  void restart() {
    List<Channel> lost = new ArrayList<>(channels.values());
    channels.clear();
    world.link.switchRestarted(lost);
  }
}
