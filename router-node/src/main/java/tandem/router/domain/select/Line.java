package tandem.router.domain.select;

import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.select.Matcher.Waiter;

/**
 * Callers who are alike: they want the same, have the same priority, wait for the same last agent
 * (or for none) and must not get the same agents. In order of arrival.
 *
 * <p>Only the head need be looked at. Whom a caller may get depends on what is the same for all in
 * the line, on the agents, and on how long it has waited: tiers open with the wait and never close,
 * and the wait for a last agent ends with it. The head has waited longest, so whoever could have
 * any caller of the line could have the head; and with one ageing curve for all, which never falls,
 * nobody in the line is more urgent than the head.
 */
final class Line<W extends Comparable<W>> {
  record Kind(Wants wants, int priority, @Nullable AgentId last, Set<AgentId> tried) {}

  /** What a line is known to wait for. */
  enum State {
    /** To be looked at: there may be an agent. */
    ACTIVE,
    /** No agent so far: to be looked at when one who might fit gets ready. */
    BLOCKED,
    /** Its last agent is not ready: to be looked at when something happens to that agent. */
    AWAITING
  }

  final Kind kind;
  final @Nullable Fit require;
  final @Nullable Fit prefer;
  final long serial;
  private final NavigableSet<Waiter<W>> waiters = new TreeSet<>(Line::inOrder);
  private @Nullable Waiter<W> head;
  State state = State.ACTIVE;

  /** Where it stands among the blocked lines that require the same. */
  int place;

  /** When its head may get more agents through time alone; null: never. */
  @Nullable Instant wake;

  Line(Kind kind, @Nullable Fit require, @Nullable Fit prefer, long serial) {
    this.kind = kind;
    this.require = require;
    this.prefer = prefer;
    this.serial = serial;
  }

  static <W extends Comparable<W>> int inOrder(Waiter<W> a, Waiter<W> b) {
    int bySince = a.since().compareTo(b.since());
    return bySince != 0 ? bySince : a.id().compareTo(b.id());
  }

  static <W extends Comparable<W>> Comparator<Line<W>> byHead() {
    return (a, b) -> inOrder(a.head(), b.head());
  }

  void add(Waiter<W> waiter) {
    waiters.add(waiter);
    head = waiters.first();
  }

  void remove(Waiter<W> waiter) {
    waiters.remove(waiter);
    head = waiters.isEmpty() ? null : waiters.first();
  }

  /** Who came first; a line without callers has none. */
  Waiter<W> head() {
    return Objects.requireNonNull(head, "head");
  }

  boolean isEmpty() {
    return waiters.isEmpty();
  }

  /**
   * The agent these callers wait for alone; null when they wait for none, or when it could not
   * serve them.
   */
  @Nullable Slot awaited(Agents agents) {
    Slot last = agents.find(kind.last());
    return last != null && (require == null || require.meets(last.index)) ? last : null;
  }
}
