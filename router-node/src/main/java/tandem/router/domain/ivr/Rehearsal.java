package tandem.router.domain.ivr;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Caller;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.PlanInForce;

/**
 * What becomes of a caller whom nobody can ask, in an interactive flow: where a node says what such
 * callers key in, or what another system answers, that counts; else nothing is keyed in and nothing
 * is answered. No time goes by.
 *
 * @param caller with the attributes that the flow has set
 * @param action what it leads to
 */
public record Rehearsal(Caller caller, Action action) {

  /** Leads a caller through a flow of a plan. */
  public static Rehearsal of(PlanInForce plan, Caller caller, String ivr, Instant now) {
    IvrTurn turn = IvrRunner.begin(plan, caller, ivr, 0, now);
    while (!(turn.ask() instanceof Ask.Leave)) {
      IvrSession session = turn.session();
      IvrInput input = input(plan, session);
      turn = IvrRunner.next(plan, caller, session, input, turn.secrets(), now);
    }
    return new Rehearsal(turn.session().seen(caller), ((Ask.Leave) turn.ask()).action());
  }

  private static IvrInput input(PlanInForce plan, IvrSession session) {
    Ivr ivr = Objects.requireNonNull(plan.plan().ivrs().get(session.ivr()));
    IvrNode node = Objects.requireNonNull(ivr.node(session.node()));
    if (node instanceof IvrNode.Menu menu) {
      return keyed(menu.simulate());
    } else if (node instanceof IvrNode.Collect collect) {
      return keyed(collect.simulate());
    } else if (node instanceof IvrNode.Request request) {
      return request.simulate() == null
          ? new IvrInput.NotFound()
          : new IvrInput.Found(Map.copyOf(request.simulate().values()));
    }
    return new IvrInput.Played();
  }

  private static IvrInput keyed(@Nullable String simulate) {
    return new IvrInput.Keyed(simulate == null ? "" : simulate);
  }
}
