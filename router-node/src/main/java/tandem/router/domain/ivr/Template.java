package tandem.router.domain.ivr;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts with the call's values in them: {@code {account}} is the attribute of that name, {@code
 * {call.from}} the caller's number. Braces stand for nothing else.
 */
public final class Template {
  private static final Pattern VALUE = Pattern.compile("\\{([a-z0-9][a-z0-9._-]{0,63})}");

  private Template() {}

  /** The names in it, in their order. */
  public static Collection<String> names(String text) {
    Set<String> names = new LinkedHashSet<>();
    Matcher m = VALUE.matcher(text);
    while (m.find()) {
      names.add(m.group(1));
    }
    return names;
  }

  /** The only name when it is nothing but that; empty otherwise. */
  public static String only(String text) {
    Matcher m = VALUE.matcher(text);
    return m.matches() ? m.group(1) : "";
  }

  /**
   * Checks what an author wrote.
   *
   * @throws IllegalArgumentException when a brace belongs to no name
   */
  public static String checked(String text) {
    String rest = VALUE.matcher(text).replaceAll("");
    if (rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0) {
      throw new IllegalArgumentException(
          "must have braces only around names such as {account} or {call.from}: a-z, 0-9, '.',"
              + " '_', '-', at most 64");
    }
    return text;
  }

  /** The text with what a name stands for in its place. */
  public static String fill(String text, UnaryOperator<String> value) {
    return VALUE.matcher(text).replaceAll(m -> Matcher.quoteReplacement(value.apply(m.group(1))));
  }

  /** So many characters at most, and no half of one. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }

  /** "Percent-encoding" of RFC 3986, 2.1, of all but its unreserved characters (2.3). */
  static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
      if (plain) {
        encoded.append(c);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }
}
