package tandem.router.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A queue of a tenant. Written {@code tenant:name}. */
public record QueueId(TenantId tenant, String name) implements Comparable<QueueId> {
  public QueueId {
    Names.name("queue", name);
  }

  /** Reads {@code tenant:name}; an {@link IllegalArgumentException} names what is wrong. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static QueueId parse(String value) {
    String[] parts = Names.split("queue", value);
    return new QueueId(new TenantId(parts[0]), parts[1]);
  }

  @JsonValue
  public String value() {
    return tenant.value() + ':' + name;
  }

  @Override
  public int compareTo(QueueId other) {
    int byTenant = tenant.compareTo(other.tenant);
    return byTenant != 0 ? byTenant : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return value();
  }
}
