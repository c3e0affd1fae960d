package tandem.router;

import io.prometheus.client.Counter;
import tandem.cluster.Metrics;
import tandem.router.call.Call;
import tandem.router.domain.ReleaseReason;

/** What the router counts, from the events it persists: no second place decides what happened. */
final class RouterMetrics {
  private static final Counter EVENTS =
      Metrics.counter(
          "tandem_events_persisted_total",
          "Events persisted, by entity and event.",
          "entity",
          "event");

  /** Looking up a class's names costs more than counting. */
  private static final ClassValue<Counter.Child> PERSISTED =
      new ClassValue<>() {
        @Override
        protected Counter.Child computeValue(Class<?> type) {
          Class<?> entity = type.getEnclosingClass();
          return EVENTS.labels(
              entity == null ? "other" : entity.getSimpleName(), type.getSimpleName());
        }
      };

  private static final Counter OFFERS =
      Metrics.counter(
          "tandem_offers_total",
          "Offers of calls to agents that came to an end, by outcome.",
          "outcome");
  private static final Counter CALLS =
      Metrics.counter(
          "tandem_calls_total",
          "Calls by what they reached: arrived, connected, and how they ended.",
          "reached");

  private RouterMetrics() {}

  static void count(Object event) {
    PERSISTED.get(event.getClass()).inc();
    if (event instanceof Call.Arrived) {
      CALLS.labels("arrived").inc();
    } else if (event instanceof Call.Connected) {
      CALLS.labels("connected").inc();
      OFFERS.labels("connected").inc();
    } else if (event instanceof Call.Ended e) {
      CALLS.labels("ended_" + lower(e.outcome())).inc();
    } else if (event instanceof Call.OfferFailed e) {
      offerEnded(e.reason());
    } else if (event instanceof Call.OfferRefused e && !WarmUp.isOurs(e.agent())) {
      offerEnded(e.reason());
    }
  }

  private static void offerEnded(ReleaseReason reason) {
    OFFERS.labels(lower(reason)).inc();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT);
  }
}
