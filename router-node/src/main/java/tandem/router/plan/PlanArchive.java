package tandem.router.plan;

import akka.actor.typed.ActorRef;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.TenantId;
import tandem.router.entity.Word;

/**
 * One published version of a tenant's plan, kept for ever: what is asked for when a decision is
 * explained, months later. Written once.
 */
public final class PlanArchive {
  private PlanArchive() {}

  public sealed interface Command extends RouterSerializable {}

  /** Keeps a version; a repeat is harmless. */
  public record Keep(RoutingPlan.Version version, String text) implements Command, Word {
    @Override
    public String key() {
      return "keep:" + version.version();
    }
  }

  public record Get(ActorRef<Kept> replyTo) implements Command {}

  public enum Wake implements Command {
    WAKE
  }

  /** The version of this number; {@code version} and {@code text} are null when there is none. */
  public record Kept(
      TenantId tenant, long number, RoutingPlan.@Nullable Version version, @Nullable String text)
      implements RouterSerializable {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public sealed interface Event extends RouterSerializable {}

  public record Written(TenantId tenant, RoutingPlan.Version version, String text, Instant at)
      implements Event {}
}
