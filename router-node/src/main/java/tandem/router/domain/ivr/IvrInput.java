package tandem.router.domain.ivr;

import java.util.Map;
import java.util.TreeMap;

/** What came of an {@link Ask}. */
public sealed interface IvrInput {
  /** All was played, or the switch could not. */
  record Played() implements IvrInput {}

  /** What was keyed in; empty when nothing was, or the switch could not ask. */
  record Keyed(String digits) implements IvrInput {
    @Override
    public String toString() {
      // It may be a secret: never in a log.
      return "Keyed[" + digits.length() + " digits]";
    }
  }

  /**
   * Another system has answered.
   *
   * @param values by attribute: texts, numbers and booleans
   */
  record Found(Map<String, Object> values) implements IvrInput {
    public Found {
      values = Map.copyOf(new TreeMap<>(values));
    }
  }

  /** Another system has refused, or answered something that cannot be read. */
  record NotFound() implements IvrInput {}

  /** Another system has not answered in time. */
  record TooLate() implements IvrInput {}
}
