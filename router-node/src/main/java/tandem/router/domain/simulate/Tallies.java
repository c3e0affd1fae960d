package tandem.router.domain.simulate;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.report.ServiceLevelFormula;
import tandem.router.domain.report.Tally;
import tandem.router.domain.simulate.SimulationReport.Callbacks;
import tandem.router.domain.simulate.SimulationReport.Figures;
import tandem.router.domain.simulate.SimulationReport.Waits;

/** What is counted of a queue, or of the whole day. */
final class Tallies {
  private static final double P50 = 50;
  private static final double P90 = 90;
  private static final double P95 = 95;
  private static final double P99 = 99;
  private static final double LONGEST = 100;

  private final Tally tally = new Tally();
  private final SortedMap<String, Integer> others = new TreeMap<>();
  private Duration talk = Duration.ZERO;
  private Duration busy = Duration.ZERO;
  private Duration idle = Duration.ZERO;
  private long offered;
  private long answered;
  private long talked;
  private long abandoned;
  private long redirected;
  private long unserved;
  private long promised;
  private long reached;
  private long unreached;
  private int longest;

  void offered() {
    offered++;
  }

  void length(int callers) {
    longest = Math.max(longest, callers);
  }

  void answered(Duration wait) {
    answered++;
    tally.answered(wait);
  }

  void talked(Duration time) {
    talked++;
    talk = talk.plus(time);
  }

  void handled(Duration time) {
    tally.handled(time);
  }

  void abandoned(Duration wait) {
    abandoned++;
    tally.abandoned(wait);
  }

  void redirected() {
    redirected++;
  }

  void other(String what) {
    others.merge(what, 1, Integer::sum);
  }

  void unserved() {
    unserved++;
  }

  /** A caller hung up and is to be called back. */
  void promised() {
    promised++;
  }

  /** A caller was called back. */
  void reached() {
    reached++;
  }

  /** A caller's time to be called back was over. */
  void unreached() {
    unreached++;
  }

  void time(SimAgent agent) {
    busy = busy.plus(agent.busy());
    idle = idle.plus(agent.idle());
  }

  Figures figures(ServiceLevelFormula formula, Duration within, Duration shortAbandon) {
    return new Figures(
        offered,
        answered,
        abandoned,
        redirected,
        others,
        unserved,
        new Callbacks(promised, reached, unreached),
        within,
        orNull(tally.serviceLevel(formula, within, shortAbandon)),
        orNull(tally.abandonment()),
        orNull(tally.averageSpeedOfAnswer()),
        talked == 0 ? null : talk.dividedBy(talked),
        orNull(tally.averageHandleTime()),
        occupancy(busy, idle),
        longest,
        waits(tally::answeredWait),
        waits(tally::abandonedWait));
  }

  /** Handling time ÷ (handling time + ready-and-idle time); null without either. */
  static @Nullable Double occupancy(Duration busy, Duration idle) {
    double all = seconds(busy.plus(idle));
    return all > 0 ? seconds(busy) / all : null;
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  private interface Percentile {
    Optional<Duration> of(double percent);
  }

  private static @Nullable Waits waits(Percentile percentile) {
    Optional<Duration> most = percentile.of(LONGEST);
    return most.isEmpty()
        ? null
        : new Waits(
            percentile.of(P50).orElseThrow(),
            percentile.of(P90).orElseThrow(),
            percentile.of(P95).orElseThrow(),
            percentile.of(P99).orElseThrow(),
            most.get());
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static @Nullable Duration orNull(Optional<Duration> value) {
    return value.orElse(null);
  }
}
