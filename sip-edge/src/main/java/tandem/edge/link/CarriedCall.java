package tandem.edge.link;

import java.time.Instant;
import tandem.router.domain.CallId;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.RouterSerializable;

/**
 * All that is needed to tell a call that it has arrived, even long after.
 *
 * @param callerNumber as the switch said it, which may be no number at all
 * @param calledNumber as it was dialled
 * @param at when the caller was seen
 * @param doomed its switch was declared dead: its legs are killed when seen again
 */
public record CarriedCall(
    CallId call,
    LegId leg,
    String callerNumber,
    String calledNumber,
    Entry entry,
    Instant at,
    boolean doomed)
    implements RouterSerializable {
  CarriedCall asDoomed() {
    return new CarriedCall(call, leg, callerNumber, calledNumber, entry, at, true);
  }
}
