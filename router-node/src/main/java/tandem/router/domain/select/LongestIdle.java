package tandem.router.domain.select;

import java.util.Comparator;

/**
 * Who is idle longest; of several the lower id.
 *
 * <ol>
 *   <li>a idle since 09:00, b since 08:00, c since 10:00: b, a, c.
 *   <li>b and a idle since 09:00: a, b.
 * </ol>
 */
record LongestIdle() implements Selection.Kept {
  @Override
  public Comparator<Candidate> order() {
    return Candidate.BY_IDLE;
  }
}
