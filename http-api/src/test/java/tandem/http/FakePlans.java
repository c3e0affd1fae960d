package tandem.http;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import tandem.router.domain.TenantId;
import tandem.router.entity.Address.ToPlan;
import tandem.router.entity.Address.ToPlanArchive;
import tandem.router.entity.Effect;
import tandem.router.entity.EntityLogic;
import tandem.router.entity.Turn;
import tandem.router.plan.PlanArchive;
import tandem.router.plan.PlanArchiveLogic;
import tandem.router.plan.RoutingPlan;
import tandem.router.plan.RoutingPlanLogic;

/** The plans and their archive in memory: the entities' own logic, without a cluster around it. */
final class FakePlans {
  private static final Clock CLOCK = Clock.systemUTC();

  /** One entity: its logic, and its state as its journal would have it. */
  private static final class Entity<C, E, S> {
    private final EntityLogic<C, E, S> logic;
    private S state;

    Entity(EntityLogic<C, E, S> logic) {
      this.logic = logic;
      this.state = logic.empty();
    }

    Turn<S, E> take(C command) {
      Turn<S, E> turn =
          new Turn<>(state, logic::evolve, CLOCK.instant(), () -> UUID.randomUUID().toString());
      logic.decide(turn, command);
      logic.settle(turn);
      state = turn.state();
      return turn;
    }
  }

  private final Map<TenantId, Entity<RoutingPlan.Command, ?, ?>> plans = new HashMap<>();
  private final Map<ToPlanArchive, Entity<PlanArchive.Command, ?, ?>> archive = new HashMap<>();
  private boolean archiveDown;

  synchronized void clear() {
    plans.clear();
    archive.clear();
    archiveDown = false;
  }

  /** From now on nothing reaches the archive. */
  synchronized void archiveDown() {
    archiveDown = true;
  }

  /** How many versions the archive has been given or asked for: each is an entity. */
  synchronized int archived() {
    return archive.size();
  }

  /** What a tenant's plan answers; the command needs nobody to answer to. */
  synchronized <T> T plan(TenantId tenant, Class<T> reply, RoutingPlan.Command command) {
    Turn<?, ?> turn =
        plans.computeIfAbsent(tenant, id -> new Entity<>(new RoutingPlanLogic(id))).take(command);
    for (Effect effect : turn.effects()) {
      if (effect instanceof Effect.Tell tell && tell.to() instanceof ToPlanArchive to) {
        if (!archiveDown) {
          archive(to, (PlanArchive.Command) tell.message());
        }
      }
    }
    return reply.cast(answer(turn));
  }

  /** What the archive answers about one version. */
  synchronized PlanArchive.Kept kept(TenantId tenant, long version) {
    return (PlanArchive.Kept)
        answer(archive(new ToPlanArchive(tenant, version), new PlanArchive.Get(null)));
  }

  private Turn<?, ?> archive(ToPlanArchive to, PlanArchive.Command command) {
    Turn<?, ?> turn =
        archive
            .computeIfAbsent(
                to, id -> new Entity<>(new PlanArchiveLogic(id.tenant(), id.version())))
            .take(command);
    for (Effect effect : turn.effects()) {
      if (effect instanceof Effect.Tell tell && tell.to() instanceof ToPlan plan) {
        plans.get(plan.id()).take((RoutingPlan.Command) tell.message());
      }
    }
    return turn;
  }

  private static Object answer(Turn<?, ?> turn) {
    return turn.effects().stream()
        .filter(Effect.Reply.class::isInstance)
        .map(effect -> ((Effect.Reply<?>) effect).message())
        .findFirst()
        .orElseThrow();
  }
}
