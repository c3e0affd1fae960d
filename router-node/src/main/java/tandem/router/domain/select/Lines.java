package tandem.router.domain.select;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import tandem.router.domain.AgentId;
import tandem.router.domain.Strategy;
import tandem.router.domain.expr.Scope;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.select.ByUrgency.Level;
import tandem.router.domain.select.Line.Kind;
import tandem.router.domain.select.Line.State;
import tandem.router.domain.select.Matcher.Waiter;

/**
 * The callers of a queue, in lines of those who are alike, by priority. Knows which lines are worth
 * a look: one that got nobody is left alone until an agent who might fit gets ready, or time lets
 * its head have more.
 */
final class Lines<W extends Comparable<W>> {
  /** More newcomers than this, and lines are looked at anew rather than asked about each. */
  private static final int FEW = 4;

  private static final Object ANYBODY = new Object();

  private record Held<W extends Comparable<W>>(Waiter<W> waiter, Line<W> line) {}

  private final QueueRule rule;
  private final Agents agents;
  private final Fits fits;
  private final Map<W, Held<W>> held = new HashMap<>();
  private final Map<Kind, Line<W>> lines = new HashMap<>();
  private final NavigableMap<Integer, Level<W>> levels = new TreeMap<>(Comparator.reverseOrder());

  /** By what they require, as one look at that is enough for all of them. */
  private final Map<Object, List<Line<W>>> blocked = new HashMap<>();

  private final Map<AgentId, Set<Line<W>>> awaiting = new HashMap<>();
  private final NavigableSet<Line<W>> wakes =
      new TreeSet<>(
          Comparator.<Line<W>, Instant>comparing(line -> wakeOf(line))
              .thenComparingLong(line -> line.serial));
  private Instant clock;
  private long serial;

  Lines(QueueRule rule, Agents agents, Fits fits, Instant clock) {
    this.rule = rule;
    this.agents = agents;
    this.fits = fits;
    this.clock = clock;
  }

  /** Adds a caller, or puts it in place of the one with its id. */
  void put(Waiter<W> waiter) {
    remove(waiter.id());
    add(waiter);
  }

  void remove(W id) {
    Held<W> before = held.remove(id);
    if (before == null) {
      return;
    }
    Line<W> line = before.line;
    if (line.head().equals(before.waiter)) {
      detach(line);
      line.remove(before.waiter);
      attach(line);
    } else {
      line.remove(before.waiter);
    }
  }

  int size() {
    return held.size();
  }

  Collection<Waiter<W>> waiters() {
    return held.values().stream().map(Held::waiter).toList();
  }

  /** Priorities that callers have, without ageing (count). */
  int levels() {
    return levels.size();
  }

  /** Priority of a caller at a moment, ageing included. */
  double urgency(Waiter<W> waiter, Instant now) {
    return waiter.priority() + rule.ageing().after(waited(waiter, now));
  }

  static <W extends Comparable<W>> Duration waited(Waiter<W> waiter, Instant now) {
    return now.isBefore(waiter.since()) ? Duration.ZERO : Duration.between(waiter.since(), now);
  }

  /** Time went on: lines whose head may get more agents by now are looked at again. */
  void advance(Instant now) {
    clock = now;
    while (!wakes.isEmpty() && !wakeOf(wakes.first()).isAfter(now)) {
      Line<W> line = wakes.first();
      detach(line);
      while (line.kind.last() != null && !line.isEmpty() && !isSticky(line.head())) {
        Waiter<W> waiter = line.head();
        line.remove(waiter);
        add(waiter);
      }
      line.state = State.ACTIVE;
      attach(line);
    }
  }

  /** When a line is to be looked at again through time alone; null: never. */
  @Nullable Instant nextWake() {
    return wakes.isEmpty() ? null : wakeOf(wakes.first());
  }

  /** These agents may be reserved and could not before, or are different from before. */
  void fresh(RoaringBitmap newcomers) {
    RoaringBitmap ready = RoaringBitmap.and(newcomers, agents.ready());
    if (ready.isEmpty()) {
      return;
    }
    List<Slot> few = new ArrayList<>(FEW);
    boolean many = ready.getCardinality() > FEW;
    if (!many) {
      ready.forEach((int index) -> few.add(agents.at(index)));
    }
    List<Line<W>> may = new ArrayList<>();
    for (List<Line<W>> alike : blocked.values()) {
      if (many) {
        may.addAll(alike);
      } else {
        addThoseWhoMight(may, alike, few);
      }
    }
    may.forEach(this::activate);
  }

  private static <W extends Comparable<W>> void addThoseWhoMight(
      List<Line<W>> may, List<Line<W>> alike, List<Slot> ready) {
    Fit require = alike.get(0).require;
    for (Slot slot : ready) {
      if (require == null || require.might(slot.index)) {
        for (Line<W> line : alike) {
          if (!line.kind.tried().contains(slot.id)) {
            may.add(line);
          }
        }
      }
    }
  }

  /** Something happened to an agent: callers who wait for it alone are looked at again. */
  void touched(AgentId agent) {
    Set<Line<W>> lines = awaiting.get(agent);
    if (lines != null) {
      List.copyOf(lines).forEach(this::activate);
    }
  }

  /**
   * Goes through the heads of lines worth a look, the most urgent first, until one yields
   * something; those that yield nothing are left alone from then on.
   */
  <T> @Nullable T find(Instant now, Function<Line<W>, @Nullable T> look) {
    ByUrgency<W> active = new ByUrgency<>(levels.values(), waiter -> urgency(waiter, now));
    List<Line<W>> without = new ArrayList<>();
    T found = null;
    Line<W> line = active.next();
    while (line != null && found == null) {
      found = look.apply(line);
      if (found == null) {
        without.add(line);
        line = active.next();
      }
    }
    without.forEach(this::block);
    return found;
  }

