package tandem.router.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.LotId;
import tandem.router.domain.plan.Lot;

/**
 * A call's slot in a park lot.
 *
 * @param claim the call's number for what it asked
 * @param wanted the slot asked for; null for any
 * @param slot null until the lot has granted one
 * @param parker to whom it returns; null when the plan has parked it
 * @param recalls how often the parker was called
 * @param key of the request that it came of; null of the plan's
 * @param since when it was asked for
 */
record InSlot(
    LotId lot,
    int claim,
    Lot rule,
    @Nullable Integer wanted,
    @Nullable Integer slot,
    @Nullable AgentId parker,
    int recalls,
    @Nullable String key,
    Instant since) {

  InSlot granted(int number) {
    return new InSlot(lot, claim, rule, wanted, number, parker, recalls, key, since);
  }

  InSlot recalled(int attempt) {
    return new InSlot(lot, claim, rule, wanted, slot, parker, attempt, key, since);
  }

  /** A slot the call no longer wants: the lot must hear so. */
  record Given(LotId lot, int claim) {}
}
