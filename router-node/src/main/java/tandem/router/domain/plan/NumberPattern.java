package tandem.router.domain.plan;

import tandem.router.domain.PhoneNumber;

/** Which called numbers a rule is about. */
public sealed interface NumberPattern {
  boolean matches(PhoneNumber number);

  /**
   * Of several that match the highest counts: exact, then the narrower range, then the longer
   * prefix.
   */
  long specificity();

  /** As it stands in a plan. */
  String text();

  /** One number. */
  record Exact(PhoneNumber number) implements NumberPattern {
    @Override
    public boolean matches(PhoneNumber other) {
      return number.equals(other);
    }

    @Override
    public long specificity() {
      return Long.MAX_VALUE;
    }

    @Override
    public String text() {
      return number.value();
    }
  }

  /**
   * All numbers that begin so; written {@code +1415*}.
   *
   * @param start a plus and 1 to 14 digits
   */
  record Prefix(String start) implements NumberPattern {
    @Override
    public boolean matches(PhoneNumber number) {
      return number.value().startsWith(start);
    }

    @Override
    public long specificity() {
      return start.length();
    }

    @Override
    public String text() {
      return start + '*';
    }
  }

  /**
   * All numbers of the same length between two, both included; written {@code +14155550100 -
   * +14155550199}.
   */
  record Range(PhoneNumber first, PhoneNumber last) implements NumberPattern {
    /** Longer than any prefix. */
    private static final long NARROW = 100;

    public Range {
      if (first.value().length() != last.value().length() || first.compareTo(last) > 0) {
        throw new IllegalArgumentException(
            "a range must be of two numbers of the same length, the lower one first, got "
                + first
                + " - "
                + last);
      }
    }

    @Override
    public boolean matches(PhoneNumber number) {
      return number.value().length() == first.value().length()
          && first.compareTo(number) <= 0
          && number.compareTo(last) <= 0;
    }

    @Override
    public long specificity() {
      long width = digits(last) - digits(first);
      return Long.MAX_VALUE - NARROW - width;
    }

    private static long digits(PhoneNumber number) {
      return Long.parseLong(number.value().substring(1));
    }

    @Override
    public String text() {
      return first + " - " + last;
    }
  }

  /** Reads any of the three; an {@link IllegalArgumentException} says what is allowed. */
  static NumberPattern parse(String text) {
    int dash = text.indexOf('-');
    if (dash >= 0) {
      return new Range(
          new PhoneNumber(text.substring(0, dash).strip()),
          new PhoneNumber(text.substring(dash + 1).strip()));
    } else if (text.matches("\\+[1-9][0-9]{0,13}\\*")) {
      return new Prefix(text.substring(0, text.length() - 1));
    } else if (text.endsWith("*")) {
      throw new IllegalArgumentException(
          "a prefix must be a plus, 1 to 14 digits and a star, got '" + text + "'");
    }
    return new Exact(new PhoneNumber(text));
  }
}
