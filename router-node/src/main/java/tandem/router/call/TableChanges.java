package tandem.router.call;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.ReleaseReason;
import tandem.router.feed.CallView.Outcome;
import tandem.router.feed.CallView.Part;

/** What events about a call's table change in its state. */
final class TableChanges {
  private final CallDraft call;

  TableChanges(CallDraft call) {
    this.call = call;
  }

  void apply(TableEvent event) {
    if (event instanceof TableEvent.Invited e) {
      invited(e.invite(), e.at());
    } else if (event instanceof TableEvent.InviteOrdered e) {
      ordered(e);
    } else if (event instanceof TableEvent.InviteAnswered e) {
      Coming coming = call.table.coming(e.number());
      if (coming != null) {
        answered(coming, e.at());
      }
    } else if (event instanceof TableEvent.InviteEnded e) {
      Coming coming = call.table.coming(e.number());
      if (coming != null) {
        call.lastMiss = e.cause();
        ended(coming, e.at());
      }
    } else if (event instanceof TableEvent.Settled e) {
      settled(e);
    } else if (event instanceof TableEvent.Unsettled e) {
      unsettled(e);
    } else if (event instanceof TableEvent.SetAgain) {
      call.table = call.table.again();
    } else if (!held(event) && !consulted(event) && !moved(event)) {
      // What was sent, or asked of a phone, changes nothing.
      Objects.requireNonNull(event);
    }
  }

  private void invited(Invite invite, Instant at) {
    OfferId offer = invite.offer();
    if (offer != null) {
      call.offers.put(offer, OfferRecord.wanted(offer, Objects.requireNonNull(invite.agent())));
    }
    call.table = call.table.wanting(new Coming(invite, null, 0, at.plus(Invites.ANSWER_WITHIN)));
    if (invite.purpose() == Invite.Purpose.OUTBOUND) {
      call.activity = new Reaching(at);
    } else if (invite.purpose() == Invite.Purpose.RECALL) {
      call.table = call.table.called();
    }
  }

  private void ordered(TableEvent.InviteOrdered e) {
    Coming coming = call.table.coming(e.number());
    if (coming == null) {
      return;
    }
    OfferId offer = coming.invite().offer();
    if (offer != null) {
      call.offers.computeIfPresent(offer, (id, record) -> record.withLeg());
    }
    call.legs.put(e.leg(), Leg.ordered(e.leg(), offer, e.at()));
    call.table =
        call.table.wanting(e.number(), one -> one.ordered(e.leg(), e.trunk(), e.ringDeadline()));
  }

  private void answered(Coming coming, Instant at) {
    LegId leg = Objects.requireNonNull(coming.leg());
    Invite invite = coming.invite();
    OfferId offer = invite.offer();
    call.legs.computeIfPresent(leg, (id, one) -> one.with(Leg.Status.THERE, at));
    call.table = call.table.notWanting(invite.number());
    if (coming.is(Invite.Purpose.OUTBOUND)) {
      // It talks to nobody yet: whom it calls is rung next.
      return;
    }
    if (offer != null) {
      call.offers.computeIfPresent(offer, (id, record) -> record.asConnected());
    }
    Part part =
        coming.is(Invite.Purpose.SUPERVISE)
            ? Part.SUPERVISOR
            : invite.agent() == null ? Part.OUTSIDE : Part.AGENT;
    Seat seat =
        Seat.of(
            leg,
            part,
            invite.agent(),
            invite.outside() == null ? null : invite.outside().value(),
            coming.is(Invite.Purpose.CONSULT) ? Table.SIDE : Table.MAIN);
    if (coming.getsCaller()) {
      getsCaller(coming, seat, at);
    } else if (part == Part.SUPERVISOR) {
      call.table =
          call.table.withSeat(seat.listening(Objects.requireNonNull(invite.ear()), invite.host()));
    } else {
      call.table = call.table.withSeat(seat);
    }
    call.table = call.table.again();
  }

  /** Nobody has the caller: who has come gets it. */
  private void getsCaller(Coming coming, Seat seat, Instant at) {
    Invite invite = coming.invite();
    call.giveAll();
    call.adrift = null;
    if (call.table.caller().isEmpty()) {
      call.legs.values().stream()
          .filter(one -> one.isCaller() && one.isWanted())
          .findFirst()
          .ifPresent(
              one ->
                  call.table =
                      call.table.withSeat(Seat.of(one.id(), Part.CALLER, null, null, Table.MAIN)));
    }
    call.table = call.table.withSeat(seat);
    if (coming.is(Invite.Purpose.RECALL) || coming.is(Invite.Purpose.PICK_UP)) {
      // Until the two hear each other it may fail; then nobody else is called for it.
      call.table = call.table.back(invite.agent()).called();
    }
    if (invite.offer() != null && invite.agent() != null) {
      call.connected(invite.offer(), invite.agent(), null, at);
    }
    call.activity = new Bridged(invite.offer(), seat.leg(), at);
  }

