package tandem.router.domain.select;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tandem.router.domain.Strategy;

/**
 * Why these agents were picked for a caller, compactly: enough to explain it months later.
 *
 * @param plan version of the plan the queue worked by; 0 without one
 * @param waiting callers who waited in this queue
 * @param priority the caller's, ageing included
 * @param members agents the queue knew
 * @param excluded how many of them were passed over, by the reason that struck first: {@code
 *     not-free}, {@code requirement}, {@code tier}, {@code tried}, {@code later} (another queue's
 *     turn first), {@code sticky} (the caller waits for its last agent alone)
 * @param preferred how many of the rest were preferred; the others were left aside when any was
 * @param order the first of the rest, best first, at most five
 */
public record Decision(
    long plan,
    Strategy strategy,
    int waiting,
    double priority,
    int members,
    SortedMap<String, Integer> excluded,
    int preferred,
    List<String> order) {
  public static final int ORDER_SHOWN = 5;

  public Decision {
    excluded = Collections.unmodifiableSortedMap(new TreeMap<>(excluded));
    order = List.copyOf(order);
  }
}
