package tandem.router.record;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import tandem.router.call.Call;
import tandem.router.call.FlowEvent;
import tandem.router.call.ParkEvent;
import tandem.router.call.RemarkEvent;
import tandem.router.call.TableEvent;
import tandem.router.call.TapeEvent;
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
            @JsonSubTypes.Type(value = TableEvent.Invited.class, name = "invited"),
            @JsonSubTypes.Type(value = TableEvent.InviteOrdered.class, name = "invite-ordered"),
            @JsonSubTypes.Type(value = TableEvent.InviteAnswered.class, name = "invite-answered"),
            @JsonSubTypes.Type(value = TableEvent.InviteEnded.class, name = "invite-ended"),
            @JsonSubTypes.Type(value = TableEvent.Settled.class, name = "settled"),
            @JsonSubTypes.Type(value = TableEvent.Unsettled.class, name = "unsettled"),
            @JsonSubTypes.Type(value = TableEvent.SetAgain.class, name = "set-again"),
            @JsonSubTypes.Type(value = TableEvent.PutOnHold.class, name = "put-on-hold"),
            @JsonSubTypes.Type(value = TableEvent.TakenOffHold.class, name = "taken-off-hold"),
            @JsonSubTypes.Type(value = TableEvent.Muted.class, name = "muted"),
            @JsonSubTypes.Type(value = TableEvent.DigitsSent.class, name = "digits-sent"),
            @JsonSubTypes.Type(value = TableEvent.AnswerAsked.class, name = "answer-asked"),
            @JsonSubTypes.Type(value = TableEvent.Declined.class, name = "declined"),
            @JsonSubTypes.Type(value = TableEvent.Swapped.class, name = "swapped"),
            @JsonSubTypes.Type(value = TableEvent.Completed.class, name = "completed"),
            @JsonSubTypes.Type(
                value = TableEvent.ConsultCancelled.class,
                name = "consult-cancelled"),
            @JsonSubTypes.Type(value = TableEvent.Merged.class, name = "merged"),
            @JsonSubTypes.Type(value = TableEvent.GivenAway.class, name = "given-away"),
            @JsonSubTypes.Type(
                value = TableEvent.StoppedSupervising.class,
                name = "stopped-supervising"),
            @JsonSubTypes.Type(value = TableEvent.SentOut.class, name = "sent-out"),
            @JsonSubTypes.Type(value = TableEvent.LockSet.class, name = "lock-set"),
            @JsonSubTypes.Type(value = TableEvent.EarSet.class, name = "ear-set"),
            @JsonSubTypes.Type(value = TableEvent.TakenOver.class, name = "taken-over"),
            @JsonSubTypes.Type(value = TableEvent.HungUp.class, name = "hung-up"),
            @JsonSubTypes.Type(value = ParkEvent.SlotClaimed.class, name = "slot-claimed"),
            @JsonSubTypes.Type(value = ParkEvent.SlotTaken.class, name = "slot-taken"),
            @JsonSubTypes.Type(value = ParkEvent.SlotDenied.class, name = "slot-denied"),
            @JsonSubTypes.Type(value = ParkEvent.SlotLeft.class, name = "slot-left"),
            @JsonSubTypes.Type(value = ParkEvent.Recalled.class, name = "recalled"),
            @JsonSubTypes.Type(value = TapeEvent.ConsentAsked.class, name = "consent-asked"),
            @JsonSubTypes.Type(value = TapeEvent.TapeStarted.class, name = "tape-started"),
            @JsonSubTypes.Type(value = TapeEvent.TapeSet.class, name = "tape-set"),
            @JsonSubTypes.Type(value = TapeEvent.TapeOver.class, name = "tape-over"),
            @JsonSubTypes.Type(value = TapeEvent.TapeFailed.class, name = "tape-failed"),
            @JsonSubTypes.Type(value = RemarkEvent.Noted.class, name = "noted"),
            @JsonSubTypes.Type(value = RemarkEvent.Tagged.class, name = "tagged"),
            @JsonSubTypes.Type(value = RemarkEvent.Disposed.class, name = "disposed"),
            @JsonSubTypes.Type(value = RemarkEvent.AttributesSet.class, name = "attributes-set"),
            @JsonSubTypes.Type(value = RemarkEvent.QualityTold.class, name = "quality-told"),
            @JsonSubTypes.Type(value = RemarkEvent.DigitPressed.class, name = "digit-pressed"),
            @JsonSubTypes.Type(value = RemarkEvent.MessageTaken.class, name = "message-taken"),
            @JsonSubTypes.Type(value = FlowEvent.NodeEntered.class, name = "node-entered"),
            @JsonSubTypes.Type(value = FlowEvent.Answered.class, name = "digits-entered"),
            @JsonSubTypes.Type(value = FlowEvent.LookupBegun.class, name = "lookup-begun"),
            @JsonSubTypes.Type(value = FlowEvent.LookedUp.class, name = "looked-up"),
            @JsonSubTypes.Type(value = FlowEvent.FlowLeft.class, name = "flow-left"),
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
