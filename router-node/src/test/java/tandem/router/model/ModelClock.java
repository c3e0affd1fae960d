package tandem.router.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Simulated time: what is to happen, in order; equal instants in the order they were planned. */
final class ModelClock {
  private record Planned(long at, long seq, Runnable what) {}

  private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

  private final PriorityQueue<Planned> plan =
      new PriorityQueue<>(Comparator.comparingLong(Planned::at).thenComparingLong(Planned::seq));
  private long now;
  private long seq;

  long millis() {
    return now;
  }

  Instant now() {
    return START.plusMillis(now);
  }

  long millisUntil(Instant at) {
    return Math.max(1, at.toEpochMilli() - now().toEpochMilli());
  }

  void in(long millis, Runnable what) {
    plan.add(new Planned(now + Math.max(0, millis), seq++, what));
  }

  /** Runs everything up to the instant, calling {@code after} behind each step. */
  void runUntil(long until, Runnable after) {
    while (!plan.isEmpty() && plan.peek().at() <= until) {
      Planned next = plan.remove();
      now = next.at();
      next.what().run();
      after.run();
    }
    now = until;
  }
}
