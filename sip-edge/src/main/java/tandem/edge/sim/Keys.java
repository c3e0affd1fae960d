package tandem.edge.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Digits that a played caller types.
 *
 * @param presses those after so long since the call came in, and those that answer the switch's
 *     prompts, in order
 */
public record Keys(List<Press> presses) {

  /**
   * Some digits at once.
   *
   * @param prompted whether they answer the next prompt; else they wait from the call's beginning
   * @param after so long, in milliseconds, from that beginning
   * @param digits 0-9, A-D, *, #; empty for a prompt that is not answered
   */
  public record Press(boolean prompted, long after, String digits) {
    /** Refuses what no phone can type. */
    public Press {
      if (after < 0 || !digits.matches("[0-9A-D*#]*")) {
        throw new IllegalArgumentException(
            "keys: must be digits after a time, got " + after + ":" + digits);
      }
    }

    Duration delay() {
      return Duration.ofMillis(after);
    }
  }

  /** Keeps a copy. */
  public Keys {
    presses = List.copyOf(presses);
  }

  /** Types nothing. */
  public static Keys none() {
    return new Keys(List.of());
  }

  /** Answers one prompt after the other, each so long after it began. */
  public static Keys answering(long after, String... digits) {
    List<Press> presses = new ArrayList<>();
    for (String each : digits) {
      presses.add(new Press(true, after, each));
    }
    return new Keys(presses);
  }

  /**
   * {@code 2000:5,prompt+300:1,prompt+300:42#}: a 5 two seconds after the call came in; the first
   * prompt is answered after 300 ms with 1, the second with 42#.
   */
  public static Keys parse(String text) {
    List<Press> presses = new ArrayList<>();
    for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      int colon = part.indexOf(':');
      boolean prompted = part.startsWith("prompt");
      String after = colon < 0 ? "" : part.substring(prompted ? 6 : 0, colon).replace("+", "");
      if (colon < 0 || !after.matches("[0-9]{0,7}")) {
        throw new IllegalArgumentException(
            "keys: must be like 2000:5 or prompt+300:1, got " + part);
      }
      presses.add(
          new Press(
              prompted, after.isEmpty() ? 0 : Long.parseLong(after), part.substring(colon + 1)));
    }
    return new Keys(presses);
  }

  List<Press> timed() {
    return presses.stream().filter(press -> !press.prompted).toList();
  }

  List<Press> answers() {
    return presses.stream().filter(Press::prompted).toList();
  }
}
