package tandem.router.numbers;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Extension;
import akka.actor.typed.ExtensionId;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityRef;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tandem.router.domain.Entry;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.RouterSerializable;

/**
 * This node's copy of the number directory, asked for anew every second. A new number is known here
 * within that second; the copy outlives an outage of the directory.
 */
public final class NumberCache implements Extension {
  private static final Duration REFRESH = Duration.ofSeconds(1);

  private static final ExtensionId<NumberCache> ID =
      new ExtensionId<>() {
        @Override
        public NumberCache createExtension(ActorSystem<?> system) {
          return new NumberCache(system);
        }
      };

  private enum Tick implements RouterSerializable {
    TICK
  }

  private record Copy(long version, Map<PhoneNumber, Entry> byNumber) {}

  private volatile Copy copy = new Copy(-1, Map.of());

  /** What has come of a newer version; only the refresher touches it. */
  private NumberPages pages = NumberPages.NONE;

  private NumberCache(ActorSystem<?> system) {
    EntityRef<Numbers.Command> directory =
        ClusterSharding.get(system)
            .entityRefFor(tandem.router.Shards.NUMBERS, tandem.router.Shards.ALL_NUMBERS);
    system.systemActorOf(refresher(directory), "number-cache", Props.empty());
  }

  /** The copy of this node; sharding must have been started. */
  public static NumberCache get(ActorSystem<?> system) {
    return system.registerExtension(ID);
  }

  /** Where callers of the number go, as far as this node knows. */
  public Optional<Entry> lookup(PhoneNumber number) {
    return Optional.ofNullable(copy.byNumber().get(number));
  }

  /** Whether the directory has been heard at least once. */
  public boolean isLoaded() {
    return copy.version() >= 0;
  }

  private Behavior<RouterSerializable> refresher(EntityRef<Numbers.Command> directory) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(Tick.TICK, Duration.ZERO, REFRESH);
                  return Behaviors.receive(RouterSerializable.class)
                      .onMessage(
                          Tick.class,
                          tick -> {
                            ask(directory, context.getSelf());
                            return Behaviors.same();
                          })
                      .onMessage(
                          Numbers.Snapshot.class,
                          snapshot -> {
                            if (take(snapshot)) {
                              ask(directory, context.getSelf());
                            }
                            return Behaviors.same();
                          })
                      .build();
                }));
  }

  /** An answer that is lost is asked for again by the next tick, where this one left off. */
  private void ask(EntityRef<Numbers.Command> directory, ActorRef<RouterSerializable> self) {
    directory.tell(new Numbers.Changes(copy.version(), pages.after(), self.narrow()));
  }

  /** Whether there is more to ask at once. */
  private boolean take(Numbers.Snapshot page) {
    if (page.version() == copy.version()) {
      return false;
    }
    NumberPages before = pages;
    pages = before.with(page);
    if (pages.whole()) {
      copy =
          new Copy(
              pages.version(),
              pages.numbers().stream()
                  .collect(
                      Collectors.toUnmodifiableMap(Numbers.Listed::number, Numbers.Listed::entry)));
      pages = NumberPages.NONE;
      return false;
    }
    return !pages.equals(before);
  }
}
