package tandem.edge.link;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.CallId;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.QueueId;
import tandem.router.domain.plan.CallbackPromise;
import tandem.router.edge.CallFact;
import tandem.router.edge.Outbound;
import tandem.router.edge.SwitchCommand;

/**
 * Makes calls of callers, and of promises to call back: looks the dialled number up, has the call
 * written down, and says Arrived until the call has taken it. Single owner of who has arrived and
 * is not taken yet.
 */
final class AdoptionDesk {
  /** A call that an agent makes waits in no queue; this names what it counts as. */
  private static final String OUTBOUND = "outbound";

  private final LinkContext link;
  private final Entries entries;

  /** Callers that wait for the number directory to be known. */
  private final Map<LegId, Happening.Channel> unread = new LinkedHashMap<>();

  AdoptionDesk(LinkContext link, Entries entries) {
    this.link = link;
    this.entries = entries;
  }

  /** An unknown caller is parked and not answered. */
  void arrive(Happening.Channel caller, boolean draining) {
    if (draining) {
      turnAway(caller.leg(), "SWITCH_CONGESTION", "draining");
    } else if (!entries.loaded()) {
      unread.put(caller.leg(), caller);
    } else {
      admit(caller);
    }
  }

  boolean isWaiting(LegId leg) {
    return unread.containsKey(leg);
  }

  void left(LegId leg) {
    unread.remove(leg);
  }

  void disconnected() {
    unread.clear();
  }

  private void admit(Happening.Channel caller) {
    Optional<Entry> entry = entries.find(caller.calledNumber());
    if (entry.isEmpty()) {
      LinkContext.log.warn(
          "{}: nobody has the number '{}', caller {} is turned away",
          link.home,
          caller.calledNumber(),
          caller.leg());
      turnAway(caller.leg(), "UNALLOCATED_NUMBER", "unknown-number");
      return;
    }
    Instant now = link.now();
    CallId id = new CallId(entry.get().queue().tenant(), caller.leg().value());
    OpenCall call =
        new OpenCall(
            new CarriedCall(
                id,
                caller.leg(),
                caller.callerNumber(),
                caller.calledNumber(),
                entry.get(),
                now,
                false,
                null),
            now.plus(link.settings.stillUpEvery()));
    call.parkedAt = now;
    link.calls.put(id, call);
    Leg leg = link.add(caller.leg(), id);
    leg.seen = true;
    leg.parked = true;
    leg.fresh = true;
    leg.arrivedHere = true;
    leg.seat.muted = false;
    link.settingUp(leg.id);
    link.acts.persist(new LinkEvent.Carried(call.info));
  }

  /**
   * Somebody is to be called back: their call is carried as a caller's is, with nobody on the line.
   * Neither a connection nor a switch that takes calls is needed for that.
   */
  void callBack(SwitchCommand.CallBack order) {
    OpenCall call = link.calls.get(order.callback());
    if (call == null) {
      carry(order);
    } else if (call.written) {
      sayKept(order.call(), order.callback());
    }
  }

  private void carry(SwitchCommand.CallBack order) {
    CallId id = order.callback();
    carry(
        new CarriedCall(
            id,
            new LegId(id.channel()),
            order.promise().number().value(),
            order.calledNumber(),
            order.entry(),
            link.now(),
            false,
            order.promise()));
  }

  /**
   * An agent calls: carried as a callback is. Whoever asked looks for the call, so nobody is told.
   */
  void placeCall(SwitchCommand.PlaceCall order) {
    CallId id = order.call();
    Outbound outbound = order.outbound();
    if (!link.calls.containsKey(id)) {
      carry(
          new CarriedCall(
              id,
              new LegId(id.channel()),
              outbound.shown().value(),
              outbound.to().value(),
              new Entry(new QueueId(id.tenant(), OUTBOUND), 0, AnswerMode.ON_QUEUE),
              link.now(),
              false,
              null,
              outbound));
    }
  }

  private void carry(CarriedCall info) {
    link.calls.put(info.call(), new OpenCall(info, link.now().plus(link.settings.stillUpEvery())));
    link.acts.persist(new LinkEvent.Carried(info));
  }

  private void sayKept(CallId origin, CallId callback) {
    link.tell(origin, new CallFact.CallbackKept(callback, link.now()));
  }

  private void turnAway(LegId leg, String cause, String reason) {
    link.metrics.turnedAway(reason);
    link.tombstones.add(leg, cause, true, link.now());
    link.acts.api("uuid_kill " + leg + " " + cause, new Purpose.Unwatched());
  }

  /** Only now may the call hear of it. */
  void written(CallId id) {
    OpenCall call = link.calls.get(id);
    if (call != null && !call.written) {
      call.written = true;
      CallbackPromise promise = call.info.callback();
      if (promise != null) {
        sayKept(promise.origin(), id);
      }
      sayArrived(call);
    }
  }

  void taken(SwitchCommand.Taken taken) {
    OpenCall call = link.calls.get(taken.call());
    if (call == null || call.taken) {
      return;
    }
    call.taken = true;
    call.arriveAgainAt = null;
    if (!call.isVirtual()) {
      link.sayEndAgain(call.info.call(), call.info.leg());
    }
  }

  /** The call has no journal: it hears of its arrival again, channel or not. */
  void unknown(SwitchCommand.Unknown unknown) {
    OpenCall call = link.calls.get(unknown.call());
    if (call == null || call.dropping || !call.written) {
      return;
    }
    if (call.taken) {
      call.arrivalOwed();
      sayArrived(call);
    }
  }

  void tick(Instant now, boolean draining) {
    if (!unread.isEmpty() && entries.loaded()) {
      var callers = unread.values().stream().toList();
      unread.clear();
      callers.forEach(caller -> arrive(caller, draining));
    }
    for (OpenCall call : link.calls.values()) {
      if (call.arriveAgainAt != null && !call.arriveAgainAt.isAfter(now)) {
        sayArrived(call);
      }
    }
  }

  private void sayArrived(OpenCall call) {
    CarriedCall info = call.info;
    link.tell(
        info.call(),
        new CallFact.Arrived(
            info.leg(),
            link.home.id(),
            link.incarnation,
            info.callerNumber(),
            info.calledNumber(),
            info.entry(),
            info.at(),
            info.callback(),
            info.outbound()));
    call.arrivedSaid(link.now());
  }
}
