package tandem.cluster;

import akka.Done;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.SelfUp;
import akka.cluster.typed.Subscribe;
import java.util.concurrent.CompletableFuture;

/** The root actor of a node: tells when the node has become a member of its cluster. */
final class NodeGuardian {
  private NodeGuardian() {}

  static Behavior<SelfUp> create(CompletableFuture<Done> up) {
    return Behaviors.setup(
        context -> {
          Cluster.get(context.getSystem())
              .subscriptions()
              .tell(Subscribe.create(context.getSelf(), SelfUp.class));
          return Behaviors.receiveMessage(
              selfUp -> {
                up.complete(Done.getInstance());
                return Behaviors.same();
              });
        });
  }
}
