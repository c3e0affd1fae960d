package tandem.router.agent;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;
import tandem.router.domain.AgentId;
import tandem.router.domain.Presence;
import tandem.router.entity.Address.ToCall;
import tandem.router.entity.Turn;
import tandem.router.feed.AgentView.OfferState;

/**
 * How an agent grants itself to a call that asks for it directly. Its queues have no say in that,
 * and neither has a rest: somebody wants this very agent.
 */
final class Summoning {
  private final AgentId id;

  Summoning(AgentId id) {
    this.id = id;
  }

  void onSummon(Turn<AgentState, Agent.Event> turn, Agent.Summon m) {
    AgentState state = turn.state();
    Agent.Profile profile = state.profile();
    if (profile != null && state.offer(m.offer()) != null) {
      comes(turn, m, profile);
      return;
    }
    Agent.DeclineReason reason = declineReason(state, m, turn.now());
    if (reason != null || profile == null) {
      turn.tell(
          new ToCall(m.call()),
          new Call.AgentStaysAway(
              m.offer(), id, reason == null ? Agent.DeclineReason.NO_SUCH_AGENT : reason));
      return;
    }
    if (isFull(state, profile)) {
      state.offers().stream()
          .filter(offer -> offer.is(OfferState.WRAP_UP))
          .findFirst()
          .ifPresent(offer -> turn.persist(new Agent.WrapUpEnded(offer.id(), turn.now())));
    }
    turn.persist(
        new Agent.Summoned(
            m.offer(), m.call(), m.ringTimeout(), m.wrapUp(), m.own(), m.listens(), turn.now()));
    comes(turn, m, profile);
  }

  private void comes(Turn<AgentState, Agent.Event> turn, Agent.Summon m, Agent.Profile profile) {
    turn.tell(new ToCall(m.call()), new Call.AgentComes(m.offer(), id, profile.contact()));
  }

  private static Agent.@Nullable DeclineReason declineReason(
      AgentState state, Agent.Summon m, Instant now) {
    if (state.finished().contains(m.offer())) {
      return Agent.DeclineReason.OVER;
    }
    if (m.notAfter().isBefore(now)) {
      return Agent.DeclineReason.TOO_LATE;
    }
    if (state.profile() == null) {
      return Agent.DeclineReason.NO_SUCH_AGENT;
    }
    if (state.presence() == Presence.OFFLINE) {
      return Agent.DeclineReason.OFFLINE;
    }
    if (state.presence() == Presence.NOT_READY && !m.own()) {
      return Agent.DeclineReason.NOT_READY;
    }
    // Who wants to make a call has written up the last one.
    boolean makesRoom =
        m.own() && state.offers().stream().anyMatch(offer -> offer.is(OfferState.WRAP_UP));
    return isFull(state, state.profile()) && !makesRoom ? Agent.DeclineReason.AT_CAPACITY : null;
  }

  private static boolean isFull(AgentState state, Agent.Profile profile) {
    return state.offers().size() >= profile.capacity();
  }
}
