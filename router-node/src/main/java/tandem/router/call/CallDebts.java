package tandem.router.call;

import static tandem.router.entity.Outbox.earlier;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tandem.router.agent.Agent;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToAgent;
import tandem.router.entity.Address.ToQueue;
import tandem.router.entity.Address.ToRecorder;
import tandem.router.entity.Address.ToSwitch;
import tandem.router.entity.Outbox.Owed;
import tandem.router.entity.Turn;
import tandem.router.queue.Queue;
import tandem.router.record.Recorder;

/** What a call owes to others, worked out from its state, and when it must look again. */
final class CallDebts {
  /** The last word to the link. */
  static final String DROP = "drop";

  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

  private final CallId id;
  private final CallTimings timings;
  private final CallMemory memory;

  CallDebts(CallId id, CallTimings timings, CallMemory memory) {
    this.id = id;
    this.timings = timings;
    this.memory = memory;
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

  /** Where the call stands in its queue. */
  Queue.Place place(CallState state) {
    CallState.Stay stay = java.util.Objects.requireNonNull(state.stay());
    boolean free = state.activity() instanceof Queued && memory.linkUp() && state.adrift() == null;
    return new Queue.Place(
        id,
        stay.round(),
        state.placeVersion(),
        free ? Queue.PlaceStatus.WAITING : Queue.PlaceStatus.HELD);
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
    if (state.closed()) {
      return List.of();
    }
    List<Owed> owed = verdicts(state);
    CallState.Stay stay = state.stay();
    if (stay == null) {
      return owed;
    }
    ToQueue queue = new ToQueue(stay.queue());
    if (state.connection() != null) {
      Queue.Served word = new Queue.Served(id, stay.round(), state.connection().agent());
      owed.add(new Owed(word.key(), queue, word));
    } else if (state.isLeaving()) {
      Queue.Leave word = new Queue.Leave(id, stay.round());
      owed.add(new Owed(word.key(), queue, word));
    } else {
      Queue.Enqueue word = new Queue.Enqueue(id, stay.round(), stay.priority(), stay.since());
      owed.add(new Owed(word.key(), queue, word));
      Queue.Place place = place(state);
      boolean said = memory.mayBeHeld() || place.version() > 0;
      if (said && !isQuiet(state, now)) {
        owed.add(new Owed(place.key(), queue, place));
      }
    }
    return owed;
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
                "kill:" + leg.id(), link, new SwitchCommand.Kill(id, leg.id(), CallFacts.NORMAL)));
      }
    }
    String incarnation = memory.incarnation();
    if (incarnation == null || state.isLeaving()) {
      return owed;
    }
    if (!state.greeted()) {
      owed.add(
          new Owed(
              "greet:" + incarnation,
              link,
              new SwitchCommand.Greet(id, arrival.leg(), arrival.entry().answer(), incarnation)));
    }
    if (state.adrift() != null && state.activity() instanceof Queued) {
      owed.add(
          new Owed(
              "repark:" + state.placeVersion() + ':' + incarnation,
              link,
              new SwitchCommand.Repark(id, arrival.leg(), state.adrift(), incarnation)));
    }
    return owed;
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
    Leg agentLeg =
        state.activity().agentLeg() == null ? null : state.legs().get(state.activity().agentLeg());
    if (agentLeg != null && agentLeg.status() == Leg.Status.ORDERED) {
      Instant echo = agentLeg.since().plus(timings.askAfter());
      return echo.isBefore(heard) ? heard.plus(timings.askAfter()) : echo;
    }
    return heard.plus(timings.linkSilence());
  }
}
