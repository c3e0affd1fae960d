package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.http.TestApi.Answer;
import tandem.persistence.readmodel.CallRecord;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.QueueId;
import tandem.router.domain.TenantId;
import tandem.router.domain.Traits;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.report.ServiceLevelFormula;
import tandem.router.domain.simulate.Progress;
import tandem.router.domain.simulate.Simulation;
import tandem.router.domain.simulate.SimulationOptions;
import tandem.router.domain.simulate.SimulationReport;
import tandem.router.domain.simulate.Staffing;
import tandem.router.feed.AgentView;
import tandem.router.feed.CallView.Outcome;
import tandem.router.plan.document.PlanReader;
import tandem.router.plan.simulate.StaffingCsv;
import tandem.router.plan.simulate.TrafficCsv;

/** What would have come of a day's calls, asked over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulateRoutesTest {
  private static final TenantId DEMO = new TenantId("demo");
  private static final TenantId OTHER = new TenantId("other");
  private static final String CURRENT = "/api/v1/plans/current/simulate";
  private static final String DRAFT = "/api/v1/plans/draft/simulate";
  private TestApi api;

  @BeforeAll
  void start() {
    api = new TestApi("");
  }

  @AfterAll
  void stop() {
    api.close();
  }

  @BeforeEach
  void plan() {
    api.engine = Simulation::run;
    api.history.down(false);
    api.history.records.clear();
    api.router.agents.clear();
    api.router.plans.clear();
    Plans.publish(api, SimulatedDay.PLAN);
  }

  @Test
  void shouldTellProgressAndThenTheReport() {
    Answer answer = api.call("POST", CURRENT, SimulatedDay.withCsv(""));

    assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    List<JsonNode> lines = SimulatedDay.lines(api, answer);
    assertThat(lines.size()).isGreaterThan(1);
    assertThat(lines.subList(0, lines.size() - 1))
        .allSatisfy(line -> assertThat(line.path("progress").isNumber()).isTrue());
    assertThat(lines.get(0).get("progress").asDouble()).isZero();

    JsonNode report = SimulatedDay.report(api, answer);
    SimulationReport same = run(SimulationOptions.USUAL);
    assertThat(report.get("version").asInt()).isEqualTo(1);
    assertThat(report.has("revision")).isFalse();
    assertThat(report.get("seed").asInt()).isEqualTo(1);
    assertThat(report.get("formula").asText()).isEqualTo("abandon-positive");
    assertThat(report.get("from").asText()).isEqualTo(SimulatedDay.NINE.toString());
    JsonNode simulated = report.get("all").get("simulated");
    SimulationReport.Figures expected = same.all().simulated();
    assertThat(simulated.get("offered").asInt()).isEqualTo(200);
    assertThat(simulated.get("answered").asLong()).isPositive().isEqualTo(expected.answered());
    assertThat(simulated.get("abandoned").asLong()).isPositive().isEqualTo(expected.abandoned());
    assertThat(simulated.get("serviceLevel").asDouble()).isEqualTo(expected.serviceLevel());
    assertThat(simulated.get("averageSpeedOfAnswer").asText())
        .isEqualTo(expected.averageSpeedOfAnswer().toString());
    assertThat(simulated.get("answeredWaits").get("p90").asText())
        .isEqualTo(expected.answeredWaits().p90().toString());
    assertThat(simulated.get("within").asText()).isEqualTo("PT20S");
    assertThat(simulated.get("callbacks").toString())
        .isEqualTo("{\"promised\":0,\"reached\":0,\"unreached\":0}");
    JsonNode recorded = report.get("all").get("recorded");
    assertThat(recorded.get("answered").asInt()).isEqualTo(160);
    assertThat(recorded.get("abandoned").asInt()).isEqualTo(40);
    assertThat(recorded.get("abandonment").asDouble()).isEqualTo(0.2);
    for (String unmeasured :
        List.of("averageHandleTime", "occupancy", "longestQueue", "callbacks")) {
      assertThat(simulated.has(unmeasured)).as(unmeasured).isTrue();
      assertThat(recorded.has(unmeasured)).as(unmeasured).isFalse();
    }
    JsonNode support = report.get("queues").get("support");
    assertThat(support.get("simulated").get("within").asText()).isEqualTo("PT30S");
    assertThat(support.get("recorded").get("offered").asInt()).isEqualTo(200);
    assertThat(report.get("agents").get("count").asInt()).isEqualTo(3);
    assertThat(report.get("agents").get("each"))
        .extracting(agent -> agent.get("name").asText())
        .containsExactly("ana", "ben", "cleo");
  }

  private static SimulationReport run(SimulationOptions options) {
    return Simulation.run(
            new PlanInForce(1, PlanReader.read(SimulatedDay.PLAN).plan(), Map.of()),
            TrafficCsv.read(SimulatedDay.day()).traffic(),
            StaffingCsv.read(DEMO, SimulatedDay.AGENTS).staffing(),
            options,
            Progress.NONE)
        .orElseThrow();
  }

  @Test
  void shouldGiveTheSameReportForTheSameSeedAndAnotherForAnother() {
    JsonNode one =
        SimulatedDay.report(api, api.call("POST", CURRENT, SimulatedDay.withCsv(",\"seed\":7")));
    JsonNode again =
        SimulatedDay.report(api, api.call("POST", CURRENT, SimulatedDay.withCsv(",\"seed\":7")));
    JsonNode other =
        SimulatedDay.report(
            api, api.call("POST", CURRENT, SimulatedDay.withCsv(",\"seed\":9007199254740991")));

    assertThat(again).isEqualTo(one);
    assertThat(other.get("seed").asLong()).isEqualTo(9007199254740991L);
    assertThat(other.get("all").get("simulated")).isNotEqualTo(one.get("all").get("simulated"));
  }

  @Test
  void shouldTakeItsOptions() {
    AtomicReference<SimulationOptions> seen = new AtomicReference<>();
    api.engine =
        (plan, traffic, staffing, options, progress) -> {
          seen.set(options);
          return Simulation.run(plan, traffic, staffing, options, progress);
        };
    Answer answer =
        api.call(
            "POST",
            DRAFT,
            SimulatedDay.withCsv(
                ",\"seed\":0,\"within\":\"1m\",\"formula\":\"short-abandon\","
                    + "\"shortAbandon\":\"PT3S\",\"region\":\"US\",\"callbackAnswer\":\"25s\""));

    JsonNode report = SimulatedDay.report(api, answer);
    assertThat(seen.get())
        .isEqualTo(
            new SimulationOptions(
                0,
                Duration.ofMinutes(1),
                ServiceLevelFormula.SHORT_ABANDON,
                Duration.ofSeconds(3),
                "US",
                Duration.ofSeconds(25)));
    assertThat(report.get("formula").asText()).isEqualTo("short-abandon");
    assertThat(report.get("revision").asInt()).isEqualTo(1);
    assertThat(report.has("version")).isFalse();
  }

  @Test
  void shouldNotCountWhatWasSetByHandToday() {
    api.call("PUT", "/api/v1/calendars/always/override", "{\"state\":\"closed\"}");

    JsonNode report = SimulatedDay.report(api, api.call("POST", CURRENT, SimulatedDay.withCsv("")));

    assertThat(report.get("all").get("simulated").get("answered").asInt()).isPositive();
    assertThat(report.get("all").get("simulated").get("others").has("voicemail:closed")).isFalse();
  }

  @Test
  void shouldReplayTheTenantsOwnCallsWithItsOwnAgents() {
    for (int i = 0; i < 1_200; i++) {
      api.history.records.add(
          record(DEMO, SimulatedDay.NINE.plusSeconds(10L * i), Outcome.ANSWERED));
    }
    api.history.records.add(record(DEMO, SimulatedDay.NINE.plusSeconds(3), Outcome.VOICEMAIL));
    api.history.records.add(record(DEMO, SimulatedDay.NINE.minusMillis(1), Outcome.ANSWERED));
    api.history.records.add(
        record(DEMO, SimulatedDay.NINE.plus(Duration.ofHours(4)), Outcome.ANSWERED));
    api.history.records.add(record(OTHER, SimulatedDay.NINE.plusSeconds(1), Outcome.ANSWERED));
    for (String name : List.of("anna", "ben")) {
      agent(name);
    }
    AtomicReference<Staffing> staffing = new AtomicReference<>();
    api.engine =
        (plan, traffic, staff, options, progress) -> {
          staffing.set(staff);
          return Simulation.run(plan, traffic, staff, options, progress);
        };

    JsonNode report =
        SimulatedDay.report(
            api,
            api.call(
                "POST",
                CURRENT,
                "{\"traffic\":{\"from\":\"%s\",\"to\":\"%s\"}}"
                    .formatted(SimulatedDay.NINE, SimulatedDay.NINE.plus(Duration.ofHours(4)))));

    JsonNode recorded = report.get("all").get("recorded");
    assertThat(recorded.get("offered").asInt()).isEqualTo(1_201);
    assertThat(recorded.get("answered").asInt()).isEqualTo(1_200);
    assertThat(recorded.get("others").get("other").asInt()).isEqualTo(1);
    assertThat(recorded.get("averageSpeedOfAnswer").asText()).isEqualTo("PT5S");
    assertThat(recorded.get("averageTalk").asText()).isEqualTo("PT55S");
    assertThat(report.get("all").get("simulated").get("offered").asInt()).isEqualTo(1_201);
    assertThat(staffing.get().members())
        .extracting(member -> member.id().name())
        .containsExactly("anna", "ben");
    assertThat(staffing.get().members().get(0).queues()).containsExactly("support");
    assertThat(staffing.get().members().get(0).traits().skill("billing")).isEqualTo(7);
    assertThat(staffing.get().members().get(0).shifts()).isEmpty();
  }

  private void agent(String name) {
    api.call(
        "POST",
        "/api/v1/agents",
        ("{\"id\":\"%s\",\"displayName\":\"A\",\"contact\":\"sip:%s@10.0.0.7\","
                + "\"queues\":[],\"capacity\":1}")
            .formatted(name, name));
    var view = api.router.agents.get(new AgentId(DEMO, name)).view();
    api.router.put(
        new AgentView(
            view.id(),
            view.displayName(),
            view.contact(),
            List.of("support"),
            1,
            Traits.of(Map.of("billing", 7), null, null, null),
            null,
            view.presence(),
            null,
            view.available(),
            view.idleSince(),
            List.of()));
  }

  private static CallRecord record(TenantId tenant, Instant at, Outcome outcome) {
    boolean answered = outcome == Outcome.ANSWERED;
    return new CallRecord(
        new CallId(tenant, UUID.randomUUID().toString()),
        FakeRouter.SWITCH,
        "+14155557000",
        "+14155550100",
        new QueueId(tenant, "support"),
        answered ? new AgentId(tenant, "anna") : null,
        at,
        answered ? at.plusSeconds(5) : null,
        at.plusSeconds(60),
        outcome,
        "NORMAL_CLEARING",
        1,
        9);
  }

  private static final String SPAN =
      "{\"traffic\":{\"from\":\"2026-11-20T09:00:00Z\",\"to\":\"2026-11-20T10:00:00Z\"}}";

  @Test
  void shouldSayWhatTheTenantLacks() {
    Answer nobody = api.call("POST", CURRENT, SPAN);
    assertThat(nobody.status()).isEqualTo(400);
    assertThat(nobody.field(0)).isEqualTo("agents");

    agent("anna");
    Answer noCalls = api.call("POST", CURRENT, SPAN);
    assertThat(noCalls.status()).isEqualTo(400);
    assertThat(noCalls.message(0)).isEqualTo("no call was recorded in that time");

    api.history.down(true);
    assertThat(api.call("POST", CURRENT, SPAN).status()).isEqualTo(503);
    api.history.down(false);

    api.history.records.add(record(DEMO, SimulatedDay.NINE.plusSeconds(1), Outcome.VOICEMAIL));
    List<JsonNode> lines = SimulatedDay.lines(api, api.call("POST", CURRENT, SPAN));
    JsonNode error = lines.get(lines.size() - 1).get("error");
    assertThat(error.get("status").asInt()).isEqualTo(400);
    assertThat(error.get("detail").asText())
        .isEqualTo("traffic: no call says how long an agent talks with the caller");
  }

  @Test
  void shouldAnswer404WithoutAPlanAnd409WhenItCannotBeRead() {
    for (String path : List.of("/api/v1/plans/2/simulate", "/api/v1/plans/7/simulate")) {
      assertThat(api.call("POST", path, SimulatedDay.withCsv("")).status()).isEqualTo(404);
    }
    assertThat(api.bad("POST", "/api/v1/plans/first/simulate", SimulatedDay.withCsv("")).status())
        .isEqualTo(400);
    assertThat(api.bad("POST", CURRENT + "?seed=1", SimulatedDay.withCsv("")).status())
        .isEqualTo(400);
    api.router.plans.clear();
    assertThat(api.call("POST", CURRENT, SimulatedDay.withCsv("")).status()).isEqualTo(404);
    api.router.savePlanDraft(DEMO, "{\"flows\": 7}", 0, "an older release");

    Answer answer = api.call("POST", DRAFT, SimulatedDay.withCsv(""));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.field(0)).isEqualTo("flows");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-ndjson", "application/*", "*/*"})
  void shouldTakeWhoeverTakesLines(String accept) {
    Answer answer =
        api.send(api.with("Accept", accept, "POST", CURRENT, SimulatedDay.withCsv("")), true);

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void shouldRefuseWhoTakesNoLinesAndWhoSendsTooMuch() throws IOException {
    Answer answer =
        api.send(
            api.with("Accept", "application/json", "POST", CURRENT, SimulatedDay.withCsv("")),
            true);
    assertThat(answer.status()).isEqualTo(406);

    String large = "{\"traffic\":{\"csv\":\"" + "a".repeat(9 * 1024 * 1024) + "\"}}";
    assertThat(api.bad("POST", CURRENT, large).field(0))
        .as("texts may be as long as the body")
        .isEqualTo("traffic.csv");
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
      socket.setSoTimeout(10_000);
      String head =
          "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n".formatted(CURRENT)
              + "Authorization: Bearer %s\r\nContent-Length: 33554433\r\n\r\n"
                  .formatted(TestApi.TOKEN);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      byte[] start = socket.getInputStream().readNBytes(12);
      assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
    }
    assertThat(api.call("POST", CURRENT, SimulatedDay.withCsv("")).status()).isEqualTo(200);
  }
}
