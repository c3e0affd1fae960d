package tandem.router.call;

import java.time.Instant;
import tandem.router.domain.plan.Action;
import tandem.router.feed.CallView;

/**
 * Waits, with music, for somebody to pick it up from a park lot.
 *
 * @param then what becomes of it then
 * @param until when nobody has picked it up by then
 */
record Holding(String lot, Action then, Instant until, Instant since) implements Activity {
  @Override
  public CallView.Status status(boolean ringing) {
    return CallView.Status.PARKED;
  }
}
