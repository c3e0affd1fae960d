package tandem.router.domain.select;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.expr.Scope;

/**
 * The bitmaps of a queue: one for each distinct expression, together with what it knows of the
 * caller. Those no waiting caller needs are kept for a while, as the next caller may need them.
 */
final class Fits {
  static final int KEPT_UNUSED = 512;

  private record Key(Scope scope, String text, SortedMap<String, Object> call) {}

  private final Agents agents;
  private final Judge judge;
  private final Map<Key, Fit> used = new HashMap<>();
  private final Map<Key, Fit> unused = new LinkedHashMap<>(16, 0.75f, true);

  Fits(Agents agents, Judge judge) {
    this.agents = agents;
    this.judge = judge;
  }

  /** Those who meet an expression, kept until as often released; null when it is empty. */
  @Nullable Fit acquire(Scope scope, String text, SortedMap<String, Object> call) {
    if (text.isEmpty()) {
      return null;
    }
    Key key = new Key(scope, text, call);
    Fit fit = used.get(key);
    if (fit == null) {
      Fit idle = unused.remove(key);
      fit = idle == null ? make(key) : idle;
      used.put(key, fit);
    }
    int unusedCount = fit.use(1);
    return fit;
  }

  void release(Scope scope, String text, SortedMap<String, Object> call) {
    Key key = new Key(scope, text, call);
    Fit fit = used.get(key);
    if (fit != null && fit.use(-1) == 0) {
      used.remove(key);
      keep(key, fit);
    }
  }

  /** The same without a hold on it: good for one look. */
  @Nullable Fit glance(Scope scope, String text, SortedMap<String, Object> call) {
    if (text.isEmpty()) {
      return null;
    }
    Key key = new Key(scope, text, call);
    Fit fit = used.get(key);
    if (fit == null) {
      fit = unused.get(key);
    }
    if (fit == null) {
      fit = make(key);
      keep(key, fit);
    }
    return fit;
  }

  /** An agent came or changed. */
  void changed(int index) {
    used.values().forEach(fit -> fit.changed(index));
    unused.values().forEach(fit -> fit.changed(index));
  }

  /** An agent went. */
  void forgot(int index) {
    used.values().forEach(fit -> fit.forgot(index));
    unused.values().forEach(fit -> fit.forgot(index));
  }

  /** Bitmaps held at the moment (count). */
  int size() {
    return used.size() + unused.size();
  }

  private Fit make(Key key) {
    return new Fit(agents, judge.meets(key.scope, key.text, key.call));
  }

  private void keep(Key key, Fit fit) {
    unused.put(key, fit);
    if (unused.size() > KEPT_UNUSED) {
      Iterator<Key> oldest = unused.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }
}
