package tandem.router.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.Caller;
import tandem.router.domain.ivr.Ask;
import tandem.router.domain.ivr.Ivr;
import tandem.router.domain.ivr.IvrInput;
import tandem.router.domain.ivr.IvrNode;
import tandem.router.domain.ivr.IvrRunner;
import tandem.router.domain.ivr.IvrSession;
import tandem.router.domain.ivr.IvrTurn;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.plan.Plans;
import tandem.router.edge.Errand;
import tandem.router.entity.Address.ToLookup;
import tandem.router.entity.Outbox.Owed;
import tandem.router.entity.Turn;
import tandem.router.lookup.LookUp;

/**
 * Leads a caller through interactive flows. What was keyed in in secret is kept here, in memory:
 * after a crash the caller is asked for it again.
 */
final class Menus {
  private static final Duration LONGEST_PROMPTS = Duration.ofMinutes(5);
  private static final Duration PLAN_MISSING = Duration.ofMillis(500);

  /** What an answer may take to come back from the service that asks. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private static final Pattern DIGITS = Pattern.compile("[0-9A-D*#]{0,64}");

  /**
   * What a flow has led to.
   *
   * @param caller with the attributes it has set
   * @param plan version of the plan whose flows are meant
   */
  record Left(Caller caller, Action action, long plan) {}

  private final CallId id;
  private final Plans plans;
  private final CallMemory memory;
  private final BiConsumer<Turn<CallState, Call.Event>, Left> onward;

  private Map<String, String> secrets = Map.of();

  /** The lookup that this incarnation has under way. */
  private @Nullable Pending pending;

  private record Pending(int number, Ask.Request request, Instant until) {}

  /**
   * @param onward does what a flow has led to
   */
  Menus(
      CallId id,
      Plans plans,
      CallMemory memory,
      BiConsumer<Turn<CallState, Call.Event>, Left> onward) {
    this.id = id;
    this.plans = plans;
    this.memory = memory;
    this.onward = onward;
  }

  /**
   * Whether the plan is not here yet that says how the call goes on. What the switch has reported
   * is not taken then: it says it again.
   */
  boolean isStuck(CallState state) {
    boolean concerned =
        state.flow().session() != null
            || (state.routing() != null && state.routing().action() instanceof Action.Interact);
    return concerned && plan(state).isEmpty();
  }

  /** A deadline that cannot be acted on yet comes again. */
  void postpone(Instant now) {
    memory.postpone(now.plus(PLAN_MISSING));
  }

  private Optional<PlanInForce> plan(CallState state) {
    IvrSession session = state.flow().session();
    long version =
        session == null ? Objects.requireNonNull(state.routing()).plan() : session.plan();
    Optional<Plan> plan = plans.version(id.tenant(), version);
    return plan.map(one -> new PlanInForce(version, one, plans.of(id.tenant()).manuals()));
  }

  private static Caller caller(CallState state) {
    return Objects.requireNonNull(state.routing()).caller();
  }

  private static IvrSession session(CallState state) {
    return Objects.requireNonNull(state.flow().session());
  }

  /** Begins a flow; its plan is here. */
  void begin(Turn<CallState, Call.Event> turn, Action.Interact interact) {
    CallState state = turn.state();
    secrets = Map.of();
    take(
        turn,
        IvrRunner.begin(
            plan(state).orElseThrow(),
            caller(state),
            interact.ivr(),
            state.flow().steps(),
            turn.now()));
  }

  /**
   * The switch has done what the flow wanted, or could not.
   *
   * @param digits what was keyed in; null for nothing
   */
  void cameBack(Turn<CallState, Call.Event> turn, Errand errand, @Nullable String digits) {
    if (errand instanceof Errand.Collect) {
      String keyed = digits != null && DIGITS.matcher(digits).matches() ? digits : "";
      IvrSession session = session(turn.state());
      if (!keyed.isEmpty()) {
        boolean secret = node(turn.state()) instanceof IvrNode.Collect collect && collect.secret();
        turn.persist(
            new FlowEvent.Answered(
                session.ivr(), session.node(), secret ? null : keyed, turn.now()));
      }
      input(turn, new IvrInput.Keyed(keyed));
    } else {
      input(turn, new IvrInput.Played());
    }
  }

  private @Nullable IvrNode node(CallState state) {
    IvrSession session = session(state);
    Ivr ivr = plan(state).orElseThrow().plan().ivrs().get(session.ivr());
    return ivr == null ? null : ivr.node(session.node());
  }

  /** Another system has answered, or will not. */
  void lookedUp(Turn<CallState, Call.Event> turn, Call.LookedUp answer) {
    CallState state = turn.state();
    if (!(state.activity() instanceof LookingUp now)
        || now.number() != answer.number()
        || isStuck(state)) {
      return;
    }
    turn.persist(new FlowEvent.LookedUp(answer.number(), answer.found(), turn.now()));
    input(
        turn,
        switch (answer.found()) {
          case FOUND -> new IvrInput.Found(answer.values());
          case FAILED -> new IvrInput.NotFound();
          case TIMED_OUT -> new IvrInput.TooLate();
        });
  }

