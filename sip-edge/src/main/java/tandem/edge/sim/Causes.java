package tandem.edge.sim;

import java.util.Locale;
import java.util.Map;

/** Hang-up causes and what they are in SIP and Q.850, as the recorded switch maps them. */
final class Causes {

  static final String NORMAL_CLEARING = "NORMAL_CLEARING";
  static final String ORIGINATOR_CANCEL = "ORIGINATOR_CANCEL";
  static final String OUT_OF_ORDER = "DESTINATION_OUT_OF_ORDER";

  private static final Map<String, Integer> Q850 =
      Map.ofEntries(
          Map.entry("UNALLOCATED_NUMBER", 1),
          Map.entry("NO_ROUTE_DESTINATION", 3),
          Map.entry(NORMAL_CLEARING, 16),
          Map.entry("USER_BUSY", 17),
          Map.entry("NO_USER_RESPONSE", 18),
          Map.entry("NO_ANSWER", 19),
          Map.entry("SUBSCRIBER_ABSENT", 20),
          Map.entry("CALL_REJECTED", 21),
          Map.entry(OUT_OF_ORDER, 27),
          Map.entry("NORMAL_TEMPORARY_FAILURE", 41),
          Map.entry("RECOVERY_ON_TIMER_EXPIRE", 102),
          Map.entry(ORIGINATOR_CANCEL, 487),
          Map.entry("MANAGER_REQUEST", 503),
          Map.entry("SYSTEM_SHUTDOWN", 501),
          Map.entry("ALLOTTED_TIMEOUT", 602));

  private static final Map<String, Integer> REFUSALS =
      Map.ofEntries(
          Map.entry("UNALLOCATED_NUMBER", 404),
          Map.entry("NO_ROUTE_DESTINATION", 404),
          Map.entry("USER_BUSY", 486),
          Map.entry("CALL_REJECTED", 603),
          Map.entry("NO_ANSWER", 480),
          Map.entry("NUMBER_CHANGED", 410),
          Map.entry("INCOMPATIBLE_DESTINATION", 488),
          Map.entry("NORMAL_CIRCUIT_CONGESTION", 503),
          Map.entry("NO_USER_RESPONSE", 408),
          Map.entry(OUT_OF_ORDER, 502),
          Map.entry("NORMAL_TEMPORARY_FAILURE", 503),
          Map.entry("RECOVERY_ON_TIMER_EXPIRE", 504));

  private Causes() {}

  static int q850(String cause) {
    return Q850.getOrDefault(cause, 16);
  }

  /** The SIP status that an unanswered caller gets. */
  static int refusal(String cause) {
    return REFUSALS.getOrDefault(cause, 480);
  }

  /** The cause of a refused outbound leg. */
  static String of(int status) {
    return switch (status) {
      case 404, 485, 604 -> "UNALLOCATED_NUMBER";
      case 408, 504 -> "RECOVERY_ON_TIMER_EXPIRE";
      case 480 -> "NO_USER_RESPONSE";
      case 486, 600 -> "USER_BUSY";
      case 487 -> ORIGINATOR_CANCEL;
      case 401, 402, 403, 407, 603 -> "CALL_REJECTED";
      case 410 -> "NUMBER_CHANGED";
      case 488, 606 -> "INCOMPATIBLE_DESTINATION";
      case 502 -> OUT_OF_ORDER;
      default -> status >= 500 ? "NORMAL_TEMPORARY_FAILURE" : "NORMAL_UNSPECIFIED";
    };
  }

  /** A cause as a client may write it: any case, empty for the default. */
  static String named(String text) {
    return text.isEmpty() ? NORMAL_CLEARING : text.toUpperCase(Locale.ROOT);
  }
}
