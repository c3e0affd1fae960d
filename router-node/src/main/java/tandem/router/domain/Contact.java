package tandem.router.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Where an agent's phone is: a SIP URI {@code sip:user@host[:port]}, without parameters, since what
 * goes into a dial string must not be able to say more than where to ring.
 */
public record Contact(@JsonValue String value) {
  /** Each character has one way to match: a hostile value must not cost more than its length. */
  private static final Pattern SIP =
      Pattern.compile(
          "sip:[A-Za-z0-9_.+-]{1,64}@"
              + "[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\\.[A-Za-z0-9-]{1,63}){0,8}(?::[0-9]{1,5})?");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Contact {
    if (!SIP.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "contact: must be sip:user@host or sip:user@host:port, got '" + value + "'");
    }
  }

  /** {@code user@host[:port]}, what follows {@code sip:}. */
  public String address() {
    return value.substring("sip:".length());
  }

  @Override
  public String toString() {
    return value;
  }
}
