package tandem.router.lookup;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Spares a host that does not answer: after {@link #MOST} failures in a row nobody asks it for
 * {@link #PAUSE}; then one may, and each failure lengthens the pause by another. Callers of a
 * system that is down need not wait for its timeout one after the other.
 */
final class Circuit {
  /** Failures in a row (count). */
  static final int MOST = 5;

  static final Duration PAUSE = Duration.ofSeconds(10);

  private static final int MOST_HOSTS = 1_000;

  private record Trouble(int failures, Instant until) {}

  private final ConcurrentMap<String, Trouble> troubles = new ConcurrentHashMap<>();

  /** Whether a host may be asked; who is let through after a pause is so alone. */
  boolean mayAsk(String host, Instant now) {
    Trouble trouble = troubles.get(host);
    if (trouble == null || trouble.failures() < MOST) {
      return true;
    }
    return !trouble.until().isAfter(now)
        && troubles.replace(host, trouble, new Trouble(trouble.failures(), now.plus(PAUSE)));
  }

  void failed(String host, Instant now) {
    if (troubles.size() >= MOST_HOSTS) {
      // Hosts come from plans: whoever names very many is not spared for each of them.
      troubles.clear();
    }
    troubles.merge(
        host,
        new Trouble(1, now.plus(PAUSE)),
        (before, one) -> new Trouble(Math.min(MOST, before.failures() + 1), one.until()));
  }

  void answered(String host) {
    troubles.remove(host);
  }
}
