package tandem.router.plan.document;

import java.util.Set;
import java.util.TreeSet;

/**
 * Causes a plan may end a call with: FreeSWITCH's names for those of ITU-T Q.850 that a called side
 * gives, and those it has for SIP's own refusals. Left out are causes the switch gives to its own
 * work (such as {@code LOSE_RACE} or {@code MANAGER_REQUEST}): a call's record would lie.
 */
final class HangUpCauses {
  private static final Set<String> KNOWN =
      Set.of(
          "UNALLOCATED_NUMBER",
          "NO_ROUTE_TRANSIT_NET",
          "NO_ROUTE_DESTINATION",
          "CHANNEL_UNACCEPTABLE",
          "CALL_AWARDED_DELIVERED",
          "NORMAL_CLEARING",
          "USER_BUSY",
          "NO_USER_RESPONSE",
          "NO_ANSWER",
          "SUBSCRIBER_ABSENT",
          "CALL_REJECTED",
          "NUMBER_CHANGED",
          "REDIRECTION_TO_NEW_DESTINATION",
          "EXCHANGE_ROUTING_ERROR",
          "DESTINATION_OUT_OF_ORDER",
          "INVALID_NUMBER_FORMAT",
          "FACILITY_REJECTED",
          "NORMAL_UNSPECIFIED",
          "NORMAL_CIRCUIT_CONGESTION",
          "NETWORK_OUT_OF_ORDER",
          "NORMAL_TEMPORARY_FAILURE",
          "SWITCH_CONGESTION",
          "ACCESS_INFO_DISCARDED",
          "REQUESTED_CHAN_UNAVAIL",
          "PRE_EMPTED",
          "FACILITY_NOT_SUBSCRIBED",
          "OUTGOING_CALL_BARRED",
          "INCOMING_CALL_BARRED",
          "BEARERCAPABILITY_NOTAUTH",
          "BEARERCAPABILITY_NOTAVAIL",
          "SERVICE_UNAVAILABLE",
          "BEARERCAPABILITY_NOTIMPL",
          "CHAN_NOT_IMPLEMENTED",
          "FACILITY_NOT_IMPLEMENTED",
          "SERVICE_NOT_IMPLEMENTED",
          "INCOMPATIBLE_DESTINATION",
          "RECOVERY_ON_TIMER_EXPIRE",
          "PROTOCOL_ERROR",
          "INTERWORKING",
          "ALLOTTED_TIMEOUT",
          "USER_NOT_REGISTERED",
          "GATEWAY_DOWN",
          "BUSY_EVERYWHERE",
          "DECLINE",
          "DOES_NOT_EXIST_ANYWHERE",
          "NOT_ACCEPTABLE",
          "UNWANTED");

  private HangUpCauses() {}

  /** The cause itself; an {@link IllegalArgumentException} lists those there are. */
  static String cause(String name) {
    if (!KNOWN.contains(name)) {
      throw new IllegalArgumentException(
          "must be a cause such as USER_BUSY, got '"
              + Words.shown(name)
              + "'; known are "
              + String.join(", ", new TreeSet<>(KNOWN)));
    }
    return name;
  }
}
