package tandem.edge.link;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tandem.edge.link.SeatPlan.Next;
import tandem.edge.link.SeatPlan.Standing;
import tandem.edge.link.SeatPlan.Where;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;

/**
 * Makes who of a call hears whom as the call wants it: {@link SeatPlan} says what to do next,
 * {@link Moves} does it. Single owner of what is wanted, and of when it is so or is given up.
 */
final class ArrangeDesk {
  private static final int MOST_REFUSALS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final LinkContext link;
  private final Questions questions;
  private final Moves moves;

  ArrangeDesk(LinkContext link, Questions questions) {
    this.link = link;
    this.questions = questions;
    this.moves = new Moves(link, questions, this::refused);
    link.whenGone(this::gone);
  }

  void arrange(SwitchCommand.Arrange order) {
    if (!link.isCurrent(order.incarnation())) {
      questions.sayHowItStands(order.call());
      return;
    }
    OpenCall call = link.living(order.call()).orElse(null);
    if (call == null) {
      return;
    }
    Arrangement now = call.arrangement;
    if (now != null && order.version() < now.order.version()) {
      LinkContext.log.debug("{}: late {}", link.home, order);
    } else if (now != null && order.version() == now.order.version()) {
      repeated(call, now);
    } else {
      call.arrangement = new Arrangement(order, link.now());
      takeOver(call.arrangement);
      widowed(order.call());
      go(call);
    }
  }

  private void repeated(OpenCall call, Arrangement now) {
    if (!now.isUnderWay()) {
      now.startOver(link.now());
      go(call);
    }
  }

  /** What earlier orders are still about to do with its legs they need not do any more. */
  private void takeOver(Arrangement arrangement) {
    for (LegId id : arrangement.named()) {
      Leg leg = link.legs.get(id);
      if (leg == null) {
        if (!link.tombstones.has(id)) {
          questions.missing(arrangement.order.call(), id);
        }
        continue;
      }
      leg.reparked();
      leg.bridgeOwed = null;
      leg.lastPartner = null;
      if (leg.trip != null) {
        leg.trip.takenBack();
      }
    }
  }

  /** Something else is ordered for this leg: where it is to be is said by that. */
  void release(Leg leg) {
    OpenCall call = link.calls.get(leg.call);
    if (call != null && call.arrangement != null) {
      call.arrangement.release(leg.id);
    }
    leg.seat.move = null;
    if (Boolean.TRUE.equals(leg.seat.muted)) {
      // The switch goes on muting it wherever it is; who gets it next is to hear it.
      moves.mute(leg, false);
    }
  }

  // ---- What the switch says

  /**
   * CHANNEL_PARK.
   *
   * @return whether an arrangement is moving the leg, so that it means nothing to anybody else
   */
  boolean parked(Leg leg) {
    OpenCall call = link.calls.get(leg.call);
    if (call != null && isParkedAnew(call, leg)) {
      moves.playAgain(leg);
      return true;
    }
    boolean ours = call != null && isMovedBy(call, leg);
    moves.parked(leg, ours);
    if (call != null && ours) {
      go(call);
    }
    return ours;
  }

  /** An order was slower than the park that was taken for its end: what it heard has ended. */
  private static boolean isParkedAnew(OpenCall call, Leg leg) {
    return call.arrangement != null
        && call.arrangement.names(leg.id)
        && leg.parked
        && leg.sound != null
        && leg.bridgedTo == null
        && leg.seat.move == null;
  }

  private static boolean isMovedBy(OpenCall call, Leg leg) {
    Arrangement arrangement = call.arrangement;
    return leg.seat.move != null
        || (arrangement != null && arrangement.isUnderWay() && arrangement.names(leg.id));
  }

  /**
   * CHANNEL_BRIDGE, once the legs have been told.
   *
   * @return whether it was an arrangement that has joined the two
   */
  boolean joined(Leg a, Leg b) {
    OpenCall call = link.calls.get(a.call);
    boolean ours = call != null && (isMovedBy(call, a) || isMovedBy(call, b));
    moves.joined(a, b);
    if (call != null && ours) {
      go(call);
    }
    return ours;
  }

  /** A leg is over: whom it was being moved with has to be brought back. */
  private void gone(Leg leg) {
    OpenCall call = link.calls.get(leg.call);
    if (call != null && call.arrangement != null && call.arrangement.isUnderWay()) {
      moves.gone(leg);
      widowed(leg.call);
      go(call);
    }
  }

  /**
   * Whoever a {@code Bridge} was being made for, and whose other has ended meanwhile: the switch
   * parks the caller by itself, and says nothing of an agent, who is stuck.
   */
  private void widowed(CallId call) {
    List<Leg> bridging = link.legs.of(call).stream().filter(leg -> leg.bridging).toList();
    if (bridging.size() == 1 && bridging.get(0).seat.move == null) {
      Leg left = bridging.get(0);
      left.bridging = false;
      left.parked = false;
      left.musicEnded();
      moves.dropped(left);
    }
  }

