package tandem.router.queue;

import java.time.Instant;
import java.util.Comparator;
import tandem.router.domain.CallId;

/** Where a caller stands: higher priority first, then who waits longest, then the lower id. */
public record PlaceKey(int priority, Instant since, CallId call) implements Comparable<PlaceKey> {
  private static final Comparator<PlaceKey> ORDER =
      Comparator.comparingInt(PlaceKey::priority)
          .reversed()
          .thenComparing(PlaceKey::since)
          .thenComparing(PlaceKey::call);

  @Override
  public int compareTo(PlaceKey other) {
    return ORDER.compare(this, other);
  }
}
