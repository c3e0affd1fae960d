package tandem.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tandem.cli.client.ApiClient;
import tandem.cli.client.SwitchConsole;
import tandem.cli.stack.DemoTenant;
import tandem.cli.stack.FreePort;
import tandem.cli.stack.Home;
import tandem.cli.stack.NodeProcess;
import tandem.cli.stack.Services;
import tandem.cli.stack.SwitchAddress;

/**
 * Nodes in JVMs of their own with a real Cassandra, a real Kafka and a switch, for one test. Single
 * owner of all its processes.
 */
final class TandemCluster implements AutoCloseable {
  static final Duration READY = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Home home;
  private final Services services;
  private final List<NodeProcess> nodes = new ArrayList<>();

  private TandemCluster(Home home, Services services) {
    this.home = home;
    this.services = services;
  }

  /** Starts what nodes need, in a folder of the test's own, without what was in it. */
  static TandemCluster start(String test, UnaryOperator<Services.Settings> how) {
    Home home = home(test);
    home.erase();
    home.prepare(1024);
    Services.Settings settings = Services.Settings.throwaway(home, List.of());
    return new TandemCluster(
        home, Services.start(how.apply(settings), text -> System.out.println(test + ": " + text)));
  }

  static Home home(String test) {
    return new Home(Path.of("target", "system", test));
  }

  Services services() {
    return services;
  }

  /** Starts one node; returns at once. */
  NodeProcess startNode(NodeProcess.Settings settings) {
    NodeProcess node = NodeProcess.start(home, services, settings);
    nodes.add(node);
    return node;
  }

  /** Starts a node with every role and waits until it and its link to the switch are ready. */
  NodeProcess startWholeNode(int httpPort, Map<String, Object> extra) {
    NodeProcess node = startNode(NodeProcess.Settings.whole(httpPort).with(extra));
    node.awaitReady(READY);
    awaitLink(api(httpPort));
    return node;
  }

  static NodeProcess.Settings part(
      String name, List<String> roles, int remotingPort, List<String> seeds, int heapMegabytes) {
    return new NodeProcess.Settings(
        name, roles, FreePort.any(), remotingPort, FreePort.any(), seeds, heapMegabytes, Map.of());
  }

  ApiClient api(int httpPort) {
    return new ApiClient(httpPort, home.token());
  }

  static void awaitLink(ApiClient api) {
    await("the switch link is ready")
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                api.list("/api/v1/switches").stream()
                    .anyMatch(link -> link.path("state").asText().equals("ready")));
  }

  /** Waits until every queue knows its members. */
  static void awaitMembers(ApiClient api, String queue, int members) {
    await("queue " + queue + " knows its agents")
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                api.get("/api/v1/queues/" + queue).path("live").path("available").asInt()
                    == members);
  }

  /** Loads the demo tenant with the simulator's own phones and no wrap-up. */
  static void loadDemo(ApiClient api) {
    DemoTenant.load(api, DemoTenant.SIMULATED_PHONES, 12, "0s", UnaryOperator.identity());
  }

  SwitchConsole console() throws IOException {
    SwitchAddress address = services.switchAddress();
    return SwitchConsole.connect(
        address.host(), address.port(), address.password(), Duration.ofSeconds(5));
  }

  /** What one command at the switch answers, as JSON. */
  JsonNode ask(String command) {
    try (SwitchConsole console = console()) {
      return JSON.readTree(console.api(command));
    } catch (IOException e) {
      throw new IllegalStateException(command + ": " + e.getMessage(), e);
    }
  }

  /** Types one command at the switch. */
  String type(String command) {
    try (SwitchConsole console = console()) {
      return console.api(command);
    } catch (IOException e) {
      throw new IllegalStateException(command + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    nodes.stream().filter(NodeProcess::isAlive).forEach(NodeProcess::kill);
    services.close();
  }
}
