package tandem.persistence.readmodel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;

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
