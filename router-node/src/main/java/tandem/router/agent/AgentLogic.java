package tandem.router.agent;

import static tandem.router.entity.Outbox.earlier;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;
import tandem.router.directory.Directory;
import tandem.router.domain.AgentId;
import tandem.router.domain.OfferId;
import tandem.router.domain.Presence;
import tandem.router.domain.QueueId;
import tandem.router.domain.ReleaseReason;
import tandem.router.domain.plan.Plans;
import tandem.router.entity.Address.ToCall;
import tandem.router.entity.Address.ToDirectory;
import tandem.router.entity.Address.ToQueue;
import tandem.router.entity.EntityLogic;
import tandem.router.entity.Outbox;
import tandem.router.entity.Turn;
import tandem.router.feed.AgentView.OfferState;
import tandem.router.feed.FeedItem;
import tandem.router.queue.Queue;

/** How an agent grants itself, and keeps asking how its offers stand. */
public final class AgentLogic implements EntityLogic<Agent.Command, Agent.Event, AgentState> {
  /** Why an agent is not ready after its phone rang to the end. */
  public static final String RONA = "RONA";

  private static final int TALKING_IS_SLOWER = 10;

  private final AgentId id;
  private final AgentTimings timings;
  private final Outbox outbox = new Outbox();
  private final Map<OfferId, Instant> nextQuestion = new HashMap<>();
  private final Map<OfferId, Boolean> held = new HashMap<>();
  private final Announcer announcer;
  private final Summoning summoning;

  public AgentLogic(AgentId id, AgentTimings timings, Plans plans) {
    this.id = id;
    this.timings = timings;
    this.announcer = new Announcer(id, timings, plans);
    this.summoning = new Summoning(id);
  }

  @Override
  public AgentState empty() {
    return AgentState.EMPTY;
  }

  @Override
  public AgentState evolve(AgentState state, Agent.Event event) {
    return state.evolve(event);
  }

  @Override
  public Agent.Command wake() {
    return Agent.Wake.WAKE;
  }

  /** One that nobody made was only asked about: it need not stay for that. */
  @Override
  public boolean finished(AgentState state) {
    return state.profile() == null;
  }

  @Override
  public void decide(Turn<AgentState, Agent.Event> turn, Agent.Command command) {
    if (command instanceof Agent.Reserve m) {
      onReserve(turn, m);
    } else if (command instanceof Agent.Summon m) {
      summoning.onSummon(turn, m);
    } else if (command instanceof Agent.Verdict m) {
      onVerdict(turn, m);
    } else if (command instanceof Agent.SetPresence m) {
      onSetPresence(turn, m);
    } else if (command instanceof Agent.Save m) {
      onSave(turn, m);
    } else if (command instanceof Agent.Get m) {
      Agent.Profile profile = turn.state().profile();
      turn.reply(
          m.replyTo(),
          new Agent.GetReply(
              profile == null ? null : turn.state().view(id, profile, turn.now()),
              turn.state().version()));
    } else if (command instanceof Agent.AnnounceTo m) {
      if (announcer.isReady()) {
        announcer.announce(turn, m.queue());
      }
    } else if (command instanceof Agent.NobodyWaits m) {
      announcer.nobodyWaits(m.queue());
    } else if (command instanceof Agent.Heard m) {
      outbox.heard(m.key());
    } else if (command == Agent.Wake.WAKE) {
      onWake(turn);
    } else if (command != Agent.PlanChanged.PLAN_CHANGED) {
      throw new IllegalStateException("an agent has no answer to " + command);
    }
  }

  private void onReserve(Turn<AgentState, Agent.Event> turn, Agent.Reserve m) {
    AgentState state = turn.state();
    if (!announcer.isReady()) {
      // It is said again; an answer now could only be a wrong one.
      return;
    }
    if (state.offer(m.offer()) != null) {
      grant(turn, m);
      return;
    }
    Agent.DeclineReason reason = declineReason(state, m, turn.now());
    if (reason != null) {
      turn.tell(
          new ToQueue(m.queue()),
          new Queue.Declined(m.offer(), m.call(), id, reason, announcer.told(turn, m.queue())));
      return;
    }
    turn.persist(
        new Agent.Reserved(
            m.offer(), m.call(), m.round(), m.queue(), m.ringTimeout(), m.wrapUp(), turn.now()));
    announcer.served(m.queue());
    grant(turn, m);
  }

