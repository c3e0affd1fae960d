package tandem.router.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** A number in E.164 form: a plus and 7 to 15 digits (ITU-T E.164, 2010). */
public record PhoneNumber(@JsonValue String value) implements Comparable<PhoneNumber> {
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PhoneNumber {
    if (!E164.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "number: must be E.164, a plus and 7 to 15 digits, got '" + value + "'");
    }
  }

  @Override
  public int compareTo(PhoneNumber other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
