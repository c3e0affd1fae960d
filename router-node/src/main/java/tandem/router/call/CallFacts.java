package tandem.router.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.ReleaseReason;
import tandem.router.edge.CallFact;
import tandem.router.edge.Causes;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToSwitch;
import tandem.router.entity.Turn;
import tandem.router.feed.CallView;

/** How a call takes what the switch reports. Each fact is idempotent for its leg. */
final class CallFacts {
  /** FreeSWITCH's name for a normal end. */
  static final String NORMAL = "NORMAL_CLEARING";

  private static final Duration OVERTAKEN = Duration.ofSeconds(2);

  private final CallId id;
  private final CallTimings timings;
  private final CallMemory memory;
  private final CallRoute route;
  private final Callbacks callbacks;
  private final Outbounds outbounds;
  private final Invites invites;
  private final Tables tables;
  private final Tapes tapes;

  CallFacts(
      CallId id,
      CallTimings timings,
      CallMemory memory,
      CallRoute route,
      Callbacks callbacks,
      Outbounds outbounds,
      Invites invites,
      Tables tables,
      Tapes tapes) {
    this.id = id;
    this.timings = timings;
    this.memory = memory;
    this.route = route;
    this.callbacks = callbacks;
    this.outbounds = outbounds;
    this.invites = invites;
    this.tables = tables;
    this.tapes = tapes;
  }

  void take(Turn<CallState, Call.Event> turn, CallFact fact) {
    memory.sawFact(fact, turn.now());
    if (fact instanceof CallFact.Arrived f) {
      onArrived(turn, f);
    } else if (fact instanceof CallFact.StillUp f) {
      onStillUp(turn, f);
    } else if (fact instanceof CallFact.LinkLost) {
      memory.linkLost();
    } else if (fact instanceof CallFact.Dropped) {
      memory.outbox.heard(CallDebts.DROP);
    } else if (fact instanceof CallFact.CallbackKept) {
      memory.outbox.heard(CallDebts.CALLBACK);
    } else if (fact instanceof CallFact.Greeted f) {
      if (!turn.state().greeted() && turn.state().legs().containsKey(f.leg())) {
        turn.persist(new Call.CallerGreeted(f.answered(), turn.now()));
      }
    } else if (fact instanceof CallFact.LegRinging f) {
      onRinging(turn, f.leg());
    } else if (fact instanceof CallFact.LegAnswered f) {
      onAnswered(turn, f.leg());
    } else if (fact instanceof CallFact.Bridged f) {
      onBridged(turn, f.agentLeg());
    } else if (fact instanceof CallFact.BridgeRefused f) {
      onBridgeRefused(turn, f);
    } else if (fact instanceof CallFact.Parked f) {
      onParked(turn, f.leg());
    } else if (fact instanceof CallFact.HandOverRefused f) {
      route.cameBack(turn, f.errand(), true, null);
    } else if (fact instanceof CallFact.Returned f) {
      route.cameBack(turn, f.errand(), false, f.digits());
    } else if (fact instanceof CallFact.LegGone f) {
      if (f.quality() != null && turn.state().legs().containsKey(f.leg())) {
        Remarks.quality(turn, f.leg(), f.quality());
      }
      onGone(turn, f.leg(), f.cause());
    } else if (fact instanceof CallFact.Dtmf f) {
      Remarks.digit(turn, f);
    } else if (fact instanceof CallFact.MessageLeft f) {
      route.messageLeft(turn, f);
    } else if (fact instanceof CallFact.Taped f) {
      tapes.taped(f);
    } else if (fact instanceof CallFact.TapeRefused f) {
      tapes.refused(turn, f);
    } else if (fact instanceof CallFact.TapeEnded f) {
      tapes.ended(turn, f);
    } else if (fact instanceof CallFact.Arranged f) {
      tables.arranged(turn, f);
    } else if (fact instanceof CallFact.ArrangeFailed f) {
      tables.failed(turn, f);
    } else if (!(fact instanceof CallFact.HandedOver)) {
      throw new IllegalStateException("a call has no answer to " + fact);
    }
  }

