package tandem.router.call;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.LegId;
import tandem.router.domain.LotId;
import tandem.router.edge.SwitchCommand;

/** What tests outside this package want to know of a call's state. */
public final class CallPeek {
  private CallPeek() {}

  /** A slot that the call believes to be its own. */
  public record Parked(LotId lot, int slot) {}

  /** Who hears whom, as the call wants it of the link. */
  public record Wanted(
      int version, List<SwitchCommand.Room> rooms, List<SwitchCommand.Listener> listeners) {}

  /** The simple name of what the call is doing. */
  public static String activity(CallState state) {
    return state.activity().getClass().getSimpleName();
  }

  /** Null while the link owes the call no arrangement. */
  public static @Nullable Wanted wanted(CallState state) {
    boolean seated = state.activity() instanceof Bridged || state.activity() instanceof Reaching;
    return seated && state.table().owed()
        ? new Wanted(
            state.table().version(), Arrangement.rooms(state), Arrangement.listeners(state))
        : null;
  }

  /** Legs at the table, and on the way to it. */
  public static List<LegId> people(CallState state) {
    List<LegId> legs = new ArrayList<>();
    state.table().seats().forEach(seat -> legs.add(seat.leg()));
    for (Coming coming : state.table().coming()) {
      LegId leg = coming.leg();
      if (leg != null) {
        legs.add(leg);
      }
    }
    return legs;
  }

  public static Set<LegId> legs(CallState state) {
    return state.legs().keySet();
  }

  public static boolean isOver(CallState state) {
    return state.isOver();
  }

  /** Whether somebody is consulted, and is there. */
  public static boolean isConsulting(CallState state) {
    return state.table().consulted().isPresent();
  }

  public static boolean isListenedTo(CallState state) {
    return state.table().seats().stream().anyMatch(Seat::isSupervisor);
  }

  /** Legs that are being hung up. */
  public static List<LegId> dying(CallState state) {
    return state.legs().values().stream().filter(leg -> !leg.isWanted()).map(Leg::id).toList();
  }

  /** Whether people are said to talk of whom there is only one. */
  public static boolean isLonely(CallState state) {
    return state.activity() instanceof Bridged && state.table().people().size() < 2;
  }

  /** Who is to be released once the others hear each other. */
  public static List<LegId> leaving(CallState state) {
    return state.table().seats().stream()
        .filter(seat -> seat.leaving() && state.legs().containsKey(seat.leg()))
        .map(Seat::leg)
        .toList();
  }

  /** How many of the call's invites are still open. */
  public static int coming(CallState state) {
    return state.table().coming().size();
  }

  public static @Nullable Parked parked(CallState state) {
    InSlot slot = state.slot();
    return slot == null || slot.slot() == null || !(state.activity() instanceof Holding)
        ? null
        : new Parked(slot.lot(), slot.slot());
  }

  /** Whether it has asked for a slot and waits for the answer. */
  public static boolean isClaiming(CallState state) {
    return state.slot() != null && state.slot().slot() == null;
  }

  /** How its recordings are to be whose legs live, by their names. */
  public static Map<String, SwitchCommand.TapeMode> tapes(CallState state) {
    Map<String, SwitchCommand.TapeMode> tapes = new LinkedHashMap<>();
    for (OnTape tape : state.tapes()) {
      if (!tape.over() && state.legs().containsKey(tape.leg())) {
        tapes.put(tape.recording(), tape.mode());
      }
    }
    return tapes;
  }
}
