package tandem.router.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.Causes;
import tandem.router.edge.LinkMessage;
import tandem.router.model.ModelSwitch.Channel;

/** The rules of a switch link, as the router must be able to rely on them. */
final class ModelLink {
  private final ModelWorld world;
  private final ModelOrders orders;
  final ModelArranger arranger;
  final ModelTapes tapes;

  /** Persisted: survives everything. The value is the arrival as it was first seen. */
  final Map<CallId, CallFact.Arrived> carried = new LinkedHashMap<>();

  /** Persisted too: legs whose end was concluded without having been seen. */
  private final Set<LegId> givenUp = new HashSet<>();

  final Set<CallId> adopted = new HashSet<>();
  final Set<LegId> tombstones = new HashSet<>();
  final Set<LegId> orderedHere = new HashSet<>();
  final Map<LegId, CallId> pending = new HashMap<>();
  final Set<LegId> killWhenThere = new HashSet<>();
  final Set<LegId> bridgedOnce = new HashSet<>();
  final Map<LegId, LegId> bridgeOrders = new HashMap<>();
  private final Map<LegId, CallId> seen = new LinkedHashMap<>();
  String incarnation;
  boolean up = true;
  private long connectedAt;
  private long lostSince;

  ModelLink(ModelWorld world) {
    this.world = world;
    this.arranger = new ModelArranger(world, this);
    this.tapes = new ModelTapes(world, this);
    this.orders = new ModelOrders(world, this);
    this.incarnation = world.newId();
  }

  void fact(CallId call, CallFact fact) {
    world.log("link reports " + fact);
    world.postToCall("link", call, new Call.Fact(fact));
  }

  // What the switch shows, heard only while connected.

  void parked(Channel channel) {
    if (up) {
      seen.put(channel.id, channel.call);
      carry(channel.call);
    }
  }

  private void carry(CallId call) {
    if (!carried.containsKey(call)) {
      adopted.remove(call);
      carried.put(call, world.arrival(call, incarnation));
      offerArrival(call);
    }
  }

  void offerArrival(CallId call) {
    CallFact.Arrived first = carried.get(call);
    if (first == null || adopted.contains(call)) {
      return;
    }
    if (up) {
      fact(
          call,
          new CallFact.Arrived(
              first.leg(),
              first.home(),
              incarnation,
              first.callerNumber(),
              first.calledNumber(),
              first.entry(),
              first.at(),
              first.callback(),
              first.outbound()));
    }
    world.clock.in(500, () -> offerArrival(call));
  }

  void ringing(Channel channel) {
    pending.remove(channel.id);
    if (!up) {
      return;
    }
    seen.put(channel.id, channel.call);
    if (killWhenThere.remove(channel.id)) {
      world.freeSwitch.hangUp(channel.id, "NORMAL_CLEARING");
    } else {
      fact(channel.call, new CallFact.LegRinging(channel.id, world.clock.now()));
    }
  }

  void jobFailed(LegId leg, CallId call, String cause) {
    pending.remove(leg);
    killWhenThere.remove(leg);
    if (up) {
      fact(call, new CallFact.LegGone(leg, cause, false, world.clock.now()));
    }
  }

  void answered(Channel channel) {
    if (up) {
      arranger.go(channel.call);
      fact(channel.call, new CallFact.LegAnswered(channel.id, world.clock.now()));
    }
  }

  void bridged(Channel agent, Channel caller) {
    if (up) {
      fact(agent.call, new CallFact.Bridged(agent.id, caller.id, world.clock.now()));
    }
  }

  void parkedAgain(Channel channel) {
    if (up) {
      fact(channel.call, new CallFact.Parked(channel.id, world.clock.now()));
    }
  }

  void gone(Channel channel, String cause) {
    tapes.gone(channel);
    if (up) {
      seen.remove(channel.id);
      fact(channel.call, new CallFact.LegGone(channel.id, cause, false, world.clock.now()));
      arranger.go(channel.call);
    }
  }

  void switchRestarted(List<Channel> lost) {
    pending.clear();
    killWhenThere.clear();
    if (up) {
      disconnect();
      world.clock.in(300, this::connect);
    }
  }

  // Connection.

