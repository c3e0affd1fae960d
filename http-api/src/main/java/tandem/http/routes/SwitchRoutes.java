package tandem.http.routes;

import akka.http.javadsl.model.HttpResponse;
import akka.stream.Materializer;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.json.Wire;
import tandem.http.port.RouterPort;
import tandem.router.domain.SwitchId;

/** {@code /api/v1/switches}: how each FreeSWITCH's link stands. */
final class SwitchRoutes {
  private static final String ALL = "/api/v1/switches";

  private final RouterPort router;
  private final Materializer materializer;

  SwitchRoutes(RouterPort router, Materializer materializer) {
    this.router = router;
    this.materializer = materializer;
  }

  List<Endpoint> endpoints() {
    return List.of(Endpoint.get(ALL, this::list), Endpoint.get(ALL + "/{id}", this::one));
  }

  private CompletionStage<HttpResponse> list(Exchange exchange) {
    exchange.query().finish();
    return Gather.all(router.switches(), this::statusOrUnknown, materializer)
        .thenApply(all -> Replies.json(200, new Wire.Page<>(all, null)));
  }

  private CompletionStage<HttpResponse> one(Exchange exchange) {
    exchange.query().finish();
    SwitchId id = exchange.link();
    if (!router.switches().contains(id)) {
      throw new ProblemException(Problem.notFound("switch", id.value()));
    }
    return statusOrUnknown(id).thenApply(status -> Replies.json(200, status));
  }

  /** A link that does not answer is worth seeing beside those that do. */
  private CompletionStage<Wire.Switch> statusOrUnknown(SwitchId id) {
    return router
        .switchStatus(id)
        .thenApply(Wire::link)
        .exceptionally(
            failure -> {
              Throwable cause =
                  failure instanceof CompletionException ? failure.getCause() : failure;
              if (cause instanceof TimeoutException) {
                return Wire.Switch.unknown(id);
              }
              throw new CompletionException(cause);
            });
  }
}
