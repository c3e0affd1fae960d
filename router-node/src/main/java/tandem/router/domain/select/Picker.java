package tandem.router.domain.select;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;
import tandem.router.domain.AgentId;
import tandem.router.domain.expr.Scope;
import tandem.router.domain.plan.QueueRule;

/**
 * The agents for one caller, best first: tier by tier, in each the preferred before the others, and
 * among these by the strategy.
 */
final class Picker {
  /**
   * Whom this caller may have.
   *
   * @param awaited the only one, when it waits for its last agent
   * @param tried agents it must not get
   */
  record Need(
      @Nullable Fit require,
      @Nullable Fit prefer,
      @Nullable Slot awaited,
      Collection<AgentId> tried,
      Duration waited) {}

  /** What was found, best first. */
  record Choice(List<Slot> best, SortedMap<String, Integer> excluded, int preferred) {}

  /**
   * What the strategies' orders depend on besides the agents.
   *
   * @param last the agent reserved last
   * @param count of the draw
   */
  record Draw(@Nullable AgentId last, long count) {}

  /** Members are null when all are. */
  private record Tier(@Nullable Fit members, Duration after) {}

  private final QueueRule rule;
  private final Agents agents;
  private final Fits fits;
  private final Selection selection;
  private final List<Tier> tiers = new ArrayList<>();

  Picker(QueueRule rule, Agents agents, Fits fits, Selection selection) {
    this.rule = rule;
    this.agents = agents;
    this.fits = fits;
    this.selection = selection;
    for (QueueRule.Tier tier : rule.tiers()) {
      Fit members = fits.acquire(Scope.MEMBER, tier.members(), Collections.emptySortedMap());
      tiers.add(new Tier(members, tier.after()));
    }
  }

  /** Lets go of the bitmaps of its tiers. */
  void close() {
    for (QueueRule.Tier tier : rule.tiers()) {
      if (!tier.members().isEmpty()) {
        fits.release(Scope.MEMBER, tier.members(), Collections.emptySortedMap());
      }
    }
  }

  /** The first of those who could serve this caller, at most so many; null when nobody could. */
  @Nullable Choice choose(Need need, int most, Draw draw) {
    RoaringBitmap free = agents.free();
    RoaringBitmap fit = fitting(need, free);
    if (fit.isEmpty()) {
      return null;
    }
    SortedMap<String, Integer> excluded = new TreeMap<>();
    count(excluded, "not-free", agents.size() - free.getCardinality());
    count(excluded, "requirement", free.getCardinality() - fit.getCardinality());
    List<RoaringBitmap> groups = byTier(fit, need.waited(), excluded);
    count(excluded, "tried", takeTried(groups, need.tried()));
    if (agents.anyLater()) {
      count(excluded, "later", keepOnly(groups, agents.ready()));
    }
    if (need.awaited() != null) {
      count(excluded, "sticky", keepOnly(groups, RoaringBitmap.bitmapOf(need.awaited().index)));
    }
    Fit prefer = need.prefer();
    int preferred = 0;
    List<Slot> best = new ArrayList<>(most);
    for (RoaringBitmap group : groups) {
      if (prefer == null) {
        add(best, group, most, draw);
      } else {
        RoaringBitmap first = RoaringBitmap.and(group, prefer.among(group));
        preferred += first.getCardinality();
        add(best, first, most, draw);
        add(best, RoaringBitmap.andNot(group, first), most, draw);
      }
    }
    return best.isEmpty() ? null : new Choice(best, excluded, preferred);
  }

  /** Free agents who meet the requirement, in a bitmap that may be changed when need be. */
  private RoaringBitmap fitting(Need need, RoaringBitmap free) {
    if (need.require() != null) {
      return RoaringBitmap.and(free, need.require().among(free));
    }
    boolean untouched =
        tiers.isEmpty() && need.tried().isEmpty() && need.awaited() == null && !agents.anyLater();
    return untouched ? free : free.clone();
  }

  /** Those of open tiers; each agent in the first of its tiers. */
  private List<RoaringBitmap> byTier(
      RoaringBitmap fit, Duration waited, SortedMap<String, Integer> excluded) {
    if (tiers.isEmpty()) {
      return List.of(fit);
    }
    List<RoaringBitmap> groups = new ArrayList<>(tiers.size());
    for (Tier tier : tiers) {
      if (waited.compareTo(tier.after()) >= 0) {
        RoaringBitmap mine =
            tier.members() == null
                ? fit.clone()
                : RoaringBitmap.and(fit, tier.members().among(fit));
        fit.andNot(mine);
        groups.add(mine);
      }
    }
    count(excluded, "tier", fit.getCardinality());
    return groups;
  }

  private int takeTried(List<RoaringBitmap> groups, Collection<AgentId> tried) {
    int taken = 0;
    for (AgentId id : tried) {
      Slot slot = agents.find(id);
      if (slot != null) {
        for (RoaringBitmap group : groups) {
          taken += group.checkedRemove(slot.index) ? 1 : 0;
        }
      }
    }
    return taken;
  }

  private static int keepOnly(List<RoaringBitmap> groups, RoaringBitmap these) {
    int taken = 0;
    for (RoaringBitmap group : groups) {
      int before = group.getCardinality();
      group.and(these);
      taken += before - group.getCardinality();
    }
    return taken;
  }

  private static void count(SortedMap<String, Integer> excluded, String reason, int agents) {
    if (agents > 0) {
      excluded.put(reason, agents);
    }
  }

  /**
   * Adds the best of a group. When the group is a large part of all who are ready they soon come up
   * in the kept order; otherwise the group itself is gone through.
   */
  private void add(List<Slot> best, RoaringBitmap group, int most, Draw draw) {
    int wanted = most - best.size();
    long size = group.getCardinality();
    if (wanted <= 0 || size == 0) {
      return;
    }
    if (selection instanceof Selection.Kept kept
        && size > wanted
        && size * size > (long) wanted * agents.ready().getCardinality()) {
      Iterator<Slot> ordered = agents.ordered(kept.goesRound() ? draw.last() : null);
      while (wanted > 0 && ordered.hasNext()) {
        Slot slot = ordered.next();
        if (group.contains(slot.index)) {
          best.add(slot);
          wanted--;
        }
      }
    } else {
      Podium podium = new Podium(selection, draw, (int) Math.min(wanted, size));
      IntIterator indexes = group.getIntIterator();
      while (indexes.hasNext()) {
        podium.offer(agents.at(indexes.next()));
      }
      podium.addTo(best);
    }
  }
}
