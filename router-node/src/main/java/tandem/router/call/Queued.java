package tandem.router.call;

import java.time.Instant;
import tandem.router.feed.CallView;

/** Waits in a queue for an agent who reserves itself. */
record Queued(Instant since) implements Activity {
  @Override
  public CallView.Status status(boolean ringing) {
    return CallView.Status.QUEUED;
  }
}
