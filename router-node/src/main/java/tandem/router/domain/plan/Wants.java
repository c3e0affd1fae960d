package tandem.router.domain.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import tandem.router.domain.Attributes;

/**
 * What a caller's agent must and should be like. Two callers who want the same are alike to a
 * queue: it keeps the agents who fit once for both.
 *
 * @param require an expression about {@code agent} and {@code call}; empty when any member will do
 * @param prefer of those who fit, these go first; empty when nobody does
 * @param call the caller's fields these expressions speak of, by their names in expressions
 */
public record Wants(String require, String prefer, SortedMap<String, Object> call) {
  public static final Wants ANYBODY = new Wants("", "", Collections.emptySortedMap());

  public Wants {
    call = Collections.unmodifiableSortedMap(new TreeMap<>(call));
  }

  /** Reads what was written: a caller's fields are texts, or attributes. */
  @JsonCreator
  static Wants of(
      @JsonProperty("require") String require,
      @JsonProperty("prefer") String prefer,
      @JsonProperty("call") SortedMap<String, Field> call) {
    SortedMap<String, Object> values = new TreeMap<>();
    call.forEach((name, field) -> values.put(name, field.value));
    return new Wants(require, prefer, values);
  }

  /** Says what a value is: read as any object, attributes would come back as something else. */
  private static final class Field {
    private final Object value;

    private Field(Object value) {
      this.value = value;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Field of(String text) {
      return new Field(text);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Field of(Attributes attributes) {
      return new Field(attributes.values());
    }
  }
}
