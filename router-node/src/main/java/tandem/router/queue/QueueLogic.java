package tandem.router.queue;

import static tandem.router.entity.Outbox.earlier;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tandem.router.agent.Agent;
import tandem.router.call.Call;
import tandem.router.directory.Directory;
import tandem.router.domain.AgentId;
import tandem.router.domain.AgentSelection;
import tandem.router.domain.CallId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.entity.Address.ToAgent;
import tandem.router.entity.Address.ToCall;
import tandem.router.entity.Address.ToDirectory;
import tandem.router.entity.EntityLogic;
import tandem.router.entity.Outbox;
import tandem.router.entity.Turn;
import tandem.router.feed.FeedItem;
import tandem.router.feed.QueueView;

/** How a queue keeps its order and reserves agents for its callers. */
public final class QueueLogic implements EntityLogic<Queue.Command, Queue.Event, QueueState> {
  private final QueueId id;
  private final QueueTimings timings;
  private final Outbox outbox = new Outbox();
  private final Standby standby = new Standby();
  private final Places places = new Places();
  private final MemberDoubts memberDoubts;
  private @Nullable AgentId lastReserved;
  private boolean recovered;
  private Instant inOrderUntil = Instant.EPOCH;
  private @Nullable Instant nextSweep;
  private Instant lastShown = Instant.EPOCH;
  private @Nullable QueueView shown;
  private long shownSeq;

  public QueueLogic(QueueId id, QueueTimings timings) {
    this.id = id;
    this.timings = timings;
    this.memberDoubts = new MemberDoubts(id, timings.askPlace());
  }

  @Override
  public QueueState empty() {
    return new QueueState();
  }

  @Override
  public QueueState evolve(QueueState state, Queue.Event event) {
    return state.evolve(event);
  }

  @Override
  public Queue.Command wake() {
    return Queue.Wake.WAKE;
  }

  /** One that nobody made and nobody waits in was only asked about: it need not stay for that. */
  @Override
  public boolean finished(QueueState state) {
    return !state.isConfigured() && state.size() == 0 && state.members().isEmpty();
  }

  @Override
  public void decide(Turn<QueueState, Queue.Event> turn, Queue.Command command) {
    recover(turn);
    if (command instanceof Queue.Enqueue m) {
      onEnqueue(turn, m);
    } else if (command instanceof Queue.Place m) {
      onPlace(turn, m);
    } else if (command instanceof Queue.Served m) {
      if (leave(turn, m.call(), m.round(), m.key())) {
        turn.persist(new Queue.CallerServed(m.call(), m.round(), m.agent(), turn.now()));
      }
    } else if (command instanceof Queue.Leave m) {
      if (leave(turn, m.call(), m.round(), m.key())) {
        turn.persist(new Queue.CallerLeft(m.call(), m.round(), turn.now()));
      }
    } else if (command instanceof Queue.Granted m) {
      onGranted(turn, m);
    } else if (command instanceof Queue.Declined m) {
      onDeclined(turn, m);
    } else if (command instanceof Queue.Announce m) {
      onAnnounce(turn, m.agent(), m.now());
    } else if (command instanceof Queue.Configure m) {
      onConfigure(turn, m);
    } else if (command instanceof Queue.Get m) {
      turn.reply(
          m.replyTo(),
          new Queue.GetReply(turn.state().isConfigured() ? view(turn.state()) : null, shownSeq));
    } else if (command instanceof Queue.Heard m) {
      outbox.heard(m.key());
    } else if (command != Queue.Wake.WAKE && command != Queue.Stop.STOP) {
      throw new IllegalStateException("a queue has no answer to " + command);
    }
  }

  /** Places from the journal are unsure until their calls have spoken. */
  private void recover(Turn<QueueState, Queue.Event> turn) {
    if (recovered) {
      return;
    }
    recovered = true;
    inOrderUntil = turn.now().plus(timings.settle());
    lastReserved = turn.state().lastServer();
    for (CallId call : turn.state().callers()) {
      QueueState.Standing at = turn.state().place(call);
      if (at != null) {
        places.add(call, at, Places.Status.UNSURE, -1, Instant.EPOCH);
      }
    }
  }

  private void onEnqueue(Turn<QueueState, Queue.Event> turn, Queue.Enqueue m) {
    QueueState.Standing known = turn.state().place(m.call());
    if (known == null || known.round() < m.round()) {
      turn.persist(
          new Queue.CallerQueued(m.call(), m.round(), m.priority(), m.since(), turn.now()));
      QueueState.Standing at = turn.state().place(m.call());
      if (at != null) {
        forget(m.call());
        places.add(m.call(), at, Places.Status.WAITING, 0, turn.now());
      }
    }
    heard(turn, m.call(), m.key());
  }

