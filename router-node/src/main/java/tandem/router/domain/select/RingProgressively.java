package tandem.router.domain.select;

import java.util.Comparator;
import java.util.Map;

/**
 * One phone rings, then one more each while, in the order of the plan; agents it does not name come
 * after, by id. No more than a limit ring at the same time.
 *
 * @param places by agent's name, the lowest first
 *     <ol>
 *       <li>Order c, a; a, b, c free: c rings first, then a too, then b too.
 *       <li>Order c, a; a, b free: a, b.
 *       <li>No order; b, a free: a, b.
 *     </ol>
 */
record RingProgressively(Map<String, Integer> places, int atMost) implements Selection.Kept {
  RingProgressively {
    places = Map.copyOf(places);
  }

  @Override
  public Comparator<Candidate> order() {
    return TopDown.order(places);
  }
}
