package tandem.http.routes;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.CacheControl;
import akka.http.javadsl.model.headers.CacheDirectives;
import akka.http.javadsl.model.headers.Location;
import akka.http.javadsl.model.headers.RawHeader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tandem.http.json.Json;
import tandem.http.json.Problem;

/** The answers, each with its content type, in one place. */
public final class Replies {
  private static final ContentType PROBLEM =
      MediaTypes.applicationWithFixedCharset("problem+json", HttpCharsets.UTF_8).toContentType();

  /** What one tenant may see is in no shared cache. */
  private static final HttpHeader NO_STORE = CacheControl.create(CacheDirectives.NO_STORE);

  private static final HttpHeader NO_SNIFF = RawHeader.create("X-Content-Type-Options", "nosniff");

  private Replies() {}

  static HttpResponse json(int status, Object body) {
    return HttpResponse.create()
        .withStatus(status)
        .addHeader(NO_STORE)
        .addHeader(NO_SNIFF)
        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.bytes(body)));
  }

  static HttpResponse created(String location, Object body) {
    return json(201, body).addHeader(Location.create(location));
  }

  static HttpResponse empty() {
    return HttpResponse.create().withStatus(StatusCodes.NO_CONTENT).addHeader(NO_STORE);
  }

  /** The problem, with the headers its status asks for. */
  public static HttpResponse problem(Problem problem) {
    HttpResponse response =
        HttpResponse.create()
            .withStatus(problem.status())
            .addHeader(NO_STORE)
            .addHeader(NO_SNIFF)
            .withEntity(HttpEntities.create(PROBLEM, Json.bytes(problem)));
    return switch (problem.status()) {
      case 401 ->
          response.addHeader(RawHeader.create("WWW-Authenticate", "Bearer realm=\"tandem\""));
      case 503 -> response.addHeader(RawHeader.create("Retry-After", "1"));
      default -> response;
    };
  }

  static HttpResponse notAllowed(String method, List<String> allowed) {
    return problem(Problem.of(405, method + " is not possible here."))
        .addHeader(RawHeader.create("Allow", String.join(", ", allowed)));
  }

  static HttpResponse options(List<String> allowed) {
    return empty().addHeader(RawHeader.create("Allow", String.join(", ", allowed)));
  }

  static CompletionStage<HttpResponse> now(HttpResponse response) {
    return CompletableFuture.completedFuture(response);
  }
}
