package tandem.router.kit;

import java.time.Duration;
import java.time.Instant;

/** A clock that a test moves, and ids that count up: the two sources a decision reads. */
public final class HandClock {
  public static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

  private Instant now = START;
  private int ids;

  public Instant now() {
    return now;
  }

  public void advance(Duration by) {
    now = now.plus(by);
  }

  void moveTo(Instant then) {
    if (then.isAfter(now)) {
      now = then;
    }
  }

  /** A UUID that has not been given before. */
  public String newId() {
    return String.format("00000000-0000-4000-8000-%012d", ++ids);
  }
}
