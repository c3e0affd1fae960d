package tandem.edge.sim;

import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of one inbound call. Times are microseconds since 1970, 0 where it has not
 * happened.
 *
 * @param uuid the caller's channel
 * @param from caller's number
 * @param to number called
 * @param placedAt INVITE of the caller
 * @param answeredAt 200 to the caller
 * @param offeredAt first INVITE to an agent for this call; known at once when the originate order
 *     names the caller's uuid in any of its variables or its number as caller id, else from the
 *     bridge on
 * @param bridgedAt first CHANNEL_BRIDGE
 * @param endedAt CHANNEL_HANGUP
 * @param agent user of the phone it was first bridged to, empty if none
 * @param bridges how many times it was bridged
 * @param endedBy {@code caller}, {@code agent} or {@code switch}; empty while it lives
 * @param cause hang-up cause; null while it lives
 */
public record SimCall(
    String uuid,
    String from,
    String to,
    long placedAt,
    long answeredAt,
    long offeredAt,
    long bridgedAt,
    long endedAt,
    String agent,
    int bridges,
    String endedBy,
    @Nullable String cause) {

  /** Caller's INVITE to agent's INVITE, in microseconds; -1 where there was no offer. */
  public long offerLatencyMicros() {
    return offeredAt == 0 ? -1 : offeredAt - placedAt;
  }

  StringBuilder json(StringBuilder out) {
    return SimJson.object(out)
        .put("uuid", uuid)
        .put("from", from)
        .put("to", to)
        .put("placedAt", placedAt)
        .put("answeredAt", answeredAt)
        .put("offeredAt", offeredAt)
        .put("bridgedAt", bridgedAt)
        .put("endedAt", endedAt)
        .put("agent", agent)
        .put("bridges", bridges)
        .put("endedBy", endedBy)
        .put("cause", cause)
        .end();
  }
}
