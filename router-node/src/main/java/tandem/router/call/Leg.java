package tandem.router.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;

/**
 * One living leg of a call.
 *
 * @param offer the offer it was ordered for; null for the caller
 * @param since when it came to this status
 */
record Leg(LegId id, @Nullable OfferId offer, Status status, Instant since) {
  enum Status {
    /** The order is on its way; the phone may not ring yet. */
    ORDERED,
    RINGING,
    /** Somebody is there. A caller is there from the start, answered or not. */
    THERE,
    /** Unwanted: it is being hung up until the switch says it is gone. */
    DYING
  }

  boolean isCaller() {
    return offer == null;
  }

  /** Whether it is there to stay: not being hung up. */
  boolean isWanted() {
    return status != Status.DYING;
  }

  Leg with(Status status, Instant at) {
    return new Leg(id, offer, status, at);
  }
}
