package tandem.http.routes;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import tandem.cluster.Metrics;
import tandem.cluster.Readiness;
import tandem.http.json.Problem;
import tandem.http.json.Problem.FieldError;

/** {@code /health/live}, {@code /health/ready} and {@code /metrics}, for whoever runs the node. */
final class HealthRoutes {
  private static final String OK = "ok";

  private final Readiness readiness;

  HealthRoutes(Readiness readiness) {
    this.readiness = readiness;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.open("/health/live", e -> health(e, readiness.live(), "Not alive.")),
        Endpoint.open("/health/ready", e -> health(e, readiness.ready(), "Not ready.")),
        Endpoint.open("/metrics", this::metrics));
  }

  private static CompletionStage<HttpResponse> health(
      Exchange exchange, Readiness.Report report, String otherwise) {
    exchange.query().finish();
    if (report.ok()) {
      return Replies.now(Replies.json(200, report));
    }
    List<FieldError> failing =
        report.checks().entrySet().stream()
            .filter(check -> !check.getValue().equals(OK))
            .map(check -> new FieldError(check.getKey(), check.getValue()))
            .toList();
    Problem problem = Problem.of(503, otherwise);
    return Replies.now(
        Replies.problem(
            new Problem(problem.type(), problem.title(), 503, otherwise, null, failing)));
  }

  private CompletionStage<HttpResponse> metrics(Exchange exchange) {
    String type =
        Metrics.contentType(
            exchange.request().getHeader("Accept").map(HttpHeader::value).orElse(null));
    return Replies.now(
        HttpResponse.create()
            .withEntity(HttpEntities.create(ContentTypes.parse(type), text(Metrics.render(type)))));
  }

  private static byte[] text(String metrics) {
    return metrics.getBytes(StandardCharsets.UTF_8);
  }
}
