package tandem.http.json;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.simulate.SimulationReport;
import tandem.router.domain.simulate.SimulationReport.Agents;
import tandem.router.domain.simulate.SimulationReport.Callbacks;
import tandem.router.domain.simulate.SimulationReport.Waits;

/** How a what-if looks to clients: lines, of which the last has its report. */
public final class SimulationWire {
  private SimulationWire() {}

  /** How far it has come, 0 to 1. */
  public record Progress(double progress) {}

  /** The last line of a run. */
  public record Done(Report report) {}

  /** The last line of a run that failed. */
  public record Failed(Problem error) {}

  /**
   * What came of a plan, next to what really happened; see {@link SimulationReport}.
   *
   * @param version of the plan; absent for a draft
   * @param revision of the draft; absent for a version
   */
  public record Report(
      @Nullable Long version,
      @Nullable Long revision,
      long seed,
      String formula,
      Instant from,
      Instant to,
      Section all,
      SortedMap<String, Section> queues,
      Agents agents) {}

  /** Two days next to each other. */
  public record Section(@Nullable Figures simulated, @Nullable Figures recorded) {}

  /**
   * The figures of a day, as {@link SimulationReport.Figures} has them.
   *
   * @param callbacks absent when recorded
   * @param longestQueue absent when recorded
   */
  public record Figures(
      long offered,
      long answered,
      long abandoned,
      long redirected,
      SortedMap<String, Integer> others,
      long unserved,
      @Nullable Callbacks callbacks,
      Duration within,
      @Nullable Double serviceLevel,
      @Nullable Double abandonment,
      @Nullable Duration averageSpeedOfAnswer,
      @Nullable Duration averageTalk,
      @Nullable Duration averageHandleTime,
      @Nullable Double occupancy,
      @Nullable Integer longestQueue,
      @Nullable Waits answeredWaits,
      @Nullable Waits abandonedWaits) {}

  /**
   * A report.
   *
   * @param version of the plan; null for a draft
   * @param revision of the draft; null for a version
   */
  public static Report report(
      SimulationReport report, @Nullable Long version, @Nullable Long revision) {
    SortedMap<String, Section> queues = new TreeMap<>();
    report.queues().forEach((name, section) -> queues.put(name, section(section)));
    return new Report(
        version,
        revision,
        report.seed(),
        Words.of(report.formula()),
        report.from(),
        report.to(),
        section(report.all()),
        queues,
        report.agents());
  }

  private static Section section(SimulationReport.Section section) {
    SimulationReport.Figures simulated = section.simulated();
    SimulationReport.Figures recorded = section.recorded();
    return new Section(
        simulated == null
            ? null
            : figures(simulated, simulated.callbacks(), simulated.longestQueue()),
        recorded == null ? null : figures(recorded, null, null));
  }

  private static Figures figures(
      SimulationReport.Figures day, @Nullable Callbacks callbacks, @Nullable Integer longestQueue) {
    return new Figures(
        day.offered(),
        day.answered(),
        day.abandoned(),
        day.redirected(),
        day.others(),
        day.unserved(),
        callbacks,
        day.within(),
        day.serviceLevel(),
        day.abandonment(),
        day.averageSpeedOfAnswer(),
        day.averageTalk(),
        day.averageHandleTime(),
        day.occupancy(),
        longestQueue,
        day.answeredWaits(),
        day.abandonedWaits());
  }
}
