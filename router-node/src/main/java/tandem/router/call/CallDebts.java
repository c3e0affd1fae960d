package tandem.router.call;

import static tandem.router.entity.Outbox.earlier;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tandem.router.agent.Agent;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.domain.plan.Action;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToAgent;
import tandem.router.entity.Address.ToQueue;
import tandem.router.entity.Address.ToRecorder;
import tandem.router.entity.Address.ToSwitch;
import tandem.router.entity.Outbox.Owed;
import tandem.router.entity.Turn;
import tandem.router.entity.Word;
import tandem.router.queue.Queue;
import tandem.router.record.Recorder;

/** What a call owes to others, worked out from its state, and when it must look again. */
final class CallDebts {
  /** The word that has the link carry a callback. */
  static final String CALLBACK = "callback";

  /** The last word to the link. */
  static final String DROP = "drop";

  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

  private final CallId id;
  private final CallTimings timings;
  private final CallMemory memory;

  private final Invites invites;
  private final Parking parking;
  private final Tapes tapes;
  private final Menus menus;

  CallDebts(
      CallId id,
      CallTimings timings,
      CallMemory memory,
      Invites invites,
      Parking parking,
      Tapes tapes,
      Menus menus) {
    this.id = id;
    this.timings = timings;
    this.memory = memory;
    this.invites = invites;
    this.parking = parking;
    this.tapes = tapes;
    this.menus = menus;
  }

  @Nullable Instant settle(Turn<CallState, Call.Event> turn) {
    if (turn.state().arrival() == null) {
      return memory.outbox.settle(verdicts(turn.state()), turn);
    }
    List<Owed> peers = peers(turn.state(), turn.now());
    if (mayClose(turn.state(), peers)) {
      turn.persist(new Call.Closed(turn.now()));
    }
    List<Owed> owed = new ArrayList<>(peers);
    owed.addAll(orders(turn.state()));
    owed.addAll(record(turn.state()));
    owed.addAll(menus.owed(turn.state()));
    Instant next = memory.outbox.settle(owed, turn);
    next = earlier(next, memory.due(turn.state().activity().deadline()));
    next = earlier(next, memory.quietUntil(turn.now()));
    return earlier(next, askLink(turn));
  }

  /**
   * Whether the call, just recovered, does not know yet if it may be offered: only its link can
   * tell. Its queue, if it has recovered too, keeps its turn meanwhile.
   */
  boolean isQuiet(CallState state, Instant now) {
    return state.activity() instanceof Queued && memory.quietUntil(now) != null;
  }

  /** Whether it is too early to call somebody back. */
  boolean isEarly(CallState state, Instant now) {
    Callback callback = state.callback();
    return callback != null && state.isVirtual() && callback.notBefore().isAfter(now);
  }

  /** Where the call stands in one of its queues. */
  Queue.Place place(CallState state, QueueId queue, Instant now) {
    Stay stay = java.util.Objects.requireNonNull(state.stay());
    List<OfferId> out =
        state.activity() instanceof Offering offering
            ? offering.rings().stream()
                .filter(ring -> ring.queue().equals(queue))
                .map(Offering.Ring::offer)
                .toList()
            : List.of();
    return new Queue.Place(
        id,
        queue.name(),
        stay.round(),
        state.placeVersion(),
        status(state, out, now),
        stay.priority(),
        stay.wants(),
        out,
        state.tried());
  }

  private Queue.PlaceStatus status(CallState state, List<OfferId> out, Instant now) {
    if (!memory.linkUp() || state.adrift() != null || isEarly(state, now)) {
      return Queue.PlaceStatus.HELD;
    } else if (state.activity() instanceof Queued) {
      return Queue.PlaceStatus.WAITING;
    }
    return out.isEmpty() ? Queue.PlaceStatus.HELD : Queue.PlaceStatus.RINGING;
  }

  /** The last word about a place: served there, or left. */
  Word over(CallState state, QueueId queue, int round) {
    CallState.Connection connection = state.connection();
    Stay stay = state.stay();
    boolean ours = stay != null && stay.round() == round;
    if (connection == null || !ours) {
      boolean waits = stay != null && stay.isIn(queue, round);
      return new Queue.Leave(
          id, queue.name(), round, waits ? Queue.LeaveReason.ABANDONED : Queue.LeaveReason.MOVED);
    } else if (queue.equals(connection.queue())) {
      return new Queue.Served(id, queue.name(), round, connection.agent(), from(state));
    }
    return new Queue.Leave(id, queue.name(), round, Queue.LeaveReason.SERVED_ELSEWHERE);
  }

