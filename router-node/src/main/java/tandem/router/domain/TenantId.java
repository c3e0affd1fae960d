package tandem.router.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A company that uses Tandem; the first part of every entity id. */
public record TenantId(@JsonValue String value) implements Comparable<TenantId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TenantId {
    Names.name("tenant", value);
  }

  @Override
  public int compareTo(TenantId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
