package tandem.router.entity;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import tandem.router.domain.RouterSerializable;
import tandem.router.feed.FeedItem;

/**
 * One entity's turn at one command, or at a batch of them: the state as it will be, the events that
 * make it so, and what follows once they are persisted. Decisions read the clock and new ids only
 * here, so that a model test can replay them.
 *
 * @param <S> the entity's state
 * @param <E> its events
 */
public final class Turn<S, E> {
  private final BiFunction<S, E, S> evolve;
  private final Instant now;
  private final Supplier<String> ids;
  private final List<E> events = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private S state;

  public Turn(S state, BiFunction<S, E, S> evolve, Instant now, Supplier<String> ids) {
    this.state = state;
    this.evolve = evolve;
    this.now = now;
    this.ids = ids;
  }

  public S state() {
    return state;
  }

  public Instant now() {
    return now;
  }

  /** A fresh UUID. */
  public String newId() {
    return ids.get();
  }

  public void persist(E event) {
    state = evolve.apply(state, event);
    events.add(event);
  }

  public void tell(Address to, RouterSerializable message) {
    effects.add(new Effect.Tell(to, message));
  }

  public <T> void reply(ActorRef<T> to, T message) {
    effects.add(new Effect.Reply<>(to, message));
  }

  public void publish(FeedItem item) {
    effects.add(new Effect.Publish(item));
  }

  public List<E> events() {
    return events;
  }

  public List<Effect> effects() {
    return effects;
  }
}
