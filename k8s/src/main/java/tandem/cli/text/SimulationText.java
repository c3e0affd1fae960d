package tandem.cli.text;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.simulate.SimulationReport;
import tandem.router.domain.simulate.SimulationReport.Agents;
import tandem.router.domain.simulate.SimulationReport.Callbacks;
import tandem.router.domain.simulate.SimulationReport.Figures;
import tandem.router.domain.simulate.SimulationReport.Section;
import tandem.router.domain.simulate.SimulationReport.Waits;

/** A simulation's report as tables: each queue as simulated, and below as it really was. */
public final class SimulationText {
  private static final String NOTHING = "-";
  private static final double MILLIS = 1e3;
  private static final int PERCENT = 100;

  private SimulationText() {}

  public static String of(SimulationReport report) {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "%s to %s, %d agents, seed %d%nService level by %s%n%n",
            report.from(),
            report.to(),
            report.agents().count(),
            report.seed(),
            report.formula()));
    Table calls =
        new Table(
            "QUEUE",
            "DAY",
            "OFFERED",
            "ANSWERED",
            "ABANDONED",
            "LEFT",
            "CALLBACKS",
            "SERVICE LEVEL",
            "ASA",
            "TALK",
            "AHT",
            "OCCUPANCY",
            "MOST WAITING");
    Table waits =
        new Table(
            "WAITS",
            "DAY",
            "ANSWERED P50",
            "P90",
            "P95",
            "P99",
            "LONGEST",
            "ABANDONED P50",
            "P90",
            "LONGEST");
    section("all", report.all(), calls, waits);
    report.queues().forEach((name, section) -> section(name, section, calls, waits));
    out.append(calls).append('\n').append(waits).append('\n');
    callbacks(report, out);
    others("Ended otherwise", report.all().simulated(), out);
    others("Ended otherwise in truth", report.all().recorded(), out);
    agents(report.agents(), out);
    return out.toString();
  }

  private static void section(String name, Section section, Table calls, Table waits) {
    row(name, "simulated", section.simulated(), calls, waits);
    row(name, "recorded", section.recorded(), calls, waits);
  }

  private static void row(
      String name, String day, @Nullable Figures figures, Table calls, Table waits) {
    if (figures == null) {
      return;
    }
    calls.row(
        name,
        day,
        figures.offered(),
        figures.answered(),
        figures.abandoned(),
        figures.redirected() + figures.otherCalls() + figures.unserved(),
        day.equals("recorded") ? NOTHING : figures.callbacks().promised(),
        percent(figures.serviceLevel()) + " in " + seconds(figures.within()),
        seconds(figures.averageSpeedOfAnswer()),
        seconds(figures.averageTalk()),
        seconds(figures.averageHandleTime()),
        percent(figures.occupancy()),
        day.equals("recorded") ? NOTHING : figures.longestQueue());
    Waits answered = figures.answeredWaits();
    Waits abandoned = figures.abandonedWaits();
    waits.row(
        name,
        day,
        answered == null ? NOTHING : seconds(answered.p50()),
        answered == null ? NOTHING : seconds(answered.p90()),
        answered == null ? NOTHING : seconds(answered.p95()),
        answered == null ? NOTHING : seconds(answered.p99()),
        answered == null ? NOTHING : seconds(answered.longest()),
        abandoned == null ? NOTHING : seconds(abandoned.p50()),
        abandoned == null ? NOTHING : seconds(abandoned.p90()),
        abandoned == null ? NOTHING : seconds(abandoned.longest()));
  }

  private static void callbacks(SimulationReport report, StringBuilder out) {
    Table table = new Table("CALLBACKS", "PROMISED", "REACHED", "UNREACHED");
    Figures all = report.all().simulated();
    if (all == null || all.callbacks().promised() == 0) {
      return;
    }
    callbacks("all", all, table);
    report.queues().forEach((name, section) -> callbacks(name, section.simulated(), table));
    out.append(table).append('\n');
  }

  private static void callbacks(String name, @Nullable Figures figures, Table table) {
    if (figures != null) {
      Callbacks callbacks = figures.callbacks();
      table.row(name, callbacks.promised(), callbacks.reached(), callbacks.unreached());
    }
  }

  private static void others(String what, @Nullable Figures figures, StringBuilder out) {
    if (figures != null && figures.otherCalls() > 0) {
      out.append(what)
          .append(": ")
          .append(
              figures.others().entrySet().stream()
                  .map(other -> Printable.of(other.getKey()) + " " + other.getValue())
                  .collect(Collectors.joining(", ")))
          .append('\n');
    }
    if (figures != null && figures.unserved() > 0) {
      out.append("Never served: ").append(figures.unserved()).append('\n');
    }
  }

  private static void agents(Agents agents, StringBuilder out) {
    out.append(
        String.format(
            Locale.ROOT,
            "Occupancy of the agents: %s in all, %s to %s, median %s%n",
            percent(agents.occupancy()),
            percent(agents.lowest()),
            percent(agents.highest()),
            percent(agents.median())));
  }

  private static String percent(@Nullable Double share) {
    return share == null ? NOTHING : String.format(Locale.ROOT, "%.1f %%", share * PERCENT);
  }

  private static String seconds(@Nullable Duration time) {
    return time == null ? NOTHING : String.format(Locale.ROOT, "%.1f s", time.toMillis() / MILLIS);
  }
}
