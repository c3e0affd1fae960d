package tandem.router.call;

import java.time.Instant;
import tandem.router.feed.CallView;

/**
 * Another system is asked about the caller, who hears music; waits for its answer, or for the end
 * of the time it has.
 *
 * @param number counts the call's lookups
 */
record LookingUp(int number, Instant since) implements Activity {
  @Override
  public CallView.Status status(boolean ringing) {
    return CallView.Status.HANDED_OVER;
  }
}
