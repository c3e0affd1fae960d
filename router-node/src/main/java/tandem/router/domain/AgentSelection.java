package tandem.router.domain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Picks one of the agents who could take a caller; pure, and deterministic down to ties. */
@FunctionalInterface
public interface AgentSelection {
  /**
   * The agent to reserve.
   *
   * @param free who could take a caller
   * @param last the agent this queue reserved last, or null
   */
  Optional<Candidate> pick(FreeAgents free, @Nullable AgentId last);

  /** The selection a strategy stands for. */
  static AgentSelection of(Strategy strategy) {
    return switch (strategy) {
      case LONGEST_IDLE -> LONGEST_IDLE;
      case ROUND_ROBIN -> ROUND_ROBIN;
    };
  }

  /** Longest idle first; ties go to the lower id, so that a replay and a test agree. */
  AgentSelection LONGEST_IDLE = (free, last) -> free.longestIdle();

  /**
   * In the order of ids, beginning after the agent reserved last, and from the start again after
   * the highest. With agents a, b, c free and b reserved last: c; with only a, b free: a.
   */
  AgentSelection ROUND_ROBIN = FreeAgents::after;
}
