package tandem.router.domain;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The agents of a queue who could take a caller, kept in the orders that selections ask for, so
 * that a pick costs the logarithm of their number. Written in place by its one owner.
 */
public final class FreeAgents {
  private final Map<AgentId, Candidate> all = new HashMap<>();
  private final NavigableSet<Candidate> byIdle =
      new TreeSet<>(Comparator.comparing(Candidate::idleSince).thenComparing(Candidate::id));
  private final NavigableMap<AgentId, Candidate> byId = new TreeMap<>();

  /** All of these. */
  public static FreeAgents of(Collection<Candidate> candidates) {
    FreeAgents free = new FreeAgents();
    candidates.forEach(free::put);
    return free;
  }

  /** Adds an agent, or brings it up to date. */
  public void put(Candidate candidate) {
    remove(candidate.id());
    all.put(candidate.id(), candidate);
    byIdle.add(candidate);
    byId.put(candidate.id(), candidate);
  }

  public void remove(AgentId agent) {
    Candidate before = all.remove(agent);
    if (before != null) {
      byIdle.remove(before);
      byId.remove(agent);
    }
  }

  public int size() {
    return all.size();
  }

  /** Who is idle longest; of several the lower id. */
  public Optional<Candidate> longestIdle() {
    return byIdle.isEmpty() ? Optional.empty() : Optional.of(byIdle.first());
  }

  /** Who comes after this id, the lowest again after the highest. */
  public Optional<Candidate> after(@Nullable AgentId last) {
    if (byId.isEmpty()) {
      return Optional.empty();
    }
    var next = last == null ? null : byId.higherEntry(last);
    return Optional.of((next == null ? byId.firstEntry() : next).getValue());
  }
}
