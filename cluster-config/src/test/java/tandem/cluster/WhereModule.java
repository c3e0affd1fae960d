package tandem.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.cluster.typed.Cluster;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A sharded entity that tells on which port its node listens. */
final class WhereModule implements NodeModule {
  /** Its messages' serialization, as a module's reference.conf would have it. */
  static final String BINDING =
      "akka.actor.serialization-bindings { \"tandem.cluster.WhereModule$Where\" = jackson-cbor }\n";

  private static final EntityTypeKey<Where> KEY = EntityTypeKey.create(Where.class, "Where");

  record Where(ActorRef<Integer> replyTo) {}

  @Override
  public String name() {
    return "where";
  }

  @Override
  public String role() {
    return NodeRoles.ROUTER;
  }

  @Override
  public int order() {
    return 200;
  }

  @Override
  public void onEveryNode(NodeContext node) {
    int port = Cluster.get(node.system()).selfMember().address().getPort().orElseThrow();
    ClusterSharding.get(node.system())
        .init(
            Entity.of(
                    KEY,
                    entity ->
                        Behaviors.receiveMessage(
                            where -> {
                              node.gate().check();
                              where.replyTo().tell(port);
                              return Behaviors.same();
                            }))
                .withRole(NodeRoles.ROUTER));
  }

  static CompletionStage<Integer> ask(ActorSystem<?> system, String entityId) {
    return ClusterSharding.get(system)
        .entityRefFor(KEY, entityId)
        .ask(Where::new, Duration.ofSeconds(1));
  }
}
