package tandem.router.queue;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.OfferId;
import tandem.router.domain.select.Decision;
import tandem.router.domain.select.Matcher;

/**
 * What may be done with each place right now. Not persisted: after a recovery each call is asked.
 * Only places that wait are with the matcher.
 */
final class Places {
  enum Status {
    /** Recovered, or a callback that has just come: the call must say first. */
    UNSURE,
    WAITING,
    /** An offer is out for it. */
    OUT,
    /** The call said: keep it, reserve nobody. */
    HELD
  }

  /** One place as it stands; {@code version} is the call's last word about it. */
  static final class Place {
    final QueueState.Standing at;
    final Map<OfferId, Offer> offers = new LinkedHashMap<>();
    Matcher.Waiter<CallId> waiter;
    Status status;
    int version;
    Instant heard;

    /** Whether the figures have it among those who wait. */
    boolean counted;

    /** Why its first phones ring; null until any did. */
    @Nullable Decision why;

    /** When one more phone may ring, where the strategy lets them ring one after the other. */
    @Nullable Instant nextRing;

    Place(
        QueueState.Standing at,
        Matcher.Waiter<CallId> waiter,
        Status status,
        int version,
        Instant heard) {
      this.at = at;
      this.waiter = waiter;
      this.status = status;
      this.version = version;
      this.heard = heard;
    }

    CallId call() {
      return waiter.id();
    }

    /**
     * Whether it is in line: it may get an agent now, or an offer is out for it, or, after a
     * recovery, somebody is on the line whose call has not spoken yet.
     */
    boolean isInLine() {
      return switch (status) {
        case WAITING, OUT -> true;
        case UNSURE -> !at.callback();
        case HELD -> false;
      };
    }

    /** Whose phones ring for it, as far as this queue knows. */
    Set<AgentId> ringing() {
      Set<AgentId> agents = new LinkedHashSet<>();
      offers.values().forEach(offer -> agents.add(offer.agent));
      return agents;
    }
  }

  /** A reserve that went out. */
  static final class Offer {
    final OfferId id;
    final Place place;
    final AgentId agent;
    final Decision why;
    final Instant giveUpAt;
    Instant nextRepeat;
    boolean granted;

    Offer(OfferId id, Place place, AgentId agent, Decision why, Instant giveUpAt, Instant repeat) {
      this.id = id;
      this.place = place;
      this.agent = agent;
      this.why = why;
      this.giveUpAt = giveUpAt;
      this.nextRepeat = repeat;
    }
  }

  private final Matcher<CallId> matcher;
  private final Map<CallId, Place> places = new HashMap<>();

  /** Callers on the line whose calls must speak first. */
  private final NavigableSet<PlaceKey> notYet = new TreeSet<>();

  private final Set<Place> out = new LinkedHashSet<>();
  private final Map<OfferId, Offer> offers = new HashMap<>();

  /** Of these, reserves that no agent has answered: few, while phones ring for long. */
  private final Set<Offer> unanswered = new LinkedHashSet<>();

  Places(Matcher<CallId> matcher) {
    this.matcher = matcher;
  }

  Place add(
      QueueState.Standing at,
      Matcher.Waiter<CallId> waiter,
      Status status,
      int version,
      Instant now) {
    remove(waiter.id());
    Place place = new Place(at, waiter, status, version, now);
    places.put(waiter.id(), place);
    list(place);
    return place;
  }

  @Nullable Place get(CallId call) {
    return places.get(call);
  }

  Iterable<Place> all() {
    return places.values();
  }

  /** Places with offers out: a copy, so that they may change meanwhile. */
  List<Place> withOffers() {
    return List.copyOf(out);
  }

  void set(Place place, Status status) {
    unlist(place);
    place.status = status;
    list(place);
  }

  private void list(Place place) {
    switch (place.status) {
      case WAITING -> matcher.put(place.waiter);
      case UNSURE -> {
        if (!place.at.callback()) {
          notYet.add(place.at.key());
        }
      }
      case OUT -> out.add(place);
      case HELD -> {}
    }
  }

  private void unlist(Place place) {
    matcher.remove(place.call());
    notYet.remove(place.at.key());
    out.remove(place);
  }

  /** Forgets the place and its offers. */
  void remove(CallId call) {
    Place place = places.remove(call);
    if (place != null) {
      List.copyOf(place.offers.values()).forEach(this::remove);
      unlist(place);
    }
  }

  /**
   * Whether somebody on the line stands before this place whose call has not said yet that it
   * waits. For a callback, which may have to wait for its time, nobody waits.
   */
  boolean wouldOvertake(Place place) {
    return !notYet.isEmpty() && notYet.first().compareTo(place.at.key()) < 0;
  }

  /** A reserve goes out: until it is answered its agent has one slot less. */
  void add(Offer offer) {
    offers.put(offer.id, offer);
    unanswered.add(offer);
    offer.place.offers.put(offer.id, offer);
    matcher.asked(offer.agent);
  }

  /** Whether a reserve is out that this agent has not answered. */
  boolean isAsked(AgentId agent) {
    return unanswered.stream().anyMatch(offer -> offer.agent.equals(agent));
  }

  /** The agent has said yes; its own announcement tells what is left of it. */
  void granted(Offer offer) {
    offer.granted = true;
    unanswered.remove(offer);
    matcher.answered(offer.agent);
  }

  void remove(Offer offer) {
    if (offers.remove(offer.id) != null && unanswered.remove(offer)) {
      matcher.answered(offer.agent);
    }
    offer.place.offers.remove(offer.id);
  }

  @Nullable Offer offer(OfferId id) {
    return offers.get(id);
  }

  /** Reserves that no agent has answered. */
  Iterable<Offer> unanswered() {
    return unanswered;
  }

  int out() {
    return out.size();
  }
}
