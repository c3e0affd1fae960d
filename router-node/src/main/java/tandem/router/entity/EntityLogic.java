package tandem.router.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The pure part of an entity. One instance serves one incarnation: what it remembers beside the
 * state is lost with it, and everything must be right without.
 *
 * @param <C> commands
 * @param <E> events
 * @param <S> state
 */
public interface EntityLogic<C, E, S> {
  S empty();

  S evolve(S state, E event);

  /** Takes one command; every command has an answer in every state. */
  void decide(Turn<S, E> turn, C command);

  /**
   * Runs at the end of every turn and after recovery: says what is owed, shows what changed.
   *
   * @return when this entity must be woken next, or null
   */
  @Nullable Instant settle(Turn<S, E> turn);

  /** The command that a wake-up brings. */
  C wake();

  /** Whether the entity has nothing left to do until it is spoken to again: it is then stopped. */
  default boolean finished(S state) {
    return false;
  }
}
