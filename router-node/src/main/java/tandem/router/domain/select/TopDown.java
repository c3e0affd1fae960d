package tandem.router.domain.select;

import java.util.Comparator;
import java.util.Map;

/**
 * In the order of the plan; agents it does not name come after, by id.
 *
 * @param places by agent's name, the lowest first
 *     <ol>
 *       <li>Order c, a; a, b, c free: c, a, b.
 *       <li>Order c, a; b, a free: a, b.
 *       <li>No order; b, a free: a, b.
 *     </ol>
 */
record TopDown(Map<String, Integer> places) implements Selection.Kept {
  TopDown {
    places = Map.copyOf(places);
  }

  @Override
  public Comparator<Candidate> order() {
    return order(places);
  }

  static Comparator<Candidate> order(Map<String, Integer> places) {
    return Comparator.<Candidate>comparingInt(
            candidate -> places.getOrDefault(candidate.id().name(), Integer.MAX_VALUE))
        .thenComparing(Candidate.BY_ID);
  }
}