  private void onPlace(Turn<QueueState, Queue.Event> turn, Queue.Place m) {
    Places.Place place = places.get(m.call());
    if (place != null && place.at.round() == m.round() && m.version() >= place.version) {
      place.heard = turn.now();
      // A repeat of the word that was answered by the offer now out must not end that offer.
      boolean answered = place.status == Places.Status.OUT && m.version() == place.version;
      place.version = m.version();
      if (!answered) {
        forgetOffer(place);
        places.set(
            place,
            m.status() == Queue.PlaceStatus.WAITING ? Places.Status.WAITING : Places.Status.HELD);
      }
    }
    heard(turn, m.call(), m.key());
  }

  /** Whether there was such a place; it is gone either way. */
  private boolean leave(Turn<QueueState, Queue.Event> turn, CallId call, int round, String key) {
    heard(turn, call, key);
    QueueState.Standing known = turn.state().place(call);
    if (known == null || known.round() > round) {
      return false;
    }
    forget(call);
    return true;
  }

  private void heard(Turn<QueueState, Queue.Event> turn, CallId call, String key) {
    turn.tell(new ToCall(call), new Call.Heard(key));
  }

  private void forget(CallId call) {
    Places.Offer out = places.remove(call);
    if (out != null && !out.granted) {
      standby.answered(out.agent);
    }
  }

  private void forgetOffer(Places.Place place) {
    Places.Offer out = place.offer == null ? null : places.removeOffer(place.offer);
    place.offer = null;
    if (out != null && !out.granted) {
      standby.answered(out.agent);
    }
  }

  private void onGranted(Turn<QueueState, Queue.Event> turn, Queue.Granted m) {
    Places.Offer offer = places.offer(m.offer());
    if (offer != null && !offer.granted) {
      offer.granted = true;
      standby.answered(m.agent());
      Places.Place place = places.get(m.call());
      if (place != null) {
        place.heard = turn.now();
      }
    }
    onAnnounce(turn, m.agent(), m.now());
  }

  private void onDeclined(Turn<QueueState, Queue.Event> turn, Queue.Declined m) {
    Places.Offer offer = places.offer(m.offer());
    Places.Place place = places.get(m.call());
    if (offer != null && place != null && m.offer().equals(place.offer)) {
      forgetOffer(place);
      places.set(place, Places.Status.WAITING);
    }
    if (m.reason() == Agent.DeclineReason.TOO_LATE) {
      // Its clock is ahead of ours, or the way was slow. Asked again at once it would answer the
      // same, without end.
      standby.forget(m.agent());
      memberDoubts.forgotForNow(turn.now());
    } else {
      onAnnounce(turn, m.agent(), m.now());
    }
  }

  private void onAnnounce(
      Turn<QueueState, Queue.Event> turn, AgentId agent, Queue.Announcement now) {
    boolean member = turn.state().members().contains(agent);
    if (now.member()) {
      if (!member) {
        turn.persist(new Queue.MemberJoined(agent, turn.now()));
      }
      standby.heard(agent, now);
    } else {
      standby.forget(agent);
      if (member) {
        turn.persist(new Queue.MemberLeft(agent, turn.now()));
      }
    }
  }

  private void onConfigure(Turn<QueueState, Queue.Event> turn, Queue.Configure m) {
    if (turn.state().isConfigured() && m.onlyIfNew()) {
      turn.reply(m.replyTo(), Queue.AlreadyExists.ALREADY_EXISTS);
      return;
    }
    if (!turn.state().isConfigured() || !turn.state().settings().equals(m.settings())) {
      turn.persist(new Queue.QueueConfigured(id, m.settings(), turn.now()));
    }
    turn.reply(m.replyTo(), new Queue.Configured(view(turn.state()), shownSeq));
  }

  @Override
  public @Nullable Instant settle(Turn<QueueState, Queue.Event> turn) {
    recover(turn);
    repeatReserves(turn);
    Instant next = match(turn);
    next = earlier(next, nextRepeat());
    next = earlier(next, sweep(turn));
    next = earlier(next, memberDoubts.settle(turn, standby));
    if (turn.state().isConfigured()) {
      Directory.Register register = new Directory.Register(Directory.Kind.QUEUE, id.name());
      next =
          earlier(
              next,
              outbox.settle(
                  List.of(new Outbox.Owed(register.key(), new ToDirectory(id.tenant()), register)),
                  turn));
      next = earlier(next, show(turn));
    }
    return next;
  }

