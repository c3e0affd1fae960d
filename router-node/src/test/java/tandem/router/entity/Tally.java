package tandem.router.entity;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.TenantId;
import tandem.router.entity.Address.ToDirectory;

/** A logic as small as can be, with a state that is written in place as the queue's is. */
final class Tally implements EntityLogic<Tally.Command, Tally.Event, Tally.State> {
  static final Address SOMEBODY = new ToDirectory(new TenantId("somebody"));

  sealed interface Command extends RouterSerializable {}

  record Add(int number) implements Command {}

  /** Say something when this is due. */
  record Plan(Instant due) implements Command {}

  record Get(ActorRef<Numbers> replyTo) implements Command {}

  enum Break implements Command {
    BREAK
  }

  enum Finish implements Command {
    FINISH
  }

  enum Stop implements Command {
    STOP
  }

  enum Wake implements Command {
    WAKE
  }

  record Numbers(List<Integer> all) implements RouterSerializable {}

  sealed interface Event extends RouterSerializable {}

  record Added(int number) implements Event {}

  record Planned(Instant due) implements Event {}

  record Finished() implements Event {}

  record Said(String what) implements RouterSerializable {}

  record Copy(List<Integer> numbers) implements RouterSerializable {}

  static final class State {
    final List<Integer> numbers = new ArrayList<>();
    @Nullable Instant due;
    boolean finished;

    static State of(Copy copy) {
      State state = new State();
      state.numbers.addAll(copy.numbers());
      return state;
    }
  }

  @Override
  public State empty() {
    return new State();
  }

  @Override
  public State evolve(State state, Event event) {
    if (event instanceof Added added) {
      state.numbers.add(added.number());
    } else if (event instanceof Planned planned) {
      state.due = planned.due();
    } else {
      state.finished = true;
    }
    return state;
  }

  @Override
  public void decide(Turn<State, Event> turn, Command command) {
    if (command instanceof Add add) {
      turn.persist(new Added(add.number()));
      turn.tell(SOMEBODY, new Said("added " + add.number()));
    } else if (command instanceof Plan plan) {
      turn.persist(new Planned(plan.due()));
    } else if (command instanceof Get get) {
      turn.reply(get.replyTo(), new Numbers(List.copyOf(turn.state().numbers)));
    } else if (command == Finish.FINISH) {
      turn.persist(new Finished());
    } else if (command == Wake.WAKE) {
      turn.tell(SOMEBODY, new Said("woken with " + turn.state().numbers));
    } else if (command == Break.BREAK) {
      turn.persist(new Added(-1));
      throw new IllegalStateException("asked to break");
    }
  }

  @Override
  public @Nullable Instant settle(Turn<State, Event> turn) {
    Instant due = turn.state().due;
    if (due != null && !due.isAfter(turn.now())) {
      turn.tell(SOMEBODY, new Said("due"));
      return null;
    }
    return due;
  }

  @Override
  public Command wake() {
    return Wake.WAKE;
  }

  @Override
  public boolean finished(State state) {
    return state.finished;
  }

  static Journal<State> journal(int snapshotEvery) {
    return new Journal<>(
        "",
        snapshotEvery,
        state -> new Copy(List.copyOf(state.numbers)),
        (copy, empty) -> State.of((Copy) copy));
  }
}
