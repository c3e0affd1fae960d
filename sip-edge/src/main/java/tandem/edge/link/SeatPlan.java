package tandem.edge.link;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.LegId;
import tandem.router.edge.SwitchCommand.Ear;
import tandem.router.edge.SwitchCommand.Listener;
import tandem.router.edge.SwitchCommand.Place;
import tandem.router.edge.SwitchCommand.Room;
import tandem.router.edge.SwitchCommand.Sound;

/**
 * What the switch is to do next so that those who are to hear each other do. Pure: from where each
 * leg is and where it is to be to the next steps, at most one move a leg; asked again after each of
 * them. Whatever a leg does, parking it brings it back to where all begins.
 */
final class SeatPlan {
  /** Where a leg is. */
  sealed interface Where {
    /** Parked: it waits for orders. */
    record Alone() implements Where {}

    /** Bridged with this leg. */
    record With(LegId partner) implements Where {}

    /** In a conference of this name. */
    record In(String room) implements Where {}

    /**
     * Hears what this leg hears.
     *
     * @param ear who hears it; null when that is not known
     */
    record Listening(LegId target, @Nullable Ear ear) implements Where {}

    /** Nobody knows. */
    record Elsewhere() implements Where {}
  }

  /**
   * How it stands with one living leg.
   *
   * @param answered whether it can be bridged
   * @param busy whether it is being moved
   * @param muted null when nobody knows
   * @param sound what it hears while it is alone; null when nobody knows, or nothing
   */
  record Standing(
      Where where,
      boolean answered,
      boolean busy,
      @Nullable Boolean muted,
      @Nullable Sound sound) {}

  /** One thing to do. */
  sealed interface Step {
    LegId leg();

    record Answer(LegId leg) implements Step {}

    record Park(LegId leg) implements Step {}

    /** Whoever they talk to now is left alone. */
    record Join(LegId leg, LegId other) implements Step {}

    record Enter(LegId leg, String room) implements Step {}

    record Listen(LegId leg, LegId target, Ear ear) implements Step {}

    record Hear(LegId leg, Sound sound) implements Step {}

    record Mute(LegId leg, boolean on) implements Step {}
  }

  /**
   * What to do now.
   *
   * @param settled whether all is as it is wanted
   */
  record Next(List<Step> steps, boolean settled) {}

  private final Map<LegId, Standing> legs;
  private final String prefix;
  private final List<Step> steps = new ArrayList<>();
  private final Set<LegId> touched = new HashSet<>();
  private final Set<String> roomsTaken = new HashSet<>();
  private boolean settled = true;

  private SeatPlan(Map<LegId, Standing> legs, String prefix) {
    this.legs = legs;
    this.prefix = prefix;
    legs.forEach(
        (leg, standing) -> {
          if (standing.busy()) {
            touched.add(leg);
          }
        });
  }

  /**
   * The next steps.
   *
   * @param legs all that live and are known; others that are named are left out
   * @param prefix what the names of this call's conferences begin with
   */
  static Next next(
      List<Room> rooms, List<Listener> listeners, Map<LegId, Standing> legs, String prefix) {
    SeatPlan plan = new SeatPlan(legs, prefix);
    rooms.forEach(plan::room);
    listeners.forEach(plan::listener);
    return new Next(List.copyOf(plan.steps), plan.settled);
  }

  private void room(Room room) {
    List<Place> places = room.places().stream().filter(p -> legs.containsKey(p.leg())).toList();
    places.forEach(this::mute);
    if (places.size() == 1) {
      alone(places.get(0).leg(), places.get(0).alone());
    } else if (places.size() == 2) {
      pair(places.get(0).leg(), places.get(1).leg());
    } else if (places.size() > 2) {
      String name = name(places);
      roomsTaken.add(name);
      places.forEach(place -> enter(place.leg(), name));
    }
  }

  /** Whether somebody is heard is the same wherever it is, and is set before it is moved. */
  private void mute(Place place) {
    Boolean muted = standing(place.leg()).muted();
    if (muted != null && muted == place.muted()) {
      return;
    }
    settled = false;
    if (!isTouched(place.leg())) {
      steps.add(new Step.Mute(place.leg(), place.muted()));
    }
  }

