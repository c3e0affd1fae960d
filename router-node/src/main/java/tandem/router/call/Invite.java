package tandem.router.call;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.OfferId;
import tandem.router.domain.PhoneNumber;
import tandem.router.edge.SwitchCommand.Ear;

/**
 * Somebody the call itself wants: an agent, or a number.
 *
 * @param number counts the call's invites
 * @param agent null when a number is wanted
 * @param offer the agent's offer; null when a number is wanted
 * @param outside the number; null when an agent is wanted
 * @param shown on the phone of a number
 * @param purpose what becomes of who comes
 * @param host the agent who wants it, or to whom a supervisor listens; null for nobody
 * @param ear who hears a supervisor at first; null of others
 * @param ring how long the phone rings
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Invite(
    int number,
    @Nullable AgentId agent,
    @Nullable OfferId offer,
    @Nullable PhoneNumber outside,
    @Nullable PhoneNumber shown,
    Purpose purpose,
    @Nullable AgentId host,
    @Nullable Ear ear,
    Duration ring) {
  /** What becomes of who comes. */
  public enum Purpose {
    /** Talks to the host while the caller hears music. */
    CONSULT,
    /** Joins the conversation. */
    JOIN,
    /** Gets the caller, who hears music meanwhile. */
    TRANSFER,
    /** Gets the caller back whom it gave away, or parked. */
    RECALL,
    /** Gets the parked caller. */
    PICK_UP,
    /** Listens. */
    SUPERVISE,
    /** Makes the call: whom it calls is rung when it is there. */
    OUTBOUND
  }
}
