package tandem.router.call;

import java.time.Instant;
import tandem.router.feed.CallView;

/**
 * One side has left; waits for the last leg to be gone.
 *
 * @param cause why the first leg left
 */
record Ending(String cause, Instant since) implements Activity {
  @Override
  public CallView.Status status(boolean ringing) {
    return CallView.Status.ENDING;
  }
}
