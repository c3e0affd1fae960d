package tandem.router.lot;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.ACME;
import static tandem.router.kit.Given.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;
import tandem.router.call.Refusal;
import tandem.router.domain.CallId;
import tandem.router.domain.LotId;
import tandem.router.domain.RouterSerializable;
import tandem.router.entity.Address.ToCall;
import tandem.router.kit.HandClock;
import tandem.router.kit.Played;

/**
 * A lot with fewer slots than calls, over a bus that loses, repeats and reorders, and with crashes
 * of the lot. No two calls ever have the same slot, and once all has been said none has a slot that
 * it does not want.
 */
class ParkingLotPropertyTest {
  private static final LotId LOT = new LotId(ACME, "lobby");
  private static final int FIRST = 11;
  private static final int LAST = 13;
  private static final int CALLS = 5;

  @Property(tries = 1000)
  void shouldNeverShareASlotAndNeverLoseOne(
      @ForAll @Size(min = 10, max = 200) List<@IntRange(max = 1 << 20) Integer> script) {
    World world = new World();
    for (int step : script) {
      world.step(step);
      world.assertNobodyShares();
    }
    world.settle();
    world.assertNoneLeaked();
  }

  /** A call as the lot knows it: at most one claim is wanted at a time, each release is owed. */
  private static final class Caller {
    final CallId id;
    final TreeSet<Integer> owed = new TreeSet<>();
    int claims;
    ParkingLot.@Nullable Claim wanted;
    @Nullable Integer slot;

    Caller(CallId id) {
      this.id = id;
    }

    boolean wants(int claim) {
      return wanted != null && wanted.claim() == claim;
    }

    void leave() {
      if (wanted != null) {
        owed.add(wanted.claim());
        wanted = null;
        slot = null;
      }
    }
  }

  private record ToCaller(Caller caller, RouterSerializable message) {}

  private static final class World {
    private final HandClock clock = new HandClock();
    private final Played<ParkingLot.Command, ParkingLot.Event, LotState> lot =
        new Played<>(clock, () -> new ParkingLotLogic(LOT));
    private final List<Caller> callers =
        IntStream.rangeClosed(1, CALLS).mapToObj(n -> new Caller(call(n))).toList();
    private final List<ParkingLot.Command> toLot = new ArrayList<>();
    private final List<ToCaller> toCallers = new ArrayList<>();

    void step(int random) {
      int which = random / 16;
      Caller caller = callers.get(which % CALLS);
      switch (random % 16) {
        case 0, 1 -> claim(caller, null);
        case 2 -> claim(caller, FIRST + which / CALLS % (LAST - FIRST + 1));
        case 3, 4 -> leave(caller);
        case 5 -> repeat(caller);
        case 6 -> {
          lot.restart();
          collect();
        }
        case 7 -> advance(Duration.ofMillis(which % 5000));
        case 8 -> lose(which);
        case 9 -> {
          if (!toLot.isEmpty()) {
            // Twice: this one is delivered now, and again later.
            deliverToLot(toLot.get(which % toLot.size()));
          }
        }
        case 10, 11, 12 -> {
          if (!toLot.isEmpty()) {
            deliverToLot(toLot.remove(which % toLot.size()));
          }
        }
        default -> {
          if (!toCallers.isEmpty()) {
            deliver(toCallers.remove(which % toCallers.size()));
          }
        }
      }
    }

    private void claim(Caller caller, @Nullable Integer slot) {
      caller.leave();
      caller.wanted = new ParkingLot.Claim(caller.id, ++caller.claims, slot, FIRST, LAST);
      repeat(caller);
    }

    private void leave(Caller caller) {
      caller.leave();
      repeat(caller);
    }

    /** Says what the call has to say: what it waits for, and what it owes. */
    private void repeat(Caller caller) {
      if (caller.wanted != null && caller.slot == null) {
        toLot.add(caller.wanted);
      }
      caller.owed.forEach(claim -> toLot.add(new ParkingLot.Release(caller.id, claim)));
    }

    private void lose(int which) {
      if (which % 2 == 0 && !toLot.isEmpty()) {
        toLot.remove(which / 2 % toLot.size());
      } else if (!toCallers.isEmpty()) {
        toCallers.remove(which / 2 % toCallers.size());
      }
    }

    private void advance(Duration by) {
      lot.advance(by);
      collect();
    }

    private void deliverToLot(ParkingLot.Command command) {
      lot.take(command);
      collect();
    }

    private void collect() {
      for (Caller caller : callers) {
        lot.told(Call.Command.class, new ToCall(caller.id))
            .forEach(message -> toCallers.add(new ToCaller(caller, message)));
      }
    }

    private void deliver(ToCaller letter) {
      Caller caller = letter.caller();
      if (letter.message() instanceof Call.SlotGranted m) {
        if (!caller.wants(m.claim())) {
          owe(caller, m.claim());
        } else {
          ParkingLot.Claim wanted = Objects.requireNonNull(caller.wanted);
          assertThat(m.slot()).isBetween(wanted.first(), wanted.last());
          assertThat(caller.slot).as("a claim's one slot").isIn(null, m.slot());
          assertThat(wanted.slot()).as("the slot chosen").isIn(null, m.slot());
          caller.slot = m.slot();
        }
      } else if (letter.message() instanceof Call.SlotRefused m) {
        // A refusal that was overtaken by a grant means nothing any more.
        if (caller.wants(m.claim()) && caller.slot == null) {
          assertThat(m.why()).isNotEqualTo(Refusal.NOT_PARKED);
          caller.wanted = null;
        }
      } else if (letter.message() instanceof Call.AboutSlot m) {
        if (!caller.wants(m.claim())) {
          owe(caller, m.claim());
        }
      } else if (letter.message() instanceof Call.Heard m) {
        caller.owed.removeIf(claim -> m.key().equals("release:" + claim));
      }
    }

    private void owe(Caller caller, int claim) {
      caller.owed.add(claim);
      repeat(caller);
    }

    /** Nothing new, and nothing lost any more, for as long as two rounds of questions take. */
    private void settle() {
      for (int second = 0; second < 70; second++) {
        callers.forEach(this::repeat);
        while (!toLot.isEmpty() || !toCallers.isEmpty()) {
          if (toLot.isEmpty()) {
            deliver(toCallers.remove(0));
          } else {
            deliverToLot(toLot.remove(0));
          }
          assertNobodyShares();
        }
        advance(Duration.ofSeconds(1));
      }
    }

    private void assertNobodyShares() {
      Map<Integer, CallId> inSlot = new HashMap<>();
      for (Caller caller : callers) {
        if (caller.slot != null) {
          CallId other = inSlot.put(caller.slot, caller.id);
          assertThat(other).as("slot %s of %s", caller.slot, caller.id).isNull();
        }
      }
      assertThat(lot.state().slots())
          .extracting(LotState.Slot::number)
          .doesNotHaveDuplicates()
          .isSorted();
    }

    private void assertNoneLeaked() {
      Map<CallId, Integer> wanted = new HashMap<>();
      for (Caller caller : callers) {
        assertThat(caller.owed).as("what %s owes", caller.id).isEmpty();
        assertThat(caller.slot == null).as("%s waits", caller.id).isEqualTo(caller.wanted == null);
        if (caller.slot != null) {
          wanted.put(caller.id, caller.slot);
        }
      }
      Map<CallId, Integer> taken = new HashMap<>();
      lot.state()
          .slots()
          .forEach(slot -> assertThat(taken.put(slot.call(), slot.number())).isNull());
      assertThat(taken).isEqualTo(wanted);
    }
  }
}
