package tandem.persistence.readmodel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;
import tandem.router.call.FlowEvent;
import tandem.router.call.ParkEvent;
import tandem.router.call.RemarkEvent;
import tandem.router.call.TableEvent;
import tandem.router.call.TapeEvent;

/**
 * The one place that names a call's events for the world outside: timelines on REST, the history's
 * rows and the records on Kafka. A name, once published, is never changed or used for something
 * else.
 */
public final class CallEventNames {
  private static final Map<Class<? extends Call.Event>, String> NAMES = new LinkedHashMap<>();
  private static final Map<String, Class<? extends Call.Event>> TYPES = new LinkedHashMap<>();

  static {
    name(Call.Arrived.class, "arrived");
    name(Call.Routed.class, "routed");
    name(Call.Queued.class, "queued");
    name(Call.PlaceRefused.class, "place-refused");
    name(Call.StepTaken.class, "step-taken");
    name(Call.HandedOver.class, "handed-over");
    name(Call.CameBack.class, "came-back");
    name(Call.Held.class, "held");
    name(Call.CallbackPromised.class, "callback-promised");
    name(Call.CallerGreeted.class, "greeted");
    name(Call.AgentOffered.class, "offered");
    name(Call.OfferRefused.class, "offer-refused");
    name(Call.LegRang.class, "ringing");
    name(Call.AgentAnswered.class, "answered");
    name(Call.CustomerDialed.class, "customer-dialed");
    name(Call.CustomerAnswered.class, "customer-answered");
    name(Call.Connected.class, "connected");
    name(Call.OfferFailed.class, "offer-failed");
    name(Call.AttemptFailed.class, "attempt-failed");
    name(Call.CallerParked.class, "caller-parked");
    name(Call.GivenUp.class, "given-up");
    name(Call.Dismissed.class, "dismissed");
    name(TableEvent.Invited.class, "invited");
    name(TableEvent.InviteOrdered.class, "invite-ordered");
    name(TableEvent.InviteAnswered.class, "invite-answered");
    name(TableEvent.InviteEnded.class, "invite-ended");
    name(TableEvent.Settled.class, "settled");
    name(TableEvent.Unsettled.class, "unsettled");
    name(TableEvent.SetAgain.class, "set-again");
    name(TableEvent.PutOnHold.class, "put-on-hold");
    name(TableEvent.TakenOffHold.class, "taken-off-hold");
    name(TableEvent.Muted.class, "muted");
    name(TableEvent.DigitsSent.class, "digits-sent");
    name(TableEvent.AnswerAsked.class, "answer-asked");
    name(TableEvent.Declined.class, "declined");
    name(TableEvent.Swapped.class, "swapped");
    name(TableEvent.Completed.class, "completed");
    name(TableEvent.ConsultCancelled.class, "consult-cancelled");
    name(TableEvent.Merged.class, "merged");
    name(TableEvent.GivenAway.class, "given-away");
    name(TableEvent.StoppedSupervising.class, "stopped-supervising");
    name(TableEvent.SentOut.class, "sent-out");
    name(TableEvent.LockSet.class, "lock-set");
    name(TableEvent.EarSet.class, "supervision-set");
    name(TableEvent.TakenOver.class, "taken-over");
    name(TableEvent.HungUp.class, "hung-up");
    name(ParkEvent.SlotClaimed.class, "slot-claimed");
    name(ParkEvent.SlotTaken.class, "slot-taken");
    name(ParkEvent.SlotDenied.class, "slot-denied");
    name(ParkEvent.SlotLeft.class, "slot-left");
    name(ParkEvent.Recalled.class, "recalled");
    name(TapeEvent.ConsentAsked.class, "consent-asked");
    name(TapeEvent.TapeStarted.class, "recording-started");
    name(TapeEvent.TapeSet.class, "recording-set");
    name(TapeEvent.TapeOver.class, "recording-over");
    name(TapeEvent.TapeFailed.class, "recording-failed");
    name(RemarkEvent.Noted.class, "noted");
    name(RemarkEvent.Tagged.class, "tagged");
    name(RemarkEvent.Disposed.class, "disposition-set");
    name(RemarkEvent.AttributesSet.class, "attributes-set");
    name(RemarkEvent.QualityTold.class, "quality-told");
    name(RemarkEvent.DigitPressed.class, "digit-pressed");
    name(RemarkEvent.MessageTaken.class, "message-taken");
    name(FlowEvent.NodeEntered.class, "node-entered");
    name(FlowEvent.Answered.class, "digits-entered");
    name(FlowEvent.LookupBegun.class, "lookup-begun");
    name(FlowEvent.LookedUp.class, "looked-up");
    name(FlowEvent.FlowLeft.class, "flow-left");
    name(Call.LegLeft.class, "left");
    name(Call.Ended.class, "ended");
  }

  private CallEventNames() {}

  /**
   * The published name of an event; empty for the bookkeeping that follows a call's end, which is
   * never published.
   */
  public static Optional<String> of(Call.Event event) {
    return typeOf(event.getClass());
  }

  /** As {@link #of}, by the event's type. */
  static Optional<String> typeOf(Class<?> type) {
    return Optional.ofNullable(NAMES.get(type));
  }

  /** The events that have no published name, as the house test knows them. */
  static boolean isBookkeeping(Class<?> event) {
    return event == Call.Closed.class;
  }

  /** The type behind a published name, or null when this version does not know it. */
  static @Nullable Class<? extends Call.Event> type(String name) {
    return TYPES.get(name);
  }

  /** Every published name, in the order a call usually goes through them. */
  public static Iterable<String> all() {
    return TYPES.keySet();
  }

  private static void name(Class<? extends Call.Event> type, String name) {
    NAMES.put(type, name);
    TYPES.put(name, type);
  }
}
