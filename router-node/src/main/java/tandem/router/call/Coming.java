package tandem.router.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.LegId;

/**
 * Somebody on the way to a call.
 *
 * @param leg whose phone was ordered; null while the agent has not said that it comes
 * @param trunk of a number: which of the switch's trunks is tried
 * @param deadline when it is given up
 */
record Coming(Invite invite, @Nullable LegId leg, int trunk, Instant deadline) {

  Coming ordered(LegId on, int over, Instant until) {
    return new Coming(invite, on, over, until);
  }

  /** The host is gone, and wanted it for the caller. */
  Coming forTheCaller() {
    return new Coming(
        new Invite(
            invite.number(),
            invite.agent(),
            invite.offer(),
            invite.outside(),
            invite.shown(),
            Invite.Purpose.TRANSFER,
            invite.host(),
            invite.ear(),
            invite.ring()),
        leg,
        trunk,
        deadline);
  }

  boolean is(Invite.Purpose purpose) {
    return invite.purpose() == purpose;
  }

  /** Whether it gets a caller whom nobody else has. */
  boolean getsCaller() {
    return is(Invite.Purpose.TRANSFER)
        || is(Invite.Purpose.RECALL)
        || is(Invite.Purpose.PICK_UP)
        || is(Invite.Purpose.OUTBOUND);
  }
}
