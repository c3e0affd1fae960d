package tandem.router.entity;

import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How an entity is kept.
 *
 * @param journal plugin id; empty for the default one
 * @param snapshotEvery events between snapshots, 0 for none
 * @param tags the tags an event carries
 * @param toSnapshot what of the state is written
 * @param ofSnapshot the state again
 */
public record Journal<E, S>(
    String journal,
    int snapshotEvery,
    Function<E, Set<String>> tags,
    Function<S, Object> toSnapshot,
    BiFunction<Object, S, S> ofSnapshot) {

  /** No snapshots: short lives. */
  public static <E, S> Journal<E, S> withoutSnapshots(
      String journal, Function<E, Set<String>> tags) {
    return new Journal<>(
        journal,
        0,
        tags,
        state -> {
          throw new IllegalStateException("this entity has no snapshots");
        },
        (snapshot, empty) -> empty);
  }

  /** Snapshots of states that are written as they are. */
  public static <E, S> Journal<E, S> withSnapshots(Class<S> state, int every) {
    return new Journal<>(
        "", every, event -> Set.of(), s -> s, (snapshot, empty) -> state.cast(snapshot));
  }
}
