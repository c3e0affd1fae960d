package tandem.router.queue;

import static tandem.router.entity.Outbox.earlier;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.QueueId;
import tandem.router.domain.Strategy;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.select.Matcher;
import tandem.router.entity.Address.ToCall;
import tandem.router.entity.Turn;

/** What calls say of their places, and what their queue asks them. */
final class Callers {
  /** Of a place whose call has not spoken yet: any word of it is newer. */
  private static final int NO_WORD = -1;

  private final QueueId id;
  private final QueueTimings timings;
  private final Places places;
  private final QueueFigures figures;
  private @Nullable Instant nextSweep;

  Callers(QueueId id, QueueTimings timings, Places places, QueueFigures figures) {
    this.id = id;
    this.timings = timings;
    this.places = places;
    this.figures = figures;
  }

  /** Places from the journal are unsure until their calls have spoken. */
  void recover(Turn<QueueState, Queue.Event> turn) {
    for (CallId call : turn.state().callers()) {
      QueueState.Standing at = turn.state().place(call);
      if (at != null) {
        add(turn, at, unsure(at), Places.Status.UNSURE, NO_WORD, Instant.EPOCH);
      }
    }
  }

  private static Matcher.Waiter<CallId> unsure(QueueState.Standing at) {
    PlaceKey key = at.key();
    return new Matcher.Waiter<>(
        key.call(), Wants.ANYBODY, key.priority(), key.since(), null, Set.of());
  }

  private void add(
      Turn<QueueState, Queue.Event> turn,
      QueueState.Standing at,
      Matcher.Waiter<CallId> waiter,
      Places.Status status,
      int version,
      Instant heard) {
    figures.noted(places.add(at, waiter, status, version, heard), turn.now());
  }

  /**
   * A call wants a place.
   *
   * @param plan version of the plan that says the rule; 0 without one
   */
  void onEnqueue(Turn<QueueState, Queue.Event> turn, QueueRule rule, long plan, Queue.Enqueue m) {
    QueueState.Standing known = turn.state().place(m.call());
    if (known == null) {
      Optional<Call.NoPlace> refusal = figures.refusal(turn, rule, plan, m);
      if (refusal.isPresent()) {
        turn.tell(new ToCall(m.call()), refusal.get());
        return;
      }
    }
    if (known == null || known.round() < m.round()) {
      turn.persist(
          new Queue.CallerQueued(
              m.call(), m.round(), m.priority(), m.since(), m.callback(), turn.now()));
      QueueState.Standing at = turn.state().place(m.call());
      if (at != null) {
        forget(turn, m.call());
        begin(turn, rule, at, m);
      }
    }
    heard(turn, m.call(), m.key());
  }

  private void begin(
      Turn<QueueState, Queue.Event> turn, QueueRule rule, QueueState.Standing at, Queue.Enqueue m) {
    @Nullable AgentId last = isSticky(rule) ? turn.state().lastAgentOf(m.from()) : null;
    Matcher.Waiter<CallId> waiter =
        new Matcher.Waiter<>(m.call(), m.wants(), m.priority(), m.since(), last, Set.of());
    if (m.callback()) {
      // It may be too early for it: its call says when.
      nextSweep = earlier(nextSweep, turn.now().plus(timings.askPlace()));
      add(turn, at, waiter, Places.Status.UNSURE, NO_WORD, turn.now());
    } else {
      add(turn, at, waiter, Places.Status.WAITING, 0, turn.now());
    }
  }

  private static boolean isSticky(QueueRule rule) {
    return rule.settings().strategy() == Strategy.LAST_AGENT;
  }

  /** A call says how it is with its place. */
  void onPlace(Turn<QueueState, Queue.Event> turn, QueueRule rule, Queue.Place m) {
    Places.Place place = places.get(m.call());
    if (place != null && place.at.round() == m.round() && m.version() >= place.version) {
      place.heard = turn.now();
      // A repeat of the word that was answered by the offer now out must not end that offer.
      boolean answered = place.status == Places.Status.OUT && m.version() == place.version;
      place.version = m.version();
      if (!answered) {
        take(turn, rule, place, m);
      }
    }
    if (place != null && place.at.round() >= m.round()) {
      // Without that place the word would be lost: its Enqueue may be on its way.
      heard(turn, m.call(), m.key());
    }
  }

