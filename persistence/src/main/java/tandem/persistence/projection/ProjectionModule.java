package tandem.persistence.projection;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.cluster.sharding.typed.ShardedDaemonProcessSettings;
import akka.cluster.sharding.typed.javadsl.ShardedDaemonProcess;
import akka.projection.Projection;
import akka.projection.ProjectionBehavior;
import akka.projection.ProjectionId;
import akka.projection.cassandra.javadsl.CassandraProjection;
import akka.projection.eventsourced.EventEnvelope;
import akka.projection.eventsourced.javadsl.EventSourcedProvider;
import com.typesafe.config.Config;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import tandem.cluster.NodeContext;
import tandem.cluster.NodeModule;
import tandem.cluster.NodeRoles;
import tandem.persistence.kafka.CallPublisher;
import tandem.persistence.readmodel.CallJournal;
import tandem.persistence.readmodel.CallTables;
import tandem.persistence.readmodel.SharedReads;
import tandem.router.Shards;
import tandem.router.call.Call;
import tandem.router.call.CallTags;
import tandem.router.domain.CallId;

/**
 * Runs the projections, one of each kind a tag, spread over the nodes of their role. The history
 * and Kafka each have their own offsets and their own failures: neither waits for the other.
 */
public final class ProjectionModule implements NodeModule {
  /** The call history. */
  public static final String HISTORY = "call-history";

  /** The records on Kafka. */
  public static final String KAFKA = "call-kafka";

  private static final int ORDER = 400;

  @Override
  public String name() {
    return "projection";
  }

  @Override
  public String role() {
    return NodeRoles.PROJECTION;
  }

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public void onRole(NodeContext node) {
    Shards shards = new Shards(node.system());
    Consumer<CallId> recorded = call -> shards.call(call).tell(new Call.Recorded());
    start(node.system(), recorded);
  }

  /**
   * Starts them on this node.
   *
   * @param recorded told of each call that has ended and is whole in the history
   */
  static void start(ActorSystem<?> system, Consumer<CallId> recorded) {
    SharedReads journal = SharedReads.of(CallJournal.of(system));
    CallTables tables = CallTables.of(system);
    run(system, HISTORY, new HistoryWriter(journal, tables, recorded));
    if (system.settings().config().getBoolean("tandem.persistence.kafka.enabled")) {
      run(system, KAFKA, CallPublisher.of(system, journal, tables)::take);
    }
  }

  private static void run(ActorSystem<?> system, String name, CallReader reader) {
    Duration keepAlive =
        system.settings().config().getDuration("tandem.persistence.projection.keep-alive");
    ShardedDaemonProcess.get(system)
        .init(
            ProjectionBehavior.Command.class,
            name,
            CallTags.COUNT,
            index -> behavior(system, name, CallTags.ALL.get(index), reader),
            ShardedDaemonProcessSettings.create(system)
                .withRole(NodeRoles.PROJECTION)
                .withKeepAliveInterval(keepAlive),
            Optional.of(ProjectionBehavior.stopMessage()));
  }

  private static Behavior<ProjectionBehavior.Command> behavior(
      ActorSystem<?> system, String name, String tag, CallReader reader) {
    return ProjectionBehavior.create(projection(system, name, tag, reader));
  }

  private static Projection<EventEnvelope<Call.Event>> projection(
      ActorSystem<?> system, String name, String tag, CallReader reader) {
    Config config = system.settings().config().getConfig("tandem.persistence.projection");
    return CassandraProjection.groupedWithin(
            ProjectionId.of(name, tag),
            EventSourcedProvider.<Call.Event>eventsByTag(system, CallJournal.QUERY_PLUGIN, tag),
            () -> new CallSignals(reader))
        .withGroup(config.getInt("group"), config.getDuration("group-within"))
        .withStatusObserver(new ProjectionMetrics(Clock.systemUTC()));
  }
}
