package tandem.router.call;

import java.time.Instant;
import tandem.router.feed.CallView;

/**
 * Waits for somebody certain whose phone rings: to whom the caller was given, to whom it comes
 * back, or the agent who makes the call.
 */
record Reaching(Instant since) implements Activity {
  @Override
  public CallView.Status status(boolean ringing) {
    return CallView.Status.TRANSFERRING;
  }
}
