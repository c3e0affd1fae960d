package tandem.router.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tandem.router.call.Call;
import tandem.router.call.CallState;
import tandem.router.entity.Effect;
import tandem.router.entity.EntityLogic;
import tandem.router.entity.Turn;

/** One entity: its journal, and, while it runs, its logic and state. */
final class ModelEntity<C, E, S> {
  private final ModelWorld world;
  private final String name;
  private final boolean remembered;
  private final Supplier<EntityLogic<C, E, S>> make;
  final List<E> journal = new ArrayList<>();
  private EntityLogic<C, E, S> logic;
  private S state;
  private long incarnation;
  private long wakePlan;

  ModelEntity(
      ModelWorld world, String name, boolean remembered, Supplier<EntityLogic<C, E, S>> make) {
    this.world = world;
    this.name = name;
    this.remembered = remembered;
    this.make = make;
  }

  /** The state as the journal has it. */
  S state() {
    if (logic == null) {
      recover();
    }
    return state;
  }

  boolean isRunning() {
    return logic != null;
  }

  /** The state while it runs: looking at it wakes nobody. Null while it does not. */
  S peek() {
    return state;
  }

  void deliver(C command) {
    if (logic == null) {
      recover();
    }
    turn(command);
  }

  void crash() {
    logic = null;
    state = null;
    incarnation++;
    if (remembered) {
      world.clock.in(
          world.faults.between(200, 2000),
          () -> {
            if (logic == null) {
              recover();
            }
          });
    }
  }

  private void recover() {
    logic = make.get();
    state = logic.empty();
    for (E event : journal) {
      state = logic.evolve(state, event);
    }
    world.log(name + " recovers with " + journal.size() + " events");
    long mine = incarnation;
    world.clock.in(
        0,
        () -> {
          if (logic != null && incarnation == mine) {
            turn(logic.wake());
          }
        });
  }

  private void turn(C command) {
    Turn<S, E> turn = new Turn<>(state, logic::evolve, world.clock.now(), world::newId);
    logic.decide(turn, command);
    var next = logic.settle(turn);
    if (world.faults.crashes()) {
      boolean persisted = world.faults.chance(0.5);
      world.log(name + " crashes " + (persisted ? "after" : "before") + " persisting " + command);
      if (persisted) {
        persist(turn);
      }
      crash();
      return;
    }
    persist(turn);
    state = turn.state();
    for (Effect effect : turn.effects()) {
      if (effect instanceof Effect.Tell tell) {
        world.post(name, tell.to(), tell.message());
      } else if (effect instanceof Effect.Reply<?> reply
          && reply.message() instanceof Call.ControlReply answer) {
        world.answered(name, answer);
      }
    }
    long plan = ++wakePlan;
    long mine = incarnation;
    if (next != null) {
      world.clock.in(
          world.clock.millisUntil(next),
          () -> {
            if (logic != null && incarnation == mine && wakePlan == plan) {
              turn(logic.wake());
            }
          });
    }
    if (logic.finished(state)) {
      logic = null;
      state = null;
      incarnation++;
    }
  }

  private void persist(Turn<S, E> turn) {
    S now = state;
    for (E event : turn.events()) {
      S before = now;
      now = logic.evolve(now, event);
      journal.add(event);
      world.log(name + " persists " + event);
      if (event instanceof Call.Event callEvent) {
        world.persisted(name, callEvent, (CallState) before, (CallState) now);
      }
    }
  }
}
