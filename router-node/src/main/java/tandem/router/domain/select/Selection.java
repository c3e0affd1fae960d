package tandem.router.domain.select;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.Strategy;
import tandem.router.domain.plan.QueueRule;

/**
 * In which order a strategy asks agents who could take a caller. Pure, and deterministic down to
 * ties: the order depends on what is passed in, never on the order of the collection.
 */
sealed interface Selection {

  /** Agents have an order of their own, which a queue can keep from one caller to the next. */
  non-sealed interface Kept extends Selection {
    /** Best first; complete: two agents are never equal. */
    Comparator<Candidate> order();

    /** Whether it begins behind the agent reserved last, and goes on from the start. */
    default boolean goesRound() {
      return false;
    }
  }

  /** Agents draw anew for each caller. */
  non-sealed interface Drawn extends Selection {
    /** What this agent drew, 0 or more: the lowest goes first, ties to longest idle, then id. */
    double lot(Candidate candidate, long draw);
  }

  /** Phones that ring at once for one caller, from the start. */
  default int atFirst() {
    return 1;
  }

  /** Phones that may ring at the same time for one caller. */
  default int atMost() {
    return 1;
  }

  /** Whether the score says who goes first. */
  default boolean scores() {
    return false;
  }

  /** The selection of a queue; chance comes from the seed. */
  static Selection of(QueueRule rule, long seed) {
    Strategy strategy = rule.settings().strategy();
    return switch (strategy) {
      case LONGEST_IDLE -> new LongestIdle();
      case ROUND_ROBIN -> new RoundRobin();
      case RING_ALL -> new RingAll(rule.ringAtMost());
      case RING_PROGRESSIVELY -> new RingProgressively(places(rule.order()), rule.ringAtMost());
      case TOP_DOWN -> new TopDown(places(rule.order()));
      case FEWEST_CALLS -> new FewestCalls();
      case LEAST_TALK_TIME -> new LeastTalkTime();
      case RANDOM -> new AtRandom(seed);
      case WEIGHTED_RANDOM -> new WeightedRandom(seed);
      case MOST_SKILLED -> new MostSkilled();
      case LEAST_SKILLED -> new LeastSkilled();
      case LAST_AGENT -> new LastAgent();
    };
  }

  /**
   * All of these, best first.
   *
   * @param last the agent this queue reserved last, or null
   * @param draw the count of this draw
   */
  default List<Candidate> sorted(
      Collection<Candidate> eligible, @Nullable AgentId last, long draw) {
    return eligible.stream().sorted(comparator(last, draw)).toList();
  }

  /** The order for this one draw. */
  default Comparator<Candidate> comparator(@Nullable AgentId last, long draw) {
    if (this instanceof Drawn drawn) {
      return Comparator.<Candidate>comparingDouble(candidate -> drawn.lot(candidate, draw))
          .thenComparing(Candidate.BY_IDLE);
    }
    Kept kept = (Kept) this;
    if (last == null || !kept.goesRound()) {
      return kept.order();
    }
    return Comparator.<Candidate, Boolean>comparing(c -> c.id().compareTo(last) <= 0)
        .thenComparing(kept.order());
  }

  /** Places by name: the first of equal names counts. */
  private static Map<String, Integer> places(List<String> order) {
    return IntStream.range(0, order.size())
        .boxed()
        .collect(Collectors.toMap(order::get, place -> place, Math::min));
  }
}
