package tandem.router.agent;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.feed.AgentView;

/**
 * One offer an agent has granted.
 *
 * @param until end of the wrap-up, null before it
 */
public record AgentOffer(
    OfferId id,
    CallId call,
    int round,
    QueueId queue,
    Duration ringTimeout,
    Duration wrapUp,
    AgentView.OfferState state,
    Instant since,
    @Nullable Instant until) {

  AgentOffer talking(Instant at) {
    return new AgentOffer(
        id, call, round, queue, ringTimeout, wrapUp, AgentView.OfferState.TALKING, at, null);
  }

  AgentOffer wrappingUp(Instant at, Instant end) {
    return new AgentOffer(
        id, call, round, queue, ringTimeout, wrapUp, AgentView.OfferState.WRAP_UP, at, end);
  }

  boolean is(AgentView.OfferState wanted) {
    return state == wanted;
  }
}
