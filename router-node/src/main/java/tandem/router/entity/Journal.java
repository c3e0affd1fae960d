package tandem.router.entity;

import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How an entity is kept.
 *
 * @param journal plugin id; empty for the default one
 * @param snapshotEvery events between snapshots, 0 for none
 * @param toSnapshot what of the state is written
 * @param ofSnapshot the state again
 */
public record Journal<S>(
    String journal,
    int snapshotEvery,
    Function<S, Object> toSnapshot,
    BiFunction<Object, S, S> ofSnapshot) {

  /** No snapshots: short lives. */
  public static <S> Journal<S> withoutSnapshots(String journal) {
    return new Journal<>(
        journal,
        0,
        state -> {
          throw new IllegalStateException("this entity has no snapshots");
        },
        (snapshot, empty) -> empty);
  }

  /** Snapshots of states that are written as they are. */
  public static <S> Journal<S> withSnapshots(Class<S> state, int every) {
    return new Journal<>("", every, s -> s, (snapshot, empty) -> state.cast(snapshot));
  }
}
