package tandem.router;

import akka.actor.typed.ActorSystem;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityRef;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import tandem.router.agent.Agent;
import tandem.router.call.Call;
import tandem.router.directory.Directory;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.LotId;
import tandem.router.domain.QueueId;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.SwitchId;
import tandem.router.domain.TenantId;
import tandem.router.edge.LinkMessage;
import tandem.router.entity.Address;
import tandem.router.entity.Address.ToAgent;
import tandem.router.entity.Address.ToCall;
import tandem.router.entity.Address.ToDirectory;
import tandem.router.entity.Address.ToLookup;
import tandem.router.entity.Address.ToLot;
import tandem.router.entity.Address.ToPlan;
import tandem.router.entity.Address.ToPlanArchive;
import tandem.router.entity.Address.ToPlanIndex;
import tandem.router.entity.Address.ToQueue;
import tandem.router.entity.Address.ToRecorder;
import tandem.router.entity.Address.ToSwitch;
import tandem.router.lookup.LookUp;
import tandem.router.lookup.Lookups;
import tandem.router.lot.ParkingLot;
import tandem.router.numbers.Numbers;
import tandem.router.plan.PlanArchive;
import tandem.router.plan.PlanIndex;
import tandem.router.plan.RoutingPlan;
import tandem.router.queue.Queue;
import tandem.router.record.Recorder;

/** Every sharded entity by its id, from any node of the cluster. */
public final class Shards {
  public static final EntityTypeKey<Call.Command> CALLS =
      EntityTypeKey.create(Call.Command.class, "Call");
  public static final EntityTypeKey<Agent.Command> AGENTS =
      EntityTypeKey.create(Agent.Command.class, "Agent");
  public static final EntityTypeKey<Queue.Command> QUEUES =
      EntityTypeKey.create(Queue.Command.class, "Queue");
  public static final EntityTypeKey<ParkingLot.Command> LOTS =
      EntityTypeKey.create(ParkingLot.Command.class, "ParkingLot");
  public static final EntityTypeKey<Directory.Command> DIRECTORIES =
      EntityTypeKey.create(Directory.Command.class, "Directory");
  public static final EntityTypeKey<Numbers.Command> NUMBERS =
      EntityTypeKey.create(Numbers.Command.class, "Numbers");

  public static final EntityTypeKey<RoutingPlan.Command> PLANS =
      EntityTypeKey.create(RoutingPlan.Command.class, "RoutingPlan");

  /** Ids are {@code tenant:version}. */
  public static final EntityTypeKey<PlanArchive.Command> PLAN_ARCHIVE =
      EntityTypeKey.create(PlanArchive.Command.class, "PlanArchive");

  public static final EntityTypeKey<PlanIndex.Command> PLAN_INDEX =
      EntityTypeKey.create(PlanIndex.Command.class, "PlanIndex");

  /** Hosted by the edge role; a link's id is its {@link SwitchId}. */
  public static final EntityTypeKey<LinkMessage> LINKS =
      EntityTypeKey.create(LinkMessage.class, "SwitchLink");

  /** Hosted by the projection role; an id is the number of a slice of all calls. */
  public static final EntityTypeKey<Recorder.Command> RECORDERS =
      EntityTypeKey.create(Recorder.Command.class, "Recorder");

  /** The id of the one number directory. */
  public static final String ALL_NUMBERS = "all";

  /** The id of the one index of plans. */
  public static final String ALL_PLANS = "all";

  private final ActorSystem<?> system;
  private final ClusterSharding sharding;

  public Shards(ActorSystem<?> system) {
    this.system = system;
    this.sharding = ClusterSharding.get(system);
  }

  public EntityRef<Call.Command> call(CallId id) {
    return sharding.entityRefFor(CALLS, id.value());
  }

  public EntityRef<Agent.Command> agent(AgentId id) {
    return sharding.entityRefFor(AGENTS, id.value());
  }

  public EntityRef<Queue.Command> queue(QueueId id) {
    return sharding.entityRefFor(QUEUES, id.value());
  }

  public EntityRef<ParkingLot.Command> lot(LotId id) {
    return sharding.entityRefFor(LOTS, id.value());
  }

  public EntityRef<Directory.Command> directory(TenantId tenant) {
    return sharding.entityRefFor(DIRECTORIES, tenant.value());
  }

  public EntityRef<Numbers.Command> numbers() {
    return sharding.entityRefFor(NUMBERS, ALL_NUMBERS);
  }

  public EntityRef<RoutingPlan.Command> plan(TenantId tenant) {
    return sharding.entityRefFor(PLANS, tenant.value());
  }

  public EntityRef<PlanArchive.Command> planArchive(TenantId tenant, long version) {
    return sharding.entityRefFor(PLAN_ARCHIVE, tenant.value() + ':' + version);
  }

  public EntityRef<PlanIndex.Command> planIndex() {
    return sharding.entityRefFor(PLAN_INDEX, ALL_PLANS);
  }

  public EntityRef<LinkMessage> link(SwitchId id) {
    return sharding.entityRefFor(LINKS, id.value());
  }

  public EntityRef<Recorder.Command> recorder(int slice) {
    return sharding.entityRefFor(RECORDERS, Integer.toString(slice));
  }

  /** Delivers what an entity says; the message's type must be one the addressed entity takes. */
  public void tell(Address to, RouterSerializable message) {
    if (to instanceof ToCall call) {
      call(call.id()).tell((Call.Command) message);
    } else if (to instanceof ToAgent agent) {
      agent(agent.id()).tell((Agent.Command) message);
    } else if (to instanceof ToQueue queue) {
      queue(queue.id()).tell((Queue.Command) message);
    } else if (to instanceof ToLot lot) {
      lot(lot.id()).tell((ParkingLot.Command) message);
    } else if (to instanceof ToSwitch link) {
      link(link.id()).tell((LinkMessage) message);
    } else if (to instanceof ToDirectory directory) {
      directory(directory.id()).tell((Directory.Command) message);
    } else if (to instanceof ToPlan plan) {
      plan(plan.id()).tell((RoutingPlan.Command) message);
    } else if (to instanceof ToPlanArchive archive) {
      planArchive(archive.tenant(), archive.version()).tell((PlanArchive.Command) message);
    } else if (to instanceof ToPlanIndex) {
      planIndex().tell((PlanIndex.Command) message);
    } else if (to instanceof ToLookup) {
      Lookups.get(system).ask((LookUp) message);
    } else if (to instanceof ToRecorder record) {
      recorder(Recorder.sliceOf(record.call())).tell((Recorder.Command) message);
    }
  }
}