  private void ended(Coming coming, Instant at) {
    Invite invite = coming.invite();
    call.table = call.table.notWanting(invite.number());
    OfferId offer = invite.offer();
    if (offer != null) {
      call.offers.computeIfPresent(offer, (id, record) -> record.failed(ReleaseReason.CALLER_GONE));
    }
    if (coming.leg() != null) {
      call.legs.computeIfPresent(coming.leg(), (id, leg) -> leg.with(Leg.Status.DYING, at));
    }
    if (coming.is(Invite.Purpose.CONSULT) && call.table.isSplit()) {
      call.table = call.table.together().again();
    }
  }

  private void settled(TableEvent.Settled e) {
    for (Seat seat : call.table.seats()) {
      if (seat.leaving()) {
        dying(seat.leg(), e.at());
      }
    }
    call.table = call.table.settledAt(e.version());
  }

  /**
   * The switch would not move one of them: it goes, and its caller comes back; a caller is moved
   * once more.
   */
  private void unsettled(TableEvent.Unsettled e) {
    Seat seat = call.table.seat(e.leg()).orElse(null);
    boolean caller = seat != null && seat.part() == Part.CALLER;
    if (seat != null && seat.isAgent() && call.table.back() == null) {
      call.table = call.table.back(seat.agent());
    }
    if (caller && call.table.stuck() < Tables.STUCK_AT_MOST) {
      call.table = call.table.stuckAgain().again();
    } else {
      dying(e.leg(), e.at());
    }
  }

  private boolean held(TableEvent event) {
    if (event instanceof TableEvent.PutOnHold) {
      call.table = call.table.each(seat -> seat.isAgent() ? seat.in(Table.SIDE) : seat).again();
    } else if (event instanceof TableEvent.TakenOffHold) {
      call.table = call.table.together().again();
    } else if (event instanceof TableEvent.Muted e) {
      call.table = call.table.change(e.leg(), seat -> seat.muted(e.on())).again();
    } else if (event instanceof TableEvent.LockSet e) {
      call.table = call.table.locked(e.on());
    } else if (event instanceof TableEvent.EarSet e) {
      call.table =
          call.table
              .each(
                  seat ->
                      seat.isSupervisor() && e.supervisor().equals(seat.agent())
                          ? seat.listening(e.ear(), e.target())
                          : seat)
              .again();
    } else {
      return false;
    }
    return true;
  }

  private boolean consulted(TableEvent event) {
    if (event instanceof TableEvent.Swapped) {
      call.table =
          call.table
              .each(
                  seat ->
                      seat.equals(host())
                          ? seat.in(seat.room() == Table.MAIN ? Table.SIDE : Table.MAIN)
                          : seat)
              .again();
    } else if (event instanceof TableEvent.Completed) {
      Seat host = host();
      call.table =
          call.table
              .change(host.leg(), seat -> seat.in(Table.DOOR).leaving(true))
              .together()
              .back(host.agent())
              .again();
      handTo();
    } else if (event instanceof TableEvent.ConsultCancelled e) {
      call.table.consulted().ifPresent(seat -> sendOut(seat.leg(), e.at()));
      call.table.coming(Invite.Purpose.CONSULT).ifPresent(coming -> ended(coming, e.at()));
      call.table = call.table.together().again();
    } else if (event instanceof TableEvent.Merged) {
      call.table = call.table.together().again();
    } else {
      return false;
    }
    return true;
  }

  /** The agent who has asked for who is consulted: one of the two who talked before. */
  private Seat host() {
    List<Seat> people = call.table.people();
    return people.get(0).isAgent() ? people.get(0) : people.get(1);
  }

  /** The call is that of an agent who is left, or of who is left. */
  private void handTo() {
    List<Seat> people = call.table.people();
    Seat other =
        people.stream()
            .filter(Seat::isAgent)
            .findFirst()
            .or(() -> people.stream().filter(seat -> seat.part() != Part.CALLER).findFirst())
            .orElse(people.get(0));
    Leg leg = call.legs.get(other.leg());
    OfferId offer = leg == null ? null : leg.offer();
    call.activity = new Bridged(offer, other.leg(), call.activity.since());
    OfferRecord record = offer == null ? null : call.offers.get(offer);
    if (record != null && call.connection != null && call.connection.queue() == null) {
      call.connection =
          new CallState.Connection(record.id(), record.agent(), null, call.connection.at());
    }
  }

