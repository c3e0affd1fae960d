package tandem.router.domain.select;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whose turn it is among the queues of one agent, by their weights. Every queue has its next turn
 * at an instant of virtual time; the earliest goes first, and being served moves its turn on by one
 * over its weight. First turns lie half a step in, which spreads them as the method of Sainte-Laguë
 * spreads seats: with weights 5, 1, 1 the order is a a b c a a a. This is stride scheduling
 * (Waldspurger, Weihl 1995); queues that had nobody waiting are treated as in start-time fair
 * queueing (Goyal, Vin, Cheng 1996).
 *
 * <p>A queue q of weight w that always has a caller is served at least once in any {@link #bound}
 * servings in a row, whatever the other queues do: 1 + the sum over the others of their weight over
 * w, rounded up. Where all weights are multiples of w this is W / w, W being all weights together,
 * and the least possible; else it is below W / w plus the number of other queues. Less cannot be
 * promised to all: no order serves weights 3, 2 and 1 once in every 2, 3 and 6.
 *
 * <p>Why: between two servings of q, at m and m + 1/w, whoever else is served has its turn no
 * earlier than m, since q was first then and those who passed were moved up to m; and no later than
 * m + 1/w, since otherwise q would be first. The turns of one queue lie at least 1/w' apart. Of
 * turns at the same instant the one that was set first goes first, so that a queue cannot be served
 * at both ends: that leaves w'/w, rounded up.
 *
 * <p>Written in place by its one owner.
 *
 * @param <Q> names of queues; the lower goes first of two that stand equal at the start
 */
public final class Turns<Q extends Comparable<Q>> {
  private static final class Turn<Q> {
    final Q queue;
    final int weight;
    final BigInteger step;
    BigInteger at;
    long set;

    Turn(Q queue, int weight, BigInteger step) {
      this.queue = queue;
      this.weight = weight;
      this.step = step.multiply(BigInteger.TWO);
      this.at = step;
    }
  }

  private final Map<Q, Turn<Q>> turns = new TreeMap<>();
  private final Set<Q> passed = new HashSet<>();
  private long servings;

  /**
   * All queues of the agent, none of which has had a turn.
   *
   * @param weights 1 or more
   * @throws IllegalArgumentException when a weight is less
   */
  public Turns(Map<Q, Integer> weights) {
    BigInteger all = BigInteger.ONE;
    for (Map.Entry<Q, Integer> each : weights.entrySet()) {
      if (each.getValue() < 1) {
        throw new IllegalArgumentException(
            "weight of " + each.getKey() + ": must be 1 or more, got " + each.getValue());
      }
      BigInteger weight = BigInteger.valueOf(each.getValue());
      all = all.divide(all.gcd(weight)).multiply(weight);
    }
    for (Map.Entry<Q, Integer> each : weights.entrySet()) {
      BigInteger step = all.divide(BigInteger.valueOf(each.getValue()));
      turns.put(each.getKey(), new Turn<>(each.getKey(), each.getValue(), step));
    }
  }

  /** Which queue goes first now, which next if that one has nobody, and so on. */
  public List<Q> order() {
    return turns.values().stream()
        .sorted(
            Comparator.<Turn<Q>, BigInteger>comparing(turn -> turn.at)
                .thenComparingLong(turn -> turn.set)
                .thenComparing(turn -> turn.queue))
        .map(turn -> turn.queue)
        .toList();
  }

  /** The agent got a caller of this queue. Unknown queues are passed over. */
  public void served(Q queue) {
    Turn<Q> turn = turns.get(queue);
    if (turn == null) {
      return;
    }
    servings++;
    BigInteger now = turn.at;
    passed.remove(queue);
    for (Q other : passed) {
      Turn<Q> missed = turns.get(other);
      if (missed != null && missed.at.compareTo(now) < 0) {
        missed.at = now;
        missed.set = servings;
      }
    }
    passed.clear();
    turn.at = now.add(turn.step);
    turn.set = servings;
  }

  /**
   * This queue was asked and had nobody waiting. It loses what it missed: when it has somebody
   * again it may go first once, and no more often than others like it from then on.
   */
  public void passed(Q queue) {
    passed.add(queue);
  }

  /** Servings in a row of which at least one is this queue's while it always has a caller. */
  public int bound(Q queue) {
    Turn<Q> own = turns.get(queue);
    if (own == null) {
      throw new IllegalArgumentException("queue: unknown, got " + queue);
    }
    int bound = 1;
    for (Turn<Q> other : turns.values()) {
      if (other != own) {
        bound += (other.weight + own.weight - 1) / own.weight;
      }
    }
    return bound;
  }
}
