package tandem.router.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.LegId;
import tandem.router.edge.SwitchCommand.Listener;
import tandem.router.edge.SwitchCommand.Place;
import tandem.router.edge.SwitchCommand.Room;
import tandem.router.edge.SwitchCommand.Sound;

/** Who of a call is to hear whom, as its table says it. */
final class Arrangement {
  private Arrangement() {}

  /** In the order of their rooms; of each room in the order in which they came. */
  static List<Room> rooms(CallState state) {
    TreeMap<Integer, List<Place>> rooms = new TreeMap<>();
    int alone = Table.DOOR;
    for (Seat seat : state.table().seats()) {
      if (!isThere(state, seat.leg()) || seat.isSupervisor()) {
        continue;
      }
      int room = seat.leaving() ? alone++ : seat.room();
      rooms
          .computeIfAbsent(room, any -> new ArrayList<>())
          .add(new Place(seat.leg(), seat.muted(), sound(state, seat)));
    }
    return rooms.values().stream().map(Room::new).toList();
  }

  /**
   * Supervisors hear the agent they have named, or the first who is there, or whoever is there when
   * no agent is.
   */
  static List<Listener> listeners(CallState state) {
    List<Listener> all = new ArrayList<>();
    for (Seat seat : state.table().seats()) {
      LegId target = target(state, seat);
      if (seat.isSupervisor()
          && seat.ear() != null
          && target != null
          && isThere(state, seat.leg())) {
        all.add(new Listener(seat.leg(), target, seat.ear()));
      }
    }
    return all;
  }

  private static @Nullable LegId target(CallState state, Seat supervisor) {
    List<Seat> named =
        state.table().agents().stream()
            .filter(seat -> Objects.equals(seat.agent(), supervisor.target()))
            .toList();
    List<Seat> agents = named.isEmpty() ? state.table().agents() : named;
    List<Seat> people = agents.isEmpty() ? state.table().people() : agents;
    return people.stream()
        .map(Seat::leg)
        .filter(leg -> isThere(state, leg))
        .findFirst()
        .orElse(null);
  }

  private static Sound sound(CallState state, Seat seat) {
    if (seat.leaving()) {
      return Sound.SILENCE;
    } else if (!seat.isAgent() || (seat.room() == Table.SIDE && isConsulted(state, seat))) {
      return Sound.MUSIC;
    }
    return state.table().coming(Invite.Purpose.CONSULT).isPresent() ? Sound.RINGING : Sound.SILENCE;
  }

  private static boolean isConsulted(CallState state, Seat seat) {
    return state.table().consulted().map(seat::equals).orElse(false);
  }

  private static boolean isThere(CallState state, LegId leg) {
    Leg one = state.legs().get(leg);
    return one != null && one.status() == Leg.Status.THERE;
  }
}
