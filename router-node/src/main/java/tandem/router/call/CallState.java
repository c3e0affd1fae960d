package tandem.router.call;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.domain.ReleaseReason;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Routing;
import tandem.router.edge.CallFact;
import tandem.router.feed.CallView;
import tandem.router.queue.Queue;

/**
 * A call as its journal tells it. Changes only through {@link #evolve}; the maps are never written
 * to after they were put in.
 *
 * @param version how many events made it
 * @param events these events; none when they have become too many to be sent around
 * @param recordable the last event up to which the record is to know the call; 0 at first
 * @param routing what its plan said last; null when no plan said anything
 * @param start what its plan said when its flow was run from the start; null when it never was
 * @param stay its places; null before the first, and when the plan gave it none
 * @param left places it gave up for others: each queue must hear so
 * @param placeVersion how often the call changed its mind about its places in this round
 * @param legs the living legs
 * @param offers every offer ever heard of, so that an old one is refused for ever
 * @param errands how many the switch was given
 * @param announced how many files of its routing it has heard
 * @param notice the last thing the plan had to tell supervisors about it
 * @param callback what it is to do when it calls somebody back; null when somebody has called
 * @param promised that its caller is called back; null when nobody said so
 * @param connection with which agent the caller talks now; null while with none
 * @param talkedAt when an agent and the caller came to talk for the first time; null before
 * @param slot where it is parked, or is to be; null when it is not
 * @param claims how many slots it ever asked for
 * @param given slots it has left
 * @param lastMiss why the last one did not come whom the call itself wanted; empty at first
 * @param acts what people have done with it, the last {@link #MOST_ACTS}
 * @param tapes its recordings
 * @param consented whether the caller has heard, or is hearing, that it is recorded
 * @param flow how far its caller is in interactive flows
 * @param told whether all peers have heard of its end: what is said after that is for the record
 * @param adrift the agent's leg in whose bridge, which did not come about, the caller may be stuck
 */
