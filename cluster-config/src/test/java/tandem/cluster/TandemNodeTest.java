package tandem.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.MemberStatus;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.cluster.typed.Cluster;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TandemNodeTest {
  private final List<TandemNode> nodes = new ArrayList<>();
  private final List<String> started = new CopyOnWriteArrayList<>();

  @AfterEach
  void stopNodes() throws Exception {
    for (TandemNode node : nodes) {
      node.system().terminate();
    }
    for (TandemNode node : nodes) {
      node.system().getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }

  private TandemNode start(String config, NodeModule... modules) {
    TandemNode node =
        TandemNode.start(
            ConfigFactory.parseString("tandem.liveness.limit = 60s\n" + config),
            List.of(modules),
            LivenessGate.JVM);
    nodes.add(node);
    return node;
  }

  private static void awaitMembers(TandemNode node, int count) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                StreamSupport.stream(
                        Cluster.get(node.system()).state().getMembers().spliterator(), false)
                    .filter(member -> member.status().equals(MemberStatus.up()))
                    .count(),
            up -> up == count);
  }

  private record Module(String name, String role, int order, List<String> started)
      implements NodeModule {
    @Override
    public void onEveryNode(NodeContext node) {
      started.add(name + " everywhere");
    }

    @Override
    public void onRole(NodeContext node) {
      started.add(name + " on role");
    }
  }

  @Test
  void shouldStartModulesInOrderAndRolesOnlyWhereTheyRun() {
    start(
        "tandem.node.roles = [router]",
        new Module("http", NodeRoles.API, 500, started),
        new Module("entities", NodeRoles.ROUTER, 200, started),
        new Module("storage", NodeRoles.ROUTER, 100, started));

    assertThat(started)
        .containsExactly(
            "storage everywhere",
            "storage on role",
            "entities everywhere",
            "entities on role",
            "http everywhere");
  }

  @Test
  void shouldNameTheModuleThatCannotStart() {
    NodeModule broken =
        new NodeModule() {
          @Override
          public String name() {
            return "storage";
          }

          @Override
          public String role() {
            return NodeRoles.ROUTER;
          }

          @Override
          public int order() {
            return 1;
          }

          @Override
          public void onRole(NodeContext node) {
            throw new IllegalStateException("no Cassandra at 127.0.0.1:9042");
          }
        };

    assertThatThrownBy(() -> start("", broken))
        .hasMessage("module 'storage' could not start: no Cassandra at 127.0.0.1:9042");
  }

  @Test
  void shouldFormOneClusterOfTwoNodesAndShareItsShards() {
    EntityTypeKey<String> key = EntityTypeKey.create(String.class, "Echo");
    Map<String, Integer> hosts = new ConcurrentHashMap<>();
    NodeModule echo =
        new NodeModule() {
          @Override
          public String name() {
            return "echo";
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
          public void onEveryNode(NodeContext node) {
            ClusterSharding.get(node.system())
                .init(
                    Entity.of(
                            key,
                            entity ->
                                Behaviors.receive(
                                    (context, message) -> {
                                      hosts.put(entity.getEntityId(), portOf(node.system()));
                                      return Behaviors.same();
                                    }))
                        .withRole(NodeRoles.ROUTER));
          }
        };
    TandemNode router = start("tandem.node.roles = [router]", echo);
    awaitMembers(router, 1);
    TandemNode api =
        start(
            "tandem.node.roles = [api]\ntandem.node.join = seeds\ntandem.node.seeds = [\""
                + router.address()
                + "\"]",
            echo);

    awaitMembers(router, 2);
    awaitMembers(api, 2);
    assertThat(api.up()).succeedsWithin(Duration.ofSeconds(10));
    ClusterSharding.get(api.system()).entityRefFor(key, "acme:1").tell("hello");

    await().atMost(Duration.ofSeconds(20)).until(() -> hosts.get("acme:1") != null);
    assertThat(hosts).containsEntry("acme:1", portOf(router.system()));
    assertThat(Cluster.get(api.system()).selfMember().getRoles()).contains("api");
  }

  @Test
  void shouldAnswerHealthAndMetricsOnTheManagementPort() throws Exception {
    int port = freePort();
    TandemNode node = start("tandem.node.management = on\nakka.management.http.port = " + port);
    Metrics.counter("tandem_test_management_total", "A test.").inc();

    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> get(port, "/ready"), answer -> answer.statusCode() == 200);
    assertThat(get(port, "/alive").statusCode()).isEqualTo(200);
    HttpResponse<String> metrics = get(port, "/metrics");
    assertThat(metrics.body()).contains("tandem_test_management_total 1.0").contains("jvm_threads");
    assertThat(metrics.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    assertThat(put(port, "/cluster/members/" + node.address(), "operation=down").statusCode())
        .as("the management port takes no orders")
        .isGreaterThanOrEqualTo(400);

    node.context().readiness().ready("links", () -> Optional.of("all lost"));
    assertThat(get(port, "/ready").statusCode()).isEqualTo(500);
    assertThat(get(port, "/alive").statusCode()).isEqualTo(200);
  }

  private static int portOf(ActorSystem<?> system) {
    return Cluster.get(system).selfMember().address().getPort().orElseThrow();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(port, path)).GET());
  }

  private static HttpResponse<String> put(int port, String path, String form) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(port, path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .PUT(HttpRequest.BodyPublishers.ofString(form)));
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient()
        .send(request.timeout(Duration.ofSeconds(5)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
