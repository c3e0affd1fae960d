package tandem.http.routes;

import akka.Done;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tandem.http.json.Problem;
import tandem.http.json.Problem.FieldError;
import tandem.http.json.ProblemException;
import tandem.http.port.RouterPort;
import tandem.router.domain.TenantId;

/** Checks that queues somebody names exist: a typing error must not lose callers silently. */
final class KnownQueues {
  private final RouterPort router;

  KnownQueues(RouterPort router) {
    this.router = router;
  }

  /** Fails with 400 naming each queue that does not exist. */
  CompletionStage<Done> check(TenantId tenant, String field, List<String> names) {
    if (names.isEmpty()) {
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    return router
        .directory(tenant)
        .thenApply(
            listing -> {
              List<FieldError> missing =
                  names.stream()
                      .filter(name -> !listing.queues().contains(name))
                      .map(name -> new FieldError(field, "there is no queue '" + name + "'"))
                      .toList();
              if (!missing.isEmpty()) {
                throw new ProblemException(Problem.fields(missing));
              }
              return Done.getInstance();
            });
  }
}
