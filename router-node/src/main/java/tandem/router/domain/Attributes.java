package tandem.router.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Named values that a tenant gives its agents or calls: texts, whole numbers ({@code Long}), other
 * numbers ({@code Double}) and booleans.
 */
public record Attributes(@JsonValue SortedMap<String, Object> values) {
  /** Attributes of one thing (count). */
  public static final int MOST = 50;

  /** Characters of a text. */
  public static final int LONGEST_TEXT = 500;

  public static final Attributes NONE = new Attributes(Collections.emptySortedMap());

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Attributes {
    SortedMap<String, Object> copy = new TreeMap<>();
    values.forEach((name, value) -> copy.put(Names.name("attribute", name), plain(name, value)));
    if (copy.size() > MOST) {
      throw new IllegalArgumentException("attributes: at most " + MOST + ", got " + copy.size());
    }
    values = Collections.unmodifiableSortedMap(copy);
  }

  /** These, with others added or put in their place. */
  public Attributes with(Attributes more) {
    if (more.values.isEmpty()) {
      return this;
    }
    SortedMap<String, Object> all = new TreeMap<>(values);
    all.putAll(more.values);
    return new Attributes(all);
  }

  public static Attributes of(Map<String, ?> values) {
    return new Attributes(new TreeMap<>(values));
  }

  private static Object plain(String name, Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    } else if (value instanceof Float number) {
      return number.doubleValue();
    } else if (value instanceof String text) {
      if (text.length() > LONGEST_TEXT) {
        throw new IllegalArgumentException(
            "attribute " + name + ": at most " + LONGEST_TEXT + " characters");
      }
      return text;
    } else if (value instanceof Long || value instanceof Double || value instanceof Boolean) {
      return value;
    }
    throw new IllegalArgumentException(
        "attribute " + name + ": must be a text, a number or a boolean");
  }
}
