package tandem.router.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.domain.ReleaseReason;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Change;
import tandem.router.domain.plan.Routing;
import tandem.router.edge.CallFact;
import tandem.router.edge.Errand;
import tandem.router.feed.CallView;
import tandem.router.queue.Queue;

/** A call's state on its way to the next: what each event changes. */
final class CallDraft {
  private static final Duration SWITCH_TROUBLE = Duration.ofSeconds(30);

  private final long version;
  private List<Call.Event> events;
  private long recordable;
  private CallFact.@Nullable Arrived arrival;
  private @Nullable Routing routing;
  private @Nullable Action start;
  private @Nullable Stay stay;
  private List<CallState.Left> left;
  private Activity activity;
  private final Map<LegId, Leg> legs;
  private final Map<OfferId, OfferRecord> offers;
  private int placeVersion;
  private boolean greeted;
  private int errands;
  private int announced;
  private CallView.@Nullable Notice notice;
  private @Nullable Callback callback;
  private Callback.@Nullable Promised promised;
  private @Nullable LegId adrift;
  private CallState.@Nullable Connection connection;
  private boolean closed;

  CallDraft(CallState from) {
    version = from.version() + 1;
    events = from.events().size() == from.version() ? new ArrayList<>(from.events()) : List.of();
    recordable = from.recordable();
    arrival = from.arrival();
    routing = from.routing();
    start = from.start();
    stay = from.stay();
    left = from.left();
    activity = from.activity();
    legs = new LinkedHashMap<>(from.legs());
    offers = new LinkedHashMap<>(from.offers());
    placeVersion = from.placeVersion();
    greeted = from.greeted();
    errands = from.errands();
    announced = from.announced();
    notice = from.notice();
    callback = from.callback();
    promised = from.promised();
    adrift = from.adrift();
    connection = from.connection();
    closed = from.closed();
  }

  CallState done() {
    return new CallState(
        version,
        events,
        recordable,
        arrival,
        routing,
        start,
        stay,
        left,
        activity,
        legs,
        offers,
        placeVersion,
        greeted,
        errands,
        announced,
        notice,
        callback,
        promised,
        adrift,
        connection,
        closed);
  }

  void apply(Call.Event event) {
    if (events.size() == version - 1) {
      keep(event);
    }
    if (event instanceof Call.Connected || event instanceof Call.Ended) {
      recordable = version;
    }
    if (event instanceof Call.Arrived e) {
      onArrived(e);
    } else if (event instanceof Call.CallerGreeted) {
      greeted = true;
    } else if (event instanceof Call.LegRang e) {
      legs.computeIfPresent(e.leg(), (id, leg) -> leg.with(Leg.Status.RINGING, e.at()));
    } else if (event instanceof Call.CallerParked) {
      adrift = null;
    } else if (event instanceof Call.LegLeft e) {
      onLegLeft(e);
    } else if (event instanceof Call.Ended e) {
      activity = new Over(e.outcome(), e.cause(), e.at());
    } else if (event instanceof Call.Closed) {
      closed = true;
    } else if (!waited(event) && !calledBack(event)) {
      offered(event);
    }
  }

  private void onArrived(Call.Arrived e) {
    arrival = e.arrival();
    if (e.arrival().callback() != null) {
      callback = Callback.of(e.arrival().callback());
    } else {
      LegId leg = e.arrival().leg();
      legs.put(leg, new Leg(leg, null, Leg.Status.THERE, e.at()));
    }
  }

