package tandem.edge.link;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.plan.CallbackPromise;

/**
 * All that is needed to tell a call that it has arrived, even long after.
 *
 * @param leg the caller's; of a callback only its name, which no channel ever has
 * @param callerNumber as the switch said it, which may be no number at all
 * @param calledNumber as it was dialled
 * @param at when the caller was seen
 * @param doomed its switch was declared dead: its legs are killed when seen again
 * @param callback what was promised, when nobody has arrived but somebody is to be called; null
 *     otherwise
 */
public record CarriedCall(
    CallId call,
    LegId leg,
    String callerNumber,
    String calledNumber,
    Entry entry,
    Instant at,
    boolean doomed,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CallbackPromise callback)
    implements RouterSerializable {
  /** Who is called back has no leg that is lost with the switch, and is called when it is back. */
  CarriedCall asDoomed() {
    return callback != null
        ? this
        : new CarriedCall(call, leg, callerNumber, calledNumber, entry, at, true, null);
  }
}
