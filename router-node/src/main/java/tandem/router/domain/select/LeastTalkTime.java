package tandem.router.domain.select;

import java.util.Comparator;

/**
 * Who talked least since it signed in; then who is idle longest.
 *
 * <ol>
 *   <li>a talked 30 min, b 10 min, c 20 min: b, c, a.
 *   <li>a talked 10 min and is idle since 09:00, b 10 min since 08:00: b, a.
 *   <li>b and a talked 10 min and are idle since 09:00: a, b.
 * </ol>
 */
record LeastTalkTime() implements Selection.Kept {
  private static final Comparator<Candidate> ORDER =
      Comparator.comparing(Candidate::talk).thenComparing(Candidate.BY_IDLE);

  @Override
  public Comparator<Candidate> order() {
    return ORDER;
  }
}
