package tandem.router.call;

import static tandem.router.entity.Outbox.earlier;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.LotId;
import tandem.router.domain.plan.Lot;
import tandem.router.domain.plan.Plans;
import tandem.router.entity.Address.ToLot;
import tandem.router.entity.Outbox.Owed;
import tandem.router.entity.Turn;
import tandem.router.entity.Word;
import tandem.router.lot.ParkingLot;

/** How a call gets a slot in a park lot, who picks it up there, and to whom it returns. */
final class Parking {
  /** An agent who parks a caller waits so long for a slot, and talks on without one. */
  private static final Duration LOT_ANSWERS_WITHIN = Duration.ofSeconds(2);

  private final CallId id;
  private final CallMemory memory;
  private final Plans plans;
  private final Invites invites;

  /** Who waits to hear about which claim; whoever asks again after a loss sees how it stands. */
  private final Map<Integer, Call.Control> asked = new HashMap<>();

  Parking(CallId id, CallMemory memory, Plans plans, Invites invites) {
    this.id = id;
    this.memory = memory;
    this.plans = plans;
    this.invites = invites;
  }

  // ---- What people want

  /**
   * Asks the lot for a slot; who asked hears when the lot has answered.
   *
   * @return why not, at once; null when it was asked
   */
  @Nullable Refusal park(
      Turn<CallState, Call.Event> turn, Call.Control control, Operation.Park operation) {
    CallState state = turn.state();
    if (state.arrival() == null) {
      return Refusal.NO_SUCH_CALL;
    } else if (state.isLeaving()) {
      return Refusal.CALL_ENDED;
    } else if (!(state.activity() instanceof Bridged)) {
      return Refusal.NOT_TALKING;
    }
    Table table = state.table();
    Refusal refusal = Transfers.notTwo(table, operation.agent());
    Lot lot = plans.of(id.tenant()).plan().lots().get(operation.lot());
    Integer slot = operation.slot();
    if (refusal != null) {
      return refusal;
    } else if (table.isPending() || state.slot() != null) {
      return Refusal.BEING_MOVED;
    } else if (lot == null) {
      return Refusal.NO_SUCH_LOT;
    } else if (slot != null && !lot.has(slot)) {
      return Refusal.NO_SUCH_SLOT;
    }
    int claim = state.claims() + 1;
    turn.persist(
        new ParkEvent.SlotClaimed(
            new LotId(id.tenant(), operation.lot()),
            claim,
            lot,
            slot,
            table.acting(operation.agent()).map(Seat::agent).orElse(null),
            Act.of(control),
            turn.now()));
    asked.put(claim, control);
    return null;
  }

  /** Whether this request, asked again, waits for the lot: it hears what the lot says. */
  boolean waits(CallState state, Call.Control control) {
    InSlot slot = state.slot();
    if (slot == null || slot.slot() != null || !control.key().equals(slot.key())) {
      return false;
    }
    asked.put(slot.claim(), control);
    return true;
  }

  @Nullable Refusal pickUp(Turn<CallState, Call.Event> turn, Act act, Operation.PickUp operation) {
    CallState state = turn.state();
    if (!(state.activity() instanceof Holding)) {
      return Refusal.NOT_PARKED;
    } else if (!state.table().coming().isEmpty()) {
      return Refusal.BEING_PICKED_UP;
    }
    return invites.want(
        turn,
        act,
        Destinations.agent(operation.agent()),
        Invite.Purpose.PICK_UP,
        operation.agent(),
        null);
  }

  /** As the plan parks it; a lot that the plan does not describe has no slots. */
  void claim(Turn<CallState, Call.Event> turn, String name) {
    Lot lot = plans.of(id.tenant()).plan().lots().get(name);
    if (lot != null) {
      turn.persist(
          new ParkEvent.SlotClaimed(
              new LotId(id.tenant(), name),
              turn.state().claims() + 1,
              lot,
              null,
              null,
              null,
              turn.now()));
    }
  }

  // ---- What the lot says

