package tandem.edge.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Single owner of who eavesdrops on whom. */
final class Eavesdrops {

  private final Map<String, List<Eavesdrop>> byTarget = new HashMap<>();

  void add(SimChannel target, Eavesdrop eavesdrop) {
    byTarget.computeIfAbsent(target.uuid, ignored -> new ArrayList<>()).add(eavesdrop);
  }

  void remove(SimChannel target, Eavesdrop eavesdrop) {
    List<Eavesdrop> all = byTarget.get(target.uuid);
    if (all != null) {
      all.remove(eavesdrop);
      if (all.isEmpty()) {
        byTarget.remove(target.uuid);
      }
    }
  }

  /** Who listens to a channel. */
  List<Eavesdrop> on(SimChannel target) {
    return byTarget.getOrDefault(target.uuid, List.of());
  }

  /** A target's end ends its supervisors' listening. */
  void ended(SimChannel target) {
    List<Eavesdrop> all = byTarget.remove(target.uuid);
    if (all != null) {
      all.forEach(Eavesdrop::orphaned);
    }
  }

  void clear() {
    byTarget.clear();
  }
}
