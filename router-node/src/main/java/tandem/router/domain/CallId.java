package tandem.router.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A call: its tenant and the UUID of the channel that began it. Written {@code tenant:channel}. */
public record CallId(TenantId tenant, String channel) implements Comparable<CallId> {
  public CallId {
    Names.uuid("call", channel);
  }

  /** Reads {@code tenant:channel}; an {@link IllegalArgumentException} names what is wrong. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static CallId parse(String value) {
    String[] parts = Names.split("call", value);
    return new CallId(new TenantId(parts[0]), parts[1]);
  }

  @JsonValue
  public String value() {
    return tenant.value() + ':' + channel;
  }

  @Override
  public int compareTo(CallId other) {
    int byTenant = tenant.compareTo(other.tenant);
    return byTenant != 0 ? byTenant : channel.compareTo(other.channel);
  }

  @Override
  public String toString() {
    return value();
  }
}
