package tandem.router.domain.select;

import java.util.Comparator;

/**
 * All phones ring at once, up to a limit; who is idle longest comes first.
 *
 * <ol>
 *   <li>a idle since 09:00, b since 08:00, c since 10:00, at most 15: b, a, c ring.
 *   <li>The same, at most 2: b, a ring.
 *   <li>b and a idle since 09:00, at most 1: a rings.
 * </ol>
 */
record RingAll(int atMost) implements Selection.Kept {
  @Override
  public Comparator<Candidate> order() {
    return Candidate.BY_IDLE;
  }

  @Override
  public int atFirst() {
    return atMost;
  }
}