  private void alone(LegId leg, Sound sound) {
    Standing standing = standing(leg);
    if (!(standing.where() instanceof Where.Alone)) {
      move(new Step.Park(leg));
    } else if (isTouched(leg) || !ready(leg)) {
      settled = false;
    } else if (standing.sound() != sound) {
      settled = false;
      steps.add(new Step.Hear(leg, sound));
    }
  }

  private void pair(LegId a, LegId b) {
    List<LegId> both = List.of(a, b);
    if (isWith(a, b) && isWith(b, a)) {
      settled &= !isTouched(a) && !isTouched(b);
    } else if (!both.stream().map(this::ready).reduce(true, Boolean::logicalAnd)) {
      settled = false;
    } else if (!both.stream().allMatch(this::isBridgeable)) {
      both.forEach(this::bringBack);
    } else {
      move(new Step.Join(a, b));
    }
  }

  /** The switch takes a leg out of another bridge, or out of a conference, by itself. */
  private boolean isBridgeable(LegId leg) {
    Where where = standing(leg).where();
    return where instanceof Where.Alone || where instanceof Where.With || where instanceof Where.In;
  }

  private void bringBack(LegId leg) {
    settled = false;
    if (!isBridgeable(leg)) {
      move(new Step.Park(leg));
    }
  }

  private void enter(LegId leg, String room) {
    if (standing(leg).where() instanceof Where.In in && in.room().equals(room)) {
      settled &= !isTouched(leg);
    } else if (ready(leg)) {
      move(new Step.Enter(leg, room));
    }
  }

  private void listener(Listener listener) {
    LegId leg = listener.leg();
    Standing standing = legs.get(leg);
    if (standing == null) {
      return;
    }
    if (!legs.containsKey(listener.target())) {
      // Nobody to listen to any more.
      alone(leg, Sound.SILENCE);
    } else if (standing.where() instanceof Where.Listening now
        && now.target().equals(listener.target())
        && now.ear() == listener.ear()) {
      settled &= !isTouched(leg);
    } else if (isTouched(listener.target())) {
      settled = false;
    } else if (ready(leg)) {
      move(new Step.Listen(leg, listener.target(), listener.ear()));
    }
  }

  /** A phone that was never answered is so first: a bridge would end both legs. */
  private boolean ready(LegId leg) {
    if (standing(leg).answered()) {
      return true;
    }
    move(new Step.Answer(leg));
    return false;
  }

  /** Unless somebody whom it concerns is being moved. */
  private void move(Step step) {
    settled = false;
    List<LegId> concerned = new ArrayList<>(List.of(step.leg()));
    if (step instanceof Step.Join join) {
      concerned.add(join.other());
    }
    for (LegId leg : List.copyOf(concerned)) {
      // Two who talk are never moved at once, not even to the same conference: now and then the
      // switch would hang one of them up.
      partner(leg).ifPresent(concerned::add);
    }
    if (concerned.stream().noneMatch(this::isTouched)) {
      touched.addAll(concerned);
      steps.add(step);
    }
  }

  private Optional<LegId> partner(LegId leg) {
    return standing(leg).where() instanceof Where.With with
        ? Optional.of(with.partner()).filter(legs::containsKey)
        : Optional.empty();
  }

  private boolean isTouched(LegId leg) {
    return touched.contains(leg);
  }

  private boolean isWith(LegId leg, LegId other) {
    return standing(leg).where() instanceof Where.With with && with.partner().equals(other);
  }

  /** The conference that most of it is in, so that nobody is moved without need; else a new one. */
  private String name(List<Place> places) {
    for (Place place : places) {
      if (standing(place.leg()).where() instanceof Where.In in
          && in.room().startsWith(prefix)
          && !roomsTaken.contains(in.room())) {
        return in.room();
      }
    }
    Set<String> inUse = new HashSet<>(roomsTaken);
    for (Standing standing : legs.values()) {
      if (standing.where() instanceof Where.In in) {
        inUse.add(in.room());
      }
    }
    int number = 0;
    while (inUse.contains(prefix + number)) {
      number++;
    }
    return prefix + number;
  }

  private Standing standing(LegId leg) {
    Standing standing = legs.get(leg);
    if (standing == null) {
      throw new IllegalArgumentException("leg: not known: " + leg);
    }
    return standing;
  }
}