  void disconnect() {
    if (!up) {
      return;
    }
    up = false;
    arranger.forget();
    lostSince = world.clock.millis();
    world.log("link lost");
    carried
        .keySet()
        .forEach(call -> fact(call, new CallFact.LinkLost(world.home, world.clock.now())));
    long since = lostSince;
    world.clock.in(
        60_000,
        () -> {
          if (!up && lostSince == since) {
            seen.forEach(
                (leg, call) -> {
                  givenUp.add(leg);
                  fact(
                      call, new CallFact.LegGone(leg, Causes.SWITCH_LOST, true, world.clock.now()));
                });
          }
        });
  }

  void connect() {
    if (up) {
      return;
    }
    up = true;
    incarnation = world.newId();
    connectedAt = world.clock.millis();
    tombstones.clear();
    orderedHere.clear();
    bridgedOnce.clear();
    bridgeOrders.clear();
    pending.clear();
    killWhenThere.clear();
    world.log("link up as " + incarnation);
    Map<LegId, CallId> before = new LinkedHashMap<>(seen);
    seen.clear();
    world.freeSwitch.channels.values().stream()
        .filter(
            channel ->
                givenUp.contains(channel.id)
                    || (!channel.inbound && !carried.containsKey(channel.call)))
        .map(channel -> channel.id)
        .toList()
        .forEach(leg -> world.freeSwitch.hangUp(leg, "NORMAL_CLEARING"));
    for (Channel channel : world.freeSwitch.channels.values()) {
      seen.put(channel.id, channel.call);
      if (channel.inbound) {
        carry(channel.call);
      }
    }
    before.forEach(
        (leg, call) -> {
          if (!seen.containsKey(leg)) {
            fact(call, new CallFact.LegGone(leg, Causes.SWITCH_LOST, true, world.clock.now()));
          }
        });
    carried.keySet().forEach(call -> stillUp(call, List.of()));
  }

  /** The node of the link dies: a new incarnation connects somewhere else. */
  void crash() {
    world.log("link crashes");
    up = false;
    arranger.forget();
    lostSince = world.clock.millis();
    adopted.clear();
    seen.clear();
    world.clock.in(
        world.faults.between(500, 8000),
        () -> {
          connect();
          carried.keySet().forEach(this::offerArrival);
        });
  }

  void everyTenSeconds() {
    if (up) {
      world.freeSwitch.channels.values().stream()
          .filter(channel -> channel.inbound)
          .forEach(channel -> carry(channel.call));
      List.copyOf(carried.keySet()).forEach(call -> stillUp(call, List.of()));
    }
    world.clock.in(10_000, this::everyTenSeconds);
  }

  void stillUp(CallId call, List<LegId> asked) {
    List<CallFact.LegView> views = new ArrayList<>();
    for (Channel channel : world.freeSwitch.channels.values()) {
      if (channel.call.equals(call)) {
        views.add(new CallFact.LegView(channel.id, legState(channel), channel.peer));
      }
    }
    List<LegId> absent = new ArrayList<>();
    Set<LegId> wanted = new HashSet<>(asked);
    if (carried.containsKey(call) && !carried.get(call).isVirtual()) {
      wanted.add(carried.get(call).leg());
    }
    for (LegId leg : wanted) {
      if (pending.containsKey(leg)) {
        views.add(new CallFact.LegView(leg, CallFact.LegState.PENDING, null));
      } else if (!world.freeSwitch.channels.containsKey(leg) && isBelieved(leg)) {
        tombstones.add(leg);
        absent.add(leg);
      }
    }
    fact(call, new CallFact.StillUp(world.home, incarnation, views, absent, world.clock.now()));
  }

  private static CallFact.LegState legState(Channel channel) {
    if (channel.peer != null) {
      return CallFact.LegState.BRIDGED;
    }
    return channel.up ? CallFact.LegState.ANSWERED : CallFact.LegState.RINGING;
  }

  /** A leg that nobody ordered here may still come from the connection before. */
  boolean isBelieved(LegId leg) {
    return orderedHere.contains(leg) || world.clock.millis() - connectedAt > 2000;
  }

  /** A leg that an order names and that is not there: it never comes to be from now on. */
  void missing(CallId call, LegId leg) {
    if (!world.freeSwitch.channels.containsKey(leg)
        && !pending.containsKey(leg)
        && isBelieved(leg)) {
      tombstones.add(leg);
      fact(call, new CallFact.LegGone(leg, Causes.ABSENT, true, world.clock.now()));
    }
  }

  void take(LinkMessage message) {
    orders.take(message);
  }
}
