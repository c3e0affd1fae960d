package tandem.router.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tandem.router.call.Call;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.plan.CallbackPromise;
import tandem.router.edge.CallFact;
import tandem.router.edge.Causes;
import tandem.router.edge.LinkMessage;
import tandem.router.edge.SwitchCommand;
import tandem.router.model.ModelSwitch.Channel;

/** The rules of a switch link, as the router must be able to rely on them. */
final class ModelLink {
  private final ModelWorld world;

  /** Persisted: survives everything. The value is the arrival as it was first seen. */
  final Map<CallId, CallFact.Arrived> carried = new LinkedHashMap<>();

  /** Persisted too: legs whose end was concluded without having been seen. */
  private final Set<LegId> givenUp = new HashSet<>();

  private final Map<CallId, Set<LegId>> dialled = new HashMap<>();
  private final Set<CallId> adopted = new HashSet<>();
  private final Set<LegId> tombstones = new HashSet<>();
  private final Set<LegId> orderedHere = new HashSet<>();
  private final Map<LegId, CallId> pending = new HashMap<>();
  private final Set<LegId> killWhenThere = new HashSet<>();
  private final Set<LegId> bridgedOnce = new HashSet<>();
  private final Map<LegId, LegId> bridgeOrders = new HashMap<>();
  private final Map<LegId, CallId> seen = new LinkedHashMap<>();
  private String incarnation;
  private boolean up = true;
  private long connectedAt;
  private long lostSince;

  ModelLink(ModelWorld world) {
    this.world = world;
    this.incarnation = world.newId();
  }

