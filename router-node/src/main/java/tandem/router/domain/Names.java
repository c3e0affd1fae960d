package tandem.router.domain;

import java.util.regex.Pattern;

/** The one place that says what a name or id may look like. */
public final class Names {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Names() {}

  /** Lower-case letters, digits, dot, underscore, dash; at most 64 characters. */
  public static String name(String field, String value) {
    if (!NAME.matcher(value).matches()) {
      throw new IllegalArgumentException(
          field
              + ": must be 1 to 64 of a-z, 0-9, '.', '_', '-', starting with a letter or digit, got '"
              + value
              + "'");
    }
    return value;
  }

  static String uuid(String field, String value) {
    if (!UUID.matcher(value).matches()) {
      throw new IllegalArgumentException(field + ": must be a UUID, got '" + value + "'");
    }
    return value;
  }

  /** The two halves of {@code tenant:rest}. */
  static String[] split(String field, String value) {
    int colon = value.indexOf(':');
    if (colon <= 0 || colon == value.length() - 1) {
      throw new IllegalArgumentException(field + ": must be tenant:id, got '" + value + "'");
    }
    return new String[] {value.substring(0, colon), value.substring(colon + 1)};
  }
}
