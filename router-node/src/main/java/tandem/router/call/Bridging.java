package tandem.router.call;

import java.time.Instant;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.feed.CallView;

/** The agent is there; waits for the switch to say that the two are connected. */
record Bridging(OfferId offer, LegId agentLeg, Instant deadline, Instant since)
    implements Activity {
  @Override
  public CallView.Status status(boolean ringing) {
    return CallView.Status.CONNECTING;
  }
}
