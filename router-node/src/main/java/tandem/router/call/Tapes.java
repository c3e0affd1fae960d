package tandem.router.call;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.Prompt;
import tandem.router.domain.QueueId;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Plans;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.plan.Taping;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;
import tandem.router.edge.SwitchCommand.TapeMode;
import tandem.router.entity.Address.ToSwitch;
import tandem.router.entity.Outbox.Owed;
import tandem.router.entity.Turn;
import tandem.router.feed.CallView;

/**
 * Which calls are recorded, and when: as the plan says it of their queue, and as people want it.
 */
final class Tapes {
  /** Recordings of one call (count). */
  static final int MOST = 50;

  private static final double ALL = 4_294_967_296.0;

  private final CallId id;
  private final CallMemory memory;
  private final Plans plans;

  Tapes(CallId id, CallMemory memory, Plans plans) {
    this.id = id;
    this.memory = memory;
    this.plans = plans;
  }

  // ---- State

  static List<OnTape> after(List<OnTape> tapes, TapeEvent event) {
    if (event instanceof TapeEvent.TapeStarted e) {
      List<OnTape> all = new ArrayList<>(tapes);
      all.add(new OnTape(e.recording(), e.leg(), TapeMode.RECORDING, 1, false, e.at()));
      return List.copyOf(all);
    } else if (event instanceof TapeEvent.TapeSet e) {
      return change(tapes, e.recording(), tape -> tape.set(e.mode()));
    } else if (event instanceof TapeEvent.TapeOver e) {
      return change(tapes, e.recording(), OnTape::ended);
    } else if (event instanceof TapeEvent.TapeFailed e) {
      return change(tapes, e.recording(), OnTape::ended);
    }
    return tapes;
  }

  private static List<OnTape> change(
      List<OnTape> tapes, String recording, UnaryOperator<OnTape> to) {
    return tapes.stream()
        .map(tape -> tape.recording().equals(recording) ? to.apply(tape) : tape)
        .toList();
  }

  static Optional<OnTape> running(CallState state) {
    return state.tapes().stream().filter(OnTape::runs).findFirst();
  }

  static CallView.@Nullable Taped view(CallState state) {
    return state.isLeaving()
        ? null
        : running(state)
            .map(
                tape ->
                    new CallView.Taped(
                        tape.recording(), tape.mode() == TapeMode.PAUSED, tape.since()))
            .orElse(null);
  }

  // ---- What the plan wants

  private Taping rule(@Nullable QueueId queue) {
    return queue == null
        ? Taping.ON_DEMAND
        : plans
            .of(id.tenant())
            .plan()
            .queue(queue.name())
            .map(QueueRule::taping)
            .orElse(Taping.ON_DEMAND);
  }

  /** Which calls are among a share is decided by their ids: for each call always the same. */
  private boolean isAmong(double share) {
    CRC32 sum = new CRC32();
    sum.update(id.value().getBytes(StandardCharsets.UTF_8));
    return sum.getValue() / ALL < share;
  }

  /** What a caller hears who may be recorded; nothing where no call ever is. */
  List<Prompt> consent(CallState state, Action.Wait wait) {
    Taping rule = rule(new QueueId(id.tenant(), wait.queues().get(0)));
    boolean never = rule.share() <= 0 && !rule.onDemand();
    return state.consented() || never ? List.of() : rule.consent();
  }

  /** Starts what the plan wants, once the caller talks to an agent of a queue. */
  void settle(Turn<CallState, Call.Event> turn) {
    CallState state = turn.state();
    Activity activity = state.activity();
    Optional<OnTape> running = running(state);
    if (running.isPresent() && (activity instanceof Queued || activity instanceof Away)) {
      // Who waits again, or listens to the switch, has left the conversation that was recorded.
      turn.persist(
          new TapeEvent.TapeSet(running.get().recording(), TapeMode.STOPPED, null, turn.now()));
    }
    CallState.Connection connection = state.connection();
    LegId caller = state.callerOnLine();
    if (!(activity instanceof Bridged)
        || connection == null
        || connection.queue() == null
        || caller == null
        || state.tapes().stream().anyMatch(tape -> !tape.since().isBefore(connection.at()))) {
      return;
    }
    Taping rule = rule(connection.queue());
    if (isAmong(rule.share()) && state.tapes().size() < MOST) {
      start(turn, rule, caller, null);
    }
  }

