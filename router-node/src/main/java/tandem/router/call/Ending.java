package tandem.router.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.feed.CallView;

/**
 * One side has left, or the plan has ended the call; waits for the last leg to be gone.
 *
 * @param cause why the first leg left
 * @param outcome what the plan had done with the call; null when it is told by who talked
 */
record Ending(String cause, CallView.@Nullable Outcome outcome, Instant since) implements Activity {
  /** Whether the plan ended it. */
  boolean dismissed() {
    return outcome == CallView.Outcome.TURNED_AWAY;
  }

  @Override
  public CallView.Status status(boolean ringing) {
    return CallView.Status.ENDING;
  }
}