  private void onArrived(Turn<CallState, Call.Event> turn, CallFact.Arrived f) {
    if (turn.state().arrival() == null) {
      if (!route.isReady()) {
        // Nobody knows yet where it goes. The link says it again.
        return;
      }
      turn.persist(new Call.Arrived(id, f, turn.now()));
      if (f.callback() != null) {
        callbacks.arrive(turn, f.callback());
      } else if (f.outbound() != null) {
        outbounds.arrive(turn, f.outbound());
      } else {
        route.arrive(turn, f);
      }
    }
    if (!Objects.requireNonNull(turn.state().arrival()).home().equals(f.home())) {
      // Who asked twice for a call to be made was heard by two links: the first has it.
      turn.tell(new ToSwitch(f.home()), new SwitchCommand.Drop(id));
      return;
    }
    String incarnation = f.incarnation();
    if (incarnation == null) {
      memory.arrivedWithoutSwitch();
    } else {
      memory.heardFrom(incarnation, turn.now());
    }
    turn.tell(new ToSwitch(f.home()), new SwitchCommand.Taken(id, f.leg()));
    if (!f.isVirtual() && !turn.state().legs().containsKey(f.leg())) {
      // It was given up for lost and has been seen again.
      kill(turn, f.leg());
    }
  }

  private void onRinging(Turn<CallState, Call.Event> turn, LegId legId) {
    Leg leg = turn.state().legs().get(legId);
    if (leg == null || leg.status() == Leg.Status.DYING) {
      kill(turn, legId);
    } else if (leg.status() == Leg.Status.ORDERED) {
      turn.persist(new Call.LegRang(legId, turn.now()));
    }
  }

  private void onAnswered(Turn<CallState, Call.Event> turn, LegId legId) {
    CallState state = turn.state();
    Leg leg = state.legs().get(legId);
    if (leg == null || leg.status() == Leg.Status.DYING) {
      kill(turn, legId);
    } else if (state.activity() instanceof Offering offering) {
      Offering.Ring ring = offering.ring(legId);
      if (ring != null) {
        answered(turn, offering, ring, turn.now().plus(timings.bridgeWithin()));
        if (turn.state().isVirtual()) {
          callbacks.dial(turn, ring.offer(), legId);
        } else {
          bridge(turn, legId);
        }
      }
    } else if (leg.status() != Leg.Status.THERE && comes(turn, leg)) {
      return;
    } else if (state.activity() instanceof Dialing dialing && dialing.customerLeg().equals(legId)) {
      callbacks.answered(turn, dialing);
      bridge(turn, dialing.agentLeg());
    }
  }

  /** Whether it is somebody whom the call itself wanted. */
  private boolean comes(Turn<CallState, Call.Event> turn, Leg leg) {
    Coming coming = turn.state().table().coming(leg.id());
    if (coming != null && coming.is(Invite.Purpose.OUTBOUND) && !memory.linkUp()) {
      // Nobody can be dialled yet: the link's report says it again.
      return true;
    }
    if (!invites.answered(turn, leg.id())) {
      return false;
    }
    if (coming != null && coming.is(Invite.Purpose.OUTBOUND) && leg.offer() != null) {
      outbounds.dial(turn, leg.offer(), leg.id());
    }
    return true;
  }

  /** The first of several to answer gets the call; the other phones stop ringing. */
  private void answered(
      Turn<CallState, Call.Event> turn,
      Offering offering,
      Offering.Ring ring,
      Instant bridgeDeadline) {
    for (Offering.Ring other : offering.rings()) {
      if (!other.equals(ring)) {
        fail(turn, other.offer(), ReleaseReason.ANSWERED_ELSEWHERE, false);
      }
    }
    turn.persist(new Call.AgentAnswered(ring.offer(), ring.leg(), bridgeDeadline, turn.now()));
  }

