package tandem.router.feed;

import java.time.Instant;
import java.util.List;
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
 * @param callback how a callback stands; absent for a call that somebody has made
 * @param calledBackBy the call that calls this caller back, when that was promised
 * @param outcome how it ended, with {@code cause} as the switch named it
 * @param queues where it waits now; none once somebody talks
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
    @Nullable Notice notice,
    @Nullable Callback callback,
    @Nullable CallId calledBackBy,
    List<QueueId> queues)
    implements View {
  public CallView {
    // A node of the version before does not say.
    queues = queues == null ? List.of() : List.copyOf(queues);
  }

  /**
   * How a callback stands.
   *
   * @param origin the call that promised it
   * @param attempts made so far, the present one too
   * @param most attempts it may make
   * @param from not called before: the window's begin, or when the next attempt may be made
   * @param until the window's end
   */
  public record Callback(CallId origin, int attempts, int most, Instant from, Instant until) {}

  /** What the plan had to tell supervisors, and when. */
  public record Notice(String text, Instant at) {}

  /** What a call is doing. */
  public enum Status {
    /** The switch plays something to the caller, takes a message, or has it outside. */
    HANDED_OVER,
    /** In a park lot. */
    PARKED,
    QUEUED,
    /** Nobody is on the line: waits for its turn to call somebody back. */
    CALLBACK,
    OFFERED,
    RINGING,
    /** The agent is there, and the phone of who is called back rings. */
    DIALING,
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
    /** The caller was promised to be called back. */
    CALLBACK,
    /** Who was to be called back did not answer, as often as it was tried and until its time. */
    UNREACHED,
    /** Somebody has called the callback off. */
    CANCELLED,
    /** The switch was lost with it before anybody talked. */
    SWITCH_LOST
  }
}
