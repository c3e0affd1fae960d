package tandem.router.domain.expr;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Caller;

/** The fields of a call by their names in expressions. */
public final class CallFields {
  static final String ARRIVED_AT = "call.arrivedAt";
  static final String ATTRIBUTES = "call.attributes";

  /** What the caller has keyed in: of a moment, so no field of the call. */
  static final String DIGITS = "digits";

  private CallFields() {}

  /**
   * The values an expression speaks of, to be kept for later as plain JSON: texts, {@code
   * call.arrivedAt} as ISO 8601, attributes as a sorted map.
   *
   * @param names as {@link Expression#callFields} gives them
   */
  public static SortedMap<String, Object> of(Caller caller, Set<String> names) {
    SortedMap<String, Object> values = new TreeMap<>();
    for (String name : names) {
      Object value = valueOf(caller, name);
      if (value == null) {
        throw new IllegalArgumentException("a call has no field '" + name + "'");
      }
      values.put(name, value instanceof Instant time ? time.toString() : value);
    }
    return Collections.unmodifiableSortedMap(values);
  }

  /** Null when there is no such field. */
  static @Nullable Object valueOf(Caller caller, String name) {
    return switch (name) {
      case "call.from" -> caller.from();
      case "call.to" -> caller.to();
      case "call.country" -> caller.country();
      case "call.region" -> caller.region();
      case "call.timeZone" -> caller.timeZone();
      case ARRIVED_AT -> caller.arrivedAt();
      case ATTRIBUTES -> caller.attributes().values();
      default -> null;
    };
  }

  /** Null when it was not kept. */
  static @Nullable Object kept(Map<String, Object> values, String name) {
    Object value = values.get(name);
    if (value instanceof String text && name.equals(ARRIVED_AT)) {
      try {
        return Instant.parse(text);
      } catch (DateTimeParseException e) {
        throw new ExpressionException(
            ARRIVED_AT + ": must be a time as ISO 8601, got '" + text + "'", e);
      }
    }
    return value;
  }
}
