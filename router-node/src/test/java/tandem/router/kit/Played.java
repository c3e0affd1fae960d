package tandem.router.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.RouterSerializable;
import tandem.router.entity.Address;
import tandem.router.entity.Effect;
import tandem.router.entity.EntityLogic;
import tandem.router.entity.Turn;
import tandem.router.feed.FeedItem;

/**
 * One entity's logic played without Akka: holds its journal, takes turns, wakes it when it asked to
 * be, and starts it again from its journal. What it says is kept until the next step.
 */
public final class Played<C, E, S> {
  /** More than this in one step is an entity that spins. */
  private static final int MANY_WAKES = 1000;

  private final Supplier<EntityLogic<C, E, S>> make;
  private final HandClock clock;
  private final List<E> journal = new ArrayList<>();
  private final List<E> persisted = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private EntityLogic<C, E, S> logic;
  private S state;
  private @Nullable Instant next;

  public Played(HandClock clock, Supplier<EntityLogic<C, E, S>> make) {
    this.clock = clock;
    this.make = make;
    this.logic = make.get();
    this.state = logic.empty();
  }

  /** One step: the command, decided and settled. */
  public Played<C, E, S> take(C command) {
    clear();
    turn(command);
    return this;
  }

  /** One step: time passes, and the entity wakes as often as it asks to. */
  public Played<C, E, S> advance(Duration by) {
    clear();
    Instant end = clock.now().plus(by);
    int wakes = 0;
    while (next != null && !next.isAfter(end)) {
      clock.moveTo(next);
      turn(logic.wake());
      assertThat(++wakes).as("wakes in %s", by).isLessThan(MANY_WAKES);
    }
    clock.moveTo(end);
    return this;
  }

  /** One step: a crash, a recovery from the journal, and the wake that follows it. */
  public Played<C, E, S> restart() {
    clear();
    recover();
    turn(logic.wake());
    return this;
  }

  /** As {@link #restart()}, but a command comes before the wake. */
  public Played<C, E, S> restartWith(C command) {
    clear();
    recover();
    turn(command);
    return this;
  }

  private void recover() {
    logic = make.get();
    state = logic.empty();
    journal.forEach(event -> state = logic.evolve(state, event));
    next = null;
  }

  private void turn(C command) {
    Turn<S, E> turn = new Turn<>(state, logic::evolve, clock.now(), clock::newId);
    logic.decide(turn, command);
    next = logic.settle(turn);
    state = turn.state();
    journal.addAll(turn.events());
    persisted.addAll(turn.events());
    effects.addAll(turn.effects());
  }

  void clear() {
    persisted.clear();
    effects.clear();
  }

  @SuppressWarnings("unchecked") // the bus knows by the address what an entity takes
  void takeUnchecked(RouterSerializable command) {
    take((C) command);
  }

  void wakeUp() {
    take(logic.wake());
  }

  public S state() {
    return state;
  }

  public List<E> journal() {
    return List.copyOf(journal);
  }

  @Nullable Instant next() {
    return next;
  }

  public boolean isFinished() {
    return logic.finished(state);
  }

  // What the last step brought.

  public List<E> persisted() {
    return List.copyOf(persisted);
  }

  List<Effect> effects() {
    return List.copyOf(effects);
  }

  /** Messages of a type, in the order in which they were said. */
  public <T> List<T> told(Class<T> type) {
    return tells().stream()
        .map(Effect.Tell::message)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** The one message of a type. */
  public <T> T toldOne(Class<T> type) {
    List<T> all = told(type);
    assertThat(all).as("one %s", type.getSimpleName()).hasSize(1);
    return all.get(0);
  }

  public <T> List<T> told(Class<T> type, Address to) {
    return tells().stream()
        .filter(tell -> tell.to().equals(to))
        .map(Effect.Tell::message)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private List<Effect.Tell> tells() {
    return effects.stream()
        .filter(Effect.Tell.class::isInstance)
        .map(Effect.Tell.class::cast)
        .toList();
  }

  public <T> T replied(Class<T> type) {
    List<T> replies =
        effects.stream()
            .filter(Effect.Reply.class::isInstance)
            .map(effect -> ((Effect.Reply<?>) effect).message())
            .map(type::cast)
            .toList();
    assertThat(replies).as("one reply").hasSize(1);
    return replies.get(0);
  }

  /** Answers to those who asked. */
  public List<Object> replies() {
    return effects.stream()
        .filter(Effect.Reply.class::isInstance)
        .<Object>map(effect -> ((Effect.Reply<?>) effect).message())
        .toList();
  }

  public List<FeedItem> published() {
    return effects.stream()
        .filter(Effect.Publish.class::isInstance)
        .map(effect -> ((Effect.Publish) effect).item())
        .toList();
  }

  public Played<C, E, S> assertPersisted(Class<?>... types) {
    assertThat(persisted)
        .extracting(event -> (Object) event.getClass())
        .containsExactly((Object[]) types);
    return this;
  }

  public Played<C, E, S> assertNothingTold(Class<?> type) {
    assertThat(told(type)).as("no %s", type.getSimpleName()).isEmpty();
    return this;
  }
}
