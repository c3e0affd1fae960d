package tandem.router.feed;

import java.time.Instant;
import java.util.List;
import tandem.router.domain.CallId;
import tandem.router.domain.LotId;

/**
 * A park lot as people see it.
 *
 * @param slots those that are taken, by number
 */
public record LotView(LotId id, List<TakenSlot> slots) implements View {
  public LotView {
    slots = List.copyOf(slots);
  }

  /** A call in its slot, and since when. */
  public record TakenSlot(int slot, CallId call, Instant since) {}
}
