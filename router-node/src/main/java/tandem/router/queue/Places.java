package tandem.router.queue;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.OfferId;

/**
 * What may be done with each place right now. Not persisted: after a recovery each call is asked.
 */
final class Places {
  enum Status {
    /** Recovered: the call must say first. */
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
    Status status;
    int version;
    Instant heard;
    @Nullable OfferId offer;

    Place(QueueState.Standing at, Status status, int version, Instant heard) {
      this.at = at;
      this.status = status;
      this.version = version;
      this.heard = heard;
    }
  }

  /** A reserve that went out. */
  static final class Offer {
    final OfferId id;
    final CallId call;
    final int round;
    final AgentId agent;
    final Instant giveUpAt;
    Instant nextRepeat;
    boolean granted;

    Offer(OfferId id, CallId call, int round, AgentId agent, Instant giveUpAt, Instant repeat) {
      this.id = id;
      this.call = call;
      this.round = round;
      this.agent = agent;
      this.giveUpAt = giveUpAt;
      this.nextRepeat = repeat;
    }
  }

  private final Map<CallId, Place> places = new HashMap<>();
  private final NavigableSet<PlaceKey> waiting = new TreeSet<>();

  /** Places whose calls must speak first. */
  private final NavigableSet<PlaceKey> notYet = new TreeSet<>();

  private final Map<OfferId, Offer> offers = new HashMap<>();

  Place add(CallId call, QueueState.Standing at, Status status, int version, Instant now) {
    remove(call);
    Place place = new Place(at, status, version, now);
    places.put(call, place);
    list(place);
    return place;
  }

  @Nullable Place get(CallId call) {
    return places.get(call);
  }

  Iterable<Map.Entry<CallId, Place>> all() {
    return places.entrySet();
  }

  void set(Place place, Status status) {
    place.status = status;
    if (status == Status.WAITING) {
      place.offer = null;
    }
    unlist(place);
    list(place);
  }

  private void list(Place place) {
    switch (place.status) {
      case WAITING -> waiting.add(place.at.key());
      case UNSURE -> notYet.add(place.at.key());
      case OUT, HELD -> {}
    }
  }

  private void unlist(Place place) {
    waiting.remove(place.at.key());
    notYet.remove(place.at.key());
  }

  /** Forgets the place and returns the offer that was out for it, or null. */
  @Nullable Offer remove(CallId call) {
    Place place = places.remove(call);
    if (place == null) {
      return null;
    }
    unlist(place);
    return place.offer == null ? null : offers.remove(place.offer);
  }

  @Nullable PlaceKey firstWaiting() {
    return waiting.isEmpty() ? null : waiting.first();
  }

  /** Whether somebody stands before this place whose call has not said yet that it waits. */
  boolean wouldOvertake(PlaceKey key) {
    return !notYet.isEmpty() && notYet.first().compareTo(key) < 0;
  }

  void out(Place place, Offer offer) {
    set(place, Status.OUT);
    place.offer = offer.id;
    offers.put(offer.id, offer);
  }

  @Nullable Offer offer(OfferId id) {
    return offers.get(id);
  }

  @Nullable Offer removeOffer(OfferId id) {
    return offers.remove(id);
  }

  Iterable<Offer> offers() {
    return offers.values();
  }

  int out() {
    return offers.size();
  }
}
