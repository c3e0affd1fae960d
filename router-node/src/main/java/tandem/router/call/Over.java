package tandem.router.call;

import java.time.Instant;
import tandem.router.feed.CallView;

/** Has ended; waits for all peers to know it. */
record Over(CallView.Outcome outcome, String cause, Instant since) implements Activity {
  @Override
  public CallView.Status status(boolean ringing) {
    return CallView.Status.ENDED;
  }
}
