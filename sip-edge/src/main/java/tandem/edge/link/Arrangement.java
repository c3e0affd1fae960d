package tandem.edge.link;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.LegId;
import tandem.router.edge.SwitchCommand;

/** What a call wants of its legs, and how far that is. */
final class Arrangement {
  final SwitchCommand.Arrange order;

  /** Since when it is tried. */
  Instant since;

  Stage stage = Stage.UNDER_WAY;

  /** How often the switch has refused something, or not done it. */
  private final Map<LegId, Integer> refusals = new HashMap<>();

  /** Legs that the call has wanted for something else since. */
  private final Set<LegId> released = new HashSet<>();

  /** What went wrong last, and with which leg. */
  @Nullable LegId worst;

  String why = "";

  /** How far an arrangement is. */
  enum Stage {
    UNDER_WAY,
    DONE,
    /** Given up, and said so. */
    FAILED
  }

  Arrangement(SwitchCommand.Arrange order, Instant since) {
    this.order = order;
    this.since = since;
  }

  boolean isUnderWay() {
    return stage == Stage.UNDER_WAY;
  }

  boolean names(LegId leg) {
    return !released.contains(leg) && named().contains(leg);
  }

  /** All legs that it was about. */
  Set<LegId> named() {
    Set<LegId> legs = new HashSet<>();
    order.rooms().forEach(room -> room.places().forEach(place -> legs.add(place.leg())));
    order.listeners().forEach(listener -> legs.add(listener.leg()));
    return legs;
  }

  void release(LegId leg) {
    released.add(leg);
  }

  List<SwitchCommand.Room> rooms() {
    return order.rooms().stream()
        .map(
            room ->
                new SwitchCommand.Room(
                    room.places().stream()
                        .filter(place -> !released.contains(place.leg()))
                        .toList()))
        .toList();
  }

  List<SwitchCommand.Listener> listeners() {
    return order.listeners().stream()
        .filter(listener -> !released.contains(listener.leg()))
        .toList();
  }

  /**
   * Something did not work.
   *
   * @return how often that was so for this leg
   */
  int refused(LegId leg, String text) {
    worst = leg;
    why = text;
    return refusals.merge(leg, 1, Integer::sum);
  }

  /** Tried again, from the beginning. */
  void startOver(Instant now) {
    stage = Stage.UNDER_WAY;
    since = now;
    refusals.clear();
    worst = null;
    why = "";
  }
}
