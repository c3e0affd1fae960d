package tandem.router.domain.simulate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What really happened to a call.
 *
 * @param queue where it waited last; empty when it never waited
 * @param waited from its arrival until an agent answered, or until it was over without one
 * @param talk with the agent, holds included; null when not answered or not known
 */
public record Recorded(String queue, Duration waited, Outcome outcome, @Nullable Duration talk) {
  /** How a call's wait ended. */
  public enum Outcome {
    ANSWERED,
    /** The caller hung up while waiting. */
    ABANDONED,
    /** Hung up by a rule, voicemail, transferred: neither of the others. */
    OTHER
  }

  public Recorded {
    Arrival.within("wait", waited);
    Arrival.within("talk", talk);
  }
}
