package tandem.router.call;

import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.LegId;
import tandem.router.edge.SwitchCommand.Ear;
import tandem.router.feed.CallView.Part;

/**
 * Somebody at a call's table.
 *
 * @param agent of an agent or a supervisor; null for others
 * @param number of somebody outside; null for others
 * @param room those in one room hear each other
 * @param leaving whether it is released as soon as the others hear each other
 * @param ear who hears a supervisor; null for others
 * @param target whom a supervisor listens to; null for others
 */
record Seat(
    LegId leg,
    Part part,
    @Nullable AgentId agent,
    @Nullable String number,
    int room,
    boolean muted,
    boolean leaving,
    @Nullable Ear ear,
    @Nullable AgentId target) {

  static Seat of(LegId leg, Part part, @Nullable AgentId agent, @Nullable String number, int room) {
    return new Seat(leg, part, agent, number, room, false, false, null, null);
  }

  Seat in(int otherRoom) {
    return new Seat(leg, part, agent, number, otherRoom, muted, leaving, ear, target);
  }

  Seat muted(boolean on) {
    return new Seat(leg, part, agent, number, room, on, leaving, ear, target);
  }

  Seat leaving(boolean on) {
    return new Seat(leg, part, agent, number, room, muted, on, ear, target);
  }

  Seat listening(Ear how, @Nullable AgentId whom) {
    return new Seat(leg, part, agent, number, room, muted, leaving, how, whom);
  }

  /** A supervisor who has taken over. */
  Seat asAgent() {
    return new Seat(leg, Part.AGENT, agent, number, Table.MAIN, false, false, null, null);
  }

  boolean isAgent() {
    return part == Part.AGENT;
  }

  boolean isSupervisor() {
    return part == Part.SUPERVISOR;
  }
}
