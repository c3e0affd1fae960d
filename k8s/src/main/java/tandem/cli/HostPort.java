package tandem.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host and a port. */
record HostPort(String host, int port) {
  private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9_.-]+):([0-9]{1,5})");

  /**
   * Reads {@code host:port}.
   *
   * @throws IllegalArgumentException saying what is expected
   */
  static HostPort parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
      throw new IllegalArgumentException("expected host:port, got '" + text + "'");
    }
    return new HostPort(matcher.group(1), Integer.parseInt(matcher.group(2)));
  }

  @Override
  public String toString() {
    return host + ':' + port;
  }
}
