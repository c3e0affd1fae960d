package tandem.router.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

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

  /** The call that calls the caller of this one back: a call promises that once. */
  public CallId callback() {
    String name = "callback:" + value();
    return new CallId(
        tenant, UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
  }

  /**
   * The call that an agent makes by this request: the same request is the same call.
   *
   * @param key names the request within its tenant
   */
  public static CallId ofOutbound(TenantId tenant, String key) {
    String name = "outbound:" + tenant.value() + ':' + key;
    return new CallId(
        tenant, UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
  }

  /**
   * Whether it may be a callback, or a call that an agent has made: what {@link #callback} and
   * {@link #ofOutbound} name is a name-based UUID (RFC 9562, version 3), and no switch names a
   * channel so.
   */
  public boolean mayBeCallback() {
    return UUID.fromString(channel).version() == 3;
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
