package tandem.router.domain.select;

import java.util.Comparator;

/**
 * Who served this caller last, and nobody else, for a while; afterwards who is idle longest.
 * Waiting for the last agent is the matcher's; this is the order afterwards.
 *
 * <ol>
 *   <li>a idle since 09:00, b since 08:00: b, a.
 *   <li>b and a idle since 09:00: a, b.
 *   <li>Sticky for 30 s, the caller was with a before, b is free and a is not: nobody until the
 *       caller has waited 30 s, then b.
 *   <li>The same, and a gets free after 10 s: a.
 *   <li>The same, and a is not known to the queue, cannot do what the caller now wants or did not
 *       answer this call: b at once.
 * </ol>
 */
record LastAgent() implements Selection.Kept {
  @Override
  public Comparator<Candidate> order() {
    return Candidate.BY_IDLE;
  }
}
