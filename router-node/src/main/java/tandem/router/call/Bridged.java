package tandem.router.call;

import java.time.Instant;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.feed.CallView;

/** Caller and agent talk; waits for one of them to hang up. */
record Bridged(OfferId offer, LegId agentLeg, Instant since) implements Activity {
  @Override
  public CallView.Status status(boolean ringing) {
    return CallView.Status.CONNECTED;
  }
}
