package tandem.router.call;

import static tandem.router.entity.Outbox.earlier;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.agent.Agent;
import tandem.router.domain.Admission;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.domain.ReleaseReason;
import tandem.router.domain.plan.Plans;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToAgent;
import tandem.router.entity.Address.ToQueue;
import tandem.router.entity.Address.ToSwitch;
import tandem.router.entity.EntityLogic;
import tandem.router.entity.Turn;
import tandem.router.feed.CallView;
import tandem.router.feed.FeedItem;

/** How a call answers its agents, its queue and its own deadlines. */
public final class CallLogic implements EntityLogic<Call.Command, Call.Event, CallState> {
  private final CallId id;
  private final CallTimings timings;
  private final CallMemory memory = new CallMemory();
  private final CallRoute route;
  private final Callbacks callbacks;
  private final CallFacts facts;
  private final Outbounds outbounds;
  private final Invites invites;
  private final Parking parking;
  private final Tapes tapes;
  private final Waiting waiting;
  private final Homing homing;
  private final Controls controls;
  private final CallDebts debts;
  private @Nullable CallView shown;

  public CallLogic(CallId id, CallTimings timings, Plans plans) {
    this.id = id;
    this.timings = timings;
    this.callbacks = new Callbacks(id, timings, memory);
    this.invites = new Invites(id, timings, memory);
    this.parking = new Parking(id, memory, plans, invites);
    this.tapes = new Tapes(id, memory, plans);
    this.waiting = new Waiting(id, memory, plans);
    this.route = new CallRoute(id, plans, memory, callbacks, parking, tapes);
    this.homing = new Homing(plans, invites, route);
    this.outbounds = new Outbounds(id, timings, memory, invites);
    Destinations destinations = new Destinations(id, plans);
    Tables tables = new Tables(id, memory, plans, invites, destinations);
    Transfers transfers = new Transfers(id, plans, invites, destinations, route);
    Phones phones = new Phones(id, memory, invites);
    this.controls = new Controls(id, tables, transfers, phones, parking, tapes);
    this.facts =
        new CallFacts(id, timings, memory, route, callbacks, outbounds, invites, tables, tapes);
    this.debts = new CallDebts(id, timings, memory, invites, parking, tapes, route.menus());
  }

  @Override
  public CallState empty() {
    return CallState.EMPTY;
  }

  @Override
  public CallState evolve(CallState state, Call.Event event) {
    return state.evolve(event);
  }

  @Override
  public Call.Command wake() {
    return Call.Wake.WAKE;
  }

  @Override
  public boolean finished(CallState state) {
    // One that never arrived was only asked about: it need not stay for that.
    return state.arrival() == null
        ? debts.verdictsHeard(state)
        : state.closed() && memory.outbox.isHeard(CallDebts.DROP);
  }

  @Override
  public void decide(Turn<CallState, Call.Event> turn, Call.Command command) {
    memory.live(turn.now());
    if (command instanceof Call.Fact fact) {
      facts.take(turn, fact.fact());
    } else if (command instanceof Call.AgentReserved reserved) {
      onReserved(turn, reserved);
    } else if (command instanceof Call.AboutOffer about) {
      onAboutOffer(turn, about);
    } else if (command instanceof Call.Withdrawn withdrawn) {
      onWithdrawn(turn, withdrawn);
    } else if (command instanceof Call.AboutPlace about) {
      onAboutPlace(turn, about);
    } else if (command instanceof Call.NoPlace refusal) {
      route.onNoPlace(turn, refusal);
    } else if (command instanceof Call.Heard heard) {
      memory.outbox.heard(heard.key());
    } else if (command instanceof Call.Recorded recorded) {
      memory.recorded(recorded);
    } else if (command instanceof Call.AskCallback ask) {
      callbacks.onAsk(turn, ask);
    } else if (command instanceof Call.CancelCallback cancel) {
      callbacks.onCancel(turn, cancel);
    } else if (command instanceof Call.PlaceTold told) {
      waiting.told(turn, told);
    } else if (command instanceof Call.Control control) {
      if (route.isReady()) {
        // Before, nobody knows what the plan allows. Whoever asks does so again.
        controls.take(turn, control);
      }
    } else if (command instanceof Call.AgentComes comes) {
      invites.comes(turn, comes);
    } else if (command instanceof Call.AgentStaysAway away) {
      invites.staysAway(turn, away);
    } else if (command instanceof Call.SlotGranted granted) {
      parking.granted(turn, granted);
    } else if (command instanceof Call.SlotRefused refused) {
      parking.refused(turn, refused);
    } else if (command instanceof Call.AboutSlot about) {
      parking.about(turn, about);
    } else if (command instanceof Call.LookedUp found) {
      route.menus().lookedUp(turn, found);
    } else if (command instanceof Call.Get get) {
      turn.reply(
          get.replyTo(),
          new Call.GetReply(
              turn.state().isShown() ? turn.state().view(id) : null, turn.state().version()));
    } else if (command == Call.Wake.WAKE) {
      onWake(turn);
    } else if (command != Call.PlanChanged.PLAN_CHANGED) {
      throw new IllegalStateException("a call has no answer to " + command);
    }
  }