  /** The most urgent caller, whether or not there is an agent; null without callers. */
  @Nullable Waiter<W> first(Instant now) {
    Waiter<W> best = null;
    double most = 0;
    for (Level<W> level : levels.values()) {
      Waiter<W> head = level.all.first().head();
      double urgency = urgency(head, now);
      if (best == null || urgency > most || (urgency == most && Line.inOrder(head, best) < 0)) {
        best = head;
        most = urgency;
      }
    }
    return best;
  }

  /** Lets go of the bitmaps its callers used. */
  void close() {
    lines.values().forEach(this::release);
  }

  private void add(Waiter<W> waiter) {
    @Nullable AgentId last = isSticky(waiter) ? waiter.last() : null;
    Kind kind = new Kind(waiter.wants(), waiter.priority(), last, waiter.tried());
    Line<W> line = lines.get(kind);
    if (line == null) {
      line = open(kind);
      lines.put(kind, line);
    }
    if (line.isEmpty() || Line.inOrder(waiter, line.head()) < 0) {
      detach(line);
      line.add(waiter);
      line.state = State.ACTIVE;
      attach(line);
    } else {
      line.add(waiter);
    }
    held.put(waiter.id(), new Held<>(waiter, line));
  }

  private Line<W> open(Kind kind) {
    Wants wants = kind.wants();
    Fit prefer = fits.acquire(Scope.REQUIREMENT, wants.prefer(), wants.call());
    try {
      Fit require = fits.acquire(Scope.REQUIREMENT, wants.require(), wants.call());
      return new Line<>(kind, require, prefer, serial++);
    } catch (IllegalArgumentException e) {
      fits.release(Scope.REQUIREMENT, wants.prefer(), wants.call());
      throw e;
    }
  }

  private void release(Line<W> line) {
    Wants wants = line.kind.wants();
    fits.release(Scope.REQUIREMENT, wants.require(), wants.call());
    fits.release(Scope.REQUIREMENT, wants.prefer(), wants.call());
  }

  /** Whether a caller waits for its last agent alone at this moment, if that agent could serve. */
  private boolean isSticky(Waiter<W> waiter) {
    return rule.settings().strategy() == Strategy.LAST_AGENT
        && waiter.last() != null
        && !waiter.tried().contains(waiter.last())
        && waiter.since().plus(rule.sticky()).isAfter(clock);
  }

  /** Takes a line out of the orders that its head stands for. */
  private void detach(Line<W> line) {
    if (line.isEmpty()) {
      return;
    }
    unblock(line);
    if (line.wake != null) {
      wakes.remove(line);
      line.wake = null;
    }
    Level<W> level = levels.get(line.kind.priority());
    if (level != null) {
      level.all.remove(line);
      level.active.remove(line);
      if (level.all.isEmpty()) {
        levels.remove(level.priority);
      }
    }
  }

  /** Puts it back, with its new head; a line without callers is gone. */
  private void attach(Line<W> line) {
    if (line.isEmpty()) {
      lines.remove(line.kind);
      release(line);
      return;
    }
    Level<W> level = levels.computeIfAbsent(line.kind.priority(), Level::new);
    level.all.add(line);
    State state = line.state;
    line.state = State.ACTIVE;
    level.active.add(line);
    if (state != State.ACTIVE) {
      block(line);
    }
    line.wake = wakeAfter(line);
    if (line.wake != null) {
      wakes.add(line);
    }
  }

  /** To be looked at again; one that is already stays. */
  private void activate(Line<W> line) {
    unblock(line);
    line.state = State.ACTIVE;
    Level<W> level = levels.get(line.kind.priority());
    if (level != null) {
      level.active.add(line);
    }
  }

  private void block(Line<W> line) {
    Level<W> level = levels.get(line.kind.priority());
    if (level != null) {
      level.active.remove(line);
    }
    Slot awaited = line.awaited(agents);
    if (awaited != null) {
      line.state = State.AWAITING;
      awaiting.computeIfAbsent(awaited.id, id -> new HashSet<>()).add(line);
    } else {
      line.state = State.BLOCKED;
      List<Line<W>> alike = blocked.computeIfAbsent(required(line), key -> new ArrayList<>());
      line.place = alike.size();
      alike.add(line);
    }
  }

  /** Takes it from those that are left alone; its state stays. */
  private void unblock(Line<W> line) {
    if (line.state == State.AWAITING && line.kind.last() != null) {
      Set<Line<W>> lines = awaiting.get(line.kind.last());
      if (lines != null && lines.remove(line) && lines.isEmpty()) {
        awaiting.remove(line.kind.last());
      }
    } else if (line.state == State.BLOCKED) {
      List<Line<W>> alike = Objects.requireNonNull(blocked.get(required(line)), "alike");
      Line<W> last = alike.remove(alike.size() - 1);
      if (last != line) {
        alike.set(line.place, last);
        last.place = line.place;
      }
      if (alike.isEmpty()) {
        blocked.remove(required(line));
      }
    }
  }

  private static Object required(Line<?> line) {
    return line.require == null ? ANYBODY : line.require;
  }

  private @Nullable Instant wakeAfter(Line<W> line) {
    Instant since = line.head().since();
    @Nullable Instant wake = line.kind.last() == null ? null : since.plus(rule.sticky());
    for (QueueRule.Tier tier : rule.tiers()) {
      Instant opens = since.plus(tier.after());
      if (!tier.after().isZero()
          && opens.isAfter(clock)
          && (wake == null || opens.isBefore(wake))) {
        wake = opens;
      }
    }
    return wake;
  }

  private static Instant wakeOf(Line<?> line) {
    return Objects.requireNonNull(line.wake, "wake");
  }
}
