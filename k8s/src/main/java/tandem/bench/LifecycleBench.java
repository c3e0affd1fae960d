package tandem.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import tandem.cli.client.ApiClient;
import tandem.cli.client.SwitchConsole;
import tandem.cli.stack.FreePort;
import tandem.cli.stack.Home;
import tandem.cli.stack.NodeProcess;
import tandem.cli.stack.Services;
import tandem.cli.stack.SwitchAddress;
import tandem.cli.stack.Wait;

/**
 * Whole calls through a whole installation of its own: Cassandra, Kafka, the simulator with played
 * callers and phones, and one node with every role, each in a JVM of its own.
 */
final class LifecycleBench implements AutoCloseable {
  /** MB. */
  static final int CASSANDRA_HEAP = 1024;

  private static final int QUEUES = 4;
  private static final int AGENTS = 640;
  private static final int[] RAMP = {150, 300, 400, 500, 550, 600, 650, 700, 750, 800, 900};
  private static final int[] WARM_UP = {30, 60, 100, 150, 200, 250, 300, 350, 400, 400, 50};
  private static final Duration WARM_UP_STEP = Duration.ofSeconds(12);
  private static final Duration RAMP_UP = Duration.ofSeconds(1);
  private static final double SUSTAINED = 0.93;
  private static final Duration READY = Duration.ofMinutes(3);
  private static final Duration DRAIN = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One rate.
   *
   * @param offered calls a second asked for
   * @param placed calls a second really placed in the time that counts: they come at random
   * @param lifecycles calls a second that were connected and ended, while calls were placed; the
   *     first second, in which the first calls still talk, does not count
   * @param events a second persisted in the same time, by all entities and the link
   * @param p50Millis caller's INVITE to first agent's INVITE
   */
  record Step(
      int offered,
      double placed,
      double lifecycles,
      double events,
      double p50Millis,
      double p99Millis) {
    boolean sustained() {
      return lifecycles >= placed * SUSTAINED;
    }
  }

  private final Consumer<String> say;
  private final Home home;
  private final Services services;
  private final NodeProcess node;
  private final ApiClient api;

  private LifecycleBench(
      Consumer<String> say, Home home, Services services, NodeProcess node, ApiClient api) {
    this.say = say;
    this.home = home;
    this.services = services;
    this.node = node;
    this.api = api;
  }

  /** Starts the installation in a folder of its own, without what an earlier bench has left. */
  static LifecycleBench start(Home home, Consumer<String> say) {
    home.erase();
    home.prepare(2048);
    Services services =
        Services.start(
            Services.Settings.throwaway(home, List.of("--fast", "--no-sip"))
                .withCassandraHeap(CASSANDRA_HEAP),
            say);
    int port = FreePort.any();
    NodeProcess node =
        NodeProcess.start(
            home,
            services,
            NodeProcess.Settings.whole(port)
                .with(Map.of("tandem.edge.switch-defaults.originate-rate", 2000)));
    try {
      node.awaitReady(READY);
      say.accept("Making " + QUEUES + " queues and " + AGENTS + " agents");
      ApiClient api = new ApiClient(port, home.token());
      LifecycleBench bench = new LifecycleBench(say, home, services, node, api);
      bench.load();
      return bench;
    } catch (RuntimeException e) {
      node.kill();
      services.close();
      throw e;
    }
  }

  Services services() {
    return services;
  }

  private void load() {
    for (int q = 0; q < QUEUES; q++) {
      api.sendPatiently(
          "POST",
          "/api/v1/queues",
          Map.of("id", "q" + q, "strategy", "longest-idle", "ringTimeout", "15s", "wrapUp", "0s"),
          409);
      api.sendPatiently("PUT", "/api/v1/numbers/" + number(q), Map.of("queue", "q" + q));
    }
    for (int a = 0; a < AGENTS; a++) {
      api.sendPatiently(
          "POST",
          "/api/v1/agents",
          Map.of(
              "id",
              "a" + a,
              "displayName",
              "Agent " + a,
              "contact",
              "sip:a" + a + "@sim.invalid",
              "queues",
              List.of("q" + a % QUEUES)),
          409);
      api.sendPatiently("PUT", "/api/v1/agents/a" + a + "/state", Map.of("presence", "ready"));
    }
    Wait.until(
        "every queue knows its agents",
        READY,
        () ->
            api.list("/api/v1/queues").stream()
                .allMatch(
                    queue -> queue.path("live").path("available").asInt() == AGENTS / QUEUES));
    type("sim phone * ring=2 answer=20..80");
  }

