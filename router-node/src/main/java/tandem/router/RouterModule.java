package tandem.router;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.cluster.sharding.typed.ClusterShardingSettings;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityContext;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.persistence.typed.PersistenceId;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tandem.cluster.NodeContext;
import tandem.cluster.NodeModule;
import tandem.cluster.NodeRoles;
import tandem.router.agent.AgentLogic;
import tandem.router.agent.AgentState;
import tandem.router.agent.AgentTimings;
import tandem.router.call.Call;
import tandem.router.call.CallLogic;
import tandem.router.call.CallState;
import tandem.router.call.CallTimings;
import tandem.router.directory.DirectoryLogic;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.LotId;
import tandem.router.domain.QueueId;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.Plans;
import tandem.router.entity.EntityLogic;
import tandem.router.entity.EntityShell;
import tandem.router.entity.Gatherer;
import tandem.router.entity.Journal;
import tandem.router.entity.Surroundings;
import tandem.router.feed.FeedTopics;
import tandem.router.lot.LotState;
import tandem.router.lot.ParkingLotLogic;
import tandem.router.numbers.NumbersLogic;
import tandem.router.plan.PlanArchive;
import tandem.router.plan.PlanArchiveLogic;
import tandem.router.plan.PlanCache;
import tandem.router.plan.PlanIndexLogic;
import tandem.router.plan.RoutingPlanLogic;
import tandem.router.queue.Queue;
import tandem.router.queue.QueueLogic;
import tandem.router.queue.QueueState;
import tandem.router.queue.QueueTimings;

/** Hosts the router's entities on nodes of that role; every other node gets proxies to them. */
public final class RouterModule implements NodeModule {
  /** Journal of the calls: many and short, so without what long-lived entities need. */
  public static final String CALL_JOURNAL = "tandem.persistence.calls.journal";

  private static final int ORDER = 200;
  private static final int PLAN_SNAPSHOT_EVERY = 20;

  @Override
  public String name() {
    return "router";
  }

  @Override
  public String role() {
    return NodeRoles.ROUTER;
  }

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public void onEveryNode(NodeContext node) {
    ActorSystem<?> system = node.system();
    Shards shards = new Shards(system);
    FeedTopics feed = FeedTopics.get(system);
    CallCensus census = CallCensus.ofThisProcess();
    PlanFollowers followers = new PlanFollowers(shards);
    Supplier<Plans> plans = () -> PlanCache.get(system);
    Surroundings around =
        new Surroundings(
            shards::tell,
            item -> {
              census.saw(item.view());
              feed.publish(item);
            },
            RouterMetrics::count,
            stopped -> {
              census.left(stopped);
              followers.left(stopped);
            },
            Clock.systemUTC(),
            () -> UUID.randomUUID().toString(),
            node.gate());
    int snapshotEvery = node.config().getInt("tandem.router.snapshot-every");
    String callJournal = node.config().getString("tandem.router.call-journal");

    host(
        node,
        Shards.CALLS,
        false,
        null,
        (context, stop) -> call(context, stop, callJournal, plans.get(), around));
    Journal<AgentState> agents = Journal.withSnapshots(AgentState.class, snapshotEvery);
    host(
        node,
        Shards.AGENTS,
        true,
        null,
        (context, stop) -> {
          AgentId id = AgentId.parse(context.getEntityId());
          followers.started(id);
          return plain(
              context,
              () -> new AgentLogic(id, AgentTimings.DEFAULT, plans.get()),
              agents,
              around,
              stop);
        });
    Journal<QueueState> queues =
        new Journal<>(
            "",
            snapshotEvery,
            QueueState::snapshot,
            (snapshot, empty) -> QueueState.of((QueueState.Snapshot) snapshot));
    host(
        node,
        Shards.QUEUES,
        true,
        Queue.Stop.STOP,
        (context, stop) -> {
          QueueId id = QueueId.parse(context.getEntityId());
          followers.started(id);
          return Gatherer.create(
              Queue.Command.class,
              Queue.Stop.STOP,
              persistenceId(context),
              () -> new QueueLogic(id, QueueTimings.DEFAULT, plans.get()),
              queues,
              around,
              stop);
        });
    host(
        node,
        Shards.LOTS,
        // It asks the calls in its slots also when its node died before.
        true,
        null,
        (context, stop) ->
            plain(
                context,
                () -> new ParkingLotLogic(LotId.parse(context.getEntityId())),
                Journal.withSnapshots(LotState.class, snapshotEvery),
                around,
                stop));
    host(
        node,
        Shards.DIRECTORIES,
        false,
        null,
        (context, stop) ->
            plain(
                context,
                () -> new DirectoryLogic(new TenantId(context.getEntityId())),
                Journal.withSnapshots(DirectoryLogic.State.class, snapshotEvery),
                around,
                stop));
    host(
        node,
        Shards.NUMBERS,
        false,
        null,
        (context, stop) ->
            plain(
                context,
                NumbersLogic::new,
                Journal.withSnapshots(NumbersLogic.State.class, snapshotEvery),
                around,
                stop));
    hostPlans(node, snapshotEvery, around);
    PlanCache.get(system).onChange(followers::planChanged);
  }

