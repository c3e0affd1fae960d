package tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The examples of docs/simulate.md, and what is said of files that are wrong. */
class SimulateCommandTest {
  private static final Path PLAN = example("plan.json");
  private static final Path DAY = example("day.csv");
  private static final Path AGENTS = example("agents.csv");

  @TempDir Path folder;

  private record Ran(int exit, String out, String err) {}

  private static Ran simulate(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] all = new String[args.length + 1];
    all[0] = "simulate";
    for (int i = 0; i < args.length; i++) {
      all[i + 1] = args[i].toString();
    }
    int exit = command.execute(all);
    return new Ran(exit, out.toString(), err.toString());
  }

  private static Path example(String name) {
    try {
      URL found = SimulateCommandTest.class.getResource("/simulate/" + name);
      return Path.of(found.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** The day was recorded under this plan and with these agents. */
  @Test
  void shouldComeWithinThreePointsOfTheDayThatWas() throws IOException {
    for (int seed = 1; seed <= 5; seed++) {
      Ran ran =
          simulate(PLAN, "--traffic", DAY, "--agents", AGENTS, "--format", "json", "--seed", seed);

      assertThat(ran.err()).isEmpty();
      assertThat(ran.exit()).isZero();
      JsonNode report = new ObjectMapper().readTree(ran.out());
      assertThat(report.path("formula").asText()).isEqualTo("ABANDON_POSITIVE");
      near(report.path("all"));
      assertThat(report.path("queues").size()).isEqualTo(2);
      report.path("queues").forEach(SimulateCommandTest::near);
      assertThat(report.at("/queues/support/simulated/within").asText()).isEqualTo("PT30S");
      assertThat(report.at("/queues/sales/simulated/within").asText()).isEqualTo("PT20S");
      assertThat(report.path("agents").path("each").size()).isEqualTo(14);
    }
  }

  private static void near(JsonNode section) {
    double simulated = section.at("/simulated/serviceLevel").asDouble(-1);
    double recorded = section.at("/recorded/serviceLevel").asDouble(-2);
    assertThat(Math.abs(simulated - recorded)).isLessThanOrEqualTo(0.03);
  }

  @Test
  void shouldPrintTablesForPeople() {
    Ran ran = simulate(PLAN, "--traffic", DAY, "--agents", AGENTS, "--formula", "ANSWERED_ONLY");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .contains("14 agents, seed 1")
        .contains("Service level by ANSWERED_ONLY")
        .containsPattern("all +simulated +1378 ")
        .containsPattern("support +recorded +[0-9]+ ")
        .containsPattern("Occupancy of the agents: [0-9.]+ % in all");
    assertThat(simulate(PLAN, "--traffic", DAY, "--agents", AGENTS, "--formula", "ANSWERED_ONLY"))
        .isEqualTo(ran);
  }

  /** One agent, who talks for a minute with each; after 20 s callers are called back. */
  @Test
  void shouldTellWhatBecameOfCallbacks() throws IOException {
    Path plan =
        file(
            "plan.json",
            """
            {"numbers": [{"match": "+1415*", "flow": "main"}],
             "queues": {"support": {}},
             "flows": {"main": [{"do": {"queue": "support",
               "escalate": [{"after": "20s", "to": {"callback": {"within": "2m"}}}]}}]}}
            """);
    Path day =
        file(
            "day.csv",
            """
            at,from,to,patience,handle
            2026-03-02T09:00:00Z,+14155550199,+14155550100,300,60
            2026-03-02T09:00:10Z,+14155550198,+14155550100,300,60
            2026-03-02T09:00:20Z,+14155550197,+14155550100,300,300
            2026-03-02T09:00:30Z,+14155550196,+14155550100,300,60
            2026-03-02T09:00:40Z,,+14155550100,30,60
            """);
    Path agents = file("agents.csv", "agent,queues,answer\nanna,support,2\n");

    Ran ran =
        simulate(
            plan, "--traffic", day, "--agents", agents, "--callback-answer", "15s", "--seed", "2");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .containsPattern("all +simulated +5 +1 +1 +0 +3 +")
        .containsPattern("CALLBACKS +PROMISED +REACHED +UNREACHED")
        .containsPattern("all +3 +2 +1 *\n")
        .containsPattern("support +3 +2 +1 *\n")
        // 2 + 60 + 10, then 2 + 15 + 60 + 10, then 2 + 15 + 300 + 10 s.
        .contains("2026-03-02T09:08:06Z, 1 agents");
    assertThat(simulate(plan, "--traffic", day, "--callback-answer", "soon").exit()).isEqualTo(1);
  }

  @Test
  void shouldAssumeATeamWhereNoAgentsAreNamed() {
    Ran ran = simulate(PLAN, "--traffic", DAY);

    assertThat(ran.exit()).isZero();
    assertThat(ran.err())
        .containsPattern(
            "^tandem: no --agents: [0-9]+ agents who belong to every queue and can do everything");
    assertThat(ran.out()).containsPattern("all +simulated +1378 ");
  }

  @Test
  void shouldTellWhatIsWrongInAllFilesAsACompilerDoes() throws IOException {
    Path plan =
        file(
            "plan.json",
            "{\n  \"flows\": {\"main\": [\n    {\"when\": \"call.nobody == 1\","
                + " \"do\": {\"voicemail\": \"x\"}}]}}\n");
    Path day = file("day.csv", "at,to\ntoday,+14155550100\n");
    Path agents = file("agents.csv", "agent,capacity\nann,many\n");

    Ran ran = simulate(plan, "--traffic", day, "--agents", agents);

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains(plan + ":3:")
        .contains("error: flows.main[0].when: ")
        .contains(day + ":2:1: error: at: must be an instant such as ")
        .contains(agents + ":2:5: error: capacity: must be a whole number, got 'many'");
  }

  @Test
  void shouldRefuseUnknownFilesAndOptions() {
    assertThat(simulate(PLAN, "--traffic", folder.resolve("none.csv")).exit()).isEqualTo(1);
    assertThat(simulate(PLAN, "--traffic", DAY, "--within", "soon").exit()).isEqualTo(1);
    assertThat(simulate(PLAN).exit()).isEqualTo(2);
    assertThat(simulate(PLAN, "--traffic", DAY, "--formula", "BEST").exit()).isEqualTo(2);
  }
}
