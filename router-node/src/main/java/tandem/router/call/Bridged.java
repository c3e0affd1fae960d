package tandem.router.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.feed.CallView;

/**
 * People talk, the caller and an agent at first; waits for all but one to hang up.
 *
 * @param offer of the agent; null when the caller talks to somebody outside
 * @param agentLeg the leg of that agent, or of who is outside
 */
record Bridged(@Nullable OfferId offer, LegId agentLeg, Instant since) implements Activity {
  @Override
  public CallView.Status status(boolean ringing) {
    return CallView.Status.CONNECTED;
  }
}
