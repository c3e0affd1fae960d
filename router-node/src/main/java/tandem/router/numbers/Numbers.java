package tandem.router.numbers;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.List;
import tandem.router.domain.Entry;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.TenantId;

/**
 * The number directory: the single owner of which tenant has which number, and where its callers
 * go. One for the whole cluster, since a number has one owner; small, and copied to every edge.
 */
public final class Numbers {
  private Numbers() {}

  public sealed interface Command extends RouterSerializable {}

  /** Takes a number for a tenant, or changes where its own number leads. */
  public record Claim(
      TenantId tenant, PhoneNumber number, Entry entry, ActorRef<ClaimReply> replyTo)
      implements Command {}

  public record Release(TenantId tenant, PhoneNumber number, ActorRef<ClaimReply> replyTo)
      implements Command {}

  /** All numbers, or nothing new when the asker already has this version. */
  public record Changes(long knownVersion, ActorRef<Snapshot> replyTo) implements Command {}

  public enum Wake implements Command {
    WAKE
  }

  public enum ClaimReply implements RouterSerializable {
    DONE,
    TAKEN_BY_ANOTHER_TENANT,
    NOT_YOURS
  }

  /** One number and where it leads; the tenant is the queue's. */
  public record Listed(PhoneNumber number, Entry entry) {}

  /**
   * Every number there is.
   *
   * @param numbers empty when {@code version} is the one the asker knew
   */
  public record Snapshot(long version, List<Listed> numbers) implements RouterSerializable {
    public Snapshot {
      numbers = List.copyOf(numbers);
    }
  }

  public sealed interface Event extends RouterSerializable {
    Instant at();
  }

  public record Claimed(PhoneNumber number, Entry entry, Instant at) implements Event {}

  public record Freed(PhoneNumber number, Instant at) implements Event {}
}