  private static String from(CallState state) {
    return state.arrival() == null ? "" : state.arrival().callerNumber();
  }

  private static CallFact.Arrived arrivalOf(CallState state) {
    return java.util.Objects.requireNonNull(state.arrival());
  }

  boolean verdictsHeard(CallState state) {
    return memory.outbox.allHeard(verdicts(state));
  }

  private List<Owed> verdicts(CallState state) {
    List<Owed> owed = new ArrayList<>();
    for (OfferRecord offer : state.offers().values()) {
      Agent.Verdict verdict = offer.verdict(id);
      if (verdict.standing() != Agent.Standing.HELD) {
        owed.add(new Owed(verdict.key(), new ToAgent(offer.agent()), verdict));
      }
    }
    return owed;
  }

  /** What agents and the queue must hear. */
  private List<Owed> peers(CallState state, Instant now) {
    if (state.told()) {
      return List.of();
    }
    List<Owed> owed = verdicts(state);
    for (CallState.Left left : state.left()) {
      if (state.stay() != null && state.stay().isIn(left.queue(), left.round())) {
        // A step has brought the call back to a queue that had no place for it.
        continue;
      }
      Word word =
          left.by() == null
              ? new Queue.Leave(id, left.queue().name(), left.round(), left.why())
              : new Queue.Served(id, left.queue().name(), left.round(), left.by(), from(state));
      owed.add(new Owed(word.key(), new ToQueue(left.queue()), word));
    }
    if (state.promised() != null) {
      CallFact.Arrived arrival = arrivalOf(state);
      owed.add(
          new Owed(
              CALLBACK,
              new ToSwitch(arrival.home()),
              new SwitchCommand.CallBack(
                  id,
                  state.promised().callback(),
                  state.promised().promise(),
                  arrival.calledNumber(),
                  arrival.entry())));
    }
    owed.addAll(invites.owed(state));
    owed.addAll(parking.owed(state));
    Stay stay = state.stay();
    if (stay != null) {
      for (QueueId queue : stay.queues()) {
        inQueue(state, stay, queue, now, owed);
      }
    }
    return owed;
  }

  private void inQueue(CallState state, Stay stay, QueueId queue, Instant now, List<Owed> owed) {
    ToQueue to = new ToQueue(queue);
    if (state.connection() != null || state.isLeaving()) {
      Word word = over(state, queue, stay.round());
      owed.add(new Owed(word.key(), to, word));
      return;
    }
    Queue.Enqueue word =
        new Queue.Enqueue(
            id,
            queue.name(),
            stay.round(),
            stay.priority(),
            stay.since(),
            stay.wants(),
            from(state),
            state.callback() != null);
    owed.add(new Owed(word.key(), to, word));
    boolean said = memory.mayBeHeld() || state.placeVersion() > 0 || state.callback() != null;
    if (said && !isQuiet(state, now)) {
      Queue.Place place = place(state, queue, now);
      owed.add(new Owed(place.key(), to, place));
    }
  }

  /** Whether everybody knows that the call has ended, the record too. */
  private boolean mayClose(CallState state, List<Owed> peers) {
    return state.isOver()
        && !state.closed()
        && state.isRecordedBy(memory.recorded())
        && memory.outbox.allHeard(peers);
  }

  /** What the record must hear: the call itself is the memory of what it lacks. */
  private List<Owed> record(CallState state) {
    if (state.closed() || state.isRecordedBy(memory.recorded())) {
      return List.of();
    }
    return List.of(
        new Owed(
            "record:" + state.recordable(),
            new ToRecorder(id),
            new Recorder.Note(id, state.version(), memory.published(), state.events()),
            timings.unrecorded()));
  }

  /** A caller whom the plan sends away hears why. */
  private static String cause(CallState state, Leg leg) {
    return leg.isCaller() && state.activity() instanceof Ending ending && ending.dismissed()
        ? ending.cause()
        : CallFacts.NORMAL;
  }

  /** Names an errand that the link of this incarnation is told about. */
  static String errandKey(int number, String incarnation) {
    return "errand:" + number + ':' + incarnation;
  }

