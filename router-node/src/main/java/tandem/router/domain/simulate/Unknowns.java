package tandem.router.domain.simulate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.simulate.Chance.Purpose;
import tandem.router.domain.simulate.Recorded.Outcome;

/**
 * Draws what a recording cannot tell. Of a caller who was answered it does not tell the patience,
 * only that it was longer than the wait: drawn from the {@link PatienceCurve} of the callers of its
 * queue, given that wait. Of a caller who was not answered it does not tell how long an agent would
 * have talked: drawn from the calls of its queue that were answered. Where a queue shows too little
 * of either, all calls stand in. What is given is never changed.
 */
final class Unknowns {
  /** Abandonments, or answered calls, from which on a queue speaks for itself. */
  static final int ENOUGH = 30;

  private final Chance chance;
  private final PatienceCurve patience;
  private final Map<String, PatienceCurve> patienceOf = new HashMap<>();
  private final List<Duration> handles = new ArrayList<>();
  private final Map<String, List<Duration>> handlesOf = new HashMap<>();

  private Unknowns(Traffic traffic, Chance chance) {
    this.chance = chance;
    List<PatienceCurve.Seen> seen = new ArrayList<>();
    Map<String, List<PatienceCurve.Seen>> seenOf = new HashMap<>();
    for (Arrival arrival : traffic.arrivals()) {
      Duration handle = knownHandle(arrival);
      if (handle != null) {
        handles.add(handle);
        handlesOf.computeIfAbsent(queue(arrival), queue -> new ArrayList<>()).add(handle);
      }
      PatienceCurve.Seen wait = seen(arrival);
      if (wait != null) {
        seen.add(wait);
        seenOf.computeIfAbsent(queue(arrival), queue -> new ArrayList<>()).add(wait);
      }
    }
    patience = PatienceCurve.of(seen);
    seenOf.forEach((queue, waits) -> patienceOf.put(queue, PatienceCurve.of(waits)));
  }

  /**
   * The same calls, each with a handle time, and with a patience unless nobody of them ever hung
   * up.
   *
   * @throws IllegalArgumentException when no call has a handle time
   */
  static Traffic fill(Traffic traffic, Chance chance) {
    Unknowns unknowns = new Unknowns(traffic, chance);
    if (unknowns.handles.isEmpty()) {
      throw new IllegalArgumentException(
          "handle: no call says how long an agent talks with the caller");
    }
    List<Arrival> filled = new ArrayList<>();
    for (int i = 0; i < traffic.arrivals().size(); i++) {
      filled.add(unknowns.filled(traffic.arrivals().get(i), i));
    }
    return new Traffic(filled);
  }

  private Arrival filled(Arrival a, int index) {
    Duration stays = knownPatience(a);
    Duration handle = knownHandle(a);
    return new Arrival(
        a.id(),
        a.at(),
        a.from(),
        a.to(),
        a.attributes(),
        stays == null ? patience(a, index) : stays,
        handle == null ? handle(a, index) : handle,
        a.recorded());
  }

  private @Nullable Duration patience(Arrival arrival, int index) {
    Recorded recorded = arrival.recorded();
    Duration waited = recorded == null ? Duration.ZERO : recorded.waited();
    PatienceCurve own = patienceOf.get(queue(arrival));
    Optional<Duration> drawn =
        (own != null && own.abandonments() >= ENOUGH ? own : patience)
            .patience(
                waited,
                chance.fraction(Purpose.PATIENCE, index, 0),
                chance.fraction(Purpose.TAIL, index, 0));
    return drawn
        .map(time -> time.compareTo(Arrival.LONGEST) > 0 ? Arrival.LONGEST : time)
        .orElse(null);
  }

  private Duration handle(Arrival arrival, int index) {
    List<Duration> own = handlesOf.get(queue(arrival));
    List<Duration> from = own != null && own.size() >= ENOUGH ? own : handles;
    return from.get((int) (chance.fraction(Purpose.HANDLE, index, 0) * from.size()));
  }

  private static @Nullable Duration knownPatience(Arrival arrival) {
    Recorded recorded = arrival.recorded();
    return arrival.patience() == null && recorded != null && recorded.outcome() == Outcome.ABANDONED
        ? recorded.waited()
        : arrival.patience();
  }

  private static @Nullable Duration knownHandle(Arrival arrival) {
    Recorded recorded = arrival.recorded();
    return arrival.handle() == null && recorded != null ? recorded.talk() : arrival.handle();
  }

  private static PatienceCurve.@Nullable Seen seen(Arrival arrival) {
    Recorded recorded = arrival.recorded();
    if (recorded == null) {
      return arrival.patience() == null ? null : new PatienceCurve.Seen(arrival.patience(), true);
    }
    return new PatienceCurve.Seen(recorded.waited(), recorded.outcome() == Outcome.ABANDONED);
  }

  private static String queue(Arrival arrival) {
    return arrival.recorded() == null ? "" : arrival.recorded().queue();
  }
}
