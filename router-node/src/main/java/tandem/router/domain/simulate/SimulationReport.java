package tandem.router.domain.simulate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.report.ServiceLevelFormula;

/**
 * What came of a simulation, next to what really happened.
 *
 * @param seed of all that was drawn
 * @param plan version of the plan
 * @param formula of all service levels
 * @param from when the first call came
 * @param to when the last call and the work after it were over
 * @param all of all calls; waits are counted from a call's first queue on
 * @param queues by name; waits are counted from a call's coming to the queue on. A call in several
 *     queues at once counts in each
 * @param agents who worked
 */
public record SimulationReport(
    long seed,
    long plan,
    ServiceLevelFormula formula,
    Instant from,
    Instant to,
    Section all,
    SortedMap<String, Section> queues,
    Agents agents) {
  public SimulationReport {
    queues = Collections.unmodifiableSortedMap(new TreeMap<>(queues));
  }

  /**
   * Two days next to each other.
   *
   * @param simulated null for a queue no simulated call came to
   * @param recorded null when nothing was recorded
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Section(@Nullable Figures simulated, @Nullable Figures recorded) {}

  /**
   * The figures of a day. Those that have no calls to tell of are null.
   *
   * @param offered calls that came, or came to the queue: answered + abandoned + redirected +
   *     others + unserved + callbacks promised
   * @param abandoned callers who hung up while they waited
   * @param redirected left the queue unanswered for another, or for something else; 0 for all calls
   * @param others calls whose life ended otherwise, by what ended it, such as {@code
   *     voicemail:main} or {@code hangup:USER_BUSY}; empty for a queue
   * @param unserved still waited when their 24 hours were over
   * @param callbacks callers who hung up to be called back; in no service level, ASA or
   *     abandonment. None when recorded
   * @param within threshold of the service level
   * @param serviceLevel 0 to 1
   * @param abandonment abandoned ÷ (answered + abandoned), 0 to 1
   * @param averageSpeedOfAnswer ASA
   * @param averageTalk talk and hold of answered calls and of callers who were called back
   * @param averageHandleTime AHT: talk, hold and wrap-up of these; null when recorded, since
   *     recordings do not tell the wrap-up
   * @param occupancy of those who worked, for a queue of its members: handling time ÷ (handling
   *     time + ready-and-idle time), 0 to 1; null when recorded
   * @param longestQueue most callers on the line who stood in it at once; 0 when recorded
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Figures(
      long offered,
      long answered,
      long abandoned,
      long redirected,
      SortedMap<String, Integer> others,
      long unserved,
      Callbacks callbacks,
      Duration within,
      @Nullable Double serviceLevel,
      @Nullable Double abandonment,
      @Nullable Duration averageSpeedOfAnswer,
      @Nullable Duration averageTalk,
      @Nullable Duration averageHandleTime,
      @Nullable Double occupancy,
      int longestQueue,
      @Nullable Waits answeredWaits,
      @Nullable Waits abandonedWaits) {
    public Figures {
      others = Collections.unmodifiableSortedMap(new TreeMap<>(others));
    }

    /** Calls whose life ended otherwise (count). */
    public long otherCalls() {
      return others.values().stream().mapToLong(Integer::longValue).sum();
    }
  }

  /**
   * What became of callers who hung up to be called back.
   *
   * @param promised so many did; of all calls reached + unreached. One that is promised in several
   *     queues at once counts in each of them
   * @param reached were called back: for a queue, by its agents
   * @param unreached their time was over before an agent was there
   */
  public record Callbacks(long promised, long reached, long unreached) {}

  /** Waits by percentile (nearest rank): half of them were no longer than {@code p50}. */
  public record Waits(Duration p50, Duration p90, Duration p95, Duration p99, Duration longest) {}

  /**
   * Who worked.
   *
   * @param count how many
   * @param occupancy of all of them together; null when nobody was ready
   * @param lowest occupancy of one of them, and so on; null when nobody was ready
   * @param each in the order of their names
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Agents(
      int count,
      @Nullable Double occupancy,
      @Nullable Double lowest,
      @Nullable Double median,
      @Nullable Double highest,
      List<AgentFigures> each) {
    public Agents {
      each = List.copyOf(each);
    }
  }

  /**
   * One agent's day.
   *
   * @param calls answered (count)
   * @param handling talk and wrap-up; calls at the same time count once
   * @param idle ready without a call; ringing is neither
   * @param occupancy null when it was never ready
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AgentFigures(
      String name, long calls, Duration handling, Duration idle, @Nullable Double occupancy) {}
}