  private void fact(CallId call, CallFact fact) {
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

  private void offerArrival(CallId call) {
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
              first.callback()));
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
    if (up) {
      seen.remove(channel.id);
      fact(channel.call, new CallFact.LegGone(channel.id, cause, false, world.clock.now()));
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

  private void stillUp(CallId call, List<LegId> asked) {
    List<CallFact.LegView> views = new ArrayList<>();
    for (Channel channel : world.freeSwitch.channels.values()) {
      if (channel.call.equals(call)) {
        views.add(new CallFact.LegView(channel.id, legState(channel), channel.peer));
      }
    }
    List<LegId> absent = new ArrayList<>();
    Set<LegId> wanted = new HashSet<>(asked);
    if (carried.containsKey(call) && carried.get(call).callback() == null) {
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
  private boolean isBelieved(LegId leg) {
    return orderedHere.contains(leg) || world.clock.millis() - connectedAt > 2000;
  }

  // Orders.

  void take(LinkMessage message) {
    if (!(message instanceof SwitchCommand command)) {
      throw new IllegalStateException("no calls say " + message);
    }
    world.log("link hears " + command);
    if (command instanceof SwitchCommand.Taken taken) {
      adopted.add(taken.call());
    } else if (command instanceof SwitchCommand.Unknown unknown) {
      adopted.remove(unknown.call());
      offerArrival(unknown.call());
    } else if (command instanceof SwitchCommand.Drop drop) {
      carried.remove(drop.call());
      if (up) {
        world.freeSwitch.channels.values().stream()
            .filter(channel -> channel.call.equals(drop.call()))
            .map(channel -> channel.id)
            .toList()
            .forEach(leg -> world.freeSwitch.hangUp(leg, "NORMAL_CLEARING"));
      }
      fact(drop.call(), new CallFact.Dropped(world.clock.now()));
    } else if (command instanceof SwitchCommand.CallBack order) {
      onCallBack(order);
    } else if (command instanceof SwitchCommand.Originate order) {
      onOriginate(
          order.call(),
          order.leg(),
          world.phone(order.contact()),
          order.ringTimeout(),
          order.notAfter(),
          order.incarnation());
    } else if (command instanceof SwitchCommand.Dial order) {
      assertPromised(order);
      onOriginate(
          order.call(),
          order.leg(),
          null,
          order.ringTimeout(),
          order.notAfter(),
          order.incarnation());
    } else if (up) {
      obey(command);
    }
  }

  private void obey(SwitchCommand command) {
    if (command instanceof SwitchCommand.Greet greet) {
      if (greet.incarnation().equals(incarnation)
          && world.freeSwitch.channels.containsKey(greet.leg())) {
        fact(greet.call(), new CallFact.Greeted(greet.leg(), true, world.clock.now()));
      }
    } else if (command instanceof SwitchCommand.Bridge bridge) {
      if (bridge.incarnation().equals(incarnation)
          && bridgedOnce.add(bridge.agentLeg())
          && !bridge(bridge)) {
        fact(
            bridge.call(),
            new CallFact.BridgeRefused(
                bridge.agentLeg(), bridge.callerLeg(), "-ERR Invalid uuid", world.clock.now()));
      }
    } else if (command instanceof SwitchCommand.Repark repark) {
      LegId last = bridgeOrders.get(repark.callerLeg());
      if (repark.incarnation().equals(incarnation)
          && (last == null
              || last.equals(repark.failedLeg())
              || !world.freeSwitch.channels.containsKey(last))) {
        bridgedOnce.add(repark.failedLeg());
        world.freeSwitch.park(repark.callerLeg());
      }
    } else if (command instanceof SwitchCommand.Kill kill) {
      onKill(kill);
    } else if (command instanceof SwitchCommand.Ask ask) {
      stillUp(ask.call(), ask.legs());
    }
  }

  private boolean bridge(SwitchCommand.Bridge order) {
    if (order.notAfter().isBefore(world.clock.now())) {
      return false;
    }
    bridgeOrders.put(order.callerLeg(), order.agentLeg());
    return world.freeSwitch.bridge(order.agentLeg(), order.callerLeg());
  }

  /** Needs no connection: it is only written down. */
  private void onCallBack(SwitchCommand.CallBack order) {
    CallId callback = order.callback();
    if (!carried.containsKey(callback)) {
      world.born(callback);
      adopted.remove(callback);
      carried.put(
          callback,
          new CallFact.Arrived(
              new LegId(callback.channel()),
              world.home,
              incarnation,
              order.promise().number().value(),
              order.calledNumber(),
              order.entry(),
              world.clock.now(),
              order.promise()));
      offerArrival(callback);
    }
    fact(order.call(), new CallFact.CallbackKept(callback, world.clock.now()));
  }

  /** Nobody is called more often than promised, nor before it. */
  private void assertPromised(SwitchCommand.Dial order) {
    dialled.computeIfAbsent(order.call(), call -> new HashSet<>()).add(order.leg());
    CallbackPromise promise =
        carried.containsKey(order.call()) ? carried.get(order.call()).callback() : null;
    if (promise == null) {
      return;
    }
    if (dialled.get(order.call()).size() > promise.attempts()) {
      world.fail(order.call() + " is called more often than promised");
    }
    if (world.clock.now().isBefore(promise.from())) {
      world.fail(order.call() + " is called too early");
    }
  }

  private void onOriginate(
      CallId call,
      LegId leg,
      AgentId phone,
      Duration ringTimeout,
      Instant notAfter,
      String ofIncarnation) {
    boolean refused =
        !up
            || !ofIncarnation.equals(incarnation)
            || tombstones.contains(leg)
            || orderedHere.contains(leg)
            || notAfter.isBefore(world.clock.now());
    if (refused) {
      if (!orderedHere.contains(leg)) {
        tombstones.add(leg);
        fact(call, new CallFact.LegGone(leg, Causes.NOT_ORDERED, true, world.clock.now()));
      }
      return;
    }
    orderedHere.add(leg);
    pending.put(leg, call);
    // Once written, it happens even when the connection is gone by then.
    world.clock.in(
        world.faults.between(1, 30),
        () -> world.freeSwitch.originate(leg, call, phone, ringTimeout.toMillis()));
  }

  private void onKill(SwitchCommand.Kill kill) {
    bridgedOnce.add(kill.leg());
    if (world.freeSwitch.channels.containsKey(kill.leg())) {
      world.freeSwitch.hangUp(kill.leg(), kill.cause());
    } else if (pending.containsKey(kill.leg())) {
      killWhenThere.add(kill.leg());
    } else if (isBelieved(kill.leg())) {
      tombstones.add(kill.leg());
      fact(kill.call(), new CallFact.LegGone(kill.leg(), Causes.ABSENT, true, world.clock.now()));
    }
  }
}
