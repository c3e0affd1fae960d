package tandem.edge.link;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;

/** The table of living and pending legs. Single owner of which leg belongs to which call. */
final class Legs {
  private final Map<LegId, Leg> byId = new LinkedHashMap<>();
  private final Map<CallId, Set<LegId>> byCall = new HashMap<>();

  @Nullable Leg get(LegId id) {
    return byId.get(id);
  }

  Leg add(LegId id, CallId call, Leg.Role role) {
    Leg leg = byId.get(id);
    if (leg == null) {
      leg = new Leg(id, call, role);
      byId.put(id, leg);
      byCall.computeIfAbsent(call, c -> new LinkedHashSet<>()).add(id);
    }
    return leg;
  }

  void remove(Leg leg) {
    byId.remove(leg.id);
    Set<LegId> others = byCall.get(leg.call);
    if (others != null) {
      others.remove(leg.id);
      if (others.isEmpty()) {
        byCall.remove(leg.call);
      }
    }
    if (leg.bridgedTo != null) {
      Leg partner = byId.get(leg.bridgedTo);
      if (partner != null && leg.id.equals(partner.bridgedTo)) {
        partner.bridgedTo = null;
      }
    }
  }

  List<Leg> of(CallId call) {
    return byCall.getOrDefault(call, Set.of()).stream().map(byId::get).toList();
  }

  int count(Predicate<Leg> which) {
    return (int) byId.values().stream().filter(which).count();
  }

  Collection<Leg> all() {
    return byId.values();
  }
}