  private void input(Turn<CallState, Call.Event> turn, IvrInput input) {
    CallState state = turn.state();
    take(
        turn,
        IvrRunner.next(
            plan(state).orElseThrow(), caller(state), session(state), input, secrets, turn.now()));
  }

  private void take(Turn<CallState, Call.Event> turn, IvrTurn next) {
    CallState state = turn.state();
    IvrSession session = next.session();
    secrets = next.secrets();
    tellAttributes(turn, state.flow().session(), session);
    Ask ask = next.ask();
    if (ask instanceof Ask.Leave leave) {
      Caller caller = session.seen(caller(state));
      turn.persist(
          new FlowEvent.FlowLeft(
              session.ivr(),
              session.node(),
              next.passed(),
              session.steps(),
              leave.action(),
              turn.now()));
      secrets = Map.of();
      onward.accept(turn, new Left(caller, leave.action(), session.plan()));
      return;
    }
    turn.persist(new FlowEvent.NodeEntered(session, next.passed(), turn.now()));
    if (ask instanceof Ask.Play play) {
      handOver(turn, new Errand.Play(play.prompts()), LONGEST_PROMPTS);
    } else if (ask instanceof Ask.Digits digits) {
      handOver(
          turn,
          new Errand.Collect(
              digits.prompts(),
              digits.least(),
              digits.most(),
              digits.first(),
              digits.next(),
              digits.end()),
          LONGEST_PROMPTS.plus(digits.first()).plus(digits.next().multipliedBy(digits.most())));
    } else {
      turn.persist(new FlowEvent.LookupBegun(turn.state().flow().lookups() + 1, turn.now()));
    }
  }

  private static void handOver(Turn<CallState, Call.Event> turn, Errand errand, Duration longest) {
    int number = turn.state().errands() + 1;
    turn.persist(new Call.HandedOver(errand, number, turn.now().plus(longest), turn.now()));
  }

  /** What a flow sets is among the call's attributes that people see, as far as there is room. */
  private static void tellAttributes(
      Turn<CallState, Call.Event> turn, @Nullable IvrSession before, IvrSession now) {
    Map<String, Object> known = before == null ? Map.of() : before.attributes().values();
    Map<String, String> shown = turn.state().remarks().attributes();
    Map<String, String> changed = new TreeMap<>();
    now.attributes()
        .values()
        .forEach(
            (name, value) -> {
              boolean room =
                  shown.containsKey(name) || shown.size() + changed.size() < Remarks.MOST;
              if (!value.equals(known.get(name)) && room) {
                changed.put(name, value.toString());
              }
            });
    if (!changed.isEmpty()) {
      turn.persist(new RemarkEvent.AttributesSet(changed, null, turn.now()));
    }
  }

  /**
   * Sees to a lookup that is under way: begins it once in each incarnation, ends it when its time
   * is over.
   *
   * @return when to look again, or null
   */
  @Nullable Instant settle(Turn<CallState, Call.Event> turn) {
    if (!(turn.state().activity() instanceof LookingUp)) {
      pending = null;
      return null;
    }
    // An answer that is too late may lead to the next lookup.
    while (turn.state().activity() instanceof LookingUp now) {
      if (isStuck(turn.state())) {
        return turn.now().plus(PLAN_MISSING);
      }
      if (pending == null || pending.number() != now.number()) {
        order(turn, now);
      } else if (pending.until().isAfter(turn.now())) {
        return pending.until();
      } else {
        lookedUp(turn, new Call.LookedUp(now.number(), FlowEvent.Found.TIMED_OUT, Map.of()));
      }
    }
    pending = null;
    return null;
  }

  private void order(Turn<CallState, Call.Event> turn, LookingUp now) {
    CallState state = turn.state();
    IvrTurn again =
        IvrRunner.again(
            plan(state).orElseThrow(), caller(state), session(state), secrets, turn.now());
    if (again.ask() instanceof Ask.Request request) {
      Instant until = turn.now().plus(request.timeout()).plus(GRACE);
      pending = new Pending(now.number(), request, until);
    } else {
      // A crash has taken a secret that is needed: the caller is asked for it again.
      turn.persist(new FlowEvent.LookedUp(now.number(), FlowEvent.Found.FAILED, turn.now()));
      take(turn, again);
    }
  }

  /** What the service that asks other systems must hear. */
  List<Owed> owed(CallState state) {
    return pending == null || !(state.activity() instanceof LookingUp)
        ? List.of()
        : List.of(
            new Owed(
                "lookup:" + pending.number(),
                new ToLookup(id),
                new LookUp(id, pending.number(), pending.request())));
  }
}
