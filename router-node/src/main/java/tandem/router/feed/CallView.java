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
 * @param queue where it waits, was offered from or was served; absent when its plan gave it none
 * @param agent who is offered it or talks
 * @param since since when it has been in this state
 * @param answeredAt when an agent and the caller were connected
 * @param notice the last one
 * @param outcome how it ended, with {@code cause} as the switch named it
 */
public record CallView(
    CallId id,
    SwitchId home,
    String callerNumber,
    String calledNumber,
    Status state,
    @Nullable QueueId queue,
    int priority,
    @Nullable AgentId agent,
    @Nullable OfferId offer,
    Instant arrivedAt,
    Instant since,
    @Nullable Instant answeredAt,
    @Nullable Instant endedAt,
    @Nullable Outcome outcome,
    @Nullable String cause,
    @Nullable Notice notice)
    implements View {
  /** What the plan had to tell supervisors, and when. */
  public record Notice(String text, Instant at) {}

  /** What a call is doing. */
  public enum Status {
    /** The switch plays something to the caller, takes a message, or has it outside. */
    HANDED_OVER,
    /** In a park lot. */
    PARKED,
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
    /** The plan gave it to voicemail. */
    VOICEMAIL,
    /** The plan gave it to somebody outside. */
    TRANSFERRED,
    /** The plan ended it before anybody talked. */
    TURNED_AWAY,
    /** The switch was lost with it before anybody talked. */
    SWITCH_LOST
  }
}
