package tandem.edge.link;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.LegId;

/**
 * Legs that have ended, or of which it was said that they do not exist: an order for one of these
 * that comes later is refused, and a channel that shows up nevertheless is killed. Kept for longer
 * than any order's not-after is away.
 */
final class Tombstones {
  static final Duration KEPT = Duration.ofMinutes(5);

  /** How a leg ended. */
  record Stone(String cause, boolean byLink, Instant at) {}

  private final Map<LegId, Stone> stones = new LinkedHashMap<>();

  void add(LegId leg, String cause, boolean byLink, Instant now) {
    stones.putIfAbsent(leg, new Stone(cause, byLink, now));
    var oldest = stones.values().iterator();
    while (oldest.hasNext() && oldest.next().at().plus(KEPT).isBefore(now)) {
      oldest.remove();
    }
  }

  @Nullable Stone get(LegId leg) {
    return stones.get(leg);
  }

  boolean has(LegId leg) {
    return stones.containsKey(leg);
  }
}
