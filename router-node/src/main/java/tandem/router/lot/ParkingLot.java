package tandem.router.lot;

import akka.actor.typed.ActorRef;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.LotId;
import tandem.router.domain.RouterSerializable;
import tandem.router.entity.Word;
import tandem.router.feed.LotView;

/**
 * What a park lot hears, and what it persists. A lot is the only one who gives a slot of its own;
 * only the call gives it back. How many slots there are is the plan's, and comes with each claim.
 */
public final class ParkingLot {
  private ParkingLot() {}

  /** What a park lot hears. */
  public sealed interface Command extends RouterSerializable {}

  /**
   * A call wants a slot. Repeated until answered by {@link Call.SlotGranted} or {@link
   * Call.SlotRefused}.
   *
   * @param claim counts the call's claims, whichever lot they are for
   * @param slot the one wanted; null for the next that is free
   * @param first the lot's lowest slot
   * @param last the lot's highest slot
   */
  public record Claim(CallId call, int claim, @Nullable Integer slot, int first, int last)
      implements Command {}

  /**
   * A call no longer wants what it claimed, or has got; the claim is refused from then on. Repeated
   * until {@link Call.Heard}.
   */
  public record Release(CallId call, int claim) implements Command, Word {
    /** A call counts its claims over all lots, so this is one of a kind among its words. */
    @Override
    public String key() {
      return "release:" + claim;
    }
  }

  public record Get(ActorRef<LotReply> replyTo) implements Command {}

  /** The directory has listed us. */
  public record Heard(String key) implements Command {}

  public enum Wake implements Command {
    WAKE
  }

  /**
   * The answer to {@link Get}.
   *
   * @param view null when no call has ever been in this lot
   */
  public record LotReply(@Nullable LotView view, long seq) implements RouterSerializable {}

  /** What a park lot persists. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public sealed interface Event extends RouterSerializable {
    Instant at();
  }

  /** A call has got a slot. */
  public record SlotTaken(LotId lot, int slot, CallId call, int claim, Instant at)
      implements Event {}

  /** A call has given its slot back. */
  public record SlotFreed(int slot, CallId call, int claim, Instant at) implements Event {}

  /** A call has given a claim up that has no slot: one that comes late is refused. */
  public record ClaimDropped(CallId call, int claim, Instant at) implements Event {}
}
