package tandem.router.record;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.RouterSerializable;

/**
 * What a recorder hears. Recorders write calls' history and publish their events; each has a slice
 * of all calls, so that one of them alone writes about a call.
 */
public final class Recorder {
  /** How many recorders there are (count). Fixed: what Kafka is owed is kept by slice. */
  public static final int SLICES = 32;

  private Recorder() {}

  /** The recorder of a call. */
  public static int sliceOf(CallId call) {
    // String.hashCode is specified by the JDK: every node and every version agrees.
    return Math.floorMod(call.value().hashCode(), SLICES);
  }

  /** What a recorder hears. */
  public interface Command extends RouterSerializable {}

  /**
   * A call's events up to {@code seq} are to be in the record. Said again until the call is told
   * {@link Call.Recorded}.
   *
   * @param published what other systems have already, as the last answer said; 0 when that is not
   *     known
   * @param events all of them from the first on; none when there are too many to send, then they
   *     are in the journal
   */
  public record Note(
      CallId call,
      long seq,
      long published,
      @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
          @JsonSubTypes({
            @JsonSubTypes.Type(value = Call.Arrived.class, name = "arrived"),
            @JsonSubTypes.Type(value = Call.Routed.class, name = "routed"),
            @JsonSubTypes.Type(value = Call.Queued.class, name = "queued"),
            @JsonSubTypes.Type(value = Call.PlaceRefused.class, name = "no-place"),
            @JsonSubTypes.Type(value = Call.StepTaken.class, name = "step"),
            @JsonSubTypes.Type(value = Call.HandedOver.class, name = "handed-over"),
            @JsonSubTypes.Type(value = Call.CameBack.class, name = "came-back"),
            @JsonSubTypes.Type(value = Call.Held.class, name = "held"),
            @JsonSubTypes.Type(value = Call.CallbackPromised.class, name = "callback-promised"),
            @JsonSubTypes.Type(value = Call.CustomerDialed.class, name = "customer-dialed"),
            @JsonSubTypes.Type(value = Call.CustomerAnswered.class, name = "customer-answered"),
            @JsonSubTypes.Type(value = Call.AttemptFailed.class, name = "attempt-failed"),
            @JsonSubTypes.Type(value = Call.GivenUp.class, name = "given-up"),
            @JsonSubTypes.Type(value = Call.Dismissed.class, name = "dismissed"),
            @JsonSubTypes.Type(value = Call.CallerGreeted.class, name = "greeted"),
            @JsonSubTypes.Type(value = Call.AgentOffered.class, name = "offered"),
            @JsonSubTypes.Type(value = Call.OfferRefused.class, name = "refused"),
            @JsonSubTypes.Type(value = Call.LegRang.class, name = "rang"),
            @JsonSubTypes.Type(value = Call.AgentAnswered.class, name = "answered"),
            @JsonSubTypes.Type(value = Call.Connected.class, name = "connected"),
            @JsonSubTypes.Type(value = Call.OfferFailed.class, name = "failed"),
            @JsonSubTypes.Type(value = Call.CallerParked.class, name = "parked"),
            @JsonSubTypes.Type(value = Call.LegLeft.class, name = "left"),
            @JsonSubTypes.Type(value = Call.Ended.class, name = "ended"),
            @JsonSubTypes.Type(value = Call.Closed.class, name = "closed")
          })
          List<Call.Event> events)
      implements Command {}

  /** Looks whether something is owed to Kafka; also starts a recorder nobody has written to yet. */
  public enum Look implements Command {
    LOOK
  }
}