  @Override
  public @Nullable Instant settle(Turn<CallState, Call.Event> turn) {
    Instant called = earlier(invites.settle(turn), parking.settle(turn));
    called = earlier(called, homing.settle(turn));
    called = earlier(called, route.menus().settle(turn));
    outbounds.settle(turn);
    tapes.settle(turn);
    Instant due = earlier(called, earlier(route.settle(turn), callbacks.settle(turn)));
    due = earlier(due, waiting.settle(turn));
    Instant next = earlier(due, debts.settle(turn));
    if (turn.state().isShown()) {
      show(turn);
    }
    return next;
  }

  /** Shows what people can see of the call when it has changed, and once after a recovery. */
  private void show(Turn<CallState, Call.Event> turn) {
    CallView view = turn.state().view(id);
    if (!view.equals(shown)) {
      shown = view;
      turn.publish(new FeedItem(id.tenant(), id.value(), turn.state().version(), view));
    }
  }

  private void onReserved(Turn<CallState, Call.Event> turn, Call.AgentReserved m) {
    CallState state = turn.state();
    OfferRecord known = state.offers().get(m.offer());
    if (known != null) {
      turn.tell(new ToAgent(m.agent()), known.verdict(id));
      return;
    }
    ReleaseReason refusal = refusal(state, m, turn.now());
    if (refusal != null) {
      refuse(turn, m.offer(), m, refusal);
      return;
    }
    LegId leg = LegId.of(m.offer());
    Instant now = turn.now();
    turn.persist(
        new Call.AgentOffered(
            m.offer(),
            m.agent(),
            m.queue(),
            m.round(),
            leg,
            m.contact(),
            now.plus(m.ringTimeout()).plus(timings.ringGrace()),
            m.why(),
            now));
    turn.tell(new ToAgent(m.agent()), new Agent.Verdict(m.offer(), id, Agent.Standing.HELD, null));
    var arrival = java.util.Objects.requireNonNull(state.arrival());
    turn.tell(
        new ToSwitch(arrival.home()),
        new SwitchCommand.Originate(
            id,
            leg,
            m.contact(),
            arrival.callerNumber(),
            m.ringTimeout(),
            now.plus(timings.orderWithin()),
            java.util.Objects.requireNonNull(memory.incarnation())));
  }

  /** Why this reservation cannot be used, or null. */
  private @Nullable ReleaseReason refusal(CallState state, Call.AgentReserved m, Instant now) {
    if (state.isLeaving()) {
      return ReleaseReason.CALLER_GONE;
    }
    if (state.stay() == null || state.arrival() == null) {
      return ReleaseReason.NEVER_HEARD;
    }
    if (!state.stay().isIn(m.queue(), m.round())) {
      return ReleaseReason.STALE_ROUND;
    }
    if (!(state.activity() instanceof Queued) && !joins(state, m)) {
      return ReleaseReason.OTHER_OFFER;
    }
    if (!memory.linkUp() || state.adrift() != null) {
      return ReleaseReason.LINK_LOST;
    }
    if (debts.isEarly(state, now)) {
      return ReleaseReason.OTHER_OFFER;
    }
    int living = (int) state.legs().values().stream().filter(Leg::isWanted).count();
    if (living >= Admission.MAX_LEGS) {
      // Nothing against this agent: its phone may ring when another has stopped.
      return ReleaseReason.OTHER_OFFER;
    }
    return Admission.refusal(m.contact(), state.arrival().callerNumber(), living).isPresent()
        ? ReleaseReason.NOT_ADMITTED
        : null;
  }

  /** Whether one more phone may ring beside those that do. */
  private static boolean joins(CallState state, Call.AgentReserved m) {
    return m.several()
        && state.activity() instanceof Offering offering
        && offering.rings().stream().allMatch(ring -> ring.queue().equals(m.queue()));
  }

