package tandem.router.call;

import java.time.Instant;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.feed.CallView;

/** The agent is there; waits for who is called back to pick the phone up. */
record Dialing(
    OfferId offer, LegId agentLeg, LegId customerLeg, int attempt, Instant deadline, Instant since)
    implements Activity {
  @Override
  public CallView.Status status(boolean ringing) {
    return CallView.Status.DIALING;
  }
}
