package tandem.router.model;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.CallId;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.QueueId;
import tandem.router.domain.plan.CallbackPromise;
import tandem.router.edge.CallFact;
import tandem.router.edge.Causes;
import tandem.router.edge.Errand;
import tandem.router.edge.LinkMessage;
import tandem.router.edge.SwitchCommand;
import tandem.router.edge.SwitchCommand.Sound;
import tandem.router.model.ModelSwitch.Channel;
import tandem.router.model.ModelSwitch.Ring;

/** How the link takes orders: each once, none that is late, none of another connection. */
final class ModelOrders {
  private record Trip(CallId call, int number) {}

  private final ModelWorld world;
  private final ModelLink link;
  private final Map<CallId, Set<LegId>> dialled = new HashMap<>();
  private final Map<Trip, Boolean> trips = new HashMap<>();
  private final Set<String> digits = new HashSet<>();

  ModelOrders(ModelWorld world, ModelLink link) {
    this.world = world;
    this.link = link;
  }

  private Instant now() {
    return world.clock.now();
  }

  private boolean isCurrent(String incarnation) {
    return incarnation.equals(link.incarnation);
  }

  private boolean lives(LegId leg) {
    return world.freeSwitch.channels.containsKey(leg);
  }

  void take(LinkMessage message) {
    if (!(message instanceof SwitchCommand command)) {
      throw new IllegalStateException("no calls say " + message);
    }
    world.log("link hears " + command);
    if (command instanceof SwitchCommand.Taken taken) {
      link.adopted.add(taken.call());
    } else if (command instanceof SwitchCommand.Unknown unknown) {
      link.adopted.remove(unknown.call());
      link.offerArrival(unknown.call());
    } else if (command instanceof SwitchCommand.Drop drop) {
      onDrop(drop);
    } else if (command instanceof SwitchCommand.CallBack order) {
      onCallBack(order);
    } else if (command instanceof SwitchCommand.PlaceCall order) {
      onPlaceCall(order);
    } else if (command instanceof SwitchCommand.Originate order) {
      onOriginate(
          new Ring(
              order.leg(),
              order.call(),
              world.phone(order.contact()),
              false,
              0,
              order.ringTimeout().toMillis()),
          order.notAfter(),
          order.incarnation());
    } else if (command instanceof SwitchCommand.Dial order) {
      assertPromised(order);
      onOriginate(
          new Ring(
              order.leg(),
              order.call(),
              null,
              order.customer(),
              order.trunk(),
              order.ringTimeout().toMillis()),
          order.notAfter(),
          order.incarnation());
    } else if (link.up) {
      obey(command);
    }
  }

  private void obey(SwitchCommand command) {
    if (command instanceof SwitchCommand.Greet greet) {
      if (isCurrent(greet.incarnation()) && lives(greet.leg())) {
        world.freeSwitch.hear(greet.leg(), Sound.MUSIC);
        link.fact(greet.call(), new CallFact.Greeted(greet.leg(), true, now()));
      }
    } else if (command instanceof SwitchCommand.Bridge bridge) {
      onBridge(bridge);
    } else if (command instanceof SwitchCommand.Repark repark) {
      onRepark(repark);
    } else if (command instanceof SwitchCommand.Kill kill) {
      onKill(kill);
    } else if (command instanceof SwitchCommand.Ask ask) {
      link.stillUp(ask.call(), ask.legs());
    } else if (command instanceof SwitchCommand.Arrange arrange) {
      if (isCurrent(arrange.incarnation())) {
        link.arranger.arrange(arrange);
      } else {
        link.stillUp(arrange.call(), List.of());
      }
    } else if (command instanceof SwitchCommand.Tape tape) {
      if (isCurrent(tape.incarnation())) {
        link.tapes.take(tape);
      }
    } else if (command instanceof SwitchCommand.SendDigits send) {
      onDigits(send);
    } else if (command instanceof SwitchCommand.PickUpPhone pickUp) {
      if (isCurrent(pickUp.incarnation())
          && !pickUp.notAfter().isBefore(now())
          && world.faults.chance(0.5)) {
        world.freeSwitch.answer(pickUp.leg());
      }
    } else if (command instanceof SwitchCommand.HandOver handOver) {
      onHandOver(handOver);
    } else if (!(command instanceof SwitchCommand.Say)) {
      throw new IllegalStateException("no calls say " + command);
    }
  }

