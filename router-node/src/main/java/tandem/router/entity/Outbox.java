package tandem.router.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.RouterSerializable;

/**
 * Says what an entity owes to others, again and again until it is acknowledged. What is owed is a
 * function of the entity's state; only what was acknowledged is kept here, in memory: after a
 * recovery all of it is said once more, which every receiver takes.
 */
public final class Outbox {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /**
   * One thing owed.
   *
   * @param key unique in this entity
   * @param longest the longest pause between two times of saying it
   */
  public record Owed(String key, Address to, RouterSerializable message, Duration longest) {
    /** Something a caller or an agent may be waiting for. */
    public Owed(String key, Address to, RouterSerializable message) {
      this(key, to, message, LONGEST);
    }
  }

  private record Said(Instant first, Instant next) {}

  private final Map<String, Said> said = new HashMap<>();
  private final Set<String> acknowledged = new HashSet<>();

  /** The receiver has it: it is not said again in this incarnation. */
  public void heard(String key) {
    acknowledged.add(key);
    said.remove(key);
  }

  public boolean isHeard(String key) {
    return acknowledged.contains(key);
  }

  /** Says what is owed and due, and returns when to look again, or null when nothing is owed. */
  public @Nullable Instant settle(List<Owed> owed, Turn<?, ?> turn) {
    Instant now = turn.now();
    Instant next = null;
    Set<String> keys = new HashSet<>();
    for (Owed word : owed) {
      keys.add(word.key());
      if (acknowledged.contains(word.key())) {
        continue;
      }
      Said before = said.get(word.key());
      if (before == null || !before.next().isAfter(now)) {
        Instant first = before == null ? now : before.first();
        before = new Said(first, now.plus(pause(Duration.between(first, now), word.longest())));
        said.put(word.key(), before);
        turn.tell(word.to(), word.message());
      }
      next = earlier(next, before.next());
    }
    said.keySet().retainAll(keys);
    acknowledged.retainAll(keys);
    return next;
  }

  /** Whether all of this has been acknowledged in this incarnation. */
  public boolean allHeard(List<Owed> owed) {
    return owed.stream().allMatch(word -> acknowledged.contains(word.key()));
  }

  /** Half a second at first, then as long as it has already taken, up to the longest. */
  private static Duration pause(Duration age, Duration longest) {
    if (age.compareTo(FIRST) < 0) {
      return FIRST;
    }
    return age.compareTo(longest) > 0 ? longest : age;
  }

  /** The earlier of two instants, where null is never. */
  public static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    if (a == null) {
      return b;
    }
    return b == null || a.isBefore(b) ? a : b;
  }
}
