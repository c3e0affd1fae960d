package tandem.router.domain.select;

import java.util.Comparator;

/**
 * The highest score; then who is idle longest.
 *
 * <ol>
 *   <li>a scores 5, b scores 9, c scores 7: b, c, a.
 *   <li>a and b score 9, a idle since 09:00, b since 08:00: b, a.
 *   <li>b and a score 9 and are idle since 09:00: a, b.
 * </ol>
 */
record MostSkilled() implements Selection.Kept {
  private static final Comparator<Candidate> ORDER =
      Comparator.<Candidate>comparingLong(Candidate::score)
          .reversed()
          .thenComparing(Candidate.BY_IDLE);

  @Override
  public Comparator<Candidate> order() {
    return ORDER;
  }

  @Override
  public boolean scores() {
    return true;
  }
}
