package tandem.http.routes;

import akka.Done;
import akka.pattern.Patterns;
import akka.stream.Materializer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.port.RouterPort;
import tandem.router.directory.Directory;
import tandem.router.domain.AgentId;
import tandem.router.domain.QueueId;
import tandem.router.domain.TenantId;

/**
 * Keeps names that nobody gave to anything away from the entities: a question starts an entity, and
 * the cluster remembers for ever what was started. The tenant's directory is asked first.
 *
 * <p>An agent or queue lists itself a moment after it was made. Who makes one is answered only when
 * it is listed, so that every node knows it from then on.
 */
final class Listed {
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** With the pause 3 s, as long as any entity is waited for. */
  private static final int LOOKS = 150;

  private final RouterPort router;
  private final Materializer materializer;

  Listed(RouterPort router, Materializer materializer) {
    this.router = router;
    this.materializer = materializer;
  }

  /** Fails with 404 when the tenant has no such agent. */
  CompletionStage<Done> agent(AgentId id) {
    return check(id.tenant(), "agent", id.name(), has(id));
  }

  /** Fails with 404 when the tenant has no such queue. */
  CompletionStage<Done> queue(QueueId id) {
    return check(id.tenant(), "queue", id.name(), has(id));
  }

  /** Done when an agent that was made is listed; 503 when that takes too long. */
  CompletionStage<Done> until(AgentId id) {
    return until(id.tenant(), has(id), LOOKS);
  }

  /** Done when a queue that was made is listed; 503 when that takes too long. */
  CompletionStage<Done> until(QueueId id) {
    return until(id.tenant(), has(id), LOOKS);
  }

  private CompletionStage<Done> check(
      TenantId tenant, String kind, String name, Predicate<Directory.Listing> has) {
    return router
        .directory(tenant)
        .thenApply(
            listing -> {
              if (!has.test(listing)) {
                throw new ProblemException(Problem.notFound(kind, name));
              }
              return Done.getInstance();
            });
  }

  private CompletionStage<Done> until(
      TenantId tenant, Predicate<Directory.Listing> has, int looks) {
    return router
        .directory(tenant)
        .thenCompose(
            listing -> {
              if (has.test(listing)) {
                return CompletableFuture.completedFuture(Done.getInstance());
              } else if (looks == 1) {
                return CompletableFuture.failedFuture(
                    new TimeoutException("made, but the directory has not heard of it yet"));
              }
              return Patterns.after(
                  PAUSE, materializer.system(), () -> until(tenant, has, looks - 1));
            });
  }

  private static Predicate<Directory.Listing> has(AgentId id) {
    return listing -> listing.agents().contains(id.name());
  }

  private static Predicate<Directory.Listing> has(QueueId id) {
    return listing -> listing.queues().contains(id.name());
  }
}