  /** What concerns being called back; whether the event was one of these. */
  private boolean calledBack(Call.Event event) {
    if (event instanceof Call.CallbackPromised e) {
      giveAll();
      promised = new Callback.Promised(e.callback(), e.promise());
      activity = new Ending(CallFacts.NORMAL, CallView.Outcome.CALLBACK, e.at());
      legs.replaceAll((id, leg) -> leg.with(Leg.Status.DYING, e.at()));
    } else if (event instanceof Call.CustomerDialed e) {
      callback = callback == null ? null : callback.dialled(e.attempt());
      legs.put(e.leg(), new Leg(e.leg(), null, Leg.Status.ORDERED, e.at()));
      activity = new Dialing(e.offer(), LegId.of(e.offer()), e.leg(), e.ringDeadline(), e.at());
    } else if (event instanceof Call.CustomerAnswered e) {
      legs.computeIfPresent(e.leg(), (id, leg) -> leg.with(Leg.Status.THERE, e.at()));
      activity = new Bridging(e.offer(), LegId.of(e.offer()), e.bridgeDeadline(), e.at());
    } else if (event instanceof Call.AttemptFailed e) {
      callback = callback == null ? null : callback.after(e.again());
      legs.replaceAll((id, leg) -> leg.isCaller() ? leg.with(Leg.Status.DYING, e.at()) : leg);
      adrift = null;
      greeted = false;
      placeVersion++;
    } else if (event instanceof Call.GivenUp e) {
      activity = new Ending(e.cause(), e.outcome(), e.at());
      legs.replaceAll((id, leg) -> leg.with(Leg.Status.DYING, e.at()));
    } else {
      return false;
    }
    return true;
  }

  /** What concerns the call's places; whether the event was one of these. */
  private boolean waited(Call.Event event) {
    if (event instanceof Call.Routed e) {
      routing = e.routing();
      announced = 0;
      if (e.routing().isFromTheStart()) {
        start = e.routing().action();
      }
    } else if (event instanceof Call.Queued e) {
      onQueued(e);
    } else if (event instanceof Call.PlaceRefused e) {
      stay =
          stay == null ? null : stay.refusedBy(e.queue(), new Stay.Otherwise(e.then(), e.plan()));
      give(List.of(e.queue()), e.round());
    } else if (event instanceof Call.StepTaken e) {
      onStepTaken(e);
    } else if (event instanceof Call.HandedOver e) {
      giveAll();
      errands = e.number();
      activity = new Away(e.errand(), e.number(), e.until(), e.at());
    } else if (event instanceof Call.CameBack) {
      // What follows was decided in the same turn, and is the next event.
      announced++;
    } else if (event instanceof Call.Held e) {
      giveAll();
      activity = new Holding(e.lot(), e.then(), e.until(), e.at());
    } else if (event instanceof Call.Dismissed e) {
      giveAll();
      activity = new Ending(e.cause(), CallView.Outcome.TURNED_AWAY, e.at());
      legs.replaceAll((id, leg) -> leg.with(Leg.Status.DYING, e.at()));
    } else {
      return false;
    }
    return true;
  }

  private void onQueued(Call.Queued e) {
    Stay before = stay;
    Action action = routing == null ? null : routing.action();
    TenantId tenant = e.queue().tenant();
    if (callback != null) {
      stay = Stay.promised(callback.promise(), tenant, e.round(), e.at());
    } else if (action instanceof Action.Wait wait) {
      // A caller who waits and follows a new plan is as if it had followed it from the start.
      boolean again = before != null && routing != null && routing.isFromTheStart();
      stay = Stay.of(wait, tenant, e.round(), e.priority(), e.since(), again ? e.since() : e.at());
    } else {
      stay = Stay.plain(e.queue(), e.round(), e.priority(), e.since());
    }
    if (before != null) {
      List<QueueId> now = stay.queues();
      give(before.queues().stream().filter(queue -> !now.contains(queue)).toList(), before.round());
    }
    activity = new Queued(e.at());
    placeVersion = 0;
  }

  private void onStepTaken(Call.StepTaken e) {
    if (stay == null) {
      return;
    }
    for (Change change : stay.steps().get(e.step()).changes()) {
      if (change instanceof Change.Notify say) {
        notice = new CallView.Notice(say.text(), e.at());
      }
    }
    stay = stay.after(e.step(), routing == null ? null : routing.caller());
    placeVersion++;
  }

  /** The call waits in no queue any more. */
  private void giveAll() {
    if (stay != null) {
      give(stay.queues(), stay.round());
      stay = stay.inNoQueue();
    }
  }

  /** Gives places up: their queues must hear so. */
  private void give(List<QueueId> queues, int round) {
    List<CallState.Left> all = new ArrayList<>(left);
    queues.forEach(queue -> all.add(new CallState.Left(queue, round, Queue.LeaveReason.MOVED)));
    left = List.copyOf(all);
  }

