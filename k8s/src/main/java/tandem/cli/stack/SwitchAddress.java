package tandem.cli.stack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a switch's Event Socket is.
 *
 * @param port TCP
 */
public record SwitchAddress(String host, int port, String password) {
  private static final Pattern TEXT = Pattern.compile("([^:\\s]+):([0-9]{1,5}):(\\S+)");

  /**
   * Reads {@code host:port:password}.
   *
   * @throws IllegalArgumentException saying what is expected; it never repeats the password
   */
  public static SwitchAddress parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a switch must be given as host:port:password");
    }
    int port = Integer.parseInt(matcher.group(2));
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the switch's port must be 1 to 65535, got " + port);
    }
    return new SwitchAddress(matcher.group(1), port, matcher.group(3));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return host + ':' + port;
  }
}
