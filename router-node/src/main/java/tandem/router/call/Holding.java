package tandem.router.call;

import java.time.Instant;
import tandem.router.domain.plan.Action;
import tandem.router.feed.CallView;

/**
 * Waits, with music, for somebody to pick it up from a park lot.
 *
 * @param then what becomes of it at the deadline
 */
record Holding(String lot, Action then, Instant deadline, Instant since) implements Activity {
  @Override
  public CallView.Status status(boolean ringing) {
    return CallView.Status.PARKED;
  }
}