  /**
   * Reserves an agent for each caller in turn, as long as both are there.
   *
   * @return when to try again although nothing has happened, or null
   */
  private @Nullable Instant match(Turn<QueueState, Queue.Event> turn) {
    AgentSelection selection = AgentSelection.of(turn.state().settings().strategy());
    PlaceKey first = places.firstWaiting();
    while (first != null) {
      if (inOrderUntil.isAfter(turn.now()) && places.wouldOvertake(first)) {
        // After a recovery those who came first are waited for, but not for long.
        return inOrderUntil;
      }
      var candidate = standby.pick(selection, lastReserved);
      Places.Place place = places.get(first.call());
      if (candidate.isEmpty() || place == null) {
        return null;
      }
      AgentId agent = candidate.get().id();
      Places.Offer offer =
          new Places.Offer(
              new OfferId(turn.newId()),
              first.call(),
              place.at.round(),
              agent,
              turn.now().plus(timings.giveUp()),
              turn.now().plus(timings.repeat()));
      places.out(place, offer);
      standby.asked(agent);
      lastReserved = agent;
      reserve(turn, offer);
      first = places.firstWaiting();
    }
    return null;
  }

  private void reserve(Turn<QueueState, Queue.Event> turn, Places.Offer offer) {
    turn.tell(
        new ToAgent(offer.agent),
        new Agent.Reserve(
            offer.id,
            offer.call,
            offer.round,
            id,
            turn.state().settings().ringTimeout(),
            turn.state().settings().wrapUp(),
            offer.giveUpAt));
  }

  private void repeatReserves(Turn<QueueState, Queue.Event> turn) {
    List<Places.Offer> late = new ArrayList<>();
    for (Places.Offer offer : places.offers()) {
      if (offer.granted || offer.nextRepeat.isAfter(turn.now())) {
        continue;
      }
      if (!offer.giveUpAt.isAfter(turn.now())) {
        late.add(offer);
      } else {
        offer.nextRepeat = turn.now().plus(timings.repeat());
        reserve(turn, offer);
      }
    }
    for (Places.Offer offer : late) {
      // The agent may have said yes into the void: the call then decides between the two offers.
      standby.forget(offer.agent);
      memberDoubts.forgot();
      turn.tell(new ToAgent(offer.agent), new Agent.AnnounceTo(id));
      Places.Place place = places.get(offer.call);
      places.removeOffer(offer.id);
      if (place != null && offer.id.equals(place.offer)) {
        places.set(place, Places.Status.WAITING);
      }
    }
  }

  private @Nullable Instant nextRepeat() {
    Instant next = null;
    for (Places.Offer offer : places.offers()) {
      if (!offer.granted) {
        next = earlier(next, offer.nextRepeat);
      }
    }
    return next;
  }

  /** Asks the calls of places that are unsure or silent. */
  private @Nullable Instant sweep(Turn<QueueState, Queue.Event> turn) {
    Instant due = nextSweep;
    if (due != null && due.isAfter(turn.now())) {
      return due;
    }
    boolean unsure = false;
    for (Map.Entry<CallId, Places.Place> entry : places.all()) {
      Places.Place place = entry.getValue();
      boolean silent = !place.heard.plus(timings.silence()).isAfter(turn.now());
      if (place.status == Places.Status.UNSURE || silent) {
        unsure |= place.status == Places.Status.UNSURE;
        turn.tell(
            new ToCall(entry.getKey()), new Call.AboutPlace(id, place.at.round(), place.offer));
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

  /** Shows the figures when they have changed, but not more often than people can read. */
  private @Nullable Instant show(Turn<QueueState, Queue.Event> turn) {
    QueueView view = view(turn.state());
    if (view.equals(shown)) {
      return null;
    }
    Instant due = lastShown.plus(timings.publish());
    if (due.isAfter(turn.now())) {
      return due;
    }
    shown = view;
    lastShown = turn.now();
    shownSeq = Math.max(shownSeq + 1, turn.now().toEpochMilli());
    turn.publish(new FeedItem(id.tenant(), id.value(), shownSeq, view));
    return null;
  }

  private QueueView view(QueueState state) {
    return new QueueView(
        id,
        state.settings(),
        state.size(),
        places.out(),
        state.longestWaitSince(),
        state.members().size(),
        standby.available(),
        state.served(),
        state.abandoned());
  }
}