  void granted(Turn<CallState, Call.Event> turn, Call.SlotGranted m) {
    CallState state = turn.state();
    InSlot slot = state.slot();
    if (slot == null || slot.claim() != m.claim()) {
      about(turn, new Call.AboutSlot(m.lot(), m.claim()));
    } else if (slot.slot() == null && wants(state)) {
      turn.persist(
          new ParkEvent.SlotTaken(
              m.lot(), m.claim(), m.slot(), turn.now().plus(slot.rule().timeout()), turn.now()));
      answer(turn, m.claim(), null);
    }
  }

  void refused(Turn<CallState, Call.Event> turn, Call.SlotRefused m) {
    InSlot slot = turn.state().slot();
    if (slot != null && slot.claim() == m.claim() && slot.slot() == null) {
      turn.persist(new ParkEvent.SlotDenied(m.lot(), m.claim(), m.why(), turn.now()));
      answer(turn, m.claim(), m.why());
    }
  }

  /** A slot that the call does not want is given back, whatever it was for. */
  void about(Turn<CallState, Call.Event> turn, Call.AboutSlot m) {
    InSlot slot = turn.state().slot();
    if (slot == null || slot.claim() != m.claim()) {
      turn.tell(new ToLot(m.lot()), new ParkingLot.Release(id, m.claim()));
    }
  }

  private static boolean wants(CallState state) {
    return state.activity() instanceof Holding
        || (state.activity() instanceof Bridged && !state.table().isPending());
  }

  private void answer(Turn<CallState, Call.Event> turn, int claim, @Nullable Refusal refusal) {
    Optional.ofNullable(asked.remove(claim))
        .ifPresent(
            control -> turn.reply(control.replyTo(), Controls.reply(id, turn.state(), refusal)));
  }

  // ---- What is owed and due

  List<Owed> owed(CallState state) {
    List<Owed> owed = new ArrayList<>();
    InSlot slot = state.slot();
    if (slot != null && slot.slot() == null) {
      owed.add(
          new Owed(
              "claim:" + slot.claim(),
              new ToLot(slot.lot()),
              new ParkingLot.Claim(
                  id, slot.claim(), slot.wanted(), slot.rule().first(), slot.rule().last())));
    }
    for (InSlot.Given given : state.given()) {
      Word word = new ParkingLot.Release(id, given.claim());
      owed.add(new Owed(word.key(), new ToLot(given.lot()), word));
    }
    return owed;
  }

  /**
   * Leaves a slot that is not needed any more, and calls the parker when nobody has picked the
   * caller up.
   *
   * @return when to look again, or null
   */
  @Nullable Instant settle(Turn<CallState, Call.Event> turn) {
    CallState state = turn.state();
    InSlot slot = state.slot();
    if (slot == null) {
      return null;
    }
    boolean pending = slot.slot() == null && wants(state);
    boolean parked = state.activity() instanceof Holding;
    Instant givenUp = slot.since().plus(LOT_ANSWERS_WITHIN);
    if (state.isLeaving() || (!pending && !parked)) {
      leave(turn, slot, Refusal.BEING_MOVED);
      return null;
    } else if (!parked) {
      if (givenUp.isAfter(turn.now())) {
        return givenUp;
      }
      leave(turn, slot, Refusal.LOT_SILENT);
      return null;
    }
    return recall(turn, slot, (Holding) state.activity());
  }

  private void leave(Turn<CallState, Call.Event> turn, InSlot slot, Refusal why) {
    turn.persist(new ParkEvent.SlotLeft(slot.lot(), slot.claim(), turn.now()));
    answer(turn, slot.claim(), turn.state().isLeaving() ? Refusal.CALL_ENDED : why);
  }

  private @Nullable Instant recall(Turn<CallState, Call.Event> turn, InSlot slot, Holding holding) {
    Instant due = memory.due(holding.until());
    if (slot.parker() == null
        || slot.recalls() >= slot.rule().tries()
        || !turn.state().table().coming().isEmpty()) {
      return null;
    } else if (due != null && due.isAfter(turn.now())) {
      return due;
    }
    turn.persist(new ParkEvent.Recalled(slot.parker(), slot.recalls() + 1, turn.now()));
    Refusal refusal =
        invites.want(
            turn,
            null,
            Destinations.agent(slot.parker()),
            Invite.Purpose.RECALL,
            slot.parker(),
            null,
            slot.rule().ring());
    if (refusal != null) {
      throw new IllegalStateException("a parker cannot be called: " + refusal);
    }
    return earlier(null, due);
  }
}
