package tandem.edge.link;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One carried call, and what is owed to it. */
final class OpenCall {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  CarriedCall info;

  /** Written to the journal: before that the call hears nothing. */
  boolean written;

  /** The call has persisted its arrival. */
  boolean taken;

  /** The call has said that it is over; forgotten as soon as that is written. */
  boolean dropping;

  /** When it arrived is to be said again; null when that is not owed. */
  @Nullable Instant arriveAgainAt;

  Duration pause = FIRST_PAUSE;

  Instant stillUpAt;

  /** When the caller was seen, until its first phone is rung: what offer latency is measured by. */
  @Nullable Instant parkedAt;

  OpenCall(CarriedCall info, Instant stillUpAt) {
    this.info = info;
    this.stillUpAt = stillUpAt;
  }

  /** Arrived was said: when to say it again. */
  void arrivedSaid(Instant now) {
    arriveAgainAt = now.plus(pause);
    pause = pause.multipliedBy(2);
    if (pause.compareTo(LONGEST_PAUSE) > 0) {
      pause = LONGEST_PAUSE;
    }
  }

  void arrivalOwed() {
    taken = false;
    pause = FIRST_PAUSE;
  }
}
