package tandem.router.domain.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The calls to be simulated, by their instants; calls of the same instant by their ids. */
public record Traffic(List<Arrival> arrivals) {
  /** Calls of one simulation. */
  public static final int MOST = 200_000;

  /** From the first call to the last. */
  public static final Duration LONGEST = Duration.ofDays(31);

  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2199-12-31T23:59:59Z");

  public Traffic {
    if (arrivals.isEmpty() || arrivals.size() > MOST) {
      throw new IllegalArgumentException(
          "traffic: must be 1 to " + MOST + " calls, got " + arrivals.size());
    }
    Set<String> ids = new HashSet<>();
    for (Arrival arrival : arrivals) {
      if (!ids.add(arrival.id())) {
        throw new IllegalArgumentException("traffic: the id '" + arrival.id() + "' comes twice");
      }
    }
    arrivals =
        arrivals.stream()
            .sorted(Comparator.comparing(Arrival::at).thenComparing(Arrival::id))
            .toList();
    Instant first = arrivals.get(0).at();
    Instant last = arrivals.get(arrivals.size() - 1).at();
    if (first.isBefore(EARLIEST) || last.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          "traffic: must lie between " + EARLIEST + " and " + LATEST);
    }
    if (Duration.between(first, last).compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "traffic: must span at most " + LONGEST.toDays() + " days, got " + first + " to " + last);
    }
  }

  /** Whether it is known what really happened to any of these calls. */
  public boolean isRecorded() {
    return arrivals.stream().anyMatch(arrival -> arrival.recorded() != null);
  }
}
