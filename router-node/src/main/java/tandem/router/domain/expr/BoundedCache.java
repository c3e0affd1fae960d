package tandem.router.domain.expr;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps values that are costly to make, up to a number of them. Two generations: what is asked for
 * is in the young one or moves there; when that is half of all, it becomes the old one, and what
 * was in the old one and not asked for is forgotten. Reads take no lock.
 */
final class BoundedCache<K, V> {
  private final int half;
  private volatile ConcurrentMap<K, V> young = new ConcurrentHashMap<>();
  private volatile ConcurrentMap<K, V> old = new ConcurrentHashMap<>();

  BoundedCache(int most) {
    half = most / 2;
  }

  /** The value kept, or else a new one; nothing is kept when {@code make} throws. */
  V get(K key, Function<K, V> make) {
    V value = young.get(key);
    if (value != null) {
      return value;
    }
    @Nullable V before = old.get(key);
    return keep(key, before == null ? make.apply(key) : before);
  }

  private synchronized V keep(K key, V value) {
    V others = young.putIfAbsent(key, value);
    if (others != null) {
      return others;
    }
    if (young.size() >= half) {
      old = young;
      young = new ConcurrentHashMap<>();
    }
    return value;
  }

  int size() {
    return young.size() + old.size();
  }
}
