package tandem.router.queue;

import static tandem.router.entity.Outbox.earlier;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.agent.Agent;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.domain.Strategy;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.select.Decision;
import tandem.router.domain.select.Matcher;
import tandem.router.entity.Address.ToAgent;
import tandem.router.entity.Turn;

/**
 * How a queue reserves agents for its callers: which reserves go out, and again, and are given up.
 */
final class Reserves {
  private final QueueId id;
  private final QueueTimings timings;
  private final Matcher<CallId> matcher;
  private final Standby standby;
  private final Places places;
  private final MemberDoubts memberDoubts;

  Reserves(
      QueueId id,
      QueueTimings timings,
      Matcher<CallId> matcher,
      Standby standby,
      Places places,
      MemberDoubts memberDoubts) {
    this.id = id;
    this.timings = timings;
    this.matcher = matcher;
    this.standby = standby;
    this.places = places;
    this.memberDoubts = memberDoubts;
  }

  /**
   * Reserves an agent for each caller in turn, as long as both are there.
   *
   * @param inOrderUntil after a recovery those who came first are waited for until then
   * @return when to try again although nothing has happened, or null
   */
  @Nullable Instant match(
      Turn<QueueState, Queue.Event> turn, QueueRule rule, Instant inOrderUntil) {
    Instant next = ringMore(turn, rule);
    Optional<Matcher.Match<CallId>> match = matcher.next(turn.now());
    while (match.isPresent()) {
      Places.Place place = places.get(match.get().waiter().id());
      if (place == null) {
        throw new IllegalStateException("the matcher has a caller without a place");
      }
      if (inOrderUntil.isAfter(turn.now()) && places.wouldOvertake(place)) {
        return earlier(next, inOrderUntil);
      }
      places.set(place, Places.Status.OUT);
      place.why = match.get().decision();
      for (AgentId agent : match.get().agents()) {
        offer(turn, rule, place, agent, match.get().decision());
      }
      next = earlier(next, oneMoreAt(turn, rule, place));
      match = matcher.next(turn.now());
    }
    return earlier(next, matcher.nextChange(turn.now()));
  }

  /** More phones for callers who are being offered already, where the strategy says so. */
  private @Nullable Instant ringMore(Turn<QueueState, Queue.Event> turn, QueueRule rule) {
    if (!rule.settings().strategy().ringsSeveral()) {
      return null;
    }
    Instant next = null;
    for (Places.Place place : places.withOffers()) {
      boolean due = place.nextRing == null || !place.nextRing.isAfter(turn.now());
      while (due && place.offers.size() < rule.ringAtMost()) {
        Optional<AgentId> more = matcher.another(place.waiter, place.ringing(), turn.now());
        Decision why = place.why;
        if (more.isEmpty() || why == null) {
          break;
        }
        offer(turn, rule, place, more.get(), why);
        due = rule.settings().strategy() == Strategy.RING_ALL;
        next = earlier(next, oneMoreAt(turn, rule, place));
      }
      // One that is due already waits for an agent to get free, not for time.
      if (place.nextRing != null && place.nextRing.isAfter(turn.now())) {
        next = earlier(next, place.nextRing);
      }
    }
    return next;
  }

  private static @Nullable Instant oneMoreAt(
      Turn<QueueState, Queue.Event> turn, QueueRule rule, Places.Place place) {
    place.nextRing =
        rule.settings().strategy() == Strategy.RING_PROGRESSIVELY
            ? turn.now().plus(rule.ringEvery())
            : null;
    return place.nextRing;
  }

  private void offer(
      Turn<QueueState, Queue.Event> turn,
      QueueRule rule,
      Places.Place place,
      AgentId agent,
      Decision why) {
    Places.Offer offer =
        new Places.Offer(
            new OfferId(turn.newId()),
            place,
            agent,
            why,
            turn.now().plus(timings.giveUp()),
            turn.now().plus(timings.repeat()));
    places.add(offer);
    say(turn, rule, offer);
  }

  private void say(Turn<QueueState, Queue.Event> turn, QueueRule rule, Places.Offer offer) {
    turn.tell(
        new ToAgent(offer.agent),
        new Agent.Reserve(
            offer.id,
            offer.place.call(),
            offer.place.at.round(),
            id,
            rule.settings().ringTimeout(),
            rule.settings().wrapUp(),
            offer.giveUpAt,
            rule.settings().strategy().ringsSeveral(),
            offer.why));
  }

  /**
   * Says again what was not answered, and gives up what was not for too long.
   *
   * @return when to do so again, or null
   */
  @Nullable Instant repeat(Turn<QueueState, Queue.Event> turn, QueueRule rule) {
    List<Places.Offer> late = new ArrayList<>();
    for (Places.Offer offer : places.unanswered()) {
      if (offer.nextRepeat.isAfter(turn.now())) {
        continue;
      }
      if (!offer.giveUpAt.isAfter(turn.now())) {
        late.add(offer);
      } else {
        offer.nextRepeat = turn.now().plus(timings.repeat());
        say(turn, rule, offer);
      }
    }
    for (Places.Offer offer : late) {
      // The agent may have said yes into the void: the call then decides between the two offers.
      remove(offer);
      standby.forget(offer.agent);
      memberDoubts.forgot();
      turn.tell(new ToAgent(offer.agent), new Agent.AnnounceTo(id));
    }
    Instant next = null;
    for (Places.Offer offer : places.unanswered()) {
      next = earlier(next, offer.nextRepeat);
    }
    return next;
  }

  void onGranted(Turn<QueueState, Queue.Event> turn, Queue.Granted m) {
    Places.Offer offer = places.offer(m.offer());
    if (offer != null && !offer.granted) {
      places.granted(offer);
      offer.place.heard = turn.now();
    }
  }

  /** The agent said no, or the reserve is given up: its caller waits again unless others ring. */
  void remove(Places.Offer offer) {
    places.remove(offer);
    if (offer.place.offers.isEmpty() && offer.place.status == Places.Status.OUT) {
      places.set(offer.place, Places.Status.WAITING);
    }
  }
}
