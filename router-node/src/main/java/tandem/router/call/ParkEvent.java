package tandem.router.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.LotId;
import tandem.router.domain.plan.Lot;

/** What changes about a call's slot in a park lot. */
public sealed interface ParkEvent extends Call.Event, Act.Done {
  @Override
  default @Nullable Act act() {
    return null;
  }

  /**
   * The call has asked a lot for a slot; where it is stays as it is until there is an answer.
   *
   * @param claim counts the call's claims
   * @param rule the lot as the plan has it
   * @param slot the one wanted; null for any
   * @param parker to whom it returns when nobody picks it up; null when the plan parks it
   */
  record SlotClaimed(
      LotId lot,
      int claim,
      Lot rule,
      @Nullable Integer slot,
      @Nullable AgentId parker,
      @Nullable Act act,
      Instant at)
      implements ParkEvent {}

  /** The caller is in its slot. */
  record SlotTaken(LotId lot, int claim, int slot, Instant until, Instant at)
      implements ParkEvent {}

  /** The lot has no slot. */
  record SlotDenied(LotId lot, int claim, Refusal why, Instant at) implements ParkEvent {}

  /** The call has left its slot, or wants none any more. */
  record SlotLeft(LotId lot, int claim, Instant at) implements ParkEvent {}

  /**
   * Nobody has picked it up, and the parker is called.
   *
   * @param attempt from 1
   */
  record Recalled(AgentId parker, int attempt, Instant at) implements ParkEvent {}
}