  private void grant(Turn<AgentState, Agent.Event> turn, Agent.Reserve m) {
    AgentState state = turn.state();
    AgentOffer offer = state.offer(m.offer());
    if (offer == null || state.profile() == null) {
      return;
    }
    turn.tell(
        new ToQueue(m.queue()),
        new Queue.Granted(m.offer(), m.call(), id, announcer.told(turn, m.queue())));
    if (offer.is(OfferState.RESERVED)) {
      turn.tell(
          new ToCall(m.call()),
          new Call.AgentReserved(
              m.offer(),
              id,
              m.queue(),
              m.round(),
              state.profile().contact(),
              m.ringTimeout(),
              m.several(),
              m.why()));
    }
  }

  private Agent.@Nullable DeclineReason declineReason(
      AgentState state, Agent.Reserve m, Instant now) {
    if (state.finished().contains(m.offer())) {
      return Agent.DeclineReason.OVER;
    }
    if (m.notAfter().isBefore(now)) {
      return Agent.DeclineReason.TOO_LATE;
    }
    if (state.profile() == null
        || !announcer.queues(state.profile()).containsKey(m.queue().name())) {
      return Agent.DeclineReason.NOT_A_MEMBER;
    }
    if (state.presence() == Presence.OFFLINE) {
      return Agent.DeclineReason.OFFLINE;
    }
    if (state.presence() == Presence.NOT_READY) {
      return Agent.DeclineReason.NOT_READY;
    }
    if (state.offers().size() >= state.profile().capacity()) {
      return Agent.DeclineReason.AT_CAPACITY;
    }
    return state.free(now) == 0 ? Agent.DeclineReason.RESTING : null;
  }

  private void onVerdict(Turn<AgentState, Agent.Event> turn, Agent.Verdict m) {
    AgentOffer offer = turn.state().offer(m.offer());
    if (m.standing() == Agent.Standing.HELD) {
      if (offer != null) {
        held.put(m.offer(), true);
      }
      return;
    }
    if (offer != null) {
      apply(turn, m, offer);
    }
    turn.tell(new ToCall(m.call()), new Call.Heard(m.key()));
  }

  private void apply(Turn<AgentState, Agent.Event> turn, Agent.Verdict m, AgentOffer offer) {
    boolean reserved = offer.is(OfferState.RESERVED);
    switch (m.standing()) {
      case HELD -> {}
      case CONNECTED -> {
        if (reserved) {
          turn.persist(new Agent.TalkStarted(m.offer(), turn.now()));
        }
      }
      case RELEASED -> {
        if (reserved) {
          release(turn, offer, m.why() == null ? ReleaseReason.NEVER_HEARD : m.why());
        }
      }
      case OVER -> {
        if (reserved) {
          turn.persist(new Agent.TalkStarted(m.offer(), turn.now()));
        }
        if (!offer.is(OfferState.WRAP_UP)) {
          wrapUp(turn, offer);
        }
      }
    }
  }

  private void release(Turn<AgentState, Agent.Event> turn, AgentOffer offer, ReleaseReason why) {
    // Agent.Summon says why it costs nothing not to come when a call asks.
    ReleaseReason.AfterRelease after =
        offer.queue() == null ? ReleaseReason.AfterRelease.AS_BEFORE : why.after();
    boolean rests = after == ReleaseReason.AfterRelease.REST;
    turn.persist(
        new Agent.Released(
            offer.id(), why, rests ? turn.now().plus(timings.rest()) : null, turn.now()));
    if (after == ReleaseReason.AfterRelease.NOT_READY
        && turn.state().presence() == Presence.READY) {
      String reason = why == ReleaseReason.NO_ANSWER ? RONA : why.name();
      turn.persist(new Agent.PresenceSet(Presence.NOT_READY, reason, turn.now()));
    }
  }

  private void wrapUp(Turn<AgentState, Agent.Event> turn, AgentOffer offer) {
    if (offer.wrapUp().isZero()) {
      turn.persist(new Agent.WrapUpEnded(offer.id(), turn.now()));
    } else {
      turn.persist(
          new Agent.WrapUpStarted(offer.id(), turn.now().plus(offer.wrapUp()), turn.now()));
    }
  }

