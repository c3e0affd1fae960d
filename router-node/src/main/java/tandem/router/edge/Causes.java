package tandem.router.edge;

import tandem.router.domain.ReleaseReason;

/**
 * Causes of a leg's end beyond FreeSWITCH's own, and what a cause says about an offer. FreeSWITCH's
 * names and which of them a dial attempt gives: {@code docs/freeswitch.md}.
 */
public final class Causes {
  /** The link has asked the switch, and no such channel exists. */
  public static final String ABSENT = "TANDEM_ABSENT";

  /** The switch was out of reach for too long, or started anew. */
  public static final String SWITCH_LOST = "TANDEM_SWITCH_LOST";

  /** An order was dropped before it was written: too late, tombstoned, or another incarnation's. */
  public static final String NOT_ORDERED = "TANDEM_NOT_ORDERED";

  /** Somebody has called the callback off. */
  public static final String CANCELLED = "TANDEM_CANCELLED";

  /** The time in which somebody was to be called back is over. */
  public static final String TOO_LATE = "TANDEM_TOO_LATE";

  /** No queue had a place for somebody who is to be called back. */
  public static final String NO_PLACE = "TANDEM_NO_PLACE";

  /** Of FreeSWITCH's own, and of the link's: there is no trunk, or no other, to try. */
  public static final String NO_TRUNK = "NO_ROUTE_DESTINATION";

  private Causes() {}

  /**
   * Whether a number that ended so may be reached over another trunk: the trunk has failed, not who
   * was called.
   */
  public static boolean triesNextTrunk(String cause) {
    return switch (cause) {
      case "GATEWAY_DOWN",
          "INVALID_GATEWAY",
          "NORMAL_TEMPORARY_FAILURE",
          "NETWORK_OUT_OF_ORDER",
          "NORMAL_CIRCUIT_CONGESTION",
          "SWITCH_CONGESTION",
          "RECOVERY_ON_TIMER_EXPIRE",
          "SERVICE_UNAVAILABLE",
          "SERVICE_NOT_IMPLEMENTED",
          "EXCHANGE_ROUTING_ERROR",
          "REQUESTED_CHAN_UNAVAIL",
          "PROTOCOL_ERROR",
          "INTERWORKING" ->
          true;
      default -> false;
    };
  }

  /** What an agent leg's end says about the offer it was ordered for. */
  public static ReleaseReason releaseReason(String cause) {
    return switch (cause) {
      case "NO_ANSWER", "ALLOTTED_TIMEOUT", "NO_USER_RESPONSE", "PROGRESS_TIMEOUT" ->
          ReleaseReason.NO_ANSWER;
      case "USER_BUSY" -> ReleaseReason.BUSY;
      // An agent who hangs up a ringing phone may show as any of these.
      case "CALL_REJECTED", "NORMAL_CLEARING", "ORIGINATOR_CANCEL" -> ReleaseReason.DECLINED;
      case ABSENT, NOT_ORDERED, "DESTINATION_OUT_OF_ORDER", "NORMAL_CIRCUIT_CONGESTION" ->
          ReleaseReason.NOT_ORDERED;
      // The switch's own trouble: one caller after the other would take all agents off work for it.
      case "INVALID_PROFILE",
          "CHAN_NOT_IMPLEMENTED",
          "INVALID_MSG_UNSPECIFIED",
          "NETWORK_OUT_OF_ORDER",
          "SWITCH_CONGESTION" ->
          ReleaseReason.NOT_ORDERED;
      case SWITCH_LOST, "SYSTEM_SHUTDOWN", "MANAGER_REQUEST" -> ReleaseReason.LINK_LOST;
      default -> ReleaseReason.UNREACHABLE;
    };
  }
}
