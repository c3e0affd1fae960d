package tandem.edge.sim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Single owner of the gateways to outside: those that are named in {@code tandem.edge.sim.trunks},
 * and what is wrong with each. Behind every one of them the same numbers are reached.
 */
final class Gateways {

  /** What became of a gateway that is not even tried: the switch knows that it is down. */
  static final String DOWN = "GATEWAY_DOWN";

  private static final String FINE = "";

  private final Map<String, String> causes = new LinkedHashMap<>();

  Gateways(List<String> names) {
    names.forEach(name -> causes.put(name, FINE));
  }

  /** As {@code vars.xml} has them, the preferred one first. */
  String names() {
    return String.join(",", causes.keySet());
  }

  boolean has(String name) {
    return causes.containsKey(name);
  }

  /** The cause that every call over it ends with; null when it works. */
  @Nullable String failure(String name) {
    String cause = causes.getOrDefault(name, FINE);
    return cause.equals(FINE) ? null : cause;
  }

  /**
   * @param cause a hang-up cause, {@code down} for a gateway that the switch knows to be down, or
   *     {@code up}
   */
  void set(String name, String cause) {
    if (!has(name)) {
      throw new IllegalArgumentException("gateway: must be one of " + names() + ", got " + name);
    }
    causes.put(
        name,
        switch (cause) {
          case "up" -> FINE;
          case "down" -> DOWN;
          default -> Causes.named(cause);
        });
  }

  String picture() {
    StringBuilder out = new StringBuilder();
    causes.forEach(
        (name, cause) ->
            out.append(name).append(' ').append(cause.equals(FINE) ? "up" : cause).append('\n'));
    return out.toString();
  }
}
