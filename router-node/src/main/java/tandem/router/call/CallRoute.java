package tandem.router.call;

import static tandem.router.entity.Outbox.earlier;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.Caller;
import tandem.router.domain.Entry;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.QueueId;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Change;
import tandem.router.domain.plan.Mailbox;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.plan.Plans;
import tandem.router.domain.plan.QueueNames;
import tandem.router.domain.plan.Router;
import tandem.router.domain.plan.Routing;
import tandem.router.edge.CallFact;
import tandem.router.edge.Errand;
import tandem.router.entity.Turn;

/** Where a call goes by its tenant's plan: at its arrival, step by step as it waits, and anew. */
final class CallRoute {
  /** Stays of one call (count): queues that send a caller to each other must come to an end. */
  static final int MOST_ROUNDS = 100;

  private static final String LOST = "EXCHANGE_ROUTING_ERROR";
  private static final String NOT_NOW = "NORMAL_TEMPORARY_FAILURE";
  private static final Duration LONGEST_ANNOUNCEMENT = Duration.ofMinutes(2);
  private static final Duration PLAN_MISSING = Duration.ofMillis(500);

  private final CallId id;
  private final Plans plans;
  private final Callbacks callbacks;
  private final Parking parking;
  private final Tapes tapes;
  private final Menus menus;

  /** The plan's version that this incarnation has looked at already. */
  private long looked = -1;

  CallRoute(
      CallId id,
      Plans plans,
      CallMemory memory,
      Callbacks callbacks,
      Parking parking,
      Tapes tapes) {
    this.id = id;
    this.plans = plans;
    this.callbacks = callbacks;
    this.parking = parking;
    this.tapes = tapes;
    this.menus = new Menus(id, plans, memory, this::leaveFlow);
  }

  /** Leads callers through interactive flows. */
  Menus menus() {
    return menus;
  }

  /** Whether this node can tell where a call goes. */
  boolean isReady() {
    return plans.isLoaded();
  }

  /** The first way of a call that has just arrived. */
  void arrive(Turn<CallState, Call.Event> turn, CallFact.Arrived arrival) {
    PlanInForce plan = plans.of(id.tenant());
    looked = plan.version();
    Optional<Routing> routing = Origins.fromTheStart(id, plan, arrival, turn.now());
    Entry entry = arrival.entry();
    if (routing.isPresent()) {
      go(turn, routing.get());
    } else {
      turn.persist(new Call.Queued(entry.queue(), 1, entry.priority(), arrival.at(), turn.now()));
    }
  }

  private void go(Turn<CallState, Call.Event> turn, Routing routing) {
    turn.persist(new Call.Routed(routing, turn.now()));
    proceed(turn, routing);
  }

  /** The next thing to do for a routing: a file that was not played yet, or its action. */
  private void proceed(Turn<CallState, Call.Event> turn, Routing routing) {
    CallState state = turn.state();
    Action action = routing.action();
    Stay before = state.stay();
    int round = before == null ? 1 : before.round() + 1;
    if (round > MOST_ROUNDS || state.errands() - state.flow().errands() > MOST_ROUNDS) {
      turn.persist(new Call.Dismissed(LOST, turn.now()));
    } else if (state.announced() < routing.announcements().size()) {
      handOver(turn, new Errand.Announce(routing.announcements().get(state.announced())));
    } else if (action instanceof Action.Wait wait && !tapes.consent(state, wait).isEmpty()) {
      turn.persist(new TapeEvent.ConsentAsked(turn.now()));
      handOver(turn, new Errand.Play(tapes.consent(state, wait)));
    } else if (action instanceof Action.Wait wait) {
      CallFact.Arrived arrival = Objects.requireNonNull(state.arrival());
      turn.persist(
          new Call.Queued(
              new QueueId(id.tenant(), wait.queues().get(0)),
              round,
              wait.priority(),
              before == null ? arrival.at() : before.since(),
              turn.now()));
    } else if (action instanceof Action.HangUp end) {
      turn.persist(new Call.Dismissed(end.cause(), turn.now()));
    } else if (action instanceof Action.Park park) {
      turn.persist(
          new Call.Held(park.lot(), park.then(), turn.now().plus(park.timeout()), turn.now()));
      parking.claim(turn, park.lot());
    } else if (action instanceof Action.Voicemail voicemail) {
      Mailbox box = box(voicemail.box());
      handOver(
          turn,
          new Errand.Voicemail(
              voicemail.box(), turn.newId(), box.greeting(), box.longest(), box.silence()));
    } else if (action instanceof Action.Callback callback) {
      callBack(turn, callback);
    } else if (action instanceof Action.Interact interact) {
      menus.begin(turn, interact);
    } else if (action instanceof Action.Transfer transfer) {
      handOver(turn, new Errand.Outside(transfer.to()));
    } else {
      // A file, or attributes, after which the plan has nothing more for the call.
      turn.persist(new Call.Dismissed(LOST, turn.now()));
    }
  }

