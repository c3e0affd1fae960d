package tandem.router.domain.select;

import java.util.Comparator;

/**
 * Who handled the fewest calls since it signed in; then who is idle longest.
 *
 * <ol>
 *   <li>a with 3 calls, b with 1, c with 2: b, c, a.
 *   <li>a with 1 call idle since 09:00, b with 1 since 08:00: b, a.
 *   <li>b and a with 1 call, idle since 09:00: a, b.
 * </ol>
 */
record FewestCalls() implements Selection.Kept {
  private static final Comparator<Candidate> ORDER =
      Comparator.comparingLong(Candidate::calls).thenComparing(Candidate.BY_IDLE);

  @Override
  public Comparator<Candidate> order() {
    return ORDER;
  }
}
