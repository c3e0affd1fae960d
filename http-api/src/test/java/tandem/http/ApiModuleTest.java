package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import com.typesafe.config.ConfigFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tandem.cluster.LivenessGate;
import tandem.cluster.NodeContext;
import tandem.cluster.NodeModule;
import tandem.cluster.NodeRoles;
import tandem.cluster.TandemNode;
import tandem.router.Shards;
import tandem.router.agent.Agent;
import tandem.router.directory.Directory;
import tandem.router.domain.AgentId;
import tandem.router.domain.Presence;
import tandem.router.feed.FeedItem;
import tandem.router.feed.FeedTopics;

/** The module on a real node of a cluster of one: sharding, topics, and how it stops. */
class ApiModuleTest {
  private static final String TOKEN = "a-token-of-demo";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Shards where agents answer from nowhere, and nobody answers about calls. */
  private record Entities() implements NodeModule {
    @Override
    public String name() {
      return "entities";
    }

    @Override
    public String role() {
      return NodeRoles.ROUTER;
    }

    @Override
    public int order() {
      return 200;
    }

    @Override
    public void onRole(NodeContext node) {
      ClusterSharding sharding = ClusterSharding.get(node.system());
      sharding.init(Entity.of(Shards.AGENTS, context -> agent(context.getEntityId())));
      sharding.init(Entity.of(Shards.DIRECTORIES, context -> directory()));
      sharding.init(
          Entity.of(
              Shards.CALLS, context -> Behaviors.receiveMessage(message -> Behaviors.same())));
      sharding.init(
          Entity.of(
              Shards.QUEUES, context -> Behaviors.receiveMessage(message -> Behaviors.same())));
      sharding.init(
          Entity.of(
              Shards.NUMBERS, context -> Behaviors.receiveMessage(message -> Behaviors.same())));
      sharding.init(
          Entity.of(
              Shards.LINKS, context -> Behaviors.receiveMessage(message -> Behaviors.same())));
    }

    private static Behavior<Agent.Command> agent(String id) {
      return Behaviors.receiveMessage(
          message -> {
            if (message instanceof Agent.Get get) {
              String name = AgentId.parse(id).name();
              get.replyTo().tell(new Agent.GetReply(Views.agent(name, Presence.READY), 4));
            }
            return Behaviors.same();
          });
    }

    private static Behavior<Directory.Command> directory() {
      return Behaviors.receiveMessage(
          message -> {
            if (message instanceof Directory.List list) {
              list.replyTo()
                  .tell(
                      new Directory.Listing(
                          new TreeSet<>(List.of("anna", "ben")), new TreeSet<>(), new TreeSet<>()));
            }
            return Behaviors.same();
          });
    }
  }

  private static TandemNode start(int port) {
    String config =
        """
        tandem.node.roles = [api, router]
        tandem.liveness.limit = 60s
        tandem.http {
          port = %d
          ask-timeout = 1s
          tokens = [{token = "%s", tenant = demo}]
        }
        datastax-java-driver.advanced.reconnect-on-init = false
        """
            .formatted(port, TOKEN);
    return TandemNode.start(
        ConfigFactory.parseString(config),
        List.of(new Entities(), new ApiModule()),
        LivenessGate.JVM);
  }

  @Test
  void shouldServeAClusterAndSayGoodbye() throws Exception {
    TandemNode node = start(0);
    try {
      String address = "127.0.0.1:" + ApiAddress.get(node.system()).bound().orElseThrow().getPort();
      node.up().toCompletableFuture().get(30, TimeUnit.SECONDS);

      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(get(address, "/api/v1/agents").body())
                      .contains("\"anna\"", "\"ben\""));
      assertThat(get(address, "/api/v1/queues/support").statusCode()).isEqualTo(404);
      // The number directory of this test keeps silent.
      assertThat(get(address, "/api/v1/numbers/%2B14155550100").statusCode()).isEqualTo(503);
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> get(address, "/health/ready").statusCode() == 200);

      Listener listener = new Listener();
      WebSocket socket =
          HTTP.newWebSocketBuilder()
              .header("Authorization", "Bearer " + TOKEN)
              .buildAsync(URI.create("ws://" + address + "/feed"), listener)
              .join();
      assertThat(listener.messages.poll(10, TimeUnit.SECONDS)).contains("\"snapshot\"", "\"anna\"");
      FeedTopics.get(node.system())
          .publish(
              new FeedItem(Views.DEMO, "demo:anna", 5, Views.agent("anna", Presence.NOT_READY)));
      assertThat(listener.messages.poll(10, TimeUnit.SECONDS))
          .contains("\"user-presence\"", "\"not-ready\"");

      CompletionStage<?> stopped = node.stop();
      assertThat(listener.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1001);
      socket.abort();
      stopped.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } finally {
      node.system().terminate();
      node.system().getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void shouldSayInOneLineThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start(taken.getLocalPort()))
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("in use")
          .hasMessageContaining("tandem.http.port")
          .message()
          .doesNotContain("\n");
    }
  }

  private static HttpResponse<String> get(String address, String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create("http://" + address + path))
            .header("Authorization", "Bearer " + TOKEN)
            .build(),
        BodyHandlers.ofString());
  }

  private static final class Listener implements WebSocket.Listener {
    final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      messages.add(data.toString());
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }
  }
}
