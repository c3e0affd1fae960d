package tandem.router;

import io.prometheus.client.Counter;
import tandem.router.call.Call;
import tandem.router.domain.ReleaseReason;

/** What the router counts, from the events it persists: no second place decides what happened. */
final class RouterMetrics {
  private static final Counter EVENTS =
      Counter.build()
          .name("tandem_events_persisted_total")
          .help("Events persisted, by entity and event.")
          .labelNames("entity", "event")
          .register();
  private static final Counter OFFERS =
      Counter.build()
          .name("tandem_offers_total")
          .help("Offers of calls to agents that came to an end, by outcome.")
          .labelNames("outcome")
          .register();
  private static final Counter CALLS =
      Counter.build()
          .name("tandem_calls_total")
          .help("Calls by what they reached: arrived, connected, and how they ended.")
          .labelNames("reached")
          .register();

  private RouterMetrics() {}

  static void count(Object event) {
    Class<?> type = event.getClass();
    Class<?> entity = type.getEnclosingClass();
    EVENTS.labels(entity == null ? "other" : entity.getSimpleName(), type.getSimpleName()).inc();
    if (event instanceof Call.Arrived) {
      CALLS.labels("arrived").inc();
    } else if (event instanceof Call.Connected) {
      CALLS.labels("connected").inc();
      OFFERS.labels("connected").inc();
    } else if (event instanceof Call.Ended e) {
      CALLS.labels("ended_" + lower(e.outcome())).inc();
    } else if (event instanceof Call.OfferFailed e) {
      offerEnded(e.reason());
    } else if (event instanceof Call.OfferRefused e) {
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
