package tandem.router.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One FreeSWITCH, as the configuration names it. */
public record SwitchId(@JsonValue String value) implements Comparable<SwitchId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SwitchId {
    Names.name("switch", value);
  }

  @Override
  public int compareTo(SwitchId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
