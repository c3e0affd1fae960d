package tandem.router.agent;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.OfferId;
import tandem.router.domain.Presence;
import tandem.router.domain.QueueId;
import tandem.router.feed.AgentView;

/**
 * One offer an agent has granted.
 *
 * @param round of the call's stay in the queue; 0 without a queue
 * @param queue null when the call itself asked for the agent; older snapshots have none such
 * @param until end of the wrap-up, null before it
 * @param own whether the agent itself wants the call
 * @param listens whether it only listens to others, which is no call of its own
 */
public record AgentOffer(
    OfferId id,
    CallId call,
    int round,
    @Nullable QueueId queue,
    Duration ringTimeout,
    Duration wrapUp,
    AgentView.OfferState state,
    Instant since,
    @Nullable Instant until,
    boolean own,
    boolean listens) {

  static AgentOffer of(Agent.Reserved e) {
    return new AgentOffer(
        e.offer(),
        e.call(),
        e.round(),
        e.queue(),
        e.ringTimeout(),
        e.wrapUp(),
        AgentView.OfferState.RESERVED,
        e.at(),
        null,
        false,
        false);
  }

  static AgentOffer of(Agent.Summoned e) {
    return new AgentOffer(
        e.offer(),
        e.call(),
        0,
        null,
        e.ringTimeout(),
        e.wrapUp(),
        AgentView.OfferState.RESERVED,
        e.at(),
        null,
        e.own(),
        e.listens());
  }

  AgentOffer talking(Instant at) {
    return with(AgentView.OfferState.TALKING, at, null);
  }

  AgentOffer wrappingUp(Instant at, Instant end) {
    return with(AgentView.OfferState.WRAP_UP, at, end);
  }

  private AgentOffer with(AgentView.OfferState now, Instant at, @Nullable Instant end) {
    return new AgentOffer(id, call, round, queue, ringTimeout, wrapUp, now, at, end, own, listens);
  }

  boolean is(AgentView.OfferState wanted) {
    return state == wanted;
  }

  /** Whether the agent, being so, no longer wants what it has granted. */
  boolean isUnwanted(Presence presence) {
    return is(AgentView.OfferState.RESERVED)
        && (own ? presence == Presence.OFFLINE : presence != Presence.READY);
  }
}
