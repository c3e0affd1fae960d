package tandem.router.domain.select;

import java.util.Comparator;

/**
 * In the order of ids, beginning behind the agent reserved last, and from the start again after the
 * highest.
 *
 * <ol>
 *   <li>a, b, c free, nobody reserved yet: a, b, c.
 *   <li>a, b, c free, b reserved last: c, a, b.
 *   <li>a, b free, b reserved last: a, b.
 *   <li>a, c free, b reserved last and no longer there: c, a.
 * </ol>
 */
record RoundRobin() implements Selection.Kept {
  @Override
  public Comparator<Candidate> order() {
    return Candidate.BY_ID;
  }

  @Override
  public boolean goesRound() {
    return true;
  }
}
