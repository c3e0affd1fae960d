package tandem.router.domain.simulate;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/** What really happened, counted as a simulation counts. */
record Recording(Tallies all, SortedMap<String, Tallies> queues) {
  private static final String OTHER = "other";

  static Recording of(Traffic traffic) {
    Tallies all = new Tallies();
    SortedMap<String, Tallies> queues = new TreeMap<>();
    for (Arrival arrival : traffic.arrivals()) {
      Recorded recorded = arrival.recorded();
      if (recorded == null) {
        continue;
      }
      count(all, recorded);
      if (recorded.outcome() == Recorded.Outcome.OTHER) {
        all.other(OTHER);
      }
      if (!recorded.queue().isEmpty()) {
        Tallies queue = queues.computeIfAbsent(recorded.queue(), name -> new Tallies());
        count(queue, recorded);
        if (recorded.outcome() == Recorded.Outcome.OTHER) {
          queue.redirected();
        }
      }
    }
    return new Recording(all, queues);
  }

  private static void count(Tallies tallies, Recorded recorded) {
    tallies.offered();
    switch (recorded.outcome()) {
      case ANSWERED -> {
        tallies.answered(recorded.waited());
        Duration talk = recorded.talk();
        if (talk != null) {
          tallies.talked(talk);
        }
      }
      case ABANDONED -> tallies.abandoned(recorded.waited());
      case OTHER -> {}
    }
  }
}
