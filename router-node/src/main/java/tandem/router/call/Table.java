package tandem.router.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.feed.CallView.Part;

/**
 * Who is in a call's conversation, who of them hears whom, and who is on the way.
 *
 * @param version counts how often it was changed who hears whom
 * @param owed whether the link is to see to that; not while a bridge of the queue's does
 * @param settled the last version that the link has seen to, and that something hung on
 * @param coming who is wanted and not there
 * @param invites how many were ever wanted
 * @param back to whom the caller comes when those fail whom it was given to; null for nobody
 * @param recalled whether that was tried
 * @param stuck how often the switch would not do what was wanted
 */
record Table(
    int version,
    boolean owed,
    int settled,
    List<Seat> seats,
    List<Coming> coming,
    int invites,
    boolean locked,
    @Nullable AgentId back,
    boolean recalled,
    int stuck) {
  /** Where the caller is. */
  static final int MAIN = 0;

  /** Where an agent is who is not with the caller. */
  static final int SIDE = 1;

  /** Where who is released waits for that. */
  static final int DOOR = 2;

  static final Table EMPTY = new Table(0, false, 0, List.of(), List.of(), 0, false, null, false, 0);

  Table {
    seats = List.copyOf(seats);
    coming = List.copyOf(coming);
  }

  Optional<Seat> seat(LegId leg) {
    return seats.stream().filter(seat -> seat.leg().equals(leg)).findFirst();
  }

  Optional<Seat> seat(Predicate<Seat> which) {
    return seats.stream().filter(which).findFirst();
  }

  /** Those in the conversation who stay: neither supervisors nor who is being released. */
  List<Seat> people() {
    return seats.stream().filter(seat -> !seat.isSupervisor() && !seat.leaving()).toList();
  }

  List<Seat> agents() {
    return people().stream().filter(Seat::isAgent).toList();
  }

  /** Whether somebody talks aside, or the caller is on hold. */
  boolean isSplit() {
    return people().stream().anyMatch(seat -> seat.room() != MAIN);
  }

  /** Who is consulted and there. */
  Optional<Seat> consulted() {
    List<Seat> people = people();
    // The first two are those who talked before.
    return people.size() == 3 && isSplit() ? Optional.of(people.get(2)) : Optional.empty();
  }

  boolean isConsulting() {
    return consulted().isPresent() || coming(Invite.Purpose.CONSULT).isPresent();
  }

  Optional<Coming> coming(Invite.Purpose purpose) {
    return coming.stream().filter(one -> one.is(purpose)).findFirst();
  }

  @Nullable Coming coming(int invite) {
    return coming.stream().filter(c -> c.invite().number() == invite).findFirst().orElse(null);
  }

  @Nullable Coming coming(LegId leg) {
    return coming.stream().filter(c -> leg.equals(c.leg())).findFirst().orElse(null);
  }

  @Nullable Coming coming(OfferId offer) {
    return coming.stream().filter(c -> offer.equals(c.invite().offer())).findFirst().orElse(null);
  }

  boolean has(AgentId agent) {
    return seats.stream().anyMatch(seat -> agent.equals(seat.agent()))
        || coming.stream().anyMatch(one -> agent.equals(one.invite().agent()));
  }

  /** Whether something depends on the link having done what is wanted. */
  boolean isPending() {
    return owed && settled < version && (back != null || seats.stream().anyMatch(Seat::leaving));
  }

  // ---- Changes

  private Table with(List<Seat> nowSeats, List<Coming> nowComing) {
    return new Table(
        version, owed, settled, nowSeats, nowComing, invites, locked, back, recalled, stuck);
  }

  /** Who hears whom has changed: the link is to see to it. */
  Table again() {
    return new Table(
        version + 1, true, settled, seats, coming, invites, locked, back, recalled, stuck);
  }

  Table settledAt(int at) {
    return new Table(
        version, owed, Math.max(settled, at), seats, coming, invites, locked, null, false, 0);
  }

  Table locked(boolean on) {
    return new Table(version, owed, settled, seats, coming, invites, on, back, recalled, stuck);
  }

  Table back(@Nullable AgentId to) {
    return new Table(version, owed, settled, seats, coming, invites, locked, to, false, stuck);
  }

  /** To whom the caller comes is as it was before. */
  Table backAs(Table before) {
    return new Table(
        version,
        owed,
        settled,
        seats,
        coming,
        invites,
        locked,
        before.back,
        before.recalled,
        stuck);
  }

  Table called() {
    return new Table(version, owed, settled, seats, coming, invites, locked, back, true, stuck);
  }

  Table stuckAgain() {
    return new Table(
        version, owed, settled, seats, coming, invites, locked, back, recalled, stuck + 1);
  }

  /** Two whom a bridge of the queue's has brought together, or nobody any more. */
  Table cleared(Seat... now) {
    return new Table(version, false, version, List.of(now), coming, invites, false, null, false, 0);
  }

  Table withSeat(Seat seat) {
    List<Seat> now = new ArrayList<>(seats);
    now.add(seat);
    return with(now, coming);
  }

  Table without(LegId leg) {
    return with(seats.stream().filter(seat -> !seat.leg().equals(leg)).toList(), coming);
  }

  Table each(UnaryOperator<Seat> change) {
    return with(seats.stream().map(change).toList(), coming);
  }

  Table change(LegId leg, UnaryOperator<Seat> to) {
    return each(seat -> seat.leg().equals(leg) ? to.apply(seat) : seat);
  }

  /** All in one room, but for those who are leaving. */
  Table together() {
    return each(seat -> seat.leaving() || seat.isSupervisor() ? seat : seat.in(MAIN));
  }

  Table wanting(Coming one) {
    List<Coming> now = new ArrayList<>(coming);
    now.add(one);
    return new Table(
        version,
        owed,
        settled,
        seats,
        now,
        Math.max(invites, one.invite().number()),
        locked,
        back,
        recalled,
        stuck);
  }

  Table wanting(int invite, UnaryOperator<Coming> change) {
    return with(
        seats,
        coming.stream()
            .map(one -> one.invite().number() == invite ? change.apply(one) : one)
            .toList());
  }

  Table notWanting(int invite) {
    return with(seats, coming.stream().filter(one -> one.invite().number() != invite).toList());
  }

  /** The agent who acts: the one that is named, or the only one. */
  Optional<Seat> acting(@Nullable AgentId named) {
    List<Seat> agents = agents();
    return named == null
        ? agents.size() == 1 ? Optional.of(agents.get(0)) : Optional.empty()
        : agents.stream().filter(seat -> named.equals(seat.agent())).findFirst();
  }

  Optional<Seat> caller() {
    return seat(seat -> seat.part() == Part.CALLER);
  }
}
