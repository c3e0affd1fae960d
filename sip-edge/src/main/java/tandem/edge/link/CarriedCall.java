package tandem.edge.link;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.plan.CallbackPromise;
import tandem.router.edge.Outbound;

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
 * @param outbound what an agent wants, when nobody has arrived but an agent calls; null otherwise
 */
public record CarriedCall(
    CallId call,
    LegId leg,
    String callerNumber,
    String calledNumber,
    Entry entry,
    Instant at,
    boolean doomed,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CallbackPromise callback,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Outbound outbound)
    implements RouterSerializable {
  /** Somebody has arrived, or is to be called back. */
  CarriedCall(
      CallId call,
      LegId leg,
      String callerNumber,
      String calledNumber,
      Entry entry,
      Instant at,
      boolean doomed,
      @Nullable CallbackPromise callback) {
    this(call, leg, callerNumber, calledNumber, entry, at, doomed, callback, null);
  }

  /**
   * Who is called has no leg that is lost with the switch: the call itself sees what is left of it.
   */
  CarriedCall asDoomed() {
    return callback != null || outbound != null
        ? this
        : new CarriedCall(call, leg, callerNumber, calledNumber, entry, at, true, null);
  }
}
