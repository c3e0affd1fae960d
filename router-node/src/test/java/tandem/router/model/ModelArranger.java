package tandem.router.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand.Arrange;
import tandem.router.edge.SwitchCommand.Listener;
import tandem.router.edge.SwitchCommand.Place;
import tandem.router.edge.SwitchCommand.Room;
import tandem.router.model.ModelSwitch.Channel;

/** How the link brings those of a call where the call wants them, one move at a time. */
final class ModelArranger {
  private static final int MOST_REFUSALS = 3;
  private static final long PATIENCE_MILLIS = 5000;

  /** What a call wants, and how far that is. */
  private static final class Wish {
    final Arrange order;
    long since;
    boolean underWay = true;
    final Map<LegId, Integer> refusals = new HashMap<>();
    final Set<LegId> released = new HashSet<>();

    Wish(Arrange order, long since) {
      this.order = order;
      this.since = since;
    }

    Set<LegId> named() {
      Set<LegId> legs = new LinkedHashSet<>();
      order.rooms().forEach(room -> room.places().forEach(place -> legs.add(place.leg())));
      order.listeners().forEach(listener -> legs.add(listener.leg()));
      legs.removeAll(released);
      return legs;
    }
  }

  private record Move(LegId leg, Set<LegId> concerned, BooleanSupplier what) {}

  private final ModelWorld world;
  private final ModelLink link;
  private final Map<CallId, Wish> wishes = new HashMap<>();
  private final Set<LegId> moving = new HashSet<>();

  /** Legs that the switch will not move for a while. */
  private final Set<LegId> stubborn = new HashSet<>();

  ModelArranger(ModelWorld world, ModelLink link) {
    this.world = world;
    this.link = link;
  }

  void arrange(Arrange order) {
    Wish now = wishes.get(order.call());
    if (now != null && order.version() < now.order.version()) {
      return;
    }
    if (now != null && order.version() == now.order.version()) {
      if (now.underWay) {
        return;
      }
      now.underWay = true;
      now.since = world.clock.millis();
      now.refusals.clear();
    } else {
      now = new Wish(order, world.clock.millis());
      wishes.put(order.call(), now);
      now.named().forEach(leg -> link.missing(order.call(), leg));
      now.named().forEach(link.bridgeOrders::remove);
    }
    tick(order.call(), now);
  }

  /** Something else is ordered for this leg. */
  void release(CallId call, LegId leg) {
    Wish wish = wishes.get(call);
    if (wish != null) {
      wish.released.add(leg);
    }
  }

  /** Nothing is known any more: each call says again what it wants. */
  void forget() {
    wishes.clear();
    moving.clear();
  }

  private void tick(CallId call, Wish wish) {
    if (wishes.get(call) == wish && wish.underWay) {
      go(call);
      world.clock.in(250, () -> tick(call, wish));
    }
  }

  void go(CallId call) {
    Wish wish = wishes.get(call);
    if (wish == null || !wish.underWay || !link.up) {
      return;
    }
    List<Move> moves = moves(wish);
    if (moves.isEmpty()) {
      // What names a leg that has gone is not carried out: its call says what it wants now.
      if (wish.named().stream().allMatch(leg -> isUp(leg) && !moving.contains(leg))) {
        wish.underWay = false;
        link.fact(call, new CallFact.Arranged(wish.order.version(), world.clock.now()));
      }
    } else if (world.clock.millis() - wish.since >= PATIENCE_MILLIS) {
      fail(wish, moves.get(0).leg());
    } else {
      moves.forEach(move -> begin(wish, move));
    }
  }

  private void begin(Wish wish, Move move) {
    if (move.concerned().stream().anyMatch(moving::contains)) {
      return;
    }
    moving.addAll(move.concerned());
    String connection = link.incarnation;
    // Now and then an order is taken and nothing comes of it.
    boolean lost = world.faults.switchFault(0.05);
    world.clock.in(
        lost ? 1000 : world.faults.between(1, 60),
        () -> {
          if (world.faults.switchFault(0.03)) {
            stubborn.add(move.leg());
            world.clock.in(world.faults.between(100, 20_000), () -> stubborn.remove(move.leg()));
          }
          boolean refused =
              lost
                  || stubborn.contains(move.leg())
                  || world.faults.switchFault(0.2)
                  || !move.what().getAsBoolean();
          if (!link.up || !connection.equals(link.incarnation)) {
            return;
          }
          moving.removeAll(move.concerned());
          if (refused
              && wish.underWay
              && wish.refusals.merge(move.leg(), 1, Integer::sum) >= MOST_REFUSALS) {
            fail(wish, move.leg());
          } else if (!refused) {
            go(wish.order.call());
          }
        });
  }

