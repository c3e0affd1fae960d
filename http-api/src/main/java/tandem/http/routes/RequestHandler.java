package tandem.http.routes;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.model.IllegalUriException;
import akka.stream.Materializer;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.cluster.Metrics;
import tandem.http.auth.Authenticator;
import tandem.http.auth.Client;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.routes.Endpoint.Access;
import tandem.http.routes.Endpoint.Content;
import tandem.http.routes.Endpoint.TextForm;
import tandem.http.routes.RouteTable.Match;

/**
 * Every request passes here: path, method, what is accepted, token, body, handler. The single place
 * where what went wrong becomes a problem for the client.
 */
public final class RequestHandler {
  private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);
  private static final double NANOS_A_SECOND = 1e9;

  private final RouteTable table;
  private final Authenticator authenticator;
  private final RequestBody bodies;
  private final Materializer materializer;
  private final Counter requests =
      Metrics.counter(
          "tandem_http_requests_total", "Requests answered.", "method", "route", "status");
  private final Histogram seconds =
      Metrics.latency("tandem_http_request_seconds", "Time to answer a request.", "route");

  public RequestHandler(
      RouteTable table,
      Authenticator authenticator,
      RequestBody bodies,
      Materializer materializer) {
    this.table = table;
    this.authenticator = authenticator;
    this.bodies = bodies;
    this.materializer = materializer;
  }

  public CompletionStage<HttpResponse> handle(HttpRequest request) {
    long started = System.nanoTime();
    Optional<Match> match = Optional.empty();
    CompletionStage<HttpResponse> answer;
    try {
      match = table.match(request);
      answer = answer(request, match);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    String route = RouteTable.label(match);
    return answer
        .exceptionally(failure -> Replies.problem(problem(request, failure)))
        .thenApply(
            response -> {
              String status = Integer.toString(response.status().intValue());
              requests.labels(knownMethod(request), route, status).inc();
              seconds.labels(route).observe((System.nanoTime() - started) / NANOS_A_SECOND);
              return response;
            });
  }

  private CompletionStage<HttpResponse> answer(HttpRequest request, Optional<Match> match) {
    if (match.isEmpty()) {
      return discard(request, RouteTable.unknown(request));
    }
    Match found = match.get();
    String method = request.method().value();
    if (method.equals("OPTIONS")) {
      return discard(request, Replies.options(found.allowed()));
    }
    Endpoint endpoint = found.byMethod().get(method);
    if (endpoint == null) {
      return discard(request, Replies.notAllowed(method, found.allowed()));
    }
    Optional<Problem> unacceptable = Negotiation.refusal(request, endpoint.content());
    if (unacceptable.isPresent()) {
      return discard(request, Replies.problem(unacceptable.get()));
    }
    @Nullable Client client;
    try {
      client = endpoint.access() == Access.TENANT ? authenticator.client(request) : null;
    } catch (ProblemException e) {
      return discard(request, Replies.problem(e.problem()));
    }
    if (endpoint.content() == Content.JSON_BODY || endpoint.content() == Content.OPTIONAL_BODY) {
      boolean optional = endpoint.content() == Content.OPTIONAL_BODY;
      return (optional ? bodies.readAny(request) : bodies.read(request))
          .thenCompose(
              body ->
                  endpoint
                      .handler()
                      .handle(new Exchange(request, found.path(), client, body, null, bodies)));
    }
    TextForm text = endpoint.text();
    if (text != null) {
      return bodies
          .text(request, text)
          .thenCompose(
              body ->
                  endpoint
                      .handler()
                      .handle(new Exchange(request, found.path(), client, null, body, bodies)));
    }
    Exchange exchange = new Exchange(request, found.path(), client, null, null, bodies);
    if (endpoint.content() == Content.LARGE_BODY || endpoint.content() == Content.FILE_BODY) {
      try {
        return endpoint.handler().handle(exchange);
      } catch (ProblemException e) {
        return discard(request, Replies.problem(e.problem()));
      }
    }
    var unused = request.discardEntityBytes(materializer);
    return endpoint.handler().handle(exchange);
  }

  /** A body nobody reads would block the connection. */
  private CompletionStage<HttpResponse> discard(HttpRequest request, HttpResponse answer) {
    var unused = request.discardEntityBytes(materializer);
    return Replies.now(answer);
  }

  private static Problem problem(HttpRequest request, Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof ProblemException known) {
      return known.problem();
    } else if (cause instanceof TimeoutException) {
      log.warn("{} {}: no answer in time", request.method().value(), request.getUri().path());
      return Problem.of(503, "The router did not answer in time; try again.");
    } else if (cause instanceof IllegalUriException) {
      return Problem.badRequest("The address is not valid: " + cause.getMessage());
    }
    log.error("{} {} failed", request.method().value(), request.getUri().path(), cause);
    return Problem.of(500, "This is a defect of Tandem; its log says more.");
  }

  private static String knownMethod(HttpRequest request) {
    return switch (request.method().value()) {
      case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> request.method().value();
      default -> "other";
    };
  }
}