  private void bridge(Turn<CallState, Call.Event> turn, LegId agentLeg) {
    CallState state = turn.state();
    String incarnation = memory.incarnation();
    LegId caller = state.callerOnLine();
    if (incarnation != null && state.arrival() != null && caller != null) {
      turn.tell(
          new ToSwitch(state.arrival().home()),
          new SwitchCommand.Bridge(
              id,
              agentLeg,
              caller,
              turn.now().plus(timings.bridgeWithin().dividedBy(2)),
              incarnation));
    }
  }

  private void onBridged(Turn<CallState, Call.Event> turn, LegId agentLeg) {
    Leg leg = turn.state().legs().get(agentLeg);
    if (leg == null || leg.status() == Leg.Status.DYING) {
      kill(turn, agentLeg);
      return;
    }
    Offering.Ring ring =
        turn.state().activity() instanceof Offering offering ? offering.ring(agentLeg) : null;
    if (ring != null && turn.state().activity() instanceof Offering offering) {
      // The answer was lost on its way; the bridge proves it.
      answered(turn, offering, ring, turn.now());
    }
    if (turn.state().activity() instanceof Bridging bridging
        && bridging.agentLeg().equals(agentLeg)) {
      turn.persist(new Call.Connected(bridging.offer(), agentLeg, turn.now()));
    }
  }

  private void onBridgeRefused(Turn<CallState, Call.Event> turn, CallFact.BridgeRefused f) {
    if (turn.state().activity() instanceof Bridging bridging
        && bridging.agentLeg().equals(f.agentLeg())) {
      turn.persist(
          new Call.OfferFailed(bridging.offer(), ReleaseReason.BRIDGE_FAILED, true, turn.now()));
    }
  }

  private void onParked(Turn<CallState, Call.Event> turn, LegId leg) {
    if (turn.state().adrift() != null
        && turn.state().callerLeg().map(caller -> caller.id().equals(leg)).orElse(false)) {
      turn.persist(new Call.CallerParked(turn.now()));
    }
  }

  void onGone(Turn<CallState, Call.Event> turn, LegId legId, String cause) {
    CallState state = turn.state();
    Leg leg = state.legs().get(legId);
    if (leg == null) {
      return;
    }
    Activity activity = state.activity();
    if (leg.isCaller() && state.isReaching() && state.talkedAt() == null) {
      if (state.callback() != null) {
        callbacks.customerGone(turn, leg, cause);
      } else {
        outbounds.customerGone(turn, leg, cause);
      }
    } else if (leg.isCaller()) {
      callbacks.onHangUp(turn);
      if (activity instanceof Offering) {
        Callbacks.stopRinging(turn);
      } else if (activity instanceof Bridging bridging) {
        fail(turn, bridging.offer(), ReleaseReason.CALLER_GONE, false);
      }
      turn.persist(new Call.LegLeft(legId, cause, turn.now()));
    } else {
      turn.persist(new Call.LegLeft(legId, cause, turn.now()));
      Offering.Ring ring = activity instanceof Offering offering ? offering.ring(legId) : null;
      if (ring != null) {
        fail(turn, ring.offer(), Causes.releaseReason(cause), false);
      } else if (activity instanceof Dialing dialing && dialing.agentLeg().equals(legId)) {
        agentGone(turn, dialing, cause);
      } else if (activity instanceof Bridging bridging && bridging.agentLeg().equals(legId)) {
        fail(turn, bridging.offer(), ReleaseReason.BRIDGE_FAILED, true);
      } else {
        invites.gone(turn, legId, cause);
      }
    }
    endIfNobodyIsLeft(turn, cause);
  }

  private void agentGone(Turn<CallState, Call.Event> turn, Dialing dialing, String cause) {
    if (turn.state().callback() != null) {
      callbacks.agentGone(turn, dialing, cause);
    } else {
      outbounds.agentGone(turn, cause);
    }
  }