  /** Whose number cannot be called was sent elsewhere when it was routed. */
  private void callBack(Turn<CallState, Call.Event> turn, Action.Callback callback) {
    Optional<PhoneNumber> number = Callbacks.number(turn.state(), callback);
    if (number.isPresent()) {
      callbacks.promise(turn, callback, number.get());
    } else {
      turn.persist(new Call.Dismissed(LOST, turn.now()));
    }
  }

  private void handOver(Turn<CallState, Call.Event> turn, Errand errand) {
    Instant until = errand.returns() ? turn.now().plus(LONGEST_ANNOUNCEMENT) : null;
    turn.persist(new Call.HandedOver(errand, turn.state().errands() + 1, until, turn.now()));
  }

  /** Somebody sends a caller elsewhere who has talked. */
  void send(Turn<CallState, Call.Event> turn, Action to) {
    PlanInForce plan = plans.of(id.tenant());
    go(turn, follow(plan.version(), plan.plan(), turn.state(), to, turn.now()));
  }

  /**
   * Nobody is going to have the caller: it waits again, where and since when it has waited; one
   * that a plan has parked goes on as if nobody had picked it up.
   *
   * @return when to try again because that plan is not here yet; null when it is done
   */
  @Nullable Instant goHome(Turn<CallState, Call.Event> turn) {
    CallState state = turn.state();
    Stay before = state.stay();
    Routing routing = state.routing();
    if (before == null && routing != null && routing.action() instanceof Action.Park park) {
      return leave(turn, park.then(), routing.plan());
    }
    List<CallState.Left> left = state.left();
    QueueId queue =
        routing != null && routing.action() instanceof Action.Wait wait
            ? new QueueId(id.tenant(), wait.queues().get(0))
            : left.isEmpty() ? null : lasting(state, left.get(left.size() - 1).queue());
    if (before == null || queue == null || before.round() >= MOST_ROUNDS) {
      turn.persist(new Call.Dismissed(NOT_NOW, turn.now()));
    } else {
      turn.persist(
          new Call.Queued(
              queue, before.round() + 1, before.priority(), before.since(), turn.now()));
    }
    return null;
  }

  /** Where a single agent was waited for, without a step that ends it, is no place to return to. */
  private static QueueId lasting(CallState state, QueueId last) {
    CallFact.Arrived arrival = Objects.requireNonNull(state.arrival());
    return QueueNames.isReserved(last.name()) && arrival.outbound() == null
        ? arrival.entry().queue()
        : last;
  }

  private Mailbox box(String name) {
    return plans.of(id.tenant()).plan().boxes().getOrDefault(name, Mailbox.PLAIN);
  }