  private static String number(int queue) {
    return "+1415555010" + queue;
  }

  /**
   * Runs calls until the JVMs have compiled the path, as they have in a node that has worked for
   * some minutes, and then at a low rate until Cassandra and Kafka are done with them; the figures
   * are not used.
   */
  void warmUp() {
    for (int rate : WARM_UP) {
      var unused = run(rate, WARM_UP_STEP);
    }
  }

  /** One rate for a while, then until the last call is over. */
  Step run(int rate, Duration length) {
    try (BenchCassandra cassandra = new BenchCassandra(services.cassandra().contactPoint())) {
      type("sim ledger clear");
      long placing = System.nanoTime();
      long calls = rate * length.toMillis() / 1000;
      type(
          "sim load rate=%d calls=%d to=%s patience=20000 talk=200..400 seed=%d poisson=true"
              .formatted(rate, calls, numbers(), rate));
      waitFor(placing, RAMP_UP);
      long begin = System.nanoTime();
      double eventsBefore = events(cassandra);
      JsonNode first = ledger();
      waitFor(placing, length);
      JsonNode last = ledger();
      double lifecycles = lifecycles(last) - lifecycles(first);
      double placed = last.path("placed").asDouble() - first.path("placed").asDouble();
      double events = events(cassandra) - eventsBefore;
      double seconds = (System.nanoTime() - begin) / 1e9;
      drain();
      JsonNode all = ledger();
      Step step =
          new Step(
              rate,
              placed / seconds,
              lifecycles / seconds,
              events / seconds,
              all.path("offerP50Micros").asDouble() / 1e3,
              all.path("offerP99Micros").asDouble() / 1e3);
      say.accept(
          String.format(
              Locale.ROOT,
              "%d calls/s offered: %.0f lifecycles/s, %.0f events/s, offer latency p50 %.1f ms, p99"
                  + " %.1f ms",
              rate,
              step.lifecycles(),
              step.events(),
              step.p50Millis(),
              step.p99Millis()));
      return step;
    }
  }

  /** Rises until the system no longer keeps up; the steps in their order. */
  List<Step> ramp(Duration each) {
    List<Step> steps = new ArrayList<>();
    for (int rate : RAMP) {
      Step step = run(rate, each);
      steps.add(step);
      if (!step.sustained()) {
        break;
      }
    }
    return steps;
  }

  private static void waitFor(long since, Duration pause) {
    long end = since + pause.toNanos();
    Wait.until("the calls are placed", DRAIN, () -> System.nanoTime() >= end);
  }

  private static double lifecycles(JsonNode ledger) {
    return ledger.path("ended").asDouble() - ledger.path("abandoned").asDouble();
  }

  private static String numbers() {
    List<String> numbers = new ArrayList<>();
    for (int q = 0; q < QUEUES; q++) {
      numbers.add(number(q));
    }
    return String.join(",", numbers);
  }

  private void drain() {
    Wait.until("the last call is over", DRAIN, () -> ledger().path("live").asInt() == 0);
  }

  private double events(BenchCassandra cassandra) {
    double events = cassandra.eventsOf("SwitchLink|" + Services.SWITCH);
    for (String line : api.metrics().lines().toList()) {
      if (line.startsWith("tandem_events_persisted_total{")) {
        events += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return events;
  }

  private JsonNode ledger() {
    try {
      return JSON.readTree(type("sim ledger"));
    } catch (IOException e) {
      throw new IllegalStateException("the simulator's ledger is no JSON", e);
    }
  }

  private String type(String command) {
    SwitchAddress at = services.switchAddress();
    try (SwitchConsole console =
        SwitchConsole.connect(at.host(), at.port(), at.password(), Duration.ofSeconds(10))) {
      String answer = console.api(command);
      if (answer.startsWith("-")) {
        throw new IllegalStateException(command + " was answered " + answer.strip());
      }
      return answer;
    } catch (IOException e) {
      throw new IllegalStateException(command + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    node.kill();
    services.close();
    home.erase();
  }
}
