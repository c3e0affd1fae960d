package tandem.router.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One attempt to give one call to one agent. */
public record OfferId(@JsonValue String value) implements Comparable<OfferId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OfferId {
    Names.uuid("offer", value);
  }

  @Override
  public int compareTo(OfferId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
