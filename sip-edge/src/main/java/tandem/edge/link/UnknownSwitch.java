package tandem.edge.link;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import java.time.Instant;
import java.util.List;
import tandem.router.domain.SwitchId;
import tandem.router.edge.LinkMessage;
import tandem.router.edge.LinkQuery;
import tandem.router.edge.LinkQuery.LinkState;
import tandem.router.edge.LinkQuery.LinkStatus;

/** A remembered link whose switch has left the configuration: it says so, and does nothing. */
final class UnknownSwitch {
  private UnknownSwitch() {}

  static Behavior<LinkMessage> create(SwitchId id, Instant since) {
    return Behaviors.setup(
        context -> {
          context.getLog().warn("Switch {} is not in tandem.edge.switches of this node", id);
          return Behaviors.receive(LinkMessage.class)
              .onMessage(
                  LinkQuery.GetStatus.class,
                  get -> {
                    get.replyTo()
                        .tell(new LinkStatus(id, LinkState.LOST, since, null, null, 0, 0, 0, 0, 0));
                    return Behaviors.same();
                  })
              .onMessage(
                  LinkQuery.ListCalls.class,
                  list -> {
                    list.replyTo().tell(new LinkQuery.LinkCalls(id, List.of()));
                    return Behaviors.same();
                  })
              .onAnyMessage(
                  other -> {
                    context.getLog().warn("Switch {} is not configured: dropped {}", id, other);
                    return Behaviors.same();
                  })
              .build();
        });
  }
}
