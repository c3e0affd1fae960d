package tandem.http.routes;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.DateTime;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaType;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.CacheControl;
import akka.http.javadsl.model.headers.CacheDirectives;
import akka.http.javadsl.model.headers.ETag;
import akka.http.javadsl.model.headers.EntityTag;
import akka.http.javadsl.model.headers.LastModified;
import akka.http.javadsl.model.headers.Location;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tandem.http.json.Json;
import tandem.http.json.Problem;

/** The answers, each with its content type, in one place. */
public final class Replies {
  private static final ContentType PROBLEM =
      MediaTypes.applicationWithFixedCharset("problem+json", HttpCharsets.UTF_8).toContentType();

  /** One JSON value a line. */
  static final MediaType.WithFixedCharset LINES =
      MediaTypes.applicationWithFixedCharset("x-ndjson", HttpCharsets.UTF_8);

  /** What one tenant may see is in no shared cache. */
  private static final HttpHeader NO_STORE = CacheControl.create(CacheDirectives.NO_STORE);

  private static final HttpHeader NO_SNIFF = RawHeader.create("X-Content-Type-Options", "nosniff");

  /** Or some proxies would keep the lines until all are there. */
  private static final HttpHeader NO_BUFFERING = RawHeader.create("X-Accel-Buffering", "no");

  private Replies() {}

  static HttpResponse json(int status, Object body) {
    return HttpResponse.create()
        .withStatus(status)
        .addHeader(NO_STORE)
        .addHeader(NO_SNIFF)
        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.bytes(body)));
  }

  /** Text for people. */
  static HttpResponse text(String text) {
    return HttpResponse.create()
        .addHeader(NO_STORE)
        .addHeader(NO_SNIFF)
        .withEntity(HttpEntities.create(ContentTypes.TEXT_PLAIN_UTF8, text));
  }

  /** Lines of JSON, each sent when it is there. */
  static HttpResponse lines(Source<ByteString, ?> lines) {
    return HttpResponse.create()
        .addHeader(NO_STORE)
        .addHeader(NO_SNIFF)
        .addHeader(NO_BUFFERING)
        .withEntity(HttpEntities.createChunked(LINES.toContentType(), lines));
  }

  static HttpResponse created(String location, Object body) {
    return json(201, body).addHeader(Location.create(location));
  }

  /** A document exactly as it was written, with who wrote it and when. */
  static HttpResponse document(PlanDocument document) {
    HttpResponse response =
        HttpResponse.create()
            .addHeader(NO_STORE)
            .addHeader(NO_SNIFF)
            .addHeader(tag(document.tag()))
            .addHeader(LastModified.create(DateTime.create(document.at().toEpochMilli())))
            .addHeader(RawHeader.create("Tandem-Plan-Author", ascii(document.author())))
            .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, document.text()));
    Long version = document.version();
    return version == null
        ? response
        : response.addHeader(RawHeader.create("Tandem-Plan-Version", version.toString()));
  }

  /** The entity tag of what a reply is about. */
  static HttpHeader tag(String tag) {
    return ETag.create(EntityTag.create(tag, false));
  }

  /** A header holds printable ASCII: what is not, and the percent sign, stands as in addresses. */
  private static String ascii(String text) {
    StringBuilder ascii = new StringBuilder();
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      if (one >= ' ' && one <= '~' && one != '%') {
        ascii.append((char) one);
      } else {
        ascii.append(String.format(Locale.ROOT, "%%%02X", one));
      }
    }
    return ascii.toString();
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
      case 429 -> response.addHeader(RawHeader.create("Retry-After", "5"));
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
