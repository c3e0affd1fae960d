package tandem.router.call;

import java.time.Instant;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.feed.CallView;

/** Waits for an agent's phone to be picked up. */
record Offering(OfferId offer, LegId agentLeg, Instant deadline, Instant since)
    implements Activity {
  @Override
  public CallView.Status status(boolean ringing) {
    return ringing ? CallView.Status.RINGING : CallView.Status.OFFERED;
  }
}
