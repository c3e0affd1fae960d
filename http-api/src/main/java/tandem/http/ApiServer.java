package tandem.http;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.TimeoutAccess;
import akka.http.javadsl.settings.ServerSettings;
import akka.stream.Materializer;
import akka.stream.SystemMaterializer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import tandem.http.auth.Authenticator;
import tandem.http.json.Problem;
import tandem.http.routes.Endpoint;
import tandem.http.routes.Replies;
import tandem.http.routes.RequestBody;
import tandem.http.routes.RequestHandler;
import tandem.http.routes.RouteTable;

/** The node's HTTP server. */
final class ApiServer {
  private final ActorSystem<?> system;
  private final ApiSettings settings;
  private final RouteTable table;
  private final RequestHandler handler;

  ApiServer(
      ActorSystem<?> system,
      ApiSettings settings,
      Authenticator authenticator,
      List<Endpoint> endpoints) {
    this.system = system;
    this.settings = settings;
    this.table = new RouteTable(endpoints);
    Materializer materializer = SystemMaterializer.get(system).materializer();
    this.handler =
        new RequestHandler(
            table,
            authenticator,
            new RequestBody(settings.maxBody(), settings.bodyTimeout(), materializer),
            materializer);
  }

  RouteTable table() {
    return table;
  }

  /** Listens; fails with {@link java.net.BindException} as a cause when the port is taken. */
  CompletionStage<ServerBinding> bind() {
    ServerSettings server =
        ServerSettings.create(Adapter.toClassic(system)).withTransparentHeadRequests(true);
    return Http.get(system)
        .newServerAt(settings.host(), settings.port())
        .withSettings(server)
        .bind(this::answer);
  }

  private CompletionStage<HttpResponse> answer(HttpRequest request) {
    request
        .getHeader(TimeoutAccess.class)
        .ifPresent(
            header ->
                header
                    .timeoutAccess()
                    .updateHandler(
                        late ->
                            Replies.problem(
                                Problem.of(503, "The answer took too long; try again."))));
    return handler.handle(request);
  }
}