  private boolean moved(TableEvent event) {
    if (event instanceof TableEvent.GivenAway e) {
      LegId host = call.activity.agentLeg();
      call.disconnected();
      call.activity = new Reaching(e.at());
      if (e.to() instanceof Target.ToQueue || e.to() instanceof Target.ToFlow) {
        // Where it goes is decided in the same turn.
        call.adrift = host;
      } else {
        call.table = call.table.back(e.back());
        seatCaller();
        call.table = call.table.again();
      }
    } else if (event instanceof TableEvent.SentOut e) {
      sendOut(e.leg(), e.at());
    } else if (event instanceof TableEvent.TakenOver e) {
      call.table = call.table.each(seat -> takeOver(seat, e)).together().again();
      call.table = call.table.back(e.from());
      handTo();
    } else if (event instanceof TableEvent.HungUp e) {
      call.giveAll();
      call.end(CallFacts.NORMAL, e.at());
      call.activity =
          new Ending(CallFacts.NORMAL, call.talkedAt == null ? Outcome.HUNG_UP : null, e.at());
    } else {
      return false;
    }
    return true;
  }

  private static Seat takeOver(Seat seat, TableEvent.TakenOver e) {
    if (seat.isSupervisor() && e.supervisor().equals(seat.agent())) {
      return seat.asAgent();
    }
    return seat.isAgent() && e.from().equals(seat.agent())
        ? seat.in(Table.DOOR).leaving(true)
        : seat;
  }

  private void seatCaller() {
    call.legs.values().stream()
        .filter(leg -> leg.isCaller() && leg.isWanted())
        .findFirst()
        .ifPresent(
            leg ->
                call.table =
                    call.table.withSeat(Seat.of(leg.id(), Part.CALLER, null, null, Table.MAIN)));
  }

  /** Hung up: at the table until the switch says that it is gone, and heard by nobody. */
  private void sendOut(LegId leg, Instant at) {
    Seat seat = call.table.seat(leg).orElse(null);
    dying(leg, at);
    if (seat == null) {
      // On the way: that it does not come is said next.
      return;
    }
    boolean talks = !seat.isSupervisor() && !seat.leaving();
    call.table = call.table.change(leg, one -> one.in(Table.DOOR).leaving(true));
    if (talks) {
      regroup();
    } else {
      // Those who talk, or wait, go on as they do.
      call.table = call.table.again();
    }
  }

  private void dying(LegId leg, Instant at) {
    call.legs.computeIfPresent(leg, (id, one) -> one.with(Leg.Status.DYING, at));
  }

  /** Those who are left hear each other. */
  private void regroup() {
    if (call.table.people().size() >= 2) {
      call.table = call.table.together().again();
      handTo();
    }
  }

  // ---- Somebody has gone

  void left(Seat seat, Call.LegLeft e) {
    boolean givesAway = isHost(seat);
    call.table = call.table.without(seat.leg());
    if (seat.isSupervisor() || seat.leaving() || !(call.activity instanceof Bridged)) {
      if (seat.part() == Part.CALLER && call.table.people().size() < 2) {
        call.end(e.cause(), e.at());
      } else if (call.table.owed()) {
        // What names a leg that is gone cannot be carried out as it was said.
        call.table = call.table.again();
      }
      return;
    }
    List<Seat> people = call.table.people();
    if (people.size() >= 2) {
      regroup();
      if (givesAway) {
        call.table = call.table.back(seat.agent());
      }
    } else if (people.size() == 1 && people.get(0).part() == Part.CALLER && hasHope(seat)) {
      goOnWithoutHost(seat, e.at());
    } else {
      call.end(e.cause(), e.at());
    }
  }

  /** Whether it is the agent who consults somebody: who hangs up then gives the caller away. */
  private boolean isHost(Seat seat) {
    return seat.isAgent()
        && call.table.consulted().isPresent()
        && call.table.caller().isPresent()
        && host().equals(seat);
  }

  /** Whether somebody else is to get the caller. */
  private boolean hasHope(Seat gone) {
    return (call.table.isPending() && call.table.back() != null)
        || call.table.coming().stream()
            .anyMatch(
                coming ->
                    coming.getsCaller()
                        || (coming.is(Invite.Purpose.CONSULT)
                            && Objects.equals(coming.invite().host(), gone.agent())));
  }

  private void goOnWithoutHost(Seat gone, Instant at) {
    call.table
        .coming(Invite.Purpose.CONSULT)
        .ifPresent(
            coming ->
                call.table =
                    call.table
                        .wanting(coming.invite().number(), Coming::forTheCaller)
                        .back(gone.agent()));
    Seat leaving = call.table.seat(Seat::leaving).orElse(null);
    if (leaving != null) {
      // Who has completed a transfer that came to nothing has the caller again.
      call.table =
          call.table
              .change(leaving.leg(), seat -> seat.leaving(false))
              .together()
              .back(null)
              .again();
      handTo();
      return;
    }
    Table before = call.table;
    call.disconnected();
    call.table = call.table.backAs(before);
    seatCaller();
    call.table = call.table.again();
    call.activity = new Reaching(at);
  }
}