  /** Every refusal is persisted before it is told, so that a repeat is refused again. */
  private void refuse(
      Turn<CallState, Call.Event> turn, OfferId offer, Call.AgentReserved m, ReleaseReason reason) {
    refuse(turn, new Call.AboutOffer(offer, m.agent(), m.queue(), m.round()), reason);
  }

  private void refuse(Turn<CallState, Call.Event> turn, Call.AboutOffer m, ReleaseReason reason) {
    turn.persist(
        new Call.OfferRefused(m.offer(), m.agent(), m.queue(), m.round(), reason, turn.now()));
    CallState state = turn.state();
    if (state.closed()) {
      turn.tell(
          new ToAgent(m.agent()),
          new Agent.Verdict(m.offer(), id, Agent.Standing.RELEASED, reason));
    }
    boolean left =
        state.isLeaving() || state.connection() != null || reason == ReleaseReason.STALE_ROUND;
    if (m.queue() != null && left) {
      // The queue may have put a place back that we have left: a late Enqueue after the Leave.
      tellPlaceIsOver(turn, m.queue(), m.round());
    }
  }

  private void tellPlaceIsOver(Turn<CallState, Call.Event> turn, QueueId queue, int round) {
    turn.tell(new ToQueue(queue), debts.over(turn.state(), queue, round));
  }

  private void onAboutOffer(Turn<CallState, Call.Event> turn, Call.AboutOffer m) {
    OfferRecord known = turn.state().offers().get(m.offer());
    if (known == null) {
      refuse(
          turn,
          m,
          turn.state().isLeaving() ? ReleaseReason.CALLER_GONE : ReleaseReason.NEVER_HEARD);
    } else {
      turn.tell(new ToAgent(m.agent()), known.verdict(id));
    }
  }

  private void onWithdrawn(Turn<CallState, Call.Event> turn, Call.Withdrawn m) {
    if (turn.state().activity() instanceof Offering offering && offering.has(m.offer())) {
      turn.persist(new Call.OfferFailed(m.offer(), ReleaseReason.WITHDRAWN, false, turn.now()));
    } else if (turn.state().table().coming(m.offer()) != null) {
      invites.withdrawn(turn, m.offer());
    } else {
      onAboutOffer(turn, new Call.AboutOffer(m.offer(), m.agent(), m.queue(), m.round()));
    }
  }

  private void onAboutPlace(Turn<CallState, Call.Event> turn, Call.AboutPlace m) {
    CallState state = turn.state();
    boolean wanted =
        state.stay() != null
            && state.stay().isIn(m.queue(), m.round())
            && !state.isLeaving()
            && state.connection() == null;
    if (wanted) {
      // An offer the queue has out and we never heard of stays with its agent's question: only a
      // persisted refusal frees the agent. The place itself is free for another offer.
      if (!debts.isQuiet(state, turn.now())) {
        turn.tell(new ToQueue(m.queue()), debts.place(state, m.queue(), turn.now()));
      }
    } else {
      tellPlaceIsOver(turn, m.queue(), m.round());
    }
  }

  private void onWake(Turn<CallState, Call.Event> turn) {
    Activity activity = turn.state().activity();
    Instant deadline = memory.due(activity.deadline());
    if (deadline == null || deadline.isAfter(turn.now())) {
      return;
    }
    if (activity instanceof Offering offering) {
      for (Offering.Ring ring : offering.rings()) {
        Instant due = memory.due(ring.deadline());
        if (due != null && !due.isAfter(turn.now())) {
          turn.persist(
              new Call.OfferFailed(
                  ring.offer(), unansweredReason(turn.state(), ring), false, turn.now()));
        }
      }
    } else if (activity instanceof Dialing dialing) {
      if (turn.state().callback() != null) {
        callbacks.onDeadline(turn, dialing);
      } else {
        outbounds.onDeadline(turn);
      }
    } else if (activity instanceof Bridging bridging) {
      turn.persist(
          new Call.OfferFailed(bridging.offer(), ReleaseReason.BRIDGE_FAILED, true, turn.now()));
    } else {
      route.onDeadline(turn);
    }
  }

  /** An agent is blamed only when its phone was seen ringing. */
  private ReleaseReason unansweredReason(CallState state, Offering.Ring ring) {
    Leg leg = state.legs().get(ring.leg());
    if (leg != null && leg.status() == Leg.Status.RINGING) {
      return ReleaseReason.NO_ANSWER;
    }
    return memory.linkUp() ? ReleaseReason.NOT_ORDERED : ReleaseReason.LINK_LOST;
  }
}
