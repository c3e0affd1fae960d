package tandem.router.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.feed.CallView;

/** What a call is doing. Each says in one sentence what it waits for. */
sealed interface Activity
    permits Unborn,
        Away,
        LookingUp,
        Holding,
        Queued,
        Offering,
        Reaching,
        Dialing,
        Bridging,
        Bridged,
        Ending,
        Over {

  Instant since();

  /** The instant by which it must have moved on, or null. */
  default @Nullable Instant deadline() {
    return null;
  }

  /** The offer it is about, or null. */
  default @Nullable OfferId offer() {
    return null;
  }

  /** The agent's leg it is about, or null. */
  default @Nullable LegId agentLeg() {
    return null;
  }

  CallView.Status status(boolean ringing);
}