  private void onSetPresence(Turn<AgentState, Agent.Event> turn, Agent.SetPresence m) {
    Agent.Profile profile = turn.state().profile();
    if (profile == null) {
      turn.reply(m.replyTo(), Agent.NoSuchAgent.NO_SUCH_AGENT);
      return;
    }
    AgentState state = turn.state();
    if (state.presence() != m.presence() || !java.util.Objects.equals(state.reason(), m.reason())) {
      turn.persist(new Agent.PresenceSet(m.presence(), m.reason(), turn.now()));
    }
    if (m.presence() == Presence.READY) {
      endWrapUps(turn, offer -> true);
    } else {
      nextQuestion.clear();
    }
    turn.reply(
        m.replyTo(),
        new Agent.PresenceChanged(
            turn.state().view(id, profile, turn.now()), turn.state().version()));
  }

  private void onSave(Turn<AgentState, Agent.Event> turn, Agent.Save m) {
    Agent.Profile before = turn.state().profile();
    if (before != null && m.onlyIfNew()) {
      turn.reply(m.replyTo(), Agent.AlreadyExists.ALREADY_EXISTS);
      return;
    }
    if (!m.profile().equals(before)) {
      Set<String> joined = before == null ? Set.of() : announcer.queues(before).keySet();
      turn.persist(new Agent.ProfileSaved(id, m.profile(), turn.now()));
      joined.stream()
          .filter(queue -> !announcer.queues(m.profile()).containsKey(queue))
          .forEach(queue -> announcer.announce(turn, new QueueId(id.tenant(), queue)));
    }
    turn.reply(
        m.replyTo(),
        new Agent.Saved(turn.state().view(id, m.profile(), turn.now()), turn.state().version()));
  }

  private void onWake(Turn<AgentState, Agent.Event> turn) {
    endWrapUps(turn, offer -> offer.until() != null && !offer.until().isAfter(turn.now()));
  }

  private void endWrapUps(
      Turn<AgentState, Agent.Event> turn, java.util.function.Predicate<AgentOffer> which) {
    turn.state().offers().stream()
        .filter(offer -> offer.is(OfferState.WRAP_UP))
        .filter(which)
        .forEach(offer -> turn.persist(new Agent.WrapUpEnded(offer.id(), turn.now())));
  }

  @Override
  public @Nullable Instant settle(Turn<AgentState, Agent.Event> turn) {
    AgentState state = turn.state();
    if (state.profile() == null) {
      return null;
    }
    Directory.Register register = new Directory.Register(Directory.Kind.AGENT, id.name());
    Instant next =
        outbox.settle(
            List.of(new Outbox.Owed(register.key(), new ToDirectory(id.tenant()), register)), turn);
    for (AgentOffer offer : state.offers()) {
      next = earlier(next, earlier(offer.until(), question(turn, offer)));
    }
    nextQuestion.keySet().removeIf(offer -> state.offer(offer) == null);
    held.keySet().removeIf(offer -> state.offer(offer) == null);
    next = earlier(next, announcer.announceAll(turn, state.profile()));
    if (!turn.events().isEmpty()) {
      turn.publish(
          new FeedItem(
              id.tenant(),
              id.value(),
              state.version(),
              state.view(id, state.profile(), turn.now())));
    }
    return next;
  }

  /** Asks the call how an offer stands, when that is due. */
  private @Nullable Instant question(Turn<AgentState, Agent.Event> turn, AgentOffer offer) {
    if (offer.is(OfferState.WRAP_UP)) {
      return null;
    }
    boolean withdrawing = offer.isUnwanted(turn.state().presence());
    Instant due = nextQuestion.get(offer.id());
    if (due == null) {
      // A reservation made in this very turn is young; one we recovered with is asked about now.
      boolean young = offer.since().plus(timings.askFirst()).isAfter(turn.now());
      due = withdrawing || !young ? turn.now() : offer.since().plus(timings.askFirst());
    }
    if (!due.isAfter(turn.now())) {
      turn.tell(
          new ToCall(offer.call()),
          withdrawing
              ? new Call.Withdrawn(offer.id(), id, offer.queue(), offer.round())
              : new Call.AboutOffer(offer.id(), id, offer.queue(), offer.round()));
      due = turn.now().plus(pause(offer));
    }
    nextQuestion.put(offer.id(), due);
    return due;
  }

  private Duration pause(AgentOffer offer) {
    if (offer.is(OfferState.TALKING)) {
      return timings.askHeld().multipliedBy(TALKING_IS_SLOWER);
    }
    return held.getOrDefault(offer.id(), false) ? timings.askHeld() : timings.askReserved();
  }
}
