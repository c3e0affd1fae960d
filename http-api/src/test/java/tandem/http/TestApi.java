package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.http.javadsl.ServerBinding;
import akka.stream.SystemMaterializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import tandem.cluster.Readiness;
import tandem.http.auth.Authenticator;
import tandem.http.auth.Tokens;
import tandem.http.feed.FeedEndpoint;
import tandem.http.feed.FeedSettings;
import tandem.http.routes.ApiRoutes;
import tandem.http.routes.Endpoint;
import tandem.http.routes.RouteTable;
import tandem.http.routes.Simulations;
import tandem.router.domain.simulate.Simulation;

/** A real server on a free port over a router and a history in memory, and a client for it. */
final class TestApi implements AutoCloseable {
  static final String TOKEN = "demo-token-1";
  static final String OTHER_TOKEN = "other-token-2";
  static final String ANNA_TOKEN = "anna-token-3";
  static final String ZOE_TOKEN = "zoe-token-4";
  private static final String CONFIG =
      """
      akka.actor.provider = local
      akka.loglevel = WARNING
      tandem.http {
        port = 0
        tokens = [
          {token = "demo-token-1", tenant = demo}
          {token = "other-token-2", tenant = other}
          {token = "anna-token-3", tenant = demo, user = "anna@example.com"}
          {token = "zoe-token-4", tenant = demo, user = "Zoë 100%"}
        ]
      }
      """;

  final FakeRouter router = new FakeRouter();
  final FakeHistory history = new FakeHistory();
  final FakeMedia media = new FakeMedia();
  final FakeFeed feed = new FakeFeed();
  final Readiness readiness = new Readiness();

  /** What simulates; tests may put something in its place. */
  volatile Simulations.Engine engine = Simulation::run;

  final Simulations simulations =
      new Simulations(
          (plan, traffic, staffing, options, progress) ->
              engine.run(plan, traffic, staffing, options, progress));

  final OpenApiContract contract = new OpenApiContract();
  final ActorTestKit kit;
  final RouteTable table;
  final URI root;
  private final ServerBinding binding;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper json = new ObjectMapper();

  TestApi(String moreConfig) {
    Config config =
        ConfigFactory.parseString(moreConfig)
            .withFallback(ConfigFactory.parseString(CONFIG))
            .withFallback(ConfigFactory.parseResources("tandem/role/api.conf"))
            .withFallback(ConfigFactory.load());
    kit = ActorTestKit.create("http-api-test", config.resolve());
    Authenticator authenticator = new Authenticator(Tokens.from(config));
    List<Endpoint> endpoints =
        new ArrayList<>(
            ApiRoutes.all(
                router,
                history,
                media,
                readiness,
                simulations,
                SystemMaterializer.get(kit.system()).materializer()));
    endpoints.add(
        new FeedEndpoint(kit.system(), FeedSettings.from(config), router, feed, authenticator)
            .endpoint());
    ApiServer server =
        new ApiServer(kit.system(), ApiSettings.from(config), authenticator, endpoints);
    table = server.table();
    binding = server.bind().toCompletableFuture().join();
    root = URI.create("http://127.0.0.1:" + binding.localAddress().getPort());
  }

  int port() {
    return root.getPort();
  }

  /** One answer. */
  record Answer(int status, HttpResponse<String> raw, JsonNode body) {
    String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }

    String field(int i) {
      return body.path("errors").path(i).path("field").asText();
    }

    String message(int i) {
      return body.path("errors").path(i).path("message").asText();
    }
  }

  /** A request that fits the document; so does its answer. */
  Answer call(String method, String path, String body) {
    return send(request(method, path, body), true);
  }

  Answer get(String path) {
    return call("GET", path, null);
  }

  /** A request that does not fit the document; its answer does. */
  Answer bad(String method, String path, String body) {
    return send(request(method, path, body), false);
  }

  HttpRequest.Builder request(String method, String path, String body) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(root.resolve(path))
            .timeout(Duration.ofSeconds(10))
            .header("Authorization", "Bearer " + TOKEN);
    if (body == null) {
      return builder.method(method, BodyPublishers.noBody());
    }
    return builder
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(body));
  }

  /** A request as {@link #request} makes it, with one more header. */
  HttpRequest.Builder with(String header, String value, String method, String path, String body) {
    return request(method, path, body).header(header, value);
  }

  /** Sends and holds the exchange against the document. */
  Answer send(HttpRequest.Builder builder, boolean validRequest) {
    HttpRequest request = builder.build();
    HttpResponse<String> response = raw(request);
    String type =
        response.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "").strip();
    List<String> wrong =
        contract.check(
            request.method(),
            request.uri(),
            sentBody(request),
            validRequest,
            response.statusCode(),
            response.headers().map(),
            type,
            response.body());
    assertThat(wrong)
        .as(
            "%s %s -> %s %s",
            request.method(), request.uri(), response.statusCode(), response.body())
        .isEmpty();
    return new Answer(
        response.statusCode(), response, type.endsWith("json") ? read(response.body()) : null);
  }

  HttpResponse<String> raw(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  JsonNode read(String text) {
    try {
      return json.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + text, e);
    }
  }

  private static Optional<String> sentBody(HttpRequest request) {
    return request
        .bodyPublisher()
        .filter(publisher -> publisher.contentLength() > 0)
        .map(BodyText::of);
  }

  @Override
  public void close() {
    binding.terminate(Duration.ofMillis(50)).toCompletableFuture().join();
    media.close();
    kit.shutdownTestKit();
  }
}
