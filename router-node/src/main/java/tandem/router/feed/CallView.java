package tandem.router.feed;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.domain.SwitchId;

/**
 * A call as people see it.
 *
 * @param state what it is doing now
 * @param agent who is offered it or talks
 * @param since since when it has been in this state
 * @param answeredAt when an agent and the caller were connected
 * @param outcome how it ended, with {@code cause} as the switch named it
 */
public record CallView(
    CallId id,
    SwitchId home,
    String callerNumber,
    String calledNumber,
    Status state,
    QueueId queue,
    int priority,
    @Nullable AgentId agent,
    @Nullable OfferId offer,
    Instant arrivedAt,
    Instant since,
    @Nullable Instant answeredAt,
    @Nullable Instant endedAt,
    @Nullable Outcome outcome,
    @Nullable String cause)
    implements View {
  /** What a call is doing. */
  public enum Status {
    QUEUED,
    OFFERED,
    RINGING,
    CONNECTING,
    CONNECTED,
    ENDING,
    ENDED
  }

  /** How a call ended. */
  public enum Outcome {
    /** An agent and the caller talked. */
    ANSWERED,
    /** The caller hung up before. */
    ABANDONED,
    /** The switch was lost with it before anybody talked. */
    SWITCH_LOST
  }
}