  private void onBridge(SwitchCommand.Bridge order) {
    Channel agent = world.freeSwitch.channels.get(order.agentLeg());
    if (!isCurrent(order.incarnation())) {
      return;
    } else if (agent != null && order.callerLeg().equals(agent.peer)) {
      link.fact(order.call(), new CallFact.Bridged(order.agentLeg(), order.callerLeg(), now()));
    } else if (link.bridgedOnce.add(order.agentLeg()) && !bridge(order)) {
      link.fact(
          order.call(),
          new CallFact.BridgeRefused(
              order.agentLeg(), order.callerLeg(), "-ERR Invalid uuid", now()));
    }
  }

  private boolean bridge(SwitchCommand.Bridge order) {
    if (order.notAfter().isBefore(now())) {
      return false;
    }
    link.arranger.release(order.call(), order.agentLeg());
    link.arranger.release(order.call(), order.callerLeg());
    link.bridgeOrders.put(order.callerLeg(), order.agentLeg());
    return world.freeSwitch.bridge(order.agentLeg(), order.callerLeg());
  }

  private void onRepark(SwitchCommand.Repark order) {
    LegId last = link.bridgeOrders.get(order.callerLeg());
    Channel caller = world.freeSwitch.channels.get(order.callerLeg());
    LegId peer = caller == null ? null : caller.peer;
    if (isCurrent(order.incarnation())
        && (last == null || last.equals(order.failedLeg()) || !lives(last))
        && (peer == null || peer.equals(order.failedLeg()))) {
      link.bridgedOnce.add(order.failedLeg());
      link.arranger.release(order.call(), order.callerLeg());
      world.freeSwitch.park(order.callerLeg());
      world.freeSwitch.hear(order.callerLeg(), Sound.MUSIC);
    }
  }

  private void onDigits(SwitchCommand.SendDigits order) {
    if (isCurrent(order.incarnation())
        && !order.notAfter().isBefore(now())
        && lives(order.leg())
        && digits.add(order.call() + "/" + order.order())) {
      world.pressed(order.call(), order.order());
    }
  }

  /** An errand runs once; a repeat hears what has become of it. */
  private void onHandOver(SwitchCommand.HandOver order) {
    Trip trip = new Trip(order.call(), order.number());
    Boolean done = trips.get(trip);
    if (!isCurrent(order.incarnation())) {
      return;
    } else if (!lives(order.leg())) {
      link.missing(order.call(), order.leg());
    } else if (done != null) {
      link.fact(
          order.call(),
          done
              ? new CallFact.Returned(order.leg(), order.number(), now())
              : new CallFact.HandedOver(order.leg(), order.number(), now()));
    } else if (world.faults.switchFault(0.1)) {
      link.fact(
          order.call(),
          new CallFact.HandOverRefused(order.leg(), order.number(), "-ERR refused", now()));
    } else {
      trips.put(trip, false);
      link.arranger.release(order.call(), order.leg());
      world.freeSwitch.park(order.leg());
      world.freeSwitch.hear(order.leg(), Sound.MUSIC);
      link.fact(order.call(), new CallFact.HandedOver(order.leg(), order.number(), now()));
      world.clock.in(world.faults.between(200, 4000), () -> ends(order, trip));
    }
  }

  private void ends(SwitchCommand.HandOver order, Trip trip) {
    trips.put(trip, true);
    if (!lives(order.leg())) {
      return;
    }
    if (order.errand() instanceof Errand.Voicemail voicemail && link.up) {
      link.fact(
          order.call(),
          new CallFact.MessageLeft(order.leg(), voicemail.message(), Duration.ofSeconds(2), now()));
    }
    if (!order.errand().returns()) {
      world.freeSwitch.hangUp(order.leg(), "NORMAL_CLEARING");
    } else if (link.up) {
      link.fact(order.call(), new CallFact.Returned(order.leg(), order.number(), now()));
    }
  }

