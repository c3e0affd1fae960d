package tandem.persistence.projection;

import akka.actor.typed.ActorSystem;
import akka.cluster.sharding.typed.ClusterShardingSettings;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import tandem.cluster.NodeContext;
import tandem.cluster.NodeModule;
import tandem.cluster.NodeRoles;
import tandem.router.Shards;
import tandem.router.record.Recorder;

/** Hosts the recorders on nodes of their role; every other node gets a proxy to them. */
public final class ProjectionModule implements NodeModule {
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
  public void onEveryNode(NodeContext node) {
    ActorSystem<?> system = node.system();
    Shards shards = new Shards(system);
    RecordMetrics metrics = new RecordMetrics(Clock.systemUTC());
    Optional<RecordWork> work =
        node.hasRole(NodeRoles.PROJECTION)
            ? Optional.of(new CallRecorder(system))
            : Optional.empty();
    var unused =
        ClusterSharding.get(system)
            .init(
                Entity.of(
                        Shards.RECORDERS,
                        entity ->
                            RecorderActor.create(
                                Integer.parseInt(entity.getEntityId()),
                                work.orElseThrow(),
                                (call, recorded) -> shards.call(call).tell(recorded),
                                metrics))
                    .withRole(NodeRoles.PROJECTION)
                    .withSettings(
                        ClusterShardingSettings.create(system).withRole(NodeRoles.PROJECTION)));
  }

  /** Wakes every recorder now and then: after a restart one may owe Kafka, and hear of no call. */
  @Override
  public void onRole(NodeContext node) {
    ActorSystem<?> system = node.system();
    Shards shards = new Shards(system);
    Duration every = node.config().getDuration("tandem.persistence.projection.wake");
    var unused =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                Duration.ZERO,
                every,
                () ->
                    IntStream.range(0, Recorder.SLICES)
                        .forEach(slice -> shards.recorder(slice).tell(Recorder.Look.LOOK)),
                system.executionContext());
  }
}
