package tandem.router.plan;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Extension;
import akka.actor.typed.ExtensionId;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.prometheus.client.Histogram;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.cluster.Metrics;
import tandem.router.Shards;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.plan.Plans;
import tandem.router.plan.document.PlanReader;
import tandem.router.plan.document.PlanReading;

/**
 * This node's copy of all tenants' plans. It asks the index several times a second what has
 * changed, and fetches that; the copy outlives an outage of both.
 */
public final class PlanCache implements Extension, Plans {
  private static final Logger log = LoggerFactory.getLogger(PlanCache.class);

  private static final double MILLIS = 1e3;

  /** A publish is to be known within a second, reading and compiling included. */
  private static final Duration REFRESH = Duration.ofMillis(250);

  private static final Duration ASK_AGAIN = Duration.ofSeconds(2);
  private static final int RETRY_TICKS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final ExtensionId<PlanCache> ID =
      new ExtensionId<>() {
        @Override
        public PlanCache createExtension(ActorSystem<?> system) {
          return new PlanCache(system);
        }
      };

  private final Map<TenantId, PlanCopy> copies = new ConcurrentHashMap<>();
  private final List<Consumer<TenantId>> listeners = new CopyOnWriteArrayList<>();
  private final ActorRef<Object> refresher;
  private volatile boolean loaded;

  private PlanCache(ActorSystem<?> system) {
    Shards shards = new Shards(system);
    refresher =
        system.systemActorOf(
            Behaviors.supervise(
                    Behaviors.<Object>setup(context -> new Refresher(context, this, shards)))
                .onFailure(
                    SupervisorStrategy.restartWithBackoff(
                        Duration.ofMillis(500), Duration.ofSeconds(10), 0.2)),
            "plan-cache",
            DispatcherSelector.fromConfig("tandem.router.plan-dispatcher"));
  }

  /** The copy of this node; sharding must have been started. */
  public static PlanCache get(ActorSystem<?> system) {
    return system.registerExtension(ID);
  }

  /** Is told each tenant whose plan, or whose opened and closed calendars, have changed here. */
  public void onChange(Consumer<TenantId> listener) {
    listeners.add(listener);
  }

  @Override
  public boolean isLoaded() {
    return loaded;
  }

  @Override
  public PlanInForce of(TenantId tenant) {
    return copy(tenant).inForce();
  }

  @Override
  public Optional<Plan> version(TenantId tenant, long version) {
    Optional<Plan> plan = copy(tenant).version(version);
    if (plan.isEmpty()) {
      refresher.tell(new Wanted(tenant, version));
    }
    return plan;
  }

  private PlanCopy copy(TenantId tenant) {
    return copies.getOrDefault(tenant, PlanCopy.NONE);
  }

  private enum Tick {
    TICK
  }

  /** Somebody on this node follows an earlier version. */
  private record Wanted(TenantId tenant, long version) {}

  /** Single writer of the copies. */
  private static final class Refresher extends AbstractBehavior<Object> {
    private final PlanCache cache;
    private final Shards shards;
    private final Map<TenantId, Long> behind = new HashMap<>();

    /** Earlier versions that were asked for, and when: many calls may want one at once. */
    private final Map<Wanted, Instant> asked = new HashMap<>();

    private final Histogram delay =
        Metrics.latency(
            "tandem_plan_delay_seconds",
            "From a plan's publish until it is in force on this node.");
    private final Instant begun = Instant.now();
    private int ticksToRetry = RETRY_TICKS;
    private long known;

    Refresher(ActorContext<Object> context, PlanCache cache, Shards shards) {
      super(context);
      this.cache = cache;
      this.shards = shards;
      context.getSelf().tell(Tick.TICK);
    }

    @Override
    public Receive<Object> createReceive() {
      return newReceiveBuilder()
          .onMessage(Tick.class, tick -> onTick())
          .onMessage(PlanIndex.Changes.class, this::onChanges)
          .onMessage(RoutingPlan.InForce.class, this::onInForce)
          .onMessage(Wanted.class, this::onWanted)
          .onMessage(PlanArchive.Kept.class, this::onKept)
          .build();
    }

