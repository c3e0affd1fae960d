package tandem.router.domain.simulate;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What is to happen when. Of what falls upon the same instant, the first noted comes first. */
final class Agenda {
  private record Entry(Instant at, long number, Runnable what) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparingLong(Entry::number));
  private Instant now;
  private long number;

  Agenda(Instant begin) {
    this.now = begin;
  }

  Instant now() {
    return now;
  }

  /** Notes something; what should have been before now is done next. */
  void at(Instant instant, Runnable what) {
    entries.add(new Entry(instant.isBefore(now) ? now : instant, number++, what));
  }

  /** When the next entry is due; null when there is none. */
  @Nullable Instant next() {
    Entry first = entries.peek();
    return first == null ? null : first.at();
  }

  /** Moves on to an instant without an entry. */
  void moveTo(Instant instant) {
    now = instant.isBefore(now) ? now : instant;
  }

  /** Moves on to the next entry and does it. */
  void run() {
    Entry first = entries.remove();
    now = first.at();
    first.what().run();
  }
}
