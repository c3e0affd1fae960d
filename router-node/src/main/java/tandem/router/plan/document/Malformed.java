package tandem.router.plan.document;

/** What is wrong with a text that is no JSON, in words for its author rather than the parser's. */
final class Malformed {
  private Malformed() {}

  /**
   * The words.
   *
   * @param reason the parser's own words
   * @param at the offset of the character it stopped at
   */
  static String words(String reason, String text, int at) {
    char c = text.charAt(at);
    if (reason.contains("escape") && !reason.contains("unquoted") && !Character.isISOControl(c)) {
      return "after a backslash comes one of \" \\ / b f n r t, or u and four hex digits";
    } else if (Character.isISOControl(c)) {
      return reason.contains("unquoted")
          ? "a line end or control character within a text must be escaped, such as \\n"
          : "a control character is not allowed here";
    } else if (reason.contains("numeric value")) {
      return "this is no number as JSON writes it, such as 12, -3 or 0.5";
    } else if (reason.startsWith("Unrecognized token") || reason.startsWith("Non-standard")) {
      return "a text must stand in double quotes; only numbers, true, false and null go without";
    }
    return expected(reason, c);
  }

  private static String expected(String reason, char c) {
    String got = ", got " + (c == '"' ? "a text" : "'" + Words.shown(String.valueOf(c)) + "'");
    if (c == '/' || c == '#') {
      return "comments are not allowed";
    } else if (c == '\'') {
      return "texts and names must stand in double quotes";
    } else if (reason.contains("close marker")) {
      return c == ']' ? "']' closes no list here" : "'}' closes no object here";
    } else if (c == '}' && reason.contains("double-quote")) {
      return "a comma must not stand before '}'";
    } else if (reason.contains("field name") && reason.contains("double-quote")) {
      return "expected a name in double quotes" + got;
    } else if (reason.contains("colon")) {
      return "expected a colon after the name" + got;
    } else if (reason.contains("comma")) {
      return "expected a comma or the end of the object or list" + got;
    }
    return "expected a value" + got;
  }
}