public record CallState(
    long version,
    List<Call.Event> events,
    long recordable,
    CallFact.@Nullable Arrived arrival,
    @Nullable Routing routing,
    @Nullable Action start,
    @Nullable Stay stay,
    List<Left> left,
    Activity activity,
    Map<LegId, Leg> legs,
    Map<OfferId, OfferRecord> offers,
    int placeVersion,
    boolean greeted,
    int errands,
    int announced,
    CallView.@Nullable Notice notice,
    @Nullable Callback callback,
    Callback.@Nullable Promised promised,
    @Nullable LegId adrift,
    @Nullable Connection connection,
    @Nullable Instant talkedAt,
    Table table,
    @Nullable InSlot slot,
    int claims,
    List<InSlot.Given> given,
    List<Act> acts,
    String lastMiss,
    CallView.Remarks remarks,
    List<OnTape> tapes,
    boolean consented,
    boolean told,
    InFlow flow,
    boolean closed) {

  /**
   * A place the call no longer wants.
   *
   * @param by the agent who served it there; null when none did
   */
  record Left(QueueId queue, int round, Queue.LeaveReason why, @Nullable AgentId by) {
    Left(QueueId queue, int round, Queue.LeaveReason why) {
      this(queue, round, why, null);
    }
  }

  /**
   * When an agent and the caller came to talk.
   *
   * @param queue of an agent that a queue has found; null of one that the call itself has asked for
   */
  record Connection(OfferId offer, AgentId agent, @Nullable QueueId queue, Instant at) {}

  /** Requests remembered (count): a key that comes again after so many is a new request. */
  static final int MOST_ACTS = 200;

  /** Events (count): some 60 kB, where one message between nodes may have 1 MB. */
  static final int MOST_EVENTS = 200;

  static final CallState EMPTY =
      new CallState(
          0,
          List.of(),
          0,
          null,
          null,
          null,
          null,
          List.of(),
          new Unborn(Instant.EPOCH),
          Map.of(),
          Map.of(),
          0,
          false,
          0,
          0,
          null,
          null,
          null,
          null,
          null,
          null,
          Table.EMPTY,
          null,
          0,
          List.of(),
          List.of(),
          "",
          CallView.Remarks.NONE,
          List.of(),
          false,
          false,
          InFlow.NONE,
          false);

  /** Where nobody has called: the leg of who is called, while it rings or somebody is there. */
  Optional<Leg> callerLeg() {
    return legs.values().stream()
        .filter(Leg::isCaller)
        .filter(leg -> !isReaching() || leg.isWanted())
        .findFirst();
  }

  /** The leg that orders about the caller name; null while nobody is on the line. */
  @Nullable LegId callerOnLine() {
    if (arrival == null) {
      return null;
    }
    return !isReaching()
        ? arrival.leg()
        : callerLeg().filter(leg -> leg.status() == Leg.Status.THERE).map(Leg::id).orElse(null);
  }

  /** Whether its caller has not called, but is to be called, or was. */
  boolean isReaching() {
    return arrival != null && arrival.isVirtual();
  }

  /** Whether nobody is on the line yet. */
  boolean isVirtual() {
    return isReaching() && talkedAt == null && callerOnLine() == null;
  }

  /** What was done with this key; null when nothing was. */
  @Nullable Act done(String key) {
    return acts.stream().filter(act -> act.key().equals(key)).findFirst().orElse(null);
  }

  boolean isOver() {
    return activity instanceof Over;
  }

  /** Whether people can see it: it has arrived, and it is decided what becomes of it. */
  boolean isShown() {
    return stay != null || routing != null || (arrival != null && arrival.outbound() != null);
  }

  /** Whether the history knows from the events up to this one all that it is to know now. */
  boolean isRecordedBy(long seq) {
    return seq >= recordable;
  }

  /** Whether the caller is past waiting: gone, or about to be. */
  boolean isLeaving() {
    return isOver() || activity instanceof Ending;
  }

  /** Offers of the present stay that rang to their end. */
  int unanswered() {
    return (int)
        offers.values().stream()
            .filter(offer -> stay != null && offer.round() == stay.round())
            .filter(offer -> offer.why() == ReleaseReason.NO_ANSWER)
            .count();
  }

  /** Agents this caller cannot be given, whatever the queue thinks. */
  List<AgentId> tried() {
    return offers.values().stream()
        .filter(offer -> offer.why() == ReleaseReason.NOT_ADMITTED)
        .map(OfferRecord::agent)
        .distinct()
        .toList();
  }

  CallState evolve(Call.Event event) {
    CallDraft draft = new CallDraft(this);
    draft.apply(event);
    return draft.done();
  }

  CallView view(CallId id) {
    CallFact.Arrived from = java.util.Objects.requireNonNull(arrival);
    OfferRecord current = activity.offer() == null ? null : offers.get(activity.offer());
    Leg agentLeg = activity.agentLeg() == null ? null : legs.get(activity.agentLeg());
    AgentId agent =
        current != null ? current.agent() : connection != null ? connection.agent() : null;
    Over over = activity instanceof Over o ? o : null;
    return new CallView(
        id,
        from.home(),
        from.callerNumber(),
        from.calledNumber(),
        status(agentLeg != null && agentLeg.status() == Leg.Status.RINGING),
        queue(current),
        stay == null ? 0 : stay.priority(),
        agent,
        activity.offer(),
        from.at(),
        activity.since(),
        talkedAt,
        over == null ? null : over.since(),
        over == null ? null : over.outcome(),
        over == null ? null : over.cause(),
        notice,
        callback == null ? null : callback.view(),
        promised == null ? null : promised.callback(),
        waitsIn(),
        People.of(this),
        slot == null || slot.slot() == null || !(activity instanceof Holding holding)
            ? null
            : new CallView.Slot(slot.lot(), slot.slot(), holding.until(), slot.parker()),
        Tapes.view(this),
        remarks);
  }

  /** Where it waits now: nowhere once somebody talks, or it is over. */
  private List<QueueId> waitsIn() {
    return stay == null || connection != null || isLeaving() ? List.of() : stay.queues();
  }

  private CallView.Status status(boolean ringing) {
    return activity instanceof Queued && isVirtual()
        ? CallView.Status.CALLBACK
        : activity.status(ringing);
  }

  private @Nullable QueueId queue(@Nullable OfferRecord current) {
    if (current != null && current.queue() != null) {
      return current.queue();
    } else if (connection != null && connection.queue() != null) {
      return connection.queue();
    }
    if (stay != null && !stay.queues().isEmpty()) {
      return stay.queues().get(0);
    }
    return left.isEmpty() ? null : left.get(left.size() - 1).queue();
  }
}
