package tandem.persistence.readmodel;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;
import tandem.router.domain.plan.CallbackPromise;

/** Tells in a timeline how somebody is called, or called back. */
final class CallbackText {
  private CallbackText() {}

  /**
   * What happened, with what it holds; empty when the event has nothing to do with being called.
   *
   * @param promise which the call keeps; null when it keeps none
   */
  static Optional<String> tell(
      Call.Event event, @Nullable CallbackPromise promise, Cast cast, Map<String, Object> details) {
    if (event instanceof Call.CallbackPromised e) {
      details.put("callback", e.callback().channel());
      promise(e.promise(), details);
      return Optional.of(Sentences.capital(Sentences.promised(e.promise(), e.callback())));
    } else if (event instanceof Call.CustomerDialed e) {
      details.put("leg", e.leg().value());
      details.put("attempt", e.attempt());
      details.put("ringDeadline", e.ringDeadline().toString());
      return Optional.of(
          "Calling " + cast.called() + ", " + Sentences.attempt(e.attempt(), promise));
    } else if (event instanceof Call.CustomerAnswered e) {
      details.put("leg", e.leg().value());
      details.put("bridgeDeadline", e.bridgeDeadline().toString());
      return Optional.of(Sentences.capital(cast.called()) + " picked up");
    } else if (event instanceof Call.AttemptFailed e) {
      details.put("attempt", e.attempt());
      details.put("cause", e.cause());
      if (e.again() != null) {
        details.put("again", e.again().toString());
      }
      return Optional.of(
          Sentences.capital(Sentences.attempt(e.attempt(), promise))
              + ' '
              + Sentences.attemptFailed(e));
    } else if (event instanceof Call.GivenUp e) {
      details.put("outcome", e.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      details.put("cause", e.cause());
      return Optional.of(Sentences.givenUp(e, cast.outbound() != null));
    }
    return Optional.empty();
  }

  /** What was promised. */
  static void promise(CallbackPromise promise, Map<String, Object> details) {
    details.put("origin", promise.origin().channel());
    details.put("number", promise.number().value());
    details.put("queues", promise.queues());
    details.put("since", promise.since().toString());
    details.put("from", promise.from().toString());
    details.put("until", promise.until().toString());
    details.put("attempts", promise.attempts());
  }
}
