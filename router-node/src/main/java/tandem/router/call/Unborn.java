package tandem.router.call;

import java.time.Instant;
import tandem.router.feed.CallView;

/** Waits for its arrival: no journal yet, or only refusals. */
record Unborn(Instant since) implements Activity {
  @Override
  public CallView.Status status(boolean ringing) {
    return CallView.Status.QUEUED;
  }
}