  /** The caller has spoken into a box. */
  void messageLeft(Turn<CallState, Call.Event> turn, CallFact.MessageLeft fact) {
    CallState state = turn.state();
    Errand errand = state.activity() instanceof Away away ? away.errand() : null;
    if (errand instanceof Errand.Voicemail voicemail
        && fact.message().equals(voicemail.message())) {
      Mailbox box = box(voicemail.box());
      turn.persist(
          new RemarkEvent.MessageTaken(
              voicemail.box(), fact.message(), box.group(), fact.length(), box.keep(), turn.now()));
    }
  }

  /** An interactive flow has come to its end. */
  private void leaveFlow(Turn<CallState, Call.Event> turn, Menus.Left left) {
    Plan plan = plans.version(id.tenant(), left.plan()).orElseThrow();
    PlanInForce inForce = new PlanInForce(left.plan(), plan, plans.of(id.tenant()).manuals());
    go(turn, Router.follow(inForce, left.caller(), left.action(), turn.now()));
  }

  /**
   * The caller is back from an errand, or never went on it.
   *
   * @param digits what was keyed in; null for nothing
   */
  void cameBack(
      Turn<CallState, Call.Event> turn, int number, boolean refused, @Nullable String digits) {
    CallState state = turn.state();
    if (!(state.activity() instanceof Away away)
        || away.number() != number
        || menus.isStuck(state)) {
      return;
    }
    turn.persist(new Call.CameBack(number, refused, turn.now()));
    if (state.flow().session() != null) {
      menus.cameBack(turn, away.errand(), digits);
    } else if (away.errand().returns()) {
      proceed(turn, Objects.requireNonNull(turn.state().routing()));
    } else {
      turn.persist(new Call.Dismissed(refused ? NOT_NOW : CallFacts.NORMAL, turn.now()));
    }
  }

  /** An announcement that never ends is over. */
  void onDeadline(Turn<CallState, Call.Event> turn) {
    if (menus.isStuck(turn.state())) {
      menus.postpone(turn.now());
    } else if (turn.state().activity() instanceof Away away) {
      cameBack(turn, away.number(), false, null);
    }
  }

  /**
   * Nobody has picked the call up from its park lot.
   *
   * @return when to look again, or null when it has gone on
   */
  private @Nullable Instant settle(Turn<CallState, Call.Event> turn, Holding holding) {
    CallState state = turn.state();
    InSlot slot = state.slot();
    boolean returns = slot != null && slot.parker() != null && slot.recalls() < slot.rule().tries();
    if (!state.table().coming().isEmpty() || returns) {
      // Somebody is on the way to pick it up, or its parker is called first.
      return null;
    } else if (holding.until().isAfter(turn.now())) {
      return holding.until();
    }
    Routing routing = state.routing();
    // An agent parks by the plan in force.
    boolean parked = slot != null && slot.parker() != null;
    long version = routing == null || parked ? plans.of(id.tenant()).version() : routing.plan();
    return leave(turn, holding.then(), version);
  }

  private Routing follow(long version, Plan plan, CallState state, Action to, Instant now) {
    PlanInForce inForce = new PlanInForce(version, plan, plans.of(id.tenant()).manuals());
    Routing before = state.routing();
    Caller caller =
        before == null
            ? Origins.byEntry(id, inForce, Objects.requireNonNull(state.arrival())).caller()
            : before.caller();
    return Router.follow(inForce, caller, to, now);
  }

  void onNoPlace(Turn<CallState, Call.Event> turn, Call.NoPlace m) {
    Stay stay = turn.state().stay();
    if (stay != null
        && stay.isIn(m.queue(), m.round())
        && !turn.state().isLeaving()
        && turn.state().connection() == null) {
      turn.persist(
          new Call.PlaceRefused(m.queue(), m.round(), m.why(), m.plan(), m.then(), turn.now()));
    }
  }

