package tandem.router.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.plan.Plans;
import tandem.router.entity.Turn;

/**
 * Where a caller goes whom nobody is going to have: back to who gave it away, then back to its
 * queue, at the front.
 */
final class Homing {
  private final Plans plans;
  private final Invites invites;
  private final CallRoute route;

  Homing(Plans plans, Invites invites, CallRoute route) {
    this.plans = plans;
    this.invites = invites;
    this.route = route;
  }

  /** Returns when to look again, or null. */
  @Nullable Instant settle(Turn<CallState, Call.Event> turn) {
    CallState state = turn.state();
    if (!(state.activity() instanceof Reaching)
        || !state.table().coming().isEmpty()
        || !plans.isLoaded()
        || state.talkedAt() == null) {
      return null;
    }
    AgentId back = state.table().back();
    if (back == null || state.table().recalled()) {
      return route.goHome(turn);
    }
    Refusal refusal =
        invites.want(turn, null, Destinations.agent(back), Invite.Purpose.RECALL, back, null);
    if (refusal != null) {
      return route.goHome(turn);
    }
    return turn.now().plus(Invites.ANSWER_WITHIN);
  }
}