  private static AnswerMode answer(CallState state, CallFact.Arrived arrival) {
    if (state.activity() instanceof Holding) {
      return AnswerMode.ON_QUEUE;
    }
    return state.routing() != null && state.routing().action() instanceof Action.Wait wait
        ? wait.answer()
        : arrival.entry().answer();
  }

  private static boolean isSeated(CallState state) {
    return state.activity() instanceof Bridged || state.activity() instanceof Reaching;
  }

  /** Who is called back hears an agent, and music only when that agent is gone. */
  private static boolean isGreetable(CallState state) {
    return !state.isReaching()
        || state.activity() instanceof Queued
        || state.activity() instanceof Offering;
  }

  /** What the switch is to do, as far as it may be repeated. */
  private List<Owed> orders(CallState state) {
    CallFact.Arrived arrival = java.util.Objects.requireNonNull(state.arrival());
    ToSwitch link = new ToSwitch(arrival.home());
    List<Owed> owed = new ArrayList<>();
    if (state.closed()) {
      owed.add(new Owed(DROP, link, new SwitchCommand.Drop(id)));
      return owed;
    }
    for (Leg leg : state.legs().values()) {
      if (leg.status() == Leg.Status.DYING) {
        owed.add(
            new Owed(
                "kill:" + leg.id(), link, new SwitchCommand.Kill(id, leg.id(), cause(state, leg))));
      }
    }
    String incarnation = memory.incarnation();
    if (incarnation == null || state.isLeaving()) {
      return owed;
    }
    owed.addAll(tapes.owed(state, incarnation));
    Table table = state.table();
    if (table.owed() && isSeated(state)) {
      owed.add(
          new Owed(
              arrangeKey(table.version(), incarnation),
              link,
              new SwitchCommand.Arrange(
                  id,
                  table.version(),
                  Arrangement.rooms(state),
                  Arrangement.listeners(state),
                  incarnation)));
    }
    LegId caller = state.callerOnLine();
    if (caller == null) {
      return owed;
    }
    if (state.activity() instanceof Away away) {
      // Said for as long as the caller is away: the link answers a repeat with the return that may
      // have been lost.
      owed.add(
          new Owed(
              errandKey(away.number(), incarnation),
              link,
              new SwitchCommand.HandOver(id, caller, away.number(), away.errand(), incarnation)));
    } else if (!state.greeted() && isGreetable(state)) {
      owed.add(
          new Owed(
              "greet:" + incarnation,
              link,
              new SwitchCommand.Greet(id, caller, answer(state, arrival), incarnation)));
    }
    if (state.adrift() != null
        && (state.activity() instanceof Queued || state.activity() instanceof Holding)) {
      owed.add(
          new Owed(
              "repark:" + state.placeVersion() + ':' + incarnation,
              link,
              new SwitchCommand.Repark(id, caller, state.adrift(), incarnation)));
    }
    return owed;
  }

  /** Names an arrangement that the link of this incarnation is told about. */
  static String arrangeKey(int version, String incarnation) {
    return "arrange:" + version + ':' + incarnation;
  }

  /** Asks the link about our legs: after a recovery, after an order without an echo, in silence. */
  private @Nullable Instant askLink(Turn<CallState, Call.Event> turn) {
    CallState state = turn.state();
    if (state.isOver() || state.arrival() == null) {
      return null;
    }
    Instant due = askDue(state, turn.now());
    Instant planned = memory.nextAsk();
    if (planned != null && planned.isAfter(due)) {
      due = planned;
    }
    if (!due.isAfter(turn.now())) {
      List<LegId> legs = List.copyOf(state.legs().keySet());
      turn.tell(new ToSwitch(state.arrival().home()), new SwitchCommand.Ask(id, legs));
      due = turn.now().plus(ASK_AGAIN);
      memory.askAgainAt(due);
    }
    return due;
  }

  private Instant askDue(CallState state, Instant now) {
    Instant heard = memory.lastHeard();
    if (heard == null || !memory.linkUp()) {
      return heard == null ? now : heard.plus(timings.linkSilence());
    }
    if (memory.doubts()) {
      return now;
    }
    return state.legs().values().stream()
        .filter(leg -> leg.status() == Leg.Status.ORDERED)
        .map(leg -> leg.since().plus(timings.askAfter()))
        .map(echo -> echo.isBefore(heard) ? heard.plus(timings.askAfter()) : echo)
        .min(Instant::compareTo)
        .orElse(heard.plus(timings.linkSilence()));
  }
}