  private void take(
      Turn<QueueState, Queue.Event> turn, QueueRule rule, Places.Place place, Queue.Place m) {
    boolean more =
        m.status() == Queue.PlaceStatus.RINGING && rule.settings().strategy().ringsSeveral();
    for (Places.Offer offer : List.copyOf(place.offers.values())) {
      if (!more || (offer.granted && !m.out().contains(offer.id))) {
        places.remove(offer);
      }
    }
    Matcher.Waiter<CallId> before = place.waiter;
    if (!m.wants().equals(before.wants())) {
      figures.leaves(place, turn.now());
    }
    place.waiter =
        new Matcher.Waiter<>(
            before.id(),
            m.wants(),
            m.priority(),
            before.since(),
            before.last(),
            Set.copyOf(m.tried()));
    places.set(
        place,
        more
            ? Places.Status.OUT
            : m.status() == Queue.PlaceStatus.WAITING ? Places.Status.WAITING : Places.Status.HELD);
    figures.noted(place, turn.now());
  }

  /** An agent of this queue talks with the caller. */
  void onServed(Turn<QueueState, Queue.Event> turn, QueueRule rule, Queue.Served m) {
    Places.Place place = places.get(m.call());
    if (place != null && place.at.round() <= m.round()) {
      figures.handedOut(place, turn.now());
      places.remove(m.call());
    }
    if (leave(turn, m.call(), m.round(), m.key())) {
      String from = isSticky(rule) && !m.from().isEmpty() ? m.from() : null;
      turn.persist(new Queue.CallerServed(m.call(), m.round(), m.agent(), from, turn.now()));
    }
  }

  /** The call has left. */
  void onLeave(Turn<QueueState, Queue.Event> turn, Queue.Leave m) {
    if (leave(turn, m.call(), m.round(), m.key())) {
      turn.persist(new Queue.CallerLeft(m.call(), m.round(), m.why(), turn.now()));
    }
  }

  /** Whether there was such a place; it is gone either way. */
  private boolean leave(Turn<QueueState, Queue.Event> turn, CallId call, int round, String key) {
    heard(turn, call, key);
    QueueState.Standing known = turn.state().place(call);
    if (known == null || known.round() > round) {
      return false;
    }
    forget(turn, call);
    return true;
  }

  /** Somebody asks how a call stands. */
  void onGetPlace(Turn<QueueState, Queue.Event> turn, Queue.GetPlace m) {
    Places.Place place = places.get(m.call());
    turn.reply(
        m.replyTo(),
        new Queue.PlaceReply(id, place == null ? null : figures.position(place, turn.now())));
  }

  void tellPlace(Turn<QueueState, Queue.Event> turn, CallId call) {
    Places.Place place = places.get(call);
    if (place != null) {
      turn.tell(new ToCall(call), new Call.PlaceTold(id, figures.position(place, turn.now())));
    }
  }

  private void heard(Turn<QueueState, Queue.Event> turn, CallId call, String key) {
    turn.tell(new ToCall(call), new Call.Heard(key));
  }

  private void forget(Turn<QueueState, Queue.Event> turn, CallId call) {
    Places.Place place = places.get(call);
    if (place != null) {
      figures.leaves(place, turn.now());
      places.remove(call);
    }
  }

  /**
   * Asks the calls of places that are unsure or silent.
   *
   * @return when to do so again, or null
   */
  @Nullable Instant sweep(Turn<QueueState, Queue.Event> turn) {
    Instant due = nextSweep;
    if (due != null && due.isAfter(turn.now())) {
      return due;
    }
    boolean unsure = false;
    for (Places.Place place : places.all()) {
      boolean silent = !place.heard.plus(timings.silence()).isAfter(turn.now());
      if (place.status == Places.Status.UNSURE || silent) {
        unsure |= place.status == Places.Status.UNSURE;
        turn.tell(new ToCall(place.call()), new Call.AboutPlace(id, place.at.round()));
      }
    }
    if (turn.state().size() == 0) {
      nextSweep = null;
      return null;
    }
    due = turn.now().plus(unsure ? timings.askPlace() : timings.silence().dividedBy(3));
    nextSweep = due;
    return due;
  }
}
