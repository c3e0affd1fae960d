package tandem.router;

import akka.actor.typed.ActorSystem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tandem.router.agent.Agent;
import tandem.router.call.Call;
import tandem.router.directory.Directory;
import tandem.router.domain.AgentId;
import tandem.router.domain.Attributes;
import tandem.router.domain.CallId;
import tandem.router.domain.Caller;
import tandem.router.domain.LotId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.domain.TenantId;
import tandem.router.domain.geo.Geography;
import tandem.router.domain.geo.Origin;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.plan.Router;
import tandem.router.lot.ParkingLot;
import tandem.router.plan.document.PlanReader;
import tandem.router.plan.document.PlanReading;
import tandem.router.queue.Queue;

/**
 * Synthetic work before a node says that it is ready. Calls nobody knows are asked about offers
 * nobody made: each is found by sharding, recovers from an empty journal, persists its refusal,
 * tells it and stops. That is a call's whole path but for the switch, and it leaves nothing behind
 * but a small row that expires.
 */
final class WarmUp {
  private static final TenantId NOBODY = new TenantId("warm-up");
  private static final int WAVES = 12;
  private static final int CALLS_A_WAVE = 25;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String PLAN =
      """
      {"numbers": [{"match": "+1415*", "flow": "main"}],
       "queues": {"nowhere": {"strategy": "longest-idle", "members": "'a' in agent.teams"}},
       "flows": {"main": [
         {"when": "call.country == 'US' && now.getHours('Europe/Madrid') > 24", "do": {"hangup": "USER_BUSY"}},
         {"do": {"queue": "nowhere", "require": "skill('a') >= 3"}}]}}
      """;

  private final Shards shards;

  WarmUp(ActorSystem<?> system) {
    this.shards = new Shards(system);
  }

  /** Whether an agent belongs to warm-ups only: what happens to it is not counted. */
  static boolean isOurs(AgentId agent) {
    return agent.tenant().equals(NOBODY);
  }

  CompletionStage<?> run() {
    CompletionStage<?> done = CompletableFuture.runAsync(WarmUp::plans).thenCompose(read -> wave());
    for (int i = 1; i < WAVES; i++) {
      done = done.thenCompose(before -> wave());
    }
    return done.thenCompose(before -> others());
  }

  /** What the first plan and the first call by one would wait for: seconds, cold. */
  private static void plans() {
    PlanReading reading = PlanReader.read(PLAN);
    Plan plan =
        Objects.requireNonNull(reading.plan(), () -> "the warm-up's plan: " + reading.problems());
    Origin origin = Geography.of("+14155550100", "US");
    Caller caller =
        new Caller(
            "warm-up",
            "+14155550100",
            "+14155550100",
            origin.country(),
            origin.region(),
            origin.timeZone(),
            Instant.EPOCH,
            Attributes.NONE);
    if (Router.route(new PlanInForce(1, plan, Map.of()), caller, Instant.EPOCH).isEmpty()) {
      throw new IllegalStateException("the warm-up's plan has no way for its call");
    }
  }

  /** The other journals, and the store of remembered entities. */
  private CompletionStage<?> others() {
    return CompletableFuture.allOf(
        shards
            .queue(new QueueId(NOBODY, "nowhere"))
            .<Queue.GetReply>ask(Queue.Get::new, PATIENCE)
            .toCompletableFuture(),
        shards
            .agent(new AgentId(NOBODY, "nobody"))
            .<Agent.GetReply>ask(Agent.Get::new, PATIENCE)
            .toCompletableFuture(),
        shards
            .lot(new LotId(NOBODY, "nowhere"))
            .<ParkingLot.LotReply>ask(ParkingLot.Get::new, PATIENCE)
            .toCompletableFuture(),
        shards
            .directory(NOBODY)
            .<Directory.Listing>ask(Directory.List::new, PATIENCE)
            .toCompletableFuture());
  }

  private CompletionStage<?> wave() {
    List<CompletableFuture<Call.GetReply>> asked = new ArrayList<>();
    for (int i = 0; i < CALLS_A_WAVE; i++) {
      var call = shards.call(new CallId(NOBODY, UUID.randomUUID().toString()));
      call.tell(
          new Call.AboutOffer(
              new OfferId(UUID.randomUUID().toString()),
              new AgentId(NOBODY, "nobody"),
              new QueueId(NOBODY, "nowhere"),
              1));
      asked.add(call.<Call.GetReply>ask(Call.Get::new, PATIENCE).toCompletableFuture());
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new));
  }
}