  private void fail(Wish wish, LegId leg) {
    wish.underWay = false;
    link.fact(
        wish.order.call(),
        new CallFact.ArrangeFailed(wish.order.version(), leg, "-ERR refused", world.clock.now()));
  }

  /** What is still to be done, at most one move for a leg at once. */
  private List<Move> moves(Wish wish) {
    List<Move> moves = new ArrayList<>();
    int number = 0;
    for (Room room : wish.order.rooms()) {
      List<Place> places =
          room.places().stream()
              .filter(place -> !wish.released.contains(place.leg()) && isUp(place.leg()))
              .toList();
      places.forEach(place -> mute(place, moves));
      String name = wish.order.call().channel() + '-' + number++;
      if (places.size() == 1) {
        alone(places.get(0), moves);
      } else if (places.size() == 2) {
        pair(places.get(0).leg(), places.get(1).leg(), moves);
      } else {
        places.forEach(place -> enter(place.leg(), name, moves));
      }
    }
    wish.order.listeners().stream()
        .filter(listener -> !wish.released.contains(listener.leg()) && isUp(listener.leg()))
        .forEach(listener -> listen(listener, moves));
    return moves;
  }

  private boolean isUp(LegId leg) {
    Channel channel = world.freeSwitch.channels.get(leg);
    return channel != null && channel.up;
  }

  private Channel at(LegId leg) {
    return world.freeSwitch.channels.get(leg);
  }

  private static Move move(LegId leg, BooleanSupplier what) {
    return new Move(leg, Set.of(leg), what);
  }

  private void mute(Place place, List<Move> moves) {
    if (at(place.leg()).muted != place.muted()) {
      moves.add(move(place.leg(), () -> world.freeSwitch.mute(place.leg(), place.muted())));
    }
  }

  private void alone(Place place, List<Move> moves) {
    Channel channel = at(place.leg());
    if (!channel.isAlone()) {
      moves.add(move(place.leg(), () -> world.freeSwitch.park(place.leg())));
    } else if (channel.sound != place.alone()) {
      moves.add(move(place.leg(), () -> world.freeSwitch.hear(place.leg(), place.alone())));
    }
  }

  private void pair(LegId a, LegId b, List<Move> moves) {
    if (b.equals(at(a).peer)) {
      return;
    }
    if (at(a).target != null || at(b).target != null) {
      LegId listening = at(a).target != null ? a : b;
      moves.add(move(listening, () -> world.freeSwitch.park(listening)));
    } else {
      moves.add(new Move(a, Set.of(a, b), () -> world.freeSwitch.join(a, b)));
    }
  }

  private void enter(LegId leg, String room, List<Move> moves) {
    if (!room.equals(at(leg).room)) {
      moves.add(move(leg, () -> world.freeSwitch.enter(leg, room)));
    }
  }

  private void listen(Listener listener, List<Move> moves) {
    Channel channel = at(listener.leg());
    if (!isUp(listener.target())) {
      if (!channel.isAlone()) {
        moves.add(move(listener.leg(), () -> world.freeSwitch.park(listener.leg())));
      }
    } else if (!listener.target().equals(channel.target) || listener.ear() != channel.ear) {
      moves.add(
          move(
              listener.leg(),
              () -> world.freeSwitch.listen(listener.leg(), listener.target(), listener.ear())));
    }
  }

  /** Why the switch is not as this order wants it; null when it is. */
  String differs(Arrange order) {
    List<Move> moves = moves(new Wish(order, 0));
    return moves.isEmpty() ? null : moves.get(0).leg() + " is elsewhere";
  }
}