  private static void start(
      Turn<CallState, Call.Event> turn, Taping rule, LegId leg, @Nullable Act act) {
    turn.persist(new TapeEvent.TapeStarted(turn.newId(), leg, rule.keep(), act, turn.now()));
  }

  // ---- What people want

  /** Of a call whose people talk. */
  @Nullable Refusal operate(Turn<CallState, Call.Event> turn, Act act, Operation.Tape operation) {
    CallState state = turn.state();
    Optional<OnTape> running = running(state);
    if (running.isEmpty()) {
      return operation.mode() == TapeMode.RECORDING ? begin(turn, act) : Refusal.NOT_RECORDING;
    } else if (running.get().mode() != operation.mode()) {
      turn.persist(
          new TapeEvent.TapeSet(running.get().recording(), operation.mode(), act, turn.now()));
    }
    return null;
  }

  private @Nullable Refusal begin(Turn<CallState, Call.Event> turn, Act act) {
    CallState state = turn.state();
    CallState.Connection connection = state.connection();
    Taping rule = rule(connection == null ? null : connection.queue());
    LegId caller = state.callerOnLine();
    if (!rule.onDemand()) {
      return Refusal.NOT_ALLOWED;
    } else if (caller == null || !state.legs().containsKey(caller)) {
      return Refusal.NO_SUCH_LEG;
    } else if (state.tapes().size() >= MOST) {
      return Refusal.TOO_MANY;
    }
    start(turn, rule, caller, act);
    return null;
  }

  // ---- The switch

  List<Owed> owed(CallState state, String incarnation) {
    List<Owed> owed = new ArrayList<>();
    ToSwitch link = new ToSwitch(Objects.requireNonNull(state.arrival()).home());
    for (OnTape tape : state.tapes()) {
      if (!tape.over() && state.legs().containsKey(tape.leg())) {
        owed.add(
            new Owed(
                key(tape.recording(), tape.version(), incarnation),
                link,
                new SwitchCommand.Tape(
                    id, tape.leg(), tape.recording(), tape.mode(), tape.version(), incarnation)));
      }
    }
    return owed;
  }

  private static String key(String recording, int version, String incarnation) {
    return "tape:" + recording + ':' + version + ':' + incarnation;
  }

  void taped(CallFact.Taped fact) {
    String incarnation = memory.incarnation();
    if (incarnation != null) {
      memory.outbox.heard(key(fact.recording(), fact.version(), incarnation));
    }
  }

  void refused(Turn<CallState, Call.Event> turn, CallFact.TapeRefused fact) {
    OnTape tape = tape(turn.state(), fact.recording());
    if (tape != null && !tape.over() && tape.version() == fact.version()) {
      turn.persist(new TapeEvent.TapeFailed(fact.recording(), fact.text(), turn.now()));
    }
  }

  void ended(Turn<CallState, Call.Event> turn, CallFact.TapeEnded fact) {
    OnTape tape = tape(turn.state(), fact.recording());
    if (tape != null && !tape.over()) {
      turn.persist(new TapeEvent.TapeOver(fact.recording(), fact.length(), turn.now()));
    }
  }

  private static @Nullable OnTape tape(CallState state, String recording) {
    return state.tapes().stream()
        .filter(tape -> tape.recording().equals(recording))
        .findFirst()
        .orElse(null);
  }

  /** Whether what the caller presses is not to be kept: it may be the number of a card. */
  static boolean isSecret(CallState state) {
    return running(state).map(tape -> tape.mode() == TapeMode.PAUSED).orElse(false);
  }
}
