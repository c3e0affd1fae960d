package tandem.router.numbers;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  /**
   * All numbers a page at a time, or nothing new when the asker already has this version.
   *
   * @param afterNumber the last one of the page before; absent for the first page
   */
  public record Changes(
      long knownVersion, @Nullable PhoneNumber afterNumber, ActorRef<Snapshot> replyTo)
      implements Command {}

  /** One of a tenant's own numbers. */
  public record Find(TenantId tenant, PhoneNumber number, ActorRef<Found> replyTo)
      implements Command {}

  /**
   * A page of a tenant's own numbers.
   *
   * @param most 1 to {@link Snapshot#PAGE}
   */
  public record Of(
      TenantId tenant, @Nullable PhoneNumber afterNumber, int most, ActorRef<Snapshot> replyTo)
      implements Command {}

  public enum Wake implements Command {
    WAKE
  }

  public enum ClaimReply implements RouterSerializable {
    DONE,
    TAKEN_BY_ANOTHER_TENANT,
    NOT_YOURS
  }

  /**
   * What there is of a number.
   *
   * @param entry where the number leads; absent when the tenant has no such number
   */
  public record Found(@Nullable Entry entry) implements RouterSerializable {}

  /** One number and where it leads; the tenant is the queue's. */
  public record Listed(PhoneNumber number, Entry entry) {}

  /**
   * A page of all numbers, or of a tenant's, in their order.
   *
   * @param version of the list that the page was cut from
   * @param afterNumber as the asker said
   * @param numbers empty when {@code version} is the one the asker knew
   * @param more whether another page follows
   */
  public record Snapshot(
      long version, @Nullable PhoneNumber afterNumber, List<Listed> numbers, boolean more)
      implements RouterSerializable {
    /** Numbers in a page at most: some 90 KB, well inside what a frame between nodes holds. */
    public static final int PAGE = 1_000;

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
