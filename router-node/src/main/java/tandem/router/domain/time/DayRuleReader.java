package tandem.router.domain.time;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tandem.router.domain.time.DayRule.NthWeekday;

/** Reads the texts of {@link DayRule}. */
final class DayRuleReader {
  private static final String ISO = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
  private static final Pattern DATE = Pattern.compile(ISO);
  private static final Pattern RANGE = Pattern.compile("(" + ISO + ") ?\\.\\. ?(" + ISO + ")");
  private static final Pattern MONTH_DAY = Pattern.compile("[0-9]{2}-[0-9]{2}");
  private static final Pattern EASTER = Pattern.compile("easter(?: ?([+-] ?[0-9]{1,3}))?");
  private static final Pattern WEEKDAY = Pattern.compile("(\\w+) (\\w+) of (\\w+)");

  private DayRuleReader() {}

  static DayRule read(String text) {
    String rule = text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    Matcher range = RANGE.matcher(rule);
    Matcher easter = EASTER.matcher(rule);
    Matcher weekday = WEEKDAY.matcher(rule);
    if (range.matches()) {
      return new DayRule.Between(date(range.group(1)), date(range.group(2)));
    } else if (DATE.matcher(rule).matches()) {
      return new DayRule.Once(date(rule));
    } else if (MONTH_DAY.matcher(rule).matches()) {
      return new DayRule.Yearly(monthDay(rule));
    } else if (easter.matches()) {
      String offset = easter.group(1);
      return new DayRule.Easter(offset == null ? 0 : Integer.parseInt(offset.replace(" ", "")));
    } else if (weekday.matches()) {
      return new NthWeekday(
          ordinal(weekday.group(1)),
          named(DayOfWeek.values(), weekday.group(2), "day"),
          named(Month.values(), weekday.group(3), "month"));
    }
    throw new IllegalArgumentException(
        "must be a day such as 2026-12-25, 12-25, 'fourth thursday of november', 'easter -2' or"
            + " 2026-12-24..2026-12-31, got '"
            + text
            + "'");
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be a day that exists, got '" + text + "'", e);
    }
  }

  private static MonthDay monthDay(String text) {
    try {
      return MonthDay.parse("--" + text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "must be a month and a day that exist, got '" + text + "'", e);
    }
  }

  private static int ordinal(String text) {
    int index = NthWeekday.ORDINALS.indexOf(text);
    if (index < 0 && !text.equals("last")) {
      throw new IllegalArgumentException(
          "must begin with first, second, third, fourth, fifth or last, got '" + text + "'");
    }
    return index < 0 ? NthWeekday.LAST : index + 1;
  }

  private static <E extends Enum<E>> E named(E[] all, String name, String what) {
    return Arrays.stream(all)
        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must name a "
                        + what
                        + " in full such as "
                        + all[0].name().toLowerCase(Locale.ROOT)
                        + ", got '"
                        + name
                        + "'"));
  }
}
