package tandem.edge.link;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import java.time.Duration;
import java.util.Collection;
import tandem.router.Shards;
import tandem.router.domain.SwitchId;
import tandem.router.edge.LinkQuery;

/**
 * Wakes the links of this node's configured switches, wherever they live; again, since a message
 * may be lost.
 */
final class LinkStarter {
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private enum Wake {
    WAKE
  }

  private LinkStarter() {}

  static Behavior<?> create(Shards shards, Collection<SwitchId> switches) {
    return Behaviors.<Wake>withTimers(
        timers -> {
          timers.startTimerWithFixedDelay(Wake.WAKE, Duration.ZERO, AGAIN);
          return Behaviors.receiveMessage(
              wake -> {
                switches.forEach(id -> shards.link(id).tell(new LinkQuery.Start()));
                return Behaviors.same();
              });
        });
  }
}
