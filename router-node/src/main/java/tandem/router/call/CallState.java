package tandem.router.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.edge.CallFact;
import tandem.router.feed.CallView;

/**
 * A call as its journal tells it. Changes only through {@link #evolve}; the maps are never written
 * to after they were put in.
 *
 * @param version how many events made it
 * @param events these events; none when they have become too many to be sent around
 * @param recordable the last event up to which the record is to know the call; 0 at first
 * @param placeVersion how often the call changed its mind about its place in this round
 * @param legs the living legs
 * @param offers every offer ever heard of, so that an old one is refused for ever
 * @param adrift the agent's leg in whose bridge, which did not come about, the caller may be stuck
 */
public record CallState(
    long version,
    List<Call.Event> events,
    long recordable,
    CallFact.@Nullable Arrived arrival,
    @Nullable Stay stay,
    Activity activity,
    Map<LegId, Leg> legs,
    Map<OfferId, OfferRecord> offers,
    int placeVersion,
    boolean greeted,
    @Nullable LegId adrift,
    @Nullable Connection connection,
    boolean closed) {

  /** A stay in a queue. */
  public record Stay(QueueId queue, int round, int priority, Instant since) {}

  /** When an agent and the caller came to talk. */
  public record Connection(OfferId offer, AgentId agent, Instant at) {}

  /** Events (count): some 60 kB, where one message between nodes may have 1 MB. */
  static final int MOST_EVENTS = 200;

  static final CallState EMPTY =
      new CallState(
          0,
          List.of(),
          0,
          null,
          null,
          new Unborn(Instant.EPOCH),
          Map.of(),
          Map.of(),
          0,
          false,
          null,
          null,
          false);

  Optional<Leg> callerLeg() {
    return legs.values().stream().filter(Leg::isCaller).findFirst();
  }

  boolean isOver() {
    return activity instanceof Over;
  }

  /** Whether the history knows from the events up to this one all that it is to know now. */
  boolean isRecordedBy(long seq) {
    return seq >= recordable;
  }

  /** Whether the caller is past waiting: gone, or about to be. */
  boolean isLeaving() {
    return isOver() || activity instanceof Ending;
  }

  CallState evolve(Call.Event event) {
    Draft draft = new Draft(this);
    draft.apply(event);
    return draft.done();
  }

  CallView view(CallId id) {
    CallFact.Arrived from = java.util.Objects.requireNonNull(arrival);
    Stay at = java.util.Objects.requireNonNull(stay);
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
        activity.status(agentLeg != null && agentLeg.status() == Leg.Status.RINGING),
        at.queue(),
        at.priority(),
        agent,
        activity.offer(),
        from.at(),
        activity.since(),
        connection == null ? null : connection.at(),
        over == null ? null : over.since(),
        over == null ? null : over.outcome(),
        over == null ? null : over.cause());
  }

  /** A state on its way to the next. */
  private static final class Draft {
    private final long version;
    private List<Call.Event> events;
    private long recordable;
    private CallFact.@Nullable Arrived arrival;
    private @Nullable Stay stay;
    private Activity activity;
    private final Map<LegId, Leg> legs;
    private final Map<OfferId, OfferRecord> offers;
    private int placeVersion;
    private boolean greeted;
    private @Nullable LegId adrift;
    private @Nullable Connection connection;
    private boolean closed;

    Draft(CallState from) {
      version = from.version + 1;
      events = from.events.size() == from.version ? new ArrayList<>(from.events) : List.of();
      recordable = from.recordable;
      arrival = from.arrival;
      stay = from.stay;
      activity = from.activity;
      legs = new LinkedHashMap<>(from.legs);
      offers = new LinkedHashMap<>(from.offers);
      placeVersion = from.placeVersion;
      greeted = from.greeted;
      adrift = from.adrift;
      connection = from.connection;
      closed = from.closed;
    }

    CallState done() {
      return new CallState(
          version,
          events,
          recordable,
          arrival,
          stay,
          activity,
          legs,
          offers,
          placeVersion,
          greeted,
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
        arrival = e.arrival();
        LegId leg = e.arrival().leg();
        legs.put(leg, new Leg(leg, null, Leg.Status.THERE, e.at()));
      } else if (event instanceof Call.Queued e) {
        stay = new Stay(e.queue(), e.round(), e.priority(), e.since());
        activity = new Queued(e.at());
        placeVersion = 0;
      } else if (event instanceof Call.CallerGreeted) {
        greeted = true;
      } else if (event instanceof Call.AgentOffered e) {
        offers.put(
            e.offer(),
            new OfferRecord(e.offer(), e.agent(), e.queue(), e.round(), false, null, false));
        legs.put(e.leg(), new Leg(e.leg(), e.offer(), Leg.Status.ORDERED, e.at()));
        activity = new Offering(e.offer(), e.leg(), e.ringDeadline(), e.at());
      } else if (event instanceof Call.OfferRefused e) {
        offers.put(
            e.offer(),
            new OfferRecord(e.offer(), e.agent(), e.queue(), e.round(), false, e.reason(), true));
        placeVersion++;
      } else if (event instanceof Call.LegRang e) {
        legs.computeIfPresent(e.leg(), (id, leg) -> leg.with(Leg.Status.RINGING, e.at()));
      } else if (event instanceof Call.AgentAnswered e) {
        legs.computeIfPresent(e.leg(), (id, leg) -> leg.with(Leg.Status.THERE, e.at()));
        activity = new Bridging(e.offer(), e.leg(), e.bridgeDeadline(), e.at());
      } else if (event instanceof Call.Connected e) {
        OfferRecord offer =
            offers.computeIfPresent(e.offer(), (id, record) -> record.asConnected());
        if (offer != null) {
          connection = new Connection(e.offer(), offer.agent(), e.at());
        }
        activity = new Bridged(e.offer(), e.leg(), e.at());
        greeted = true;
      } else if (event instanceof Call.OfferFailed e) {
        onOfferFailed(e);
      } else if (event instanceof Call.CallerParked) {
        adrift = null;
      } else if (event instanceof Call.LegLeft e) {
        onLegLeft(e);
      } else if (event instanceof Call.Ended e) {
        activity = new Over(e.outcome(), e.cause(), e.at());
      } else if (event instanceof Call.Closed) {
        closed = true;
      }
    }

    private void keep(Call.Event event) {
      if (version <= MOST_EVENTS) {
        events.add(event);
      } else {
        events = List.of();
      }
    }

    private void onOfferFailed(Call.OfferFailed e) {
      offers.computeIfPresent(e.offer(), (id, record) -> record.failed(e.reason()));
      legs.replaceAll(
          (id, leg) -> e.offer().equals(leg.offer()) ? leg.with(Leg.Status.DYING, e.at()) : leg);
      activity = new Queued(e.at());
      placeVersion++;
      adrift = e.adrift() ? LegId.of(e.offer()) : adrift;
    }

    private void onLegLeft(Call.LegLeft e) {
      Leg left = legs.remove(e.leg());
      if (left == null) {
        return;
      }
      if (left.offer() != null) {
        offers.computeIfPresent(left.offer(), (id, record) -> record.withLegGone());
      }
      boolean ends =
          left.isCaller() || (activity instanceof Bridged b && b.agentLeg().equals(e.leg()));
      if (ends && !(activity instanceof Ending)) {
        activity = new Ending(e.cause(), e.at());
        legs.replaceAll((id, leg) -> leg.with(Leg.Status.DYING, e.at()));
      }
    }
  }
}
