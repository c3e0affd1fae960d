package tandem.http;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.ServerBinding;
import akka.stream.Materializer;
import akka.stream.SystemMaterializer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.cluster.NodeContext;
import tandem.cluster.NodeModule;
import tandem.http.auth.Authenticator;
import tandem.http.auth.Tokens;
import tandem.http.feed.FeedEndpoint;
import tandem.http.feed.FeedSettings;
import tandem.http.feed.FeedSource;
import tandem.http.port.RouterPort;
import tandem.http.port.ShardedRouter;
import tandem.http.routes.ApiRoutes;
import tandem.http.routes.Endpoint;
import tandem.http.routes.Simulations;
import tandem.persistence.media.MediaLibrary;
import tandem.persistence.readmodel.CallHistory;
import tandem.router.domain.simulate.Simulation;

/** Role {@code api}: REST, the live feed, the documents, health and metrics on one port. */
public final class ApiModule implements NodeModule {
  private static final Logger log = LoggerFactory.getLogger(ApiModule.class);

  @Override
  public String name() {
    return "http-api";
  }

  @Override
  public String role() {
    return "api";
  }

  @Override
  public int order() {
    return 500;
  }

  /**
   * Listens before the node is a member: until then health says not ready, and the rest 503.
   *
   * @throws IllegalStateException in one line, when the address cannot be had
   */
  @Override
  public void onRole(NodeContext node) {
    ActorSystem<?> system = node.system();
    ApiSettings settings = ApiSettings.from(node.config());
    RouterPort router = new ShardedRouter(system, settings.askTimeout(), settings.switches());
    Authenticator authenticator = new Authenticator(Tokens.from(node.config()));
    Materializer materializer = SystemMaterializer.get(system).materializer();
    Simulations simulations = new Simulations(Simulation::run);
    List<Endpoint> endpoints =
        new ArrayList<>(
            ApiRoutes.all(
                router,
                CallHistory.of(system),
                MediaLibrary.of(system),
                node.readiness(),
                simulations,
                materializer));
    FeedEndpoint feed =
        new FeedEndpoint(
            system,
            FeedSettings.from(node.config()),
            router,
            FeedSource.topics(system),
            authenticator);
    endpoints.add(feed.endpoint());
    ApiServer server = new ApiServer(system, settings, authenticator, endpoints);
    ServerBinding binding = bind(server, settings);
    ApiAddress.get(system).bound(binding.localAddress());
    stopGracefully(system, binding, feed, simulations, settings);
    log.info("API on http:/{}", binding.localAddress());
  }

  /** On the thread that starts the node, where waiting is allowed. */
  private static ServerBinding bind(ApiServer server, ApiSettings settings) {
    try {
      probe(settings);
      return server.bind().toCompletableFuture().join();
    } catch (IOException | CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException(
          "cannot listen on "
              + settings.host()
              + ':'
              + settings.port()
              + ": "
              + cause.getMessage()
              + "; set tandem.http.port (TANDEM_HTTP_PORT) to a free one",
          e);
    }
  }

  /** Asked first, since Akka logs the whole stack of a port that is taken. */
  private static void probe(ApiSettings settings) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(settings.host(), settings.port()));
    }
  }

  private static void stopGracefully(
      ActorSystem<?> system,
      ServerBinding binding,
      FeedEndpoint feed,
      Simulations simulations,
      ApiSettings settings) {
    CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
    shutdown.addTask(
        CoordinatedShutdown.PhaseServiceUnbind(),
        "http-api-unbind",
        () -> binding.unbind().thenApply(done -> Done.getInstance()));
    shutdown.addTask(
        CoordinatedShutdown.PhaseServiceRequestsDone(),
        "http-api-drain",
        () -> {
          feed.closeAll();
          simulations.close();
          return binding.terminate(settings.drain()).thenApply(done -> Done.getInstance());
        });
  }
}
