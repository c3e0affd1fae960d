package tandem.router;

import akka.actor.typed.ActorSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tandem.router.agent.Agent;
import tandem.router.call.Call;
import tandem.router.directory.Directory;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.domain.TenantId;
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

  private final Shards shards;

  WarmUp(ActorSystem<?> system) {
    this.shards = new Shards(system);
  }

  /** Whether a queue belongs to warm-ups only: what happens to it is not counted. */
  static boolean isOurs(QueueId queue) {
    return queue.tenant().equals(NOBODY);
  }

  CompletionStage<?> run() {
    CompletionStage<?> done = wave();
    for (int i = 1; i < WAVES; i++) {
      done = done.thenCompose(before -> wave());
    }
    return done.thenCompose(before -> others());
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
