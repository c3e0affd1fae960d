package tandem.router.plan;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.List;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.TenantId;
import tandem.router.entity.Word;

/**
 * Which tenant's plan was changed last: one for the whole cluster, asked by every node several
 * times a second, so that a publish is known everywhere within a second. The single owner of
 * nothing but the order of changes: what is in force is the {@link RoutingPlan}'s word.
 */
public final class PlanIndex {
  private PlanIndex() {}

  public sealed interface Command extends RouterSerializable {}

  /**
   * A tenant's plan has changed.
   *
   * @param stamp of what is in force, as {@link RoutingPlan.InForce#stamp}
   */
  public record Changed(TenantId tenant, long stamp) implements Command, Word {
    @Override
    public String key() {
      return "changed:" + stamp;
    }
  }

  /** What has changed since the asker's version of the index. */
  public record Since(long known, ActorRef<Changes> replyTo) implements Command {}

  public enum Wake implements Command {
    WAKE
  }

  /**
   * A page of tenants with a newer plan, in the order of their changes.
   *
   * @param upTo the index's version this page brings its reader to
   * @param tenants in the order of their changes
   */
  public record Changes(long upTo, List<Stamp> tenants, boolean more)
      implements RouterSerializable {
    /** Tenants in a page (count). */
    public static final int PAGE = 1_000;

    public Changes {
      tenants = List.copyOf(tenants);
    }
  }

  /** A tenant's plan and how new it is. */
  public record Stamp(TenantId tenant, long stamp) {}

  public sealed interface Event extends RouterSerializable {}

  public record Noted(TenantId tenant, long stamp, Instant at) implements Event {}
}
