package tandem.http.feed;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a client is in the feed. Written {@code epoch:seq}.
 *
 * @param epoch of the hub that counted; another hub counts anew
 * @param seq the last change the client has
 */
record Cursor(String epoch, long seq) {
  private static final Pattern FORM = Pattern.compile("([0-9a-z]{1,32}):([0-9]{1,18})");

  /** Reads {@code epoch:seq}; an {@link IllegalArgumentException} says what is allowed. */
  static Cursor parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be epoch:seq, as in the feed's messages");
    }
    return new Cursor(matcher.group(1), Long.parseLong(matcher.group(2)));
  }

  @Override
  public String toString() {
    return epoch + ':' + seq;
  }
}
