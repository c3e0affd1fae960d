package tandem.router.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.edge.Errand;
import tandem.router.feed.CallView;

/**
 * The switch does something with the caller by itself; waits for the caller to come back, or to be
 * gone.
 *
 * @param number counts the call's errands
 * @param deadline when one that returns is taken as done; null for the others
 */
record Away(Errand errand, int number, @Nullable Instant deadline, Instant since)
    implements Activity {
  @Override
  public CallView.Status status(boolean ringing) {
    return CallView.Status.HANDED_OVER;
  }
}
