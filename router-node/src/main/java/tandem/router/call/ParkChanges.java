package tandem.router.call;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What events about a call's slot change in its state. */
final class ParkChanges {
  private final CallDraft call;

  ParkChanges(CallDraft call) {
    this.call = call;
  }

  void apply(ParkEvent event) {
    InSlot slot = call.slot;
    if (event instanceof ParkEvent.SlotClaimed e) {
      call.claims = e.claim();
      call.slot =
          new InSlot(
              e.lot(),
              e.claim(),
              e.rule(),
              e.slot(),
              null,
              e.parker(),
              0,
              e.act() == null ? null : e.act().key(),
              e.at());
    } else if (event instanceof ParkEvent.SlotTaken e && slot != null) {
      call.slot = slot.granted(e.slot());
      if (!(call.activity instanceof Holding)) {
        var host = call.activity.agentLeg();
        call.disconnected();
        call.giveAll();
        call.adrift = host;
        call.activity = new Holding(slot.lot().name(), slot.rule().then(), e.until(), e.at());
      }
    } else if (event instanceof ParkEvent.SlotDenied) {
      forget(slot);
      call.slot = null;
      if (call.activity instanceof Holding holding) {
        // There is no room for it: what follows a wait in vain follows now.
        call.activity = new Holding(holding.lot(), holding.then(), event.at(), holding.since());
      }
    } else if (event instanceof ParkEvent.SlotLeft e) {
      if (slot != null && slot.slot() == null) {
        forget(slot);
      }
      List<InSlot.Given> all = new ArrayList<>(call.given);
      all.add(new InSlot.Given(e.lot(), e.claim()));
      call.given = List.copyOf(all);
      call.slot = null;
    } else if (event instanceof ParkEvent.Recalled e && slot != null) {
      call.slot = slot.recalled(e.attempt());
    }
  }

  /** Nothing came of the request: asked again, it is tried again. */
  private void forget(@Nullable InSlot slot) {
    if (slot != null && slot.key() != null) {
      call.forget(slot.key());
    }
  }
}
