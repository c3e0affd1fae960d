package tandem.router.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Change;
import tandem.router.domain.plan.Routing;
import tandem.router.edge.CallFact;
import tandem.router.edge.Causes;
import tandem.router.edge.Errand;
import tandem.router.feed.CallView;
import tandem.router.queue.Queue;

/** A call's state on its way to the next: what each event changes. */
final class CallDraft {
  private final long version;
  private List<Call.Event> events;
  private long recordable;
  CallFact.@Nullable Arrived arrival;
  private @Nullable Routing routing;
  private @Nullable Action start;
  @Nullable Stay stay;
  List<CallState.Left> left;
  Activity activity;
  final Map<LegId, Leg> legs;
  final Map<OfferId, OfferRecord> offers;
  int placeVersion;
  boolean greeted;
  private int errands;
  private int announced;
  private CallView.@Nullable Notice notice;
  @Nullable Callback callback;
  Callback.@Nullable Promised promised;
  @Nullable LegId adrift;
  CallState.@Nullable Connection connection;
  @Nullable Instant talkedAt;
  Table table;
  @Nullable InSlot slot;
  int claims;
  List<InSlot.Given> given;
  private List<Act> acts;
  String lastMiss;
  CallView.Remarks remarks;
  private List<OnTape> tapes;
  private boolean consented;
  private boolean told;
  private InFlow flow;
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
    talkedAt = from.talkedAt();
    table = from.table();
    slot = from.slot();
    claims = from.claims();
    given = from.given();
    acts = from.acts();
    lastMiss = from.lastMiss();
    remarks = from.remarks();
    tapes = from.tapes();
    consented = from.consented();
    told = from.told();
    flow = from.flow();
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
        talkedAt,
        table,
        slot,
        claims,
        given,
        acts,
        lastMiss,
        remarks,
        tapes,
        consented,
        told,
        flow,
        closed);
  }

  void apply(Call.Event event) {
    if (events.size() == version - 1) {
      keep(event);
    }
    boolean late = activity instanceof Over && event instanceof RemarkEvent;
    if (event instanceof Call.Connected || event instanceof Call.Ended || late) {
      recordable = version;
    }
    if (event instanceof Act.Done done && done.act() != null) {
      did(done.act());
    }
    if (event instanceof TableEvent e) {
      new TableChanges(this).apply(e);
    } else if (event instanceof ParkEvent e) {
      new ParkChanges(this).apply(e);
    } else if (event instanceof RemarkEvent e) {
      remarks = Remarks.after(remarks, e);
      // What is said after the end is told to the record, and the call stays until it has that.
      closed = false;
      if (e instanceof RemarkEvent.MessageTaken taken) {
        notice = new CallView.Notice(taken.text(), taken.at());
      }
    } else if (event instanceof TapeEvent e) {
      tapes = Tapes.after(tapes, e);
      consented |= e instanceof TapeEvent.ConsentAsked;
    } else if (event instanceof FlowEvent e) {
      onFlow(e);
    } else if (event instanceof Call.Arrived e) {
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
      told = true;
    } else if (!waited(event)) {
      new OfferChanges(this).apply(event);
    }
  }

  private void onFlow(FlowEvent e) {
    flow = flow.after(e);
    if (e instanceof FlowEvent.NodeEntered) {
      disconnected();
      giveAll();
    } else if (e instanceof FlowEvent.LookupBegun begun) {
      activity = new LookingUp(begun.number(), begun.at());
    }
  }

  private void did(Act act) {
    List<Act> all = new ArrayList<>(acts);
    all.add(act);
    acts = List.copyOf(all.subList(Math.max(0, all.size() - CallState.MOST_ACTS), all.size()));
  }

  void forget(String key) {
    acts = acts.stream().filter(act -> !act.key().equals(key)).toList();
  }

  private void onArrived(Call.Arrived e) {
    arrival = e.arrival();
    if (e.arrival().callback() != null) {
      callback = Callback.of(e.arrival().callback());
    } else if (e.arrival().outbound() == null) {
      LegId leg = e.arrival().leg();
      legs.put(leg, Leg.caller(leg, Leg.Status.THERE, e.at()));
    }
  }

  /** What concerns the call's places; whether the event was one of these. */
  private boolean waited(Call.Event event) {
    if (event instanceof Call.Routed e) {
      routing = e.routing();
      flow = flow.left();
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
      disconnected();
      giveAll();
      errands = e.number();
      flow = flow.errand();
      activity = new Away(e.errand(), e.number(), e.until(), e.at());
    } else if (event instanceof Call.CameBack) {
      // What follows was decided in the same turn, and is the next event.
      announced++;
    } else if (event instanceof Call.Held e) {
      disconnected();
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
    disconnected();
    Stay before = stay;
    Action action = routing == null ? null : routing.action();
    TenantId tenant = e.queue().tenant();
    if (callback != null && talkedAt == null) {
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
  void giveAll() {
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

  void connected(OfferId offer, AgentId agent, @Nullable QueueId queue, Instant at) {
    connection = new CallState.Connection(offer, agent, queue, at);
    talkedAt = talkedAt == null ? at : talkedAt;
  }

  /** The caller goes elsewhere: nobody talks to it. */
  void disconnected() {
    QueueId served = connection == null ? null : connection.queue();
    if (connection != null && served != null && stay != null && stay.queues().contains(served)) {
      // Its queue may not have heard yet that it was served there.
      List<CallState.Left> all = new ArrayList<>(left);
      for (QueueId queue : stay.queues()) {
        boolean here = queue.equals(served);
        all.add(
            new CallState.Left(
                queue,
                stay.round(),
                Queue.LeaveReason.SERVED_ELSEWHERE,
                here ? connection.agent() : null));
      }
      left = List.copyOf(all);
      stay = stay.inNoQueue();
    }
    connection = null;
    legs.replaceAll(
        (id, leg) ->
            leg.isCaller() || isComing(leg) ? leg : leg.with(Leg.Status.DYING, leg.since()));
    table = table.cleared();
  }

  private boolean isComing(Leg leg) {
    return table.coming(leg.id()) != null;
  }

  private void onLegLeft(Call.LegLeft e) {
    Leg gone = legs.remove(e.leg());
    if (gone == null) {
      return;
    }
    if (!e.cause().equals(Causes.NO_TRUNK)) {
      lastMiss = e.cause();
    }
    if (gone.offer() != null) {
      offers.computeIfPresent(gone.offer(), (id, record) -> record.withLegGone());
    }
    Seat seat = table.seat(e.leg()).orElse(null);
    if (seat != null && !(activity instanceof Ending)) {
      new TableChanges(this).left(seat, e);
      return;
    }
    // Whom a call that reaches out has not talked to yet it may call again.
    boolean ends =
        gone.isCaller()
            && (arrival == null || !arrival.isVirtual() || (talkedAt != null && gone.isWanted()));
    if (ends && !(activity instanceof Ending)) {
      end(e.cause(), e.at());
    }
  }

  /** All go. */
  void end(String cause, Instant at) {
    activity = new Ending(cause, handedOver(), at);
    legs.replaceAll((id, leg) -> leg.with(Leg.Status.DYING, at));
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
