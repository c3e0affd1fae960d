package tandem.router.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.TenantId;
import tandem.router.entity.Address.ToPlan;
import tandem.router.entity.EntityLogic;
import tandem.router.entity.Turn;

/** How the archive keeps one version. Stops when it has answered: it is seldom asked. */
public final class PlanArchiveLogic
    implements EntityLogic<PlanArchive.Command, PlanArchive.Event, PlanArchive.Kept> {
  private final TenantId tenant;
  private final long number;

  /**
   * The archive's place for one version.
   *
   * @param number of the version
   */
  public PlanArchiveLogic(TenantId tenant, long number) {
    this.tenant = tenant;
    this.number = number;
  }

  @Override
  public PlanArchive.Kept empty() {
    return new PlanArchive.Kept(tenant, number, null, null);
  }

  @Override
  public PlanArchive.Kept evolve(PlanArchive.Kept state, PlanArchive.Event event) {
    if (event instanceof PlanArchive.Written e) {
      return new PlanArchive.Kept(tenant, number, e.version(), e.text());
    }
    throw new IllegalStateException("an archived plan has no state after " + event);
  }

  @Override
  public PlanArchive.Command wake() {
    return PlanArchive.Wake.WAKE;
  }

  @Override
  public boolean finished(PlanArchive.Kept state) {
    return true;
  }

  @Override
  public void decide(Turn<PlanArchive.Kept, PlanArchive.Event> turn, PlanArchive.Command command) {
    if (command instanceof PlanArchive.Keep m) {
      if (turn.state().version() == null) {
        turn.persist(new PlanArchive.Written(tenant, m.version(), m.text(), turn.now()));
      }
      turn.tell(new ToPlan(tenant), new RoutingPlan.Heard(m.key()));
    } else if (command instanceof PlanArchive.Get m) {
      turn.reply(m.replyTo(), turn.state());
    } else if (command != PlanArchive.Wake.WAKE) {
      throw new IllegalStateException("an archived plan has no answer to " + command);
    }
  }

  @Override
  public @Nullable Instant settle(Turn<PlanArchive.Kept, PlanArchive.Event> turn) {
    return null;
  }
}