  private void fail(
      Turn<CallState, Call.Event> turn, OfferId offer, ReleaseReason why, boolean adrift) {
    turn.persist(new Call.OfferFailed(offer, why, adrift, turn.now()));
  }

  private void endIfNobodyIsLeft(Turn<CallState, Call.Event> turn, String lastCause) {
    CallState state = turn.state();
    boolean goesOn =
        state.isReaching() && state.talkedAt() == null && !(state.activity() instanceof Ending);
    if (!state.legs().isEmpty() || state.isOver() || state.arrival() == null || goesOn) {
      return;
    }
    String cause = state.activity() instanceof Ending ending ? ending.cause() : lastCause;
    turn.persist(new Call.Ended(outcome(state, cause), cause, turn.now()));
  }

  private static CallView.Outcome outcome(CallState state, String cause) {
    if (state.talkedAt() != null) {
      return CallView.Outcome.ANSWERED;
    } else if (state.activity() instanceof Ending ending && ending.outcome() != null) {
      return ending.outcome();
    }
    return Causes.releaseReason(cause) == ReleaseReason.LINK_LOST
        ? CallView.Outcome.SWITCH_LOST
        : CallView.Outcome.ABANDONED;
  }

  private void onStillUp(Turn<CallState, Call.Event> turn, CallFact.StillUp f) {
    CallState state = turn.state();
    if (state.arrival() == null) {
      turn.tell(new ToSwitch(f.home()), new SwitchCommand.Unknown(id));
      return;
    }
    memory.doubt(!f.accountsFor(state.legs().keySet()));
    memory.heardFrom(f.incarnation(), turn.now());
    for (LegId absent : f.absent()) {
      onGone(turn, absent, Causes.ABSENT);
    }
    for (CallFact.LegView view : f.up()) {
      onSeen(turn, view);
    }
    // An agent's leg that is up, but no longer joined to the caller: the bridge has ended unseen. A
    // report from before the bridge, overtaken by it, says the same and means nothing.
    if (turn.state().activity() instanceof Bridged bridged
        && f.at().isAfter(bridged.since().plus(OVERTAKEN))
        && isApart(turn.state(), f, bridged)) {
      if (turn.state().table().owed()) {
        turn.persist(new TableEvent.SetAgain(turn.now()));
      } else {
        kill(turn, bridged.agentLeg());
      }
    }
  }

  /** Whether a leg that is to talk to just one other talks to nobody. */
  private static boolean isApart(CallState state, CallFact.StillUp f, Bridged bridged) {
    Table table = state.table();
    return table.people().size() == 2
        && !table.isSplit()
        && f.up().stream()
            .anyMatch(
                view ->
                    view.leg().equals(bridged.agentLeg())
                        && view.state() == CallFact.LegState.ANSWERED
                        && view.bridgedTo() == null);
  }

  private void onSeen(Turn<CallState, Call.Event> turn, CallFact.LegView view) {
    Leg leg = turn.state().legs().get(view.leg());
    if (leg == null || leg.status() == Leg.Status.DYING) {
      kill(turn, view.leg());
      return;
    }
    if (leg.isCaller()
        && (!Callbacks.isDialled(turn.state(), view.leg())
            || view.state() == CallFact.LegState.BRIDGED)) {
      return;
    }
    switch (view.state()) {
      case PENDING -> {}
      case RINGING -> onRinging(turn, view.leg());
      case ANSWERED -> onAnswered(turn, view.leg());
      case BRIDGED -> onBridged(turn, view.leg());
    }
  }

  private void kill(Turn<CallState, Call.Event> turn, LegId leg) {
    CallFact.Arrived arrival = turn.state().arrival();
    if (arrival != null) {
      turn.tell(new ToSwitch(arrival.home()), new SwitchCommand.Kill(id, leg, NORMAL));
    }
  }
}
