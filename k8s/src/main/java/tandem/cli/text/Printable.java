package tandem.cli.text;

import java.util.regex.Pattern;

/** Makes text from outside fit for a terminal: a caller's number could hold escape sequences. */
public final class Printable {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private Printable() {}

  /** The same with a question mark for each control character. */
  public static String of(String text) {
    return CONTROL.matcher(text).replaceAll("?");
  }
}
