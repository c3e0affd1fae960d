package tandem.router.call;

import org.jspecify.annotations.Nullable;
import tandem.router.agent.Agent;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.domain.ReleaseReason;

/**
 * What became of one offer to an agent, as the call decided it.
 *
 * @param queue that has picked the agent; null when the call itself wants it
 * @param why why it failed or was refused; null while it stands
 * @param legGone whether the phone's leg has ended, or never was
 */
record OfferRecord(
    OfferId id,
    AgentId agent,
    @Nullable QueueId queue,
    int round,
    boolean connected,
    @Nullable ReleaseReason why,
    boolean legGone) {

  OfferRecord asConnected() {
    return new OfferRecord(id, agent, queue, round, true, null, legGone);
  }

  OfferRecord failed(ReleaseReason reason) {
    return new OfferRecord(id, agent, queue, round, false, reason, legGone);
  }

  /** Of one that the call itself wants: there is no leg until its agent has said where. */
  static OfferRecord wanted(OfferId id, AgentId agent) {
    return new OfferRecord(id, agent, null, 0, false, null, true);
  }

  OfferRecord withLeg() {
    return new OfferRecord(id, agent, queue, round, connected, why, false);
  }

  OfferRecord withLegGone() {
    return new OfferRecord(id, agent, queue, round, connected, why, true);
  }

  /** The word about it: an agent is free only when its phone is. */
  Agent.Verdict verdict(CallId call) {
    if (connected) {
      return new Agent.Verdict(
          id, call, legGone ? Agent.Standing.OVER : Agent.Standing.CONNECTED, null);
    }
    return why != null && legGone
        ? new Agent.Verdict(id, call, Agent.Standing.RELEASED, why)
        : new Agent.Verdict(id, call, Agent.Standing.HELD, null);
  }
}
