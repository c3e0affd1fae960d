package tandem.router.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A park lot: its tenant and its name. Written {@code tenant:name}. */
public record LotId(TenantId tenant, String name) implements Comparable<LotId> {
  public LotId {
    Names.name("lot", name);
  }

  /** Reads {@code tenant:name}; an {@link IllegalArgumentException} names what is wrong. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static LotId parse(String value) {
    String[] parts = Names.split("lot", value);
    return new LotId(new TenantId(parts[0]), parts[1]);
  }

  @JsonValue
  public String value() {
    return tenant.value() + ':' + name;
  }

  @Override
  public int compareTo(LotId other) {
    int byTenant = tenant.compareTo(other.tenant);
    return byTenant != 0 ? byTenant : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return value();
  }
}
