package tandem.router.lot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.LotId;
import tandem.router.domain.RouterSerializable;
import tandem.router.feed.LotView;

/**
 * A park lot as its journal tells it.
 *
 * @param version how many events made it
 * @param slots those that are taken, by number
 * @param released the calls that gave something back last, each with its latest claim that is over,
 *     so that a late repeat is known
 * @param lastGiven the number given last; 0 before the first
 */
public record LotState(long version, List<Slot> slots, List<Released> released, int lastGiven)
    implements RouterSerializable {
  /** Calls whose claims that are over are known; a ghost of one before is found by asking it. */
  private static final int REMEMBERED = 256;

  static final LotState EMPTY = new LotState(0, List.of(), List.of(), 0);

  public LotState {
    slots = List.copyOf(slots);
    released = List.copyOf(released);
  }

  /** A slot that is taken. */
  public record Slot(int number, CallId call, int claim, Instant since) {}

  /** A call's claims up to this one are over. */
  public record Released(CallId call, int claim) {}

  @Nullable Slot slot(int number) {
    return slots.stream().filter(slot -> slot.number() == number).findFirst().orElse(null);
  }

  @Nullable Slot slotOf(CallId call, int claim) {
    return slots.stream()
        .filter(slot -> slot.call().equals(call) && slot.claim() == claim)
        .findFirst()
        .orElse(null);
  }

  boolean isReleased(CallId call, int claim) {
    return released.stream().anyMatch(r -> r.call().equals(call) && r.claim() >= claim);
  }

  /** Whether the call has given this claim up, or got a slot for a later one. */
  boolean isOver(CallId call, int claim) {
    return isReleased(call, claim)
        || slots.stream().anyMatch(slot -> slot.call().equals(call) && slot.claim() > claim);
  }

  /**
   * The free slot after the one given last, and after the highest the lowest: a slot just left is
   * not given again at once, so that whoever still has its number in mind does not pick up somebody
   * else.
   *
   * @return null when all are taken
   */
  @Nullable Integer nextFree(int first, int last) {
    Set<Integer> taken = slots.stream().map(Slot::number).collect(Collectors.toSet());
    Integer lowest = null;
    for (int number = first; number <= last; number++) {
      if (!taken.contains(number)) {
        if (number > lastGiven) {
          return number;
        }
        lowest = lowest == null ? Integer.valueOf(number) : lowest;
      }
    }
    return lowest;
  }

  LotState evolve(ParkingLot.Event event) {
    if (event instanceof ParkingLot.SlotTaken e) {
      List<Slot> now = without(e.slot());
      now.add(new Slot(e.slot(), e.call(), e.claim(), e.at()));
      now.sort(Comparator.comparingInt(Slot::number));
      return new LotState(version + 1, now, released, e.slot());
    } else if (event instanceof ParkingLot.SlotFreed e) {
      return new LotState(
          version + 1, without(e.slot()), releasedWith(e.call(), e.claim()), lastGiven);
    } else if (event instanceof ParkingLot.ClaimDropped e) {
      return new LotState(version + 1, slots, releasedWith(e.call(), e.claim()), lastGiven);
    }
    throw new IllegalStateException("a park lot has no state after " + event);
  }

  private List<Slot> without(int number) {
    return slots.stream()
        .filter(slot -> slot.number() != number)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private List<Released> releasedWith(CallId call, int claim) {
    List<Released> now = new ArrayList<>();
    int latest = claim;
    for (Released one : released) {
      if (one.call().equals(call)) {
        latest = Math.max(latest, one.claim());
      } else {
        now.add(one);
      }
    }
    now.add(new Released(call, latest));
    return now.size() > REMEMBERED ? now.subList(now.size() - REMEMBERED, now.size()) : now;
  }

  LotView view(LotId id) {
    return new LotView(
        id,
        slots.stream()
            .map(slot -> new LotView.TakenSlot(slot.number(), slot.call(), slot.since()))
            .toList());
  }
}
