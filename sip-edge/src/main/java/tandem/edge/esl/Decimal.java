package tandem.edge.esl;

/** A length as the protocol writes it. */
final class Decimal {
  private static final int MAX_DIGITS = 9;

  private Decimal() {}

  /** The number from 0 to 999,999,999, or -1 if the text is none. */
  static int parse(String text) {
    String digits = text.strip();
    if (digits.isEmpty() || digits.length() > MAX_DIGITS) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