  /**
   * Does what is due for a caller who waits: follows a new plan, takes steps. While an offer is out
   * nothing is done: its outcome is waited for.
   *
   * @return when the next step is due, or null
   */
  @Nullable Instant settle(Turn<CallState, Call.Event> turn) {
    if (turn.state().callback() != null && turn.state().talkedAt() == null) {
      // It keeps what was promised.
      return null;
    }
    Instant retry =
        turn.state().activity() instanceof Holding holding ? settle(turn, holding) : null;
    // A caller adrift may be in the middle of a bridge: its return is waited for.
    while (turn.state().activity() instanceof Queued
        && turn.state().adrift() == null
        && retry == null) {
      Stay stay = Objects.requireNonNull(turn.state().stay());
      if (follow(turn)) {
        continue;
      }
      if (stay.queues().isEmpty()) {
        Stay.Otherwise then = Objects.requireNonNull(stay.otherwise());
        retry = leave(turn, then.then(), then.plan());
        continue;
      }
      Optional<Stay.Due> due = stay.next(turn.state().unanswered());
      if (due.isEmpty() || due.get().at().isAfter(turn.now())) {
        return due.map(Stay.Due::at).orElse(null);
      }
      retry = take(turn, stay, due.get().step());
    }
    return turn.state().activity() instanceof Holding holding
        ? earlier(retry, holding.until().isAfter(turn.now()) ? holding.until() : null)
        : retry;
  }

  /** Follows a newer plan that says so; whether anything has changed. */
  private boolean follow(Turn<CallState, Call.Event> turn) {
    PlanInForce plan = plans.of(id.tenant());
    if (!plans.isLoaded() || plan.version() == looked) {
      return false;
    }
    looked = plan.version();
    Routing before = turn.state().routing();
    Action start = turn.state().start();
    CallFact.Arrived arrival = Objects.requireNonNull(turn.state().arrival());
    long knows = before == null ? 0 : before.plan();
    if (arrival.isVirtual()
        || plan.version() <= knows
        || plan.plan().waiting() != Plan.Waiting.MOVE) {
      return false;
    }
    Routing now =
        Origins.fromTheStart(id, plan, arrival, turn.now())
            .orElseGet(() -> Origins.byEntry(id, plan, arrival));
    if (now.action().equals(start)) {
      // Its flow says what it said: the caller stays where steps may have brought it since.
      return false;
    }
    go(turn, now.withoutAnnouncements());
    return true;
  }

  /**
   * Takes a step.
   *
   * @return when to try again because its plan is not here yet; null when it is done
   */
  private @Nullable Instant take(Turn<CallState, Call.Event> turn, Stay stay, int step) {
    Action to = null;
    for (Change change : stay.steps().get(step).changes()) {
      to = change instanceof Change.Go go ? go.to() : to;
    }
    Routing routing = turn.state().routing();
    long version = routing == null ? 0 : routing.plan();
    if (to != null && plans.version(id.tenant(), version).isEmpty()) {
      return turn.now().plus(PLAN_MISSING);
    }
    turn.persist(new Call.StepTaken(stay.round(), step, turn.now()));
    return to == null || isInVain(turn.state(), to) ? null : leave(turn, to, version);
  }

  /** Whether it is to be called back and cannot be, and nothing else is said for that. */
  private static boolean isInVain(CallState state, Action to) {
    return to instanceof Action.Callback callback
        && callback.otherwise() == null
        && Callbacks.number(state, callback).isEmpty();
  }

  /**
   * Leaves its queues for something else.
   *
   * @param version of the plan whose flows are meant
   * @return when to try again because that plan is not here yet; null when it is done
   */
  private @Nullable Instant leave(Turn<CallState, Call.Event> turn, Action to, long version) {
    Optional<Plan> plan = plans.version(id.tenant(), version);
    if (plan.isEmpty()) {
      return turn.now().plus(PLAN_MISSING);
    }
    go(turn, follow(version, plan.get(), turn.state(), to, turn.now()));
    return null;
  }
}