  private void onDrop(SwitchCommand.Drop drop) {
    link.carried.remove(drop.call());
    if (link.up) {
      world.freeSwitch.channels.values().stream()
          .filter(channel -> channel.call.equals(drop.call()))
          .map(channel -> channel.id)
          .toList()
          .forEach(leg -> world.freeSwitch.hangUp(leg, "NORMAL_CLEARING"));
    }
    link.fact(drop.call(), new CallFact.Dropped(now()));
  }

  /** Needs no connection: it is only written down. */
  private void onCallBack(SwitchCommand.CallBack order) {
    CallId callback = order.callback();
    if (!link.carried.containsKey(callback)) {
      carry(
          callback,
          new CallFact.Arrived(
              new LegId(callback.channel()),
              world.home,
              link.incarnation,
              order.promise().number().value(),
              order.calledNumber(),
              order.entry(),
              now(),
              order.promise()));
    }
    link.fact(order.call(), new CallFact.CallbackKept(callback, now()));
  }

  private void carry(CallId call, CallFact.Arrived arrival) {
    world.born(call);
    link.adopted.remove(call);
    link.carried.put(call, arrival);
    link.offerArrival(call);
  }

  private void onPlaceCall(SwitchCommand.PlaceCall order) {
    if (!link.carried.containsKey(order.call())) {
      carry(
          order.call(),
          new CallFact.Arrived(
              new LegId(order.call().channel()),
              world.home,
              link.incarnation,
              order.outbound().shown().value(),
              order.outbound().to().value(),
              new Entry(new QueueId(order.call().tenant(), "outbound"), 0, AnswerMode.ON_QUEUE),
              now(),
              null,
              order.outbound()));
    }
  }

  /** Nobody is called more often than promised, nor before it. */
  private void assertPromised(SwitchCommand.Dial order) {
    CallbackPromise promise =
        link.carried.containsKey(order.call()) ? link.carried.get(order.call()).callback() : null;
    if (promise == null || !order.customer()) {
      return;
    }
    dialled.computeIfAbsent(order.call(), call -> new HashSet<>()).add(order.leg());
    if (dialled.get(order.call()).size() > promise.attempts()) {
      world.fail(order.call() + " is called more often than promised");
    }
    if (now().isBefore(promise.from())) {
      world.fail(order.call() + " is called too early");
    }
  }

  private void onOriginate(Ring ring, Instant notAfter, String ofIncarnation) {
    LegId leg = ring.leg();
    boolean refused =
        !link.up
            || !isCurrent(ofIncarnation)
            || link.tombstones.contains(leg)
            || link.orderedHere.contains(leg)
            || notAfter.isBefore(now());
    if (refused) {
      if (!link.orderedHere.contains(leg)) {
        link.tombstones.add(leg);
        link.fact(ring.call(), new CallFact.LegGone(leg, Causes.NOT_ORDERED, true, now()));
      }
      return;
    }
    link.orderedHere.add(leg);
    link.pending.put(leg, ring.call());
    // Once written, it happens even when the connection is gone by then.
    world.clock.in(world.faults.between(1, 30), () -> world.freeSwitch.originate(ring));
  }

  private void onKill(SwitchCommand.Kill kill) {
    link.bridgedOnce.add(kill.leg());
    if (lives(kill.leg())) {
      world.freeSwitch.hangUp(kill.leg(), kill.cause());
    } else if (link.pending.containsKey(kill.leg())) {
      link.killWhenThere.add(kill.leg());
    } else if (link.isBelieved(kill.leg())) {
      link.tombstones.add(kill.leg());
      link.fact(kill.call(), new CallFact.LegGone(kill.leg(), Causes.ABSENT, true, now()));
    }
  }
}
