package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tandem.http.TestApi.Answer;
import tandem.http.routes.Simulations.Engine;
import tandem.router.domain.TenantId;
import tandem.router.domain.simulate.Simulation;

/** How simulations run beside each other, and how they end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulationRunTest {
  private static final TenantId OTHER = new TenantId("other");
  private static final String CURRENT = "/api/v1/plans/current/simulate";
  private static final String DRAFT = "/api/v1/plans/draft/simulate";
  private static final String TOKENS =
      """
      tandem.http.tokens = [
        {token = "demo-token-1", tenant = demo}
        {token = "other-token-2", tenant = other}
        {token = "third-token-3", tenant = third}
      ]
      """;

  private TestApi api;

  @BeforeAll
  void start() {
    api = new TestApi(TOKENS);
  }

  @AfterAll
  void stop() {
    api.close();
  }

  @BeforeEach
  void plan() {
    api.engine = Simulation::run;
    api.router.plans.clear();
    Plans.publish(api, SimulatedDay.PLAN);
  }

  @Test
  void shouldTellProgressAtMostFourTimesASecond() {
    api.engine =
        (plan, traffic, staffing, options, progress) -> {
          for (int i = 0; i < 100_000; i++) {
            assertThat(progress.at(i / 100_000.0)).isTrue();
          }
          return Simulation.run(plan, traffic, staffing, options, progress);
        };
    long begin = System.nanoTime();

    int lines = SimulatedDay.lines(api, api.call("POST", CURRENT, SimulatedDay.withCsv(""))).size();

    long quarters = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 250;
    assertThat(lines).isBetween(2, (int) quarters + 2);
  }

  /** Goes on until nobody wants it, and tells then. */
  private Engine endless(CompletableFuture<Thread> ended) {
    return (plan, traffic, staffing, options, progress) -> {
      while (progress.at(0.254)) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
      ended.complete(Thread.currentThread());
      return Optional.empty();
    };
  }

  private void until(String tenantToken) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              try (var run =
                  new RunningSimulation(api, tenantToken, DRAFT, SimulatedDay.withCsv(""))) {
                assertThat(run.status()).isEqualTo("HTTP/1.1 200 OK");
                // To its end: it has a place itself.
                assertThat(Stream.generate(run::next).takeWhile(Objects::nonNull)).isNotEmpty();
              }
            });
  }

  @Test
  void shouldEndTheRunWhenTheClientGoesAway() throws Exception {
    CompletableFuture<Thread> ended = new CompletableFuture<>();
    api.engine = endless(ended);
    double before = runs("cancelled");
    try (var run = new RunningSimulation(api, TestApi.TOKEN, CURRENT, SimulatedDay.withCsv(""))) {
      assertThat(run.status()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(run.next()).isEqualTo("{\"progress\":0.25}");
      assertThat(run.next()).isEqualTo("{\"progress\":0.25}");
      assertThat(ended).isNotDone();
    }

    Thread thread = ended.get(10, TimeUnit.SECONDS);

    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getName()).startsWith("simulation-");
    assertThat(thread.getPriority()).isEqualTo(Thread.MIN_PRIORITY);
    await().untilAsserted(() -> assertThat(runs("cancelled")).isEqualTo(before + 1));
    api.engine = Simulation::run;
    until(TestApi.TOKEN);
  }

  private static double runs(String outcome) {
    Double value =
        CollectorRegistry.defaultRegistry.getSampleValue(
            "tandem_simulations_total", new String[] {"outcome"}, new String[] {outcome});
    return value == null ? 0 : value;
  }

  @Test
  void shouldRunOneOfATenantAndTwoInAll() throws Exception {
    api.router.savePlanDraft(OTHER, SimulatedDay.PLAN, 0, "a test");
    api.router.savePlanDraft(new TenantId("third"), SimulatedDay.PLAN, 0, "a test");
    api.engine = endless(new CompletableFuture<>());
    try (var first = new RunningSimulation(api, TestApi.TOKEN, CURRENT, SimulatedDay.withCsv(""))) {
      assertThat(first.next()).contains("progress");

      Answer second = api.call("POST", CURRENT, SimulatedDay.withCsv(""));
      assertThat(second.status()).isEqualTo(429);
      assertThat(second.header("Retry-After")).isEqualTo("5");
      assertThat(second.body().get("detail").asText()).contains("of this tenant");

      try (var other =
          new RunningSimulation(api, TestApi.OTHER_TOKEN, DRAFT, SimulatedDay.withCsv(""))) {
        assertThat(other.next()).as("another tenant has its own place").contains("progress");
        try (var third =
            new RunningSimulation(api, "third-token-3", CURRENT, SimulatedDay.withCsv(""))) {
          assertThat(third.status()).isEqualTo("HTTP/1.1 429 Too Many Requests");
        }
      }
      api.engine = Simulation::run;
      until("third-token-3");
    }
    until(TestApi.TOKEN);
  }

  @Test
  void shouldTellADefectAsTheLastLineAndGoOn() {
    api.engine =
        (plan, traffic, staffing, options, progress) -> {
          throw new IllegalStateException("a defect that this test has made");
        };

    List<JsonNode> lines =
        SimulatedDay.lines(api, api.call("POST", CURRENT, SimulatedDay.withCsv("")));

    assertThat(lines.get(lines.size() - 1).get("error").get("status").asInt()).isEqualTo(500);
    api.engine = Simulation::run;
    SimulatedDay.report(api, api.call("POST", CURRENT, SimulatedDay.withCsv("")));
  }

  @Test
  void shouldEndWithTheNode() throws Exception {
    try (TestApi node = new TestApi("")) {
      Plans.publish(node, SimulatedDay.PLAN);
      node.engine = endless(new CompletableFuture<>());
      try (var run =
          new RunningSimulation(node, TestApi.TOKEN, CURRENT, SimulatedDay.withCsv(""))) {
        assertThat(run.next()).contains("progress");
        node.simulations.close();
        String last = run.next();
        while (last.contains("progress")) {
          last = run.next();
        }
        JsonNode error = node.read(last).get("error");
        assertThat(error.get("status").asInt()).isEqualTo(503);
        assertThat(run.next()).isNull();
      }
      Answer late = node.call("POST", CURRENT, SimulatedDay.withCsv(""));
      assertThat(late.status()).isEqualTo(503);
      assertThat(late.header("Retry-After")).isEqualTo("1");
    }
  }
}
