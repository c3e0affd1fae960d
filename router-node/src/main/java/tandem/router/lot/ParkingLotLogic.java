package tandem.router.lot;

import static tandem.router.entity.Outbox.earlier;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;
import tandem.router.call.Refusal;
import tandem.router.directory.Directory;
import tandem.router.domain.CallId;
import tandem.router.domain.LotId;
import tandem.router.entity.Address.ToCall;
import tandem.router.entity.Address.ToDirectory;
import tandem.router.entity.EntityLogic;
import tandem.router.entity.Outbox;
import tandem.router.entity.Turn;
import tandem.router.feed.FeedItem;

/**
 * How a park lot gives its slots, and keeps asking whether they are still wanted. No timer frees a
 * slot: only its call does.
 */
public final class ParkingLotLogic
    implements EntityLogic<ParkingLot.Command, ParkingLot.Event, LotState> {
  /** Long enough for the call to have heard, short enough for one that never wanted it. */
  static final Duration ASK_FIRST = Duration.ofSeconds(2);

  static final Duration ASK_AGAIN = Duration.ofSeconds(30);

  private record Claimed(CallId call, int claim) {}

  private final LotId id;
  private final Outbox outbox = new Outbox();
  private final Map<Claimed, Instant> nextQuestion = new HashMap<>();

  public ParkingLotLogic(LotId id) {
    this.id = id;
  }

  @Override
  public LotState empty() {
    return LotState.EMPTY;
  }

  @Override
  public LotState evolve(LotState state, ParkingLot.Event event) {
    return state.evolve(event);
  }

  @Override
  public ParkingLot.Command wake() {
    return ParkingLot.Wake.WAKE;
  }

  /** One that no call was ever in was only asked about: it need not stay for that. */
  @Override
  public boolean finished(LotState state) {
    return state.version() == 0;
  }

  @Override
  public void decide(Turn<LotState, ParkingLot.Event> turn, ParkingLot.Command command) {
    if (command instanceof ParkingLot.Claim m) {
      onClaim(turn, m);
    } else if (command instanceof ParkingLot.Release m) {
      onRelease(turn, m);
    } else if (command instanceof ParkingLot.Get m) {
      LotState state = turn.state();
      turn.reply(
          m.replyTo(),
          new ParkingLot.LotReply(state.version() == 0 ? null : state.view(id), state.version()));
    } else if (command instanceof ParkingLot.Heard m) {
      outbox.heard(m.key());
    } else if (command != ParkingLot.Wake.WAKE) {
      throw new IllegalStateException("a park lot has no answer to " + command);
    }
  }

  private void onClaim(Turn<LotState, ParkingLot.Event> turn, ParkingLot.Claim m) {
    LotState.Slot held = turn.state().slotOf(m.call(), m.claim());
    if (held != null) {
      grant(turn, m, held.number());
      return;
    }
    Integer slot = m.slot() == null ? turn.state().nextFree(m.first(), m.last()) : m.slot();
    Refusal refusal = refusal(turn.state(), m);
    if (refusal != null || slot == null) {
      turn.tell(
          new ToCall(m.call()),
          new Call.SlotRefused(id, m.claim(), refusal == null ? Refusal.LOT_FULL : refusal));
      return;
    }
    turn.persist(new ParkingLot.SlotTaken(id, slot, m.call(), m.claim(), turn.now()));
    grant(turn, m, slot);
  }

  private void grant(Turn<LotState, ParkingLot.Event> turn, ParkingLot.Claim m, int slot) {
    turn.tell(new ToCall(m.call()), new Call.SlotGranted(id, m.claim(), slot));
  }

  /** Why the claim gets nothing though a slot may be free, or null. */
  private static @Nullable Refusal refusal(LotState state, ParkingLot.Claim m) {
    if (state.isOver(m.call(), m.claim())) {
      // A late repeat: the call does not wait for an answer any more.
      return Refusal.NOT_PARKED;
    }
    if (m.slot() == null) {
      return null;
    }
    if (m.slot() < m.first() || m.slot() > m.last()) {
      return Refusal.NO_SUCH_SLOT;
    }
    // A call may have its own slot again before the lot has heard that it left it.
    LotState.Slot taken = state.slot(m.slot());
    return taken == null || taken.call().equals(m.call()) ? null : Refusal.SLOT_TAKEN;
  }

  private void onRelease(Turn<LotState, ParkingLot.Event> turn, ParkingLot.Release m) {
    LotState.Slot held = turn.state().slotOf(m.call(), m.claim());
    if (held != null) {
      turn.persist(new ParkingLot.SlotFreed(held.number(), m.call(), m.claim(), turn.now()));
    } else if (!turn.state().isReleased(m.call(), m.claim())) {
      turn.persist(new ParkingLot.ClaimDropped(m.call(), m.claim(), turn.now()));
    }
    turn.tell(new ToCall(m.call()), new Call.Heard(m.key()));
  }

  @Override
  public @Nullable Instant settle(Turn<LotState, ParkingLot.Event> turn) {
    LotState state = turn.state();
    if (state.version() == 0) {
      return null;
    }
    Directory.Register register = new Directory.Register(Directory.Kind.LOT, id.name());
    Instant next =
        outbox.settle(
            List.of(new Outbox.Owed(register.key(), new ToDirectory(id.tenant()), register)), turn);
    for (LotState.Slot slot : state.slots()) {
      next = earlier(next, question(turn, slot));
    }
    nextQuestion.keySet().removeIf(asked -> state.slotOf(asked.call(), asked.claim()) == null);
    if (!turn.events().isEmpty()) {
      turn.publish(new FeedItem(id.tenant(), id.value(), state.version(), state.view(id)));
    }
    return next;
  }

  /** Asks the call whether it still wants its slot, when that is due. */
  private Instant question(Turn<LotState, ParkingLot.Event> turn, LotState.Slot slot) {
    Claimed claimed = new Claimed(slot.call(), slot.claim());
    Instant due = nextQuestion.get(claimed);
    if (due == null) {
      // A slot given in this very turn is young; about one we recovered with we ask now.
      Instant young = slot.since().plus(ASK_FIRST);
      due = young.isAfter(turn.now()) ? young : turn.now();
    }
    if (!due.isAfter(turn.now())) {
      turn.tell(new ToCall(slot.call()), new Call.AboutSlot(id, slot.claim()));
      due = turn.now().plus(ASK_AGAIN);
    }
    nextQuestion.put(claimed, due);
    return due;
  }
}
