package tandem.http.routes;

import akka.Done;
import akka.stream.Materializer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import tandem.http.json.Problem;
import tandem.http.json.Problem.FieldError;
import tandem.http.json.ProblemException;
import tandem.http.port.RouterPort;
import tandem.router.domain.QueueId;
import tandem.router.domain.TenantId;

/** Checks that queues somebody names exist: a typing error must not lose callers silently. */
final class KnownQueues {
  private final RouterPort router;
  private final Materializer materializer;

  KnownQueues(RouterPort router, Materializer materializer) {
    this.router = router;
    this.materializer = materializer;
  }

  /** Fails with 400 naming each queue that does not exist. */
  CompletionStage<Done> check(TenantId tenant, String field, List<String> names) {
    return Gather.all(names, name -> router.queue(new QueueId(tenant, name)), materializer)
        .thenApply(
            replies -> {
              List<FieldError> missing = new ArrayList<>();
              for (int i = 0; i < names.size(); i++) {
                if (replies.get(i).view() == null) {
                  missing.add(new FieldError(field, "there is no queue '" + names.get(i) + "'"));
                }
              }
              if (!missing.isEmpty()) {
                throw new ProblemException(Problem.fields(missing));
              }
              return Done.getInstance();
            });
  }
}
