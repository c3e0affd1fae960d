package tandem.router.domain.select;

import java.util.function.Predicate;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Who meets one expression, as a bitmap of agents' indexes. An agent is judged when somebody asks
 * about it, and again only after it changed.
 */
final class Fit {
  private final Agents agents;
  private final Predicate<Slot> test;

  /** Those who meet it, and those nobody asked about yet. */
  private final RoaringBitmap maybe;

  /** Those nobody asked about yet. */
  private final RoaringBitmap unknown;

  private int users;

  Fit(Agents agents, Predicate<Slot> test) {
    this.agents = agents;
    this.test = test;
    this.maybe = agents.known().clone();
    this.unknown = agents.known().clone();
  }

  /** Counts who uses it: callers who wait. */
  int use(int more) {
    users += more;
    return users;
  }

  /** An agent came or changed. */
  void changed(int index) {
    unknown.add(index);
    maybe.add(index);
  }

  /** An agent went. */
  void forgot(int index) {
    unknown.remove(index);
    maybe.remove(index);
  }

  /** False only when the agent is known not to meet it; costs no judging. */
  boolean might(int index) {
    return maybe.contains(index);
  }

  boolean meets(int index) {
    if (unknown.contains(index)) {
      judge(index);
    }
    return maybe.contains(index);
  }

  /** Agents who meet it: right about {@code these}, not about others. Not to be changed. */
  RoaringBitmap among(RoaringBitmap these) {
    if (RoaringBitmap.intersects(unknown, these)) {
      IntIterator open = RoaringBitmap.and(unknown, these).getIntIterator();
      while (open.hasNext()) {
        judge(open.next());
      }
    }
    return maybe;
  }

  private void judge(int index) {
    unknown.remove(index);
    if (!test.test(agents.at(index))) {
      maybe.remove(index);
    }
  }
}
