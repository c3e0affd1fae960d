package tandem.router.domain.select;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import tandem.router.domain.AgentId;
import tandem.router.domain.Traits;
import tandem.router.domain.select.Matcher.Standing;

/**
 * The agents of a queue: who is free, who may be reserved at this moment, and these in the order of
 * the strategy. Every agent has a small index that stays its own until it is forgotten.
 */
final class Agents {
  private static final Comparator<Slot> BY_FROM =
      Comparator.<Slot, Instant>comparing(slot -> slot.standing.from())
          .thenComparingInt(slot -> slot.index);

  private static final Standing NOTHING =
      new Standing(Traits.NONE, 0, Instant.MIN, 0, Duration.ZERO, Instant.MIN);

  private final Map<AgentId, Slot> byId = new HashMap<>();
  private final List<@Nullable Slot> byIndex = new ArrayList<>();
  private final Deque<Integer> unused = new ArrayDeque<>();
  private final RoaringBitmap known = new RoaringBitmap();
  private final RoaringBitmap free = new RoaringBitmap();
  private final RoaringBitmap ready = new RoaringBitmap();

  /** Free, but another queue goes first for a moment. */
  private final NavigableSet<Slot> later = new TreeSet<>(BY_FROM);

  /** Those who may be reserved, best first; empty when the strategy has no lasting order. */
  private NavigableSet<Slot> ordered =
      new TreeSet<>(Comparator.<Slot, AgentId>comparing(slot -> slot.id));

  private boolean keepsOrder;
  private ToLongFunction<Slot> score = slot -> 0;
  private final Consumer<Slot> becameReady;

  /**
   * @param becameReady hears of each agent who may be reserved from now on and could not before
   */
  Agents(Consumer<Slot> becameReady) {
    this.becameReady = becameReady;
  }

  /** Another strategy or another score: agents are put in order anew. */
  void order(Selection selection, ToLongFunction<Slot> by) {
    score = by;
    keepsOrder = selection instanceof Selection.Kept;
    Comparator<Candidate> best =
        selection instanceof Selection.Kept kept ? kept.order() : Candidate.BY_ID;
    ordered = new TreeSet<>((a, b) -> best.compare(a.candidate, b.candidate));
    for (Slot slot : byId.values()) {
      slot.candidate = candidate(slot.id, slot.candidate.mark(), slot.standing, score(slot));
      if (keepsOrder && ready.contains(slot.index)) {
        ordered.add(slot);
      }
    }
  }

  /** Adds an agent. */
  Slot add(AgentId id, Standing standing, Instant now) {
    Integer reused = unused.poll();
    int index = reused == null ? byIndex.size() : reused;
    Slot slot = new Slot(index, id, standing, candidate(id, Draws.mark(id.value()), standing, 0));
    slot.candidate = candidate(id, slot.candidate.mark(), standing, score(slot));
    if (reused == null) {
      byIndex.add(slot);
    } else {
      byIndex.set(index, slot);
    }
    byId.put(id, slot);
    known.add(index);
    place(slot, now);
    return slot;
  }

  /** Brings an agent up to date. */
  void update(Slot slot, Standing standing, Instant now) {
    boolean sameTraits = slot.standing.traits().equals(standing.traits());
    unplace(slot);
    slot.standing = standing;
    if (!sameTraits) {
      slot.facts = null;
    }
    slot.candidate =
        candidate(
            slot.id,
            slot.candidate.mark(),
            standing,
            sameTraits ? slot.candidate.score() : score(slot));
    replace(slot, now);
  }

  /** More reserves are under way, or fewer. */
  void ask(Slot slot, int more, Instant now) {
    boolean was = slot.isFree();
    slot.asked += more;
    boolean is = slot.isFree();
    if (is != was) {
      unplace(slot);
      replace(slot, now);
    }
  }

  void forget(Slot slot) {
    unplace(slot);
    known.remove(slot.index);
    free.remove(slot.index);
    ready.remove(slot.index);
    byId.remove(slot.id);
    byIndex.set(slot.index, null);
    unused.push(slot.index);
  }

  /** Time went on: those whose moment has come may be reserved. */
  void advance(Instant now) {
    while (!later.isEmpty() && !later.first().standing.from().isAfter(now)) {
      Slot slot = later.first();
      unplace(slot);
      replace(slot, now);
    }
  }

  /** When the next agent may be reserved through time alone; null when none. */
  @Nullable Instant nextFrom() {
    return later.isEmpty() ? null : later.first().standing.from();
  }

  @Nullable Slot find(@Nullable AgentId id) {
    return id == null ? null : byId.get(id);
  }

  Slot at(int index) {
    Slot slot = byIndex.get(index);
    if (slot == null) {
      throw new IllegalStateException("no agent has the index " + index);
    }
    return slot;
  }

  int size() {
    return byId.size();
  }

  /** All of them. Not to be changed, as the next two. */
  RoaringBitmap known() {
    return known;
  }

  /** Those with a slot that no reserve has taken. */
  RoaringBitmap free() {
    return free;
  }

  /** Those who are free and may be reserved at this moment. */
  RoaringBitmap ready() {
    return ready;
  }

  boolean isReady(Slot slot) {
    return ready.contains(slot.index);
  }

  boolean anyLater() {
    return !later.isEmpty();
  }

  /** Those who may be reserved, best first; beginning behind an agent, and then from the start. */
  Iterator<Slot> ordered(@Nullable AgentId behind) {
    if (behind == null) {
      return ordered.iterator();
    }
    Candidate from = Candidate.of(behind, Instant.MIN, 0, Duration.ZERO, 0);
    Slot probe = new Slot(-1, behind, NOTHING, from);
    return Stream.concat(
            ordered.tailSet(probe, false).stream(), ordered.headSet(probe, true).stream())
        .iterator();
  }

  private long score(Slot slot) {
    return score.applyAsLong(slot);
  }

  private static Candidate candidate(AgentId id, long mark, Standing standing, long score) {
    return new Candidate(id, mark, standing.idleSince(), standing.calls(), standing.talk(), score);
  }

  /** Takes it out of the orders, before anything changes by which they are kept. */
  private void unplace(Slot slot) {
    if (keepsOrder && ready.contains(slot.index)) {
      ordered.remove(slot);
    }
    if (!later.isEmpty()) {
      later.remove(slot);
    }
  }

  private void replace(Slot slot, Instant now) {
    boolean was = ready.contains(slot.index);
    free.remove(slot.index);
    ready.remove(slot.index);
    boolean is = put(slot, now);
    if (is && !was) {
      becameReady.accept(slot);
    }
  }

  private void place(Slot slot, Instant now) {
    if (put(slot, now)) {
      becameReady.accept(slot);
    }
  }

  private boolean put(Slot slot, Instant now) {
    if (!slot.isFree()) {
      return false;
    }
    free.add(slot.index);
    if (slot.standing.from().isAfter(now)) {
      later.add(slot);
      return false;
    }
    ready.add(slot.index);
    if (keepsOrder) {
      ordered.add(slot);
    }
    return true;
  }
}