    private Behavior<Object> onTick() {
      ask();
      // What was not answered is asked again, but not while it may just be recovering.
      if (--ticksToRetry <= 0) {
        ticksToRetry = RETRY_TICKS;
        behind.keySet().forEach(this::fetch);
      }
      if (!behind.isEmpty() && begun.plus(PATIENCE).isBefore(Instant.now())) {
        // One plan that does not answer must not keep this node from all other tenants' calls.
        cache.loaded = true;
      }
      getContext().scheduleOnce(REFRESH, getContext().getSelf(), Tick.TICK);
      return this;
    }

    private void ask() {
      shards.planIndex().tell(new PlanIndex.Since(known, getContext().getSelf().narrow()));
    }

    private Behavior<Object> onChanges(PlanIndex.Changes changes) {
      for (PlanIndex.Stamp stamp : changes.tenants()) {
        if (cache.copy(stamp.tenant()).stamp() < stamp.stamp()) {
          behind.merge(stamp.tenant(), stamp.stamp(), Math::max);
          fetch(stamp.tenant());
        }
      }
      known = Math.max(known, changes.upTo());
      if (changes.more()) {
        ask();
      } else if (behind.isEmpty()) {
        cache.loaded = true;
      }
      return this;
    }

    private void fetch(TenantId tenant) {
      shards.plan(tenant).tell(new RoutingPlan.GetCurrent(getContext().getSelf().narrow()));
    }

    private Behavior<Object> onInForce(RoutingPlan.InForce now) {
      TenantId tenant = now.tenant();
      PlanCopy before = cache.copy(tenant);
      if (now.stamp() > before.stamp()) {
        cache.copies.put(tenant, before.now(now.stamp(), read(tenant, before, now)));
        observe(before, now);
        cache.listeners.forEach(listener -> listener.accept(tenant));
      }
      if (behind.getOrDefault(tenant, 0L) <= now.stamp()) {
        behind.remove(tenant);
      }
      return this;
    }

    /** How long a new version took to get here; what a node finds when it starts is not counted. */
    private void observe(PlanCopy before, RoutingPlan.InForce now) {
      if (cache.loaded
          && now.version() != null
          && now.version().version() > before.inForce().version()) {
        delay
            .labels()
            .observe(Duration.between(now.version().at(), Instant.now()).toMillis() / MILLIS);
      }
    }

    private static PlanInForce read(TenantId tenant, PlanCopy before, RoutingPlan.InForce now) {
      if (now.version() == null || now.text() == null) {
        return new PlanInForce(0, Plan.EMPTY, now.manuals());
      }
      long version = now.version().version();
      if (version == before.inForce().version()) {
        return new PlanInForce(version, before.inForce().plan(), now.manuals());
      }
      return new PlanInForce(version, read(tenant, version, now.text()), now.manuals());
    }

    /**
     * A version of another release of Tandem may no longer be readable: calls then go on without.
     */
    private static Plan read(TenantId tenant, long version, String text) {
      PlanReading reading = PlanReader.read(text);
      if (reading.plan() == null) {
        log.error(
            "Version {} of the plan of {} cannot be read, its numbers' own queues are used: {}",
            version,
            tenant,
            reading.problems());
        return Plan.EMPTY;
      }
      return reading.plan();
    }

    private Behavior<Object> onWanted(Wanted wanted) {
      Instant now = Instant.now();
      asked.values().removeIf(at -> at.plus(ASK_AGAIN).isBefore(now));
      if (cache.copy(wanted.tenant()).version(wanted.version()).isEmpty()
          && asked.putIfAbsent(wanted, now) == null) {
        shards
            .planArchive(wanted.tenant(), wanted.version())
            .tell(new PlanArchive.Get(getContext().getSelf().narrow()));
      }
      return this;
    }

    private Behavior<Object> onKept(PlanArchive.Kept kept) {
      PlanCopy known = cache.copy(kept.tenant());
      if (kept.text() != null && known.version(kept.number()).isEmpty()) {
        Plan plan = read(kept.tenant(), kept.number(), kept.text());
        cache.copies.put(kept.tenant(), known.withEarlier(kept.number(), plan));
      }
      return this;
    }
  }
}
