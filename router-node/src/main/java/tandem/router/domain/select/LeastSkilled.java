package tandem.router.domain.select;

import java.util.Comparator;

/**
 * The lowest score among those who fit, which keeps the experts for those who need them; then who
 * is idle longest.
 *
 * <ol>
 *   <li>a scores 5, b scores 9, c scores 7: a, c, b.
 *   <li>a and b score 5, a idle since 09:00, b since 08:00: b, a.
 *   <li>b and a score 5 and are idle since 09:00: a, b.
 * </ol>
 */
record LeastSkilled() implements Selection.Kept {
  private static final Comparator<Candidate> ORDER =
      Comparator.<Candidate>comparingLong(Candidate::score).thenComparing(Candidate.BY_IDLE);

  @Override
  public Comparator<Candidate> order() {
    return ORDER;
  }

  @Override
  public boolean scores() {
    return true;
  }
}