  /** What concerns offers of agents. */
  private void offered(Call.Event event) {
    if (event instanceof Call.AgentOffered e) {
      offers.put(
          e.offer(),
          new OfferRecord(e.offer(), e.agent(), e.queue(), e.round(), false, null, false));
      legs.put(e.leg(), new Leg(e.leg(), e.offer(), Leg.Status.ORDERED, e.at()));
      Offering.Ring ring = new Offering.Ring(e.offer(), e.leg(), e.queue(), e.ringDeadline());
      activity =
          activity instanceof Offering already
              ? already.with(ring)
              : new Offering(List.of(ring), e.at());
      if (stay != null && stay.queues().size() > 1) {
        // The other queues must not reserve for a caller whose phone may be answered any moment.
        placeVersion++;
      }
    } else if (event instanceof Call.OfferRefused e) {
      offers.put(
          e.offer(),
          new OfferRecord(e.offer(), e.agent(), e.queue(), e.round(), false, e.reason(), true));
      placeVersion++;
    } else if (event instanceof Call.AgentAnswered e) {
      legs.computeIfPresent(e.leg(), (id, leg) -> leg.with(Leg.Status.THERE, e.at()));
      activity = new Bridging(e.offer(), e.leg(), e.bridgeDeadline(), e.at());
    } else if (event instanceof Call.Connected e) {
      OfferRecord offer = offers.computeIfPresent(e.offer(), (id, record) -> record.asConnected());
      if (offer != null) {
        connection = new CallState.Connection(e.offer(), offer.agent(), offer.queue(), e.at());
      }
      activity = new Bridged(e.offer(), e.leg(), e.at());
      greeted = true;
    } else if (event instanceof Call.OfferFailed e) {
      onOfferFailed(e);
    }
  }

  private void onOfferFailed(Call.OfferFailed e) {
    boolean switchTrouble =
        e.reason() == ReleaseReason.NOT_ORDERED || e.reason() == ReleaseReason.LINK_LOST;
    if (callback != null && switchTrouble) {
      // It may have hours: there is no need to try agent after agent meanwhile.
      callback = callback.pausedUntil(e.at().plus(SWITCH_TROUBLE));
    }
    offers.computeIfPresent(e.offer(), (id, record) -> record.failed(e.reason()));
    legs.replaceAll(
        (id, leg) -> e.offer().equals(leg.offer()) ? leg.with(Leg.Status.DYING, e.at()) : leg);
    if (activity instanceof Offering offering) {
      Offering rest = offering.without(e.offer());
      activity = rest == null ? new Queued(e.at()) : rest;
    } else {
      activity = new Queued(e.at());
    }
    placeVersion++;
    adrift = e.adrift() ? LegId.of(e.offer()) : adrift;
  }

  private void onLegLeft(Call.LegLeft e) {
    Leg gone = legs.remove(e.leg());
    if (gone == null) {
      return;
    }
    if (gone.offer() != null) {
      offers.computeIfPresent(gone.offer(), (id, record) -> record.withLegGone());
    }
    // Whom a callback has not reached yet it may call again.
    boolean callerEnds =
        gone.isCaller() && (callback == null || (connection != null && gone.isWanted()));
    boolean ends = callerEnds || (activity instanceof Bridged b && b.agentLeg().equals(e.leg()));
    if (ends && !(activity instanceof Ending)) {
      activity = new Ending(e.cause(), handedOver(), e.at());
      legs.replaceAll((id, leg) -> leg.with(Leg.Status.DYING, e.at()));
    }
  }

  /** What becomes of a call that ends while the switch has it; null when agents were to have it. */
  private CallView.@Nullable Outcome handedOver() {
    if (!(activity instanceof Away away)) {
      return null;
    } else if (away.errand() instanceof Errand.Voicemail) {
      return CallView.Outcome.VOICEMAIL;
    }
    return away.errand() instanceof Errand.Outside ? CallView.Outcome.TRANSFERRED : null;
  }

  private void keep(Call.Event event) {
    if (version <= CallState.MOST_EVENTS) {
      events.add(event);
    } else {
      events = List.of();
    }
  }
}
