package tandem.http.routes;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tandem.http.json.Fields;
import tandem.http.port.CallbackWish;
import tandem.router.domain.Durations;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.plan.Action;
import tandem.router.plan.document.PlanLimits;

/**
 * Reads how somebody wants a caller to be called back. Bounds, and what counts where nothing is
 * said, are those of a plan's action; {@code from}, which plans do not have, is bounded here.
 */
final class CallbackFields {
  private static final Duration FURTHEST = Duration.ofDays(30);

  /** Clocks differ, and a request takes its time. */
  private static final Duration LATE = Duration.ofMinutes(1);

  private CallbackFields() {}

  /** The wish; 400 with everything that is wrong with it. */
  static CallbackWish wish(Fields fields, Instant now) {
    Optional<PhoneNumber> number = fields.text("number", PhoneNumber::new);
    Optional<Instant> from = fields.text("from", text -> from(text, now));
    Duration within =
        time(
            fields,
            "within",
            PlanLimits.SHORTEST_CALLBACK,
            PlanLimits.LONGEST_CALLBACK,
            Action.Callback.WITHIN);
    int attempts =
        fields.integer("attempts", CallbackFields::attempts).orElse(Action.Callback.ATTEMPTS);
    Duration retryAfter =
        time(
            fields,
            "retryAfter",
            PlanLimits.SHORTEST_CALLBACK,
            PlanLimits.LONGEST_WAIT,
            Action.Callback.EVERY);
    Duration ring =
        time(
            fields,
            "ring",
            PlanLimits.SHORTEST_CALLBACK_RING,
            PlanLimits.LONGEST_RING,
            Action.Callback.RING);
    fields.finish();
    return new CallbackWish(
        number.orElse(null), from.orElse(null), within, attempts, retryAfter, ring);
  }

  private static Instant from(String text, Instant now) {
    Instant from = Query.instantOf(text);
    if (from.isBefore(now.minus(LATE))) {
      throw new IllegalArgumentException("must not be past, got " + from);
    } else if (from.isAfter(now.plus(FURTHEST))) {
      throw new IllegalArgumentException(
          "must be at most " + FURTHEST.toDays() + " days ahead, got " + from);
    }
    return from;
  }

  private static int attempts(int attempts) {
    if (attempts < 1 || attempts > PlanLimits.CALLBACK_ATTEMPTS) {
      throw new IllegalArgumentException(
          "must be 1 to " + PlanLimits.CALLBACK_ATTEMPTS + ", got " + attempts);
    }
    return attempts;
  }

  private static Duration time(
      Fields fields, String name, Duration least, Duration most, Duration otherwise) {
    return fields
        .text(
            name,
            text -> {
              Duration time = Durations.parse(text);
              if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
                throw new IllegalArgumentException(
                    "must be " + least + " to " + most + ", got " + time);
              }
              return time;
            })
        .orElse(otherwise);
  }
}
