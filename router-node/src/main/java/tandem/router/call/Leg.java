package tandem.router.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;

/**
 * One living leg of a call.
 *
 * @param offer the offer it was ordered for; null for others than agents
 * @param since when it came to this status
 */
record Leg(LegId id, Kind kind, @Nullable OfferId offer, Status status, Instant since) {
  enum Kind {
    CALLER,
    AGENT,
    /** Somebody outside beside the caller. */
    OUTSIDE
  }

  enum Status {
    /** The order is on its way; the phone may not ring yet. */
    ORDERED,
    RINGING,
    /** Somebody is there. A caller is there from the start, answered or not. */
    THERE,
    /** Unwanted: it is being hung up until the switch says it is gone. */
    DYING
  }

  static Leg caller(LegId id, Status status, Instant at) {
    return new Leg(id, Kind.CALLER, null, status, at);
  }

  /** One whose phone is to ring: an agent's when there is an offer. */
  static Leg ordered(LegId id, @Nullable OfferId offer, Instant at) {
    return new Leg(id, offer == null ? Kind.OUTSIDE : Kind.AGENT, offer, Status.ORDERED, at);
  }

  boolean isCaller() {
    return kind == Kind.CALLER;
  }

  /** Whether it is there to stay: not being hung up. */
  boolean isWanted() {
    return status != Status.DYING;
  }

  Leg with(Status next, Instant at) {
    return new Leg(id, kind, offer, next, at);
  }
}
