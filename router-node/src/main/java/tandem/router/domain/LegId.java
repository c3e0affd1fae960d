package tandem.router.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** One channel of a call on its switch; the value is the channel's UUID. */
public record LegId(@JsonValue String value) implements Comparable<LegId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public LegId {
    Names.uuid("leg", value);
  }

  /** The leg an offer rings: a name-based UUID, so that a repeated order names the same channel. */
  public static LegId of(OfferId offer) {
    return new LegId(
        UUID.nameUUIDFromBytes(("leg:" + offer.value()).getBytes(StandardCharsets.UTF_8))
            .toString());
  }

  /**
   * The leg of somebody who is called back: a name-based UUID as well.
   *
   * @param attempt from 1
   */
  public static LegId ofCustomer(CallId callback, int attempt) {
    return new LegId(
        UUID.nameUUIDFromBytes(
                ("customer:" + callback.value() + ':' + attempt).getBytes(StandardCharsets.UTF_8))
            .toString());
  }

  /**
   * The leg of a number that a call itself wants.
   *
   * @param invite counts what the call wants
   * @param trunk which of the switch's trunks is tried, from 0
   */
  public static LegId ofInvite(CallId call, int invite, int trunk) {
    return new LegId(
        UUID.nameUUIDFromBytes(
                ("invite:" + call.value() + ':' + invite + ':' + trunk)
                    .getBytes(StandardCharsets.UTF_8))
            .toString());
  }

  @Override
  public int compareTo(LegId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