  // ---- Replies

  void reply(Purpose purpose, boolean ok, String text) {
    if (purpose instanceof Purpose.Moving moving) {
      moves.reply(moving, ok, text);
      goOn(moving.leg());
    } else if (purpose instanceof Purpose.WhereIs where) {
      moves.whereReply(where, ok, text);
      goOn(where.leg());
    } else if (purpose instanceof Purpose.Muting muting) {
      moves.muteReply(muting, ok, text);
      goOn(muting.leg());
    } else if (purpose instanceof Purpose.Sounding sounding) {
      moves.soundReply(sounding, ok, text);
      goOn(sounding.leg());
    }
  }

  void notWritten(Purpose purpose) {
    moves.notWritten(purpose);
  }

  private void goOn(LegId id) {
    Leg leg = link.legs.get(id);
    OpenCall call = leg == null ? null : link.calls.get(leg.call);
    if (call != null) {
      go(call);
    }
  }

  private void refused(Leg leg, String text) {
    OpenCall call = link.calls.get(leg.call);
    Arrangement arrangement = call == null ? null : call.arrangement;
    if (arrangement != null
        && arrangement.isUnderWay()
        && arrangement.refused(leg.id, text) >= MOST_REFUSALS) {
      fail(arrangement, leg.id, text);
    }
  }

  // ---- On to what is wanted

  void tick(Instant now) {
    for (OpenCall call : List.copyOf(link.calls.values())) {
      if (call.arrangement != null) {
        link.legs.of(call.info.call()).forEach(leg -> moves.tick(leg, now));
        if (call.arrangement.isUnderWay()) {
          go(call);
        }
      }
    }
  }

  private void go(OpenCall call) {
    Arrangement arrangement = call.arrangement;
    if (arrangement == null || !arrangement.isUnderWay() || !link.isConnected()) {
      return;
    }
    Map<LegId, Standing> legs = new LinkedHashMap<>();
    for (Leg leg : link.legs.of(call.info.call())) {
      if (leg.killCause == null) {
        legs.put(leg.id, standing(leg));
      }
    }
    Next next =
        SeatPlan.next(
            arrangement.rooms(),
            arrangement.listeners(),
            legs,
            "tandem-" + call.info.call().channel() + "-");
    if (next.settled()) {
      arrangement.stage = Arrangement.Stage.DONE;
      link.tell(call.info.call(), new CallFact.Arranged(arrangement.order.version(), link.now()));
    } else if (!link.now().isBefore(arrangement.since.plus(PATIENCE))) {
      giveUp(arrangement);
    } else {
      moves.begin(next.steps());
    }
  }

  private void giveUp(Arrangement arrangement) {
    LegId worst = arrangement.worst;
    if (worst != null) {
      fail(arrangement, worst, arrangement.why);
      return;
    }
    List<Leg> slow =
        link.legs.of(arrangement.order.call()).stream()
            .filter(leg -> arrangement.names(leg.id))
            .toList();
    slow.stream()
        .filter(leg -> leg.seat.move != null || !leg.seen)
        .findFirst()
        .or(() -> slow.stream().findFirst())
        .ifPresent(leg -> fail(arrangement, leg.id, "not done in time"));
  }

  private void fail(Arrangement arrangement, LegId leg, String text) {
    arrangement.stage = Arrangement.Stage.FAILED;
    LinkContext.log.warn("{}: {} failed with {}: {}", link.home, arrangement.order, leg, text);
    link.tell(
        arrangement.order.call(),
        new CallFact.ArrangeFailed(
            arrangement.order.version(), leg, EventReader.printable(text), link.now()));
  }

  private Standing standing(Leg leg) {
    boolean known = leg.seen && !leg.unproven && !leg.partnerUnknown;
    boolean ready = known && (!leg.ordered || leg.announced);
    boolean free = leg.seat.move == null && !leg.bridging;
    boolean rested = !link.now().isBefore(leg.seat.notBefore);
    return new Standing(
        where(leg), leg.answered, !(ready && free && rested), leg.seat.muted, leg.sound);
  }

  private static Where where(Leg leg) {
    if (leg.bridgedTo != null) {
      return new Where.With(leg.bridgedTo);
    } else if (leg.seat.room != null) {
      return new Where.In(leg.seat.room);
    } else if (leg.seat.target != null) {
      return new Where.Listening(leg.seat.target, leg.seat.ear);
    }
    return leg.parked ? new Where.Alone() : new Where.Elsewhere();
  }

  /** Nothing is known any more: each call says again what it wants. */
  void disconnected() {
    link.calls.values().forEach(call -> call.arrangement = null);
  }
}
