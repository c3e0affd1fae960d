package tandem.http.feed;

import io.prometheus.client.Gauge;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import tandem.cluster.Metrics;

/**
 * What the openings under way keep in memory on this node: texts that clients have not taken yet.
 * Single owner of their bound. A text that several clients wait for counts once, so that a herd
 * that comes while nothing changes gets in whole. Any thread.
 */
final class Openings {
  private static final Gauge HELD =
      Metrics.gauge("tandem_feed_opening_bytes", "Texts that opening feed clients wait for.");

  private final long most;
  private final IdentityHashMap<String, Integer> takers = new IdentityHashMap<>();
  private long bytes;

  /**
   * @param most bytes; one opening that is larger than this is let in when it is the only one
   */
  Openings(long most) {
    this.most = most;
  }

  /** An opening of these texts; empty when there is no room for it now. */
  synchronized Optional<Opening> of(List<String> texts) {
    long more = 0;
    for (String text : texts) {
      if (!takers.containsKey(text)) {
        more += size(text);
      }
    }
    if (more > 0 && bytes > 0 && bytes + more > most) {
      return Optional.empty();
    }
    for (String text : texts) {
      if (takers.merge(text, 1, Integer::sum) == 1) {
        bytes += size(text);
      }
    }
    HELD.set((double) bytes);
    return Optional.of(new Opening(texts, this::taken));
  }

  /** Bytes that are kept now. */
  synchronized long bytes() {
    return bytes;
  }

  private synchronized void taken(String text) {
    if (takers.computeIfPresent(text, (key, count) -> count == 1 ? null : count - 1) == null) {
      bytes -= size(text);
      HELD.set((double) bytes);
    }
  }

  /**
   * The most that Java takes for it: two bytes a character, as one letter beyond Latin-1 makes it.
   */
  private static long size(String text) {
    return 2L * text.length();
  }
}