  private static void hostPlans(NodeContext node, int snapshotEvery, Surroundings around) {
    host(
        node,
        Shards.PLANS,
        // What it owes to the index and the archive must be said also when its node died before.
        true,
        null,
        (context, stop) ->
            plain(
                context,
                () -> new RoutingPlanLogic(new TenantId(context.getEntityId())),
                // A draft's event has its whole text.
                Journal.withSnapshots(
                    RoutingPlanLogic.State.class, Math.min(snapshotEvery, PLAN_SNAPSHOT_EVERY)),
                around,
                stop));
    host(node, Shards.PLAN_ARCHIVE, false, null, (context, stop) -> archive(context, stop, around));
    host(
        node,
        Shards.PLAN_INDEX,
        false,
        null,
        (context, stop) ->
            plain(
                context,
                PlanIndexLogic::new,
                Journal.withSnapshots(PlanIndexLogic.State.class, snapshotEvery),
                around,
                stop));
  }

  private static Behavior<PlanArchive.Command> archive(
      EntityContext<PlanArchive.Command> context, Runnable stop, Surroundings around) {
    String id = context.getEntityId();
    int colon = id.lastIndexOf(':');
    TenantId tenant = new TenantId(id.substring(0, colon));
    long version = Long.parseLong(id.substring(colon + 1));
    Journal<PlanArchive.Kept> journal = Journal.withoutSnapshots("");
    return plain(context, () -> new PlanArchiveLogic(tenant, version), journal, around, stop);
  }

  @Override
  public void onRole(NodeContext node) {
    node.readiness()
        .ready(
            "plans",
            () ->
                PlanCache.get(node.system()).isLoaded()
                    ? Optional.empty()
                    : Optional.of("the routing plans have not been read yet"));
    node.readiness().warmUp("router", new WarmUp(node.system())::run);
  }

  private static Behavior<Call.Command> call(
      EntityContext<Call.Command> context,
      Runnable stop,
      String journal,
      Plans plans,
      Surroundings around) {
    CallId id = CallId.parse(context.getEntityId());
    Journal<CallState> calls = Journal.withoutSnapshots(journal);
    return EntityShell.create(
        persistenceId(context),
        () -> new CallLogic(id, CallTimings.DEFAULT, plans),
        calls,
        EntityShell.Intake.single(),
        around,
        stop);
  }

  private static <C, E, S> Behavior<C> plain(
      EntityContext<C> context,
      java.util.function.Supplier<EntityLogic<C, E, S>> logic,
      Journal<S> journal,
      Surroundings around,
      Runnable stop) {
    return EntityShell.create(
        persistenceId(context), logic, journal, EntityShell.Intake.single(), around, stop);
  }

  private static PersistenceId persistenceId(EntityContext<?> context) {
    return PersistenceId.of(context.getEntityTypeKey().name(), context.getEntityId());
  }

  /**
   * Starts the sharding of one type.
   *
   * @param remembered few and long-lived: started again by themselves wherever their shard goes
   * @param stop asks an entity to stop when it can; null stops it between two messages
   * @param behavior gets the entity's context, and what to run when the entity is done for good
   */
  private static <C> void host(
      NodeContext node,
      EntityTypeKey<C> key,
      boolean remembered,
      @Nullable C stop,
      BiFunction<EntityContext<C>, Runnable, Behavior<C>> behavior) {
    ActorSystem<?> system = node.system();
    var entity =
        Entity.of(key, context -> passivating(context, behavior))
            .withRole(NodeRoles.ROUTER)
            .withSettings(
                ClusterShardingSettings.create(system)
                    .withRememberEntities(remembered)
                    .withRole(NodeRoles.ROUTER));
    var region =
        ClusterSharding.get(system).init(stop == null ? entity : entity.withStopMessage(stop));
    system.log().debug("sharding of {} started: {}", key.name(), region);
  }

  private static <C> Behavior<C> passivating(
      EntityContext<C> context, BiFunction<EntityContext<C>, Runnable, Behavior<C>> behavior) {
    return akka.actor.typed.javadsl.Behaviors.setup(
        actor ->
            behavior.apply(
                context,
                () -> context.getShard().tell(new ClusterSharding.Passivate<>(actor.getSelf()))));
  }
}
