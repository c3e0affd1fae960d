package tandem.router.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A person who takes calls. Written {@code tenant:name}. */
public record AgentId(TenantId tenant, String name) implements Comparable<AgentId> {
  public AgentId {
    Names.name("agent", name);
  }

  /** Reads {@code tenant:name}; an {@link IllegalArgumentException} names what is wrong. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static AgentId parse(String value) {
    String[] parts = Names.split("agent", value);
    return new AgentId(new TenantId(parts[0]), parts[1]);
  }

  @JsonValue
  public String value() {
    return tenant.value() + ':' + name;
  }

  @Override
  public int compareTo(AgentId other) {
    int byTenant = tenant.compareTo(other.tenant);
    return byTenant != 0 ? byTenant : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return value();
  }
}
