package tandem.router.domain.select;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.select.Matcher.Waiter;

/**
 * Goes through the active lines of all priorities, the most urgent head first, and only as far as
 * it is asked. What is gone through must not change meanwhile.
 */
final class ByUrgency<W extends Comparable<W>> {
  /**
   * Lines of one priority: here the head that came first is the most urgent, whatever ageing is.
   */
  static final class Level<W extends Comparable<W>> {
    final int priority;
    final NavigableSet<Line<W>> all = new TreeSet<>(Line.<W>byHead());
    final NavigableSet<Line<W>> active = new TreeSet<>(Line.<W>byHead());

    Level(int priority) {
      this.priority = priority;
    }
  }

  private static final class Cursor<W extends Comparable<W>> {
    final Iterator<Line<W>> rest;
    Line<W> line;
    double urgency;

    Cursor(Iterator<Line<W>> rest, Line<W> line, double urgency) {
      this.rest = rest;
      this.line = line;
      this.urgency = urgency;
    }

    boolean isBefore(Cursor<W> other) {
      return urgency > other.urgency
          || (urgency == other.urgency && Line.inOrder(line.head(), other.line.head()) < 0);
    }
  }

  private final List<Cursor<W>> cursors;
  private final ToDoubleFunction<Waiter<W>> urgency;

  ByUrgency(Collection<Level<W>> levels, ToDoubleFunction<Waiter<W>> urgency) {
    this.urgency = urgency;
    this.cursors = new ArrayList<>(levels.size());
    for (Level<W> level : levels) {
      Iterator<Line<W>> active = level.active.iterator();
      if (active.hasNext()) {
        Line<W> line = active.next();
        cursors.add(new Cursor<>(active, line, urgency.applyAsDouble(line.head())));
      }
    }
  }

  /** The next line; null when there is none. */
  @Nullable Line<W> next() {
    if (cursors.isEmpty()) {
      return null;
    }
    Cursor<W> first = cursors.get(0);
    for (Cursor<W> other : cursors) {
      if (other.isBefore(first)) {
        first = other;
      }
    }
    Line<W> line = first.line;
    if (first.rest.hasNext()) {
      first.line = first.rest.next();
      first.urgency = urgency.applyAsDouble(first.line.head());
    } else {
      cursors.remove(first);
    }
    return line;
  }
}
