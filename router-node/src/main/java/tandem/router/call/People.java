package tandem.router.call;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.LegId;
import tandem.router.feed.CallView.Part;
import tandem.router.feed.CallView.Person;
import tandem.router.feed.CallView.Whereabouts;

/** Who is in a call, as people see it. */
final class People {
  private People() {}

  static List<Person> of(CallState state) {
    if (state.isLeaving()) {
      return List.of();
    }
    List<Person> all = new ArrayList<>();
    Table table = state.table();
    for (Seat seat : table.seats()) {
      all.add(
          new Person(
              seat.leg(),
              seat.part(),
              seat.agent(),
              seat.number(),
              whereabouts(state, seat),
              seat.muted()));
    }
    for (Coming coming : table.coming()) {
      Invite invite = coming.invite();
      all.add(
          new Person(
              coming.leg(),
              coming.is(Invite.Purpose.SUPERVISE)
                  ? Part.SUPERVISOR
                  : invite.agent() == null ? Part.OUTSIDE : Part.AGENT,
              invite.agent(),
              invite.outside() == null ? null : invite.outside().value(),
              isRinging(state, coming.leg()) ? Whereabouts.RINGING : Whereabouts.WANTED,
              false));
    }
    return all;
  }

  private static boolean isRinging(CallState state, @Nullable LegId leg) {
    Leg one = leg == null ? null : state.legs().get(leg);
    return one != null && one.status() == Leg.Status.RINGING;
  }

  private static Whereabouts whereabouts(CallState state, Seat seat) {
    if (seat.isSupervisor()) {
      return Whereabouts.LISTENING;
    }
    long others =
        state.table().seats().stream()
            .filter(other -> !other.isSupervisor() && !other.leaving())
            .filter(other -> other.room() == seat.room() && !other.equals(seat))
            .count();
    return others > 0 && !seat.leaving() ? Whereabouts.TALKING : Whereabouts.HELD;
  }
}
