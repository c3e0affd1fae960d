package tandem.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tandem.cli.stack.StackException;
import tandem.cli.text.Printable;
import tandem.cli.text.SimulationText;
import tandem.router.domain.Durations;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.report.ServiceLevelFormula;
import tandem.router.domain.simulate.Progress;
import tandem.router.domain.simulate.Simulation;
import tandem.router.domain.simulate.SimulationOptions;
import tandem.router.domain.simulate.SimulationReport;
import tandem.router.domain.simulate.Staffing;
import tandem.router.domain.simulate.Traffic;
import tandem.router.plan.document.PlanProblem;
import tandem.router.plan.document.PlanReader;
import tandem.router.plan.document.PlanReading;
import tandem.router.plan.simulate.AssumedTeam;
import tandem.router.plan.simulate.CsvProblem;
import tandem.router.plan.simulate.StaffingCsv;
import tandem.router.plan.simulate.TrafficCsv;

/** Replays a day's calls against a plan and prints what would have come of it. */
@Command(
    name = "simulate",
    description = {
      "Replay a day's calls against a plan, without a cluster, and print what comes of it.",
      "The files are described in docs/simulate.md."
    })
final class SimulateCommand implements Callable<Integer> {
  private static final TenantId TENANT = new TenantId("simulation");
  private static final int PERCENT = 100;

  /** How the report is printed. */
  enum Format {
    text,
    json
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "PLAN", description = "The plan, a JSON file.")
  private Path plan = Path.of("");

  @Option(
      names = "--traffic",
      required = true,
      paramLabel = "FILE",
      description = "The calls, a CSV file.")
  private Path traffic = Path.of("");

  @Option(
      names = "--agents",
      paramLabel = "FILE",
      description =
          "The agents, a CSV file (default: as many as were busy at once, who can do everything).")
  private @Nullable Path agents;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of all that is drawn (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (default: ${DEFAULT-VALUE}).")
  private Format format = Format.text;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      defaultValue = "20s",
      description =
          "Threshold of the service level where a queue has none (default: ${DEFAULT-VALUE}).")
  private String within = "20s";

  @Option(
      names = "--formula",
      paramLabel = "NAME",
      defaultValue = "ABANDON_POSITIVE",
      description = "Service level: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ServiceLevelFormula formula = ServiceLevelFormula.ABANDON_POSITIVE;

  @Option(
      names = "--region",
      paramLabel = "CC",
      defaultValue = "",
      description = "Two letters: the country of callers' numbers without a country code.")
  private String region = "";

  @Option(
      names = "--callback-answer",
      paramLabel = "TIME",
      defaultValue = "10s",
      description =
          "How long who is called back takes to answer the phone (default: ${DEFAULT-VALUE}).")
  private String callbackAnswer = "10s";

  @Override
  public Integer call() {
    SimulationOptions options =
        new SimulationOptions(
            seed,
            time("--within", within),
            formula,
            SimulationOptions.USUAL.shortAbandon(),
            region,
            time("--callback-answer", callbackAnswer));
    String text = read(plan);
    Optional<Plan> read = plan(text);
    Optional<Traffic> calls = traffic();
    Path staff = agents;
    Optional<Staffing> staffing = staff == null ? Optional.empty() : staffing(staff);
    if (read.isEmpty() || calls.isEmpty() || (staff != null && staffing.isEmpty())) {
      return 1;
    }
    if (staff == null) {
      staffing = Optional.of(AssumedTeam.of(TENANT, read.get(), text, calls.get()));
      err()
          .println(
              "tandem: no --agents: "
                  + staffing.get().members().size()
                  + " agents who belong to every queue and can do everything");
    }
    SimulationReport report =
        Simulation.run(
                new PlanInForce(0, read.get(), Map.of()),
                calls.get(),
                staffing.orElseThrow(),
                options,
                progress())
            .orElseThrow();
    out().print(format == Format.json ? json(report) : SimulationText.of(report));
    out().flush();
    return 0;
  }

  private Optional<Plan> plan(String text) {
    PlanReading reading = PlanReader.read(text);
    for (PlanProblem problem : reading.problems()) {
      String where = problem.path().isEmpty() ? "" : problem.path() + ": ";
      boolean error = problem.severity() == PlanProblem.Severity.ERROR;
      tell(
          plan,
          problem.line(),
          problem.column(),
          (error ? "error: " : "warning: ") + where + problem.message());
    }
    return Optional.ofNullable(reading.plan());
  }

  private Optional<Traffic> traffic() {
    TrafficCsv.Reading reading = TrafficCsv.read(read(traffic));
    tell(traffic, reading.problems());
    return Optional.ofNullable(reading.traffic());
  }

  private Optional<Staffing> staffing(Path file) {
    StaffingCsv.Reading reading = StaffingCsv.read(TENANT, read(file));
    tell(file, reading.problems());
    return Optional.ofNullable(reading.staffing());
  }

  private void tell(Path file, List<CsvProblem> problems) {
    problems.forEach(
        problem -> tell(file, problem.line(), problem.column(), "error: " + problem.message()));
  }

  /** As compilers do, so that editors find the place. */
  private void tell(Path file, int line, int column, String message) {
    err().println(Printable.of(file + ":" + line + ":" + column + ": " + message));
  }

  private static Duration time(String option, String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new StackException("cannot read " + file + ": " + e, e);
    }
  }

  /** Only on a terminal, where somebody looks at it. */
  private Progress progress() {
    if (!CommandLine.Help.Ansi.AUTO.enabled()) {
      return Progress.NONE;
    }
    int[] shown = {-1};
    return share -> {
      int percent = (int) (share * PERCENT);
      if (percent != shown[0]) {
        shown[0] = percent;
        err().print(percent == PERCENT ? "\r      \r" : "\r" + percent + " %");
        err().flush();
      }
      return true;
    };
  }

  private static String json(SimulationReport report) {
    ObjectMapper json =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();
    try {
      return json.writeValueAsString(report) + System.lineSeparator();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the report cannot be written as JSON", e);
    }
  }

  private PrintWriter out() {
    return commandSpec().commandLine().getOut();
  }

  private PrintWriter err() {
    return commandSpec().commandLine().getErr();
  }

  private CommandSpec commandSpec() {
    CommandSpec known = spec;
    if (known == null) {
      throw new IllegalStateException("the command was not started by picocli");
    }
    return known;
  }
}
