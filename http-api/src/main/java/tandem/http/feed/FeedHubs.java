package tandem.http.feed;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tandem.router.domain.TenantId;

/** Which tenants have a hub on this node: made when first wanted, stopped when long unused. */
final class FeedHubs extends AbstractBehavior<FeedHubs.Command> {
  sealed interface Command {}

  record Join(TenantId tenant, FeedSession session, Optional<Cursor> cursor) implements Command {}

  record Leave(TenantId tenant, FeedSession session) implements Command {}

  private record Unused(TenantId tenant, ActorRef<FeedHub.Command> hub, long joins)
      implements Command {}

  /** Makes a hub, given what it tells when it is unused. */
  @FunctionalInterface
  interface Maker {
    Behavior<FeedHub.Command> hub(TenantId tenant, FeedHub.Unused unused);
  }

  private record Hub(ActorRef<FeedHub.Command> actor, long joins) {}

  private final Maker maker;
  private final Map<TenantId, Hub> hubs = new HashMap<>();

  static Behavior<Command> create(Maker maker) {
    return Behaviors.setup(context -> new FeedHubs(context, maker));
  }

  private FeedHubs(ActorContext<Command> context, Maker maker) {
    super(context);
    this.maker = maker;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Join.class, this::onJoin)
        .onMessage(Leave.class, this::onLeave)
        .onMessage(Unused.class, this::onUnused)
        .onSignal(Terminated.class, this::onTerminated)
        .build();
  }

  private Behavior<Command> onJoin(Join join) {
    Hub hub = hubs.computeIfAbsent(join.tenant(), this::make);
    hubs.put(join.tenant(), new Hub(hub.actor(), hub.joins() + 1));
    hub.actor().tell(new FeedHub.Join(join.session(), join.cursor()));
    return this;
  }

  private Hub make(TenantId tenant) {
    ActorRef<Command> self = getContext().getSelf();
    Behavior<FeedHub.Command> behavior =
        maker.hub(tenant, (hub, joins) -> self.tell(new Unused(tenant, hub, joins)));
    // A hub that fails is gone with its sessions: they come back and find a new epoch.
    ActorRef<FeedHub.Command> actor =
        getContext()
            .spawnAnonymous(Behaviors.supervise(behavior).onFailure(SupervisorStrategy.stop()));
    getContext().watch(actor);
    return new Hub(actor, 0);
  }

  private Behavior<Command> onLeave(Leave leave) {
    Hub hub = hubs.get(leave.tenant());
    if (hub != null) {
      hub.actor().tell(new FeedHub.Leave(leave.session()));
    }
    return this;
  }

  /** Stops the hub, unless a join is on its way to it. */
  private Behavior<Command> onUnused(Unused unused) {
    Hub hub = hubs.get(unused.tenant());
    if (hub != null && hub.actor().equals(unused.hub()) && hub.joins() == unused.joins()) {
      hubs.remove(unused.tenant());
      getContext().stop(unused.hub());
    }
    return this;
  }

  private Behavior<Command> onTerminated(Terminated terminated) {
    hubs.values().removeIf(hub -> hub.actor().path().equals(terminated.getRef().path()));
    return this;
  }
}
