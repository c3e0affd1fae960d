package tandem.router.plan.ical;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.fortuna.ical4j.model.Recur;
import net.fortuna.ical4j.model.WeekDay;
import net.fortuna.ical4j.transform.recurrence.Frequency;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.time.DayRule;

/** A yearly repetition (RRULE) of whole days, worked out by ical4j. */
final class YearlyRule {
  private static final Set<String> PARTS =
      Set.of(
          "FREQ",
          "INTERVAL",
          "COUNT",
          "UNTIL",
          "WKST",
          "BYMONTH",
          "BYMONTHDAY",
          "BYDAY",
          "BYYEARDAY",
          "BYWEEKNO",
          "BYSETPOS");

  /** Long lists in a rule would cost time for each year. */
  private static final int LONGEST = 200;

  private static final int MOST_INTERVAL = 100;

  /** A rule with a count is followed from its first year on. */
  private static final int FIRST_COUNTED = 1900;

  private static final Pattern PART = Pattern.compile("([A-Za-z-]+)=.+");

  /** For whole days the time says nothing. */
  private static final Pattern UNTIL_TIME =
      Pattern.compile("(UNTIL=[0-9]{8})T[0-9]{6}Z?", Pattern.CASE_INSENSITIVE);

  private final LocalDate start;
  private final Recur<LocalDate> recur;

  private YearlyRule(LocalDate start, Recur<LocalDate> recur) {
    this.start = start;
    this.recur = recur;
  }

  /**
   * Reads a rule.
   *
   * @throws IllegalArgumentException for what is not read: other frequencies than yearly, times of
   *     day, other calendars
   */
  static YearlyRule read(String text, LocalDate start) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("RRULE: must be at most " + LONGEST + " characters");
    }
    for (String part : text.split(";", -1)) {
      Matcher matcher = PART.matcher(part.strip());
      if (!matcher.matches() || !PARTS.contains(matcher.group(1).toUpperCase(Locale.ROOT))) {
        throw new IllegalArgumentException("RRULE: '" + part + "' is not read, in '" + text + "'");
      }
    }
    Recur<LocalDate> recur;
    try {
      recur = new Recur<>(UNTIL_TIME.matcher(text).replaceAll("$1"), false);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException(
          "RRULE: cannot be read (" + e.getMessage() + "), got '" + text + "'", e);
    }
    check(recur, text, start);
    return new YearlyRule(start, recur);
  }

  private static void check(Recur<LocalDate> recur, String text, LocalDate start) {
    boolean counted = text.toUpperCase(Locale.ROOT).contains("COUNT=");
    boolean spaced = text.toUpperCase(Locale.ROOT).contains("INTERVAL=");
    if (recur.getFrequency() != Frequency.YEARLY) {
      throw new IllegalArgumentException("RRULE: must be yearly, got '" + text + "'");
    } else if (spaced && (recur.getInterval() < 1 || recur.getInterval() > MOST_INTERVAL)) {
      throw new IllegalArgumentException("RRULE: INTERVAL must be 1 to 100, got '" + text + "'");
    } else if (counted && recur.getCount() < 1) {
      throw new IllegalArgumentException("RRULE: COUNT must be 1 or more, got '" + text + "'");
    } else if (counted && start.getYear() < FIRST_COUNTED) {
      throw new IllegalArgumentException(
          "RRULE: with COUNT it must begin in 1900 or later, got " + start);
    }
  }

  /** About how many days have to be looked at to find those between two. */
  long work(LocalDate first, LocalDate last) {
    int months = recur.getMonthList().isEmpty() ? 12 : recur.getMonthList().size();
    long weekdays =
        recur.getDayList().stream().mapToLong(day -> day.getOffset() == 0 ? 5L * months : 1).sum();
    long aYear =
        1
            + weekdays
            + (long) recur.getMonthDayList().size() * months
            + recur.getYearDayList().size()
            + recur.getWeekNoList().size() * 7L;
    int begin = recur.getCount() > 0 ? start.getYear() : first.getYear() - 1;
    return aYear * Math.max(1, last.getYear() + 1 - begin);
  }

  /** Its days between two, both included. */
  List<LocalDate> days(LocalDate first, LocalDate last) {
    return recur.getDates(start, first, last).stream()
        .filter(day -> !day.isBefore(first) && !day.isAfter(last))
        .distinct()
        .toList();
  }

  /**
   * The rule of a plan that says the same for all years to come; null when there is none, and when
   * this rule ends.
   */
  @Nullable DayRule forEver() {
    boolean ends = recur.getUntil() != null || recur.getCount() > 0;
    boolean odd =
        recur.getInterval() > 1
            || !recur.getYearDayList().isEmpty()
            || !recur.getWeekNoList().isEmpty()
            || !recur.getSetPosList().isEmpty();
    if (ends || odd) {
      return null;
    }
    List<Month> months =
        recur.getMonthList().stream().map(month -> Month.of(month.getMonthOfYear())).toList();
    List<Integer> monthDays = recur.getMonthDayList();
    List<WeekDay> weekdays = recur.getDayList();
    if (weekdays.isEmpty() && monthDays.isEmpty() && months.size() <= 1) {
      return yearly(months.isEmpty() ? start.getMonth() : months.get(0), start.getDayOfMonth());
    } else if (weekdays.isEmpty() && monthDays.size() == 1 && months.size() == 1) {
      return yearly(months.get(0), monthDays.get(0));
    } else if (weekdays.size() == 1 && monthDays.isEmpty() && months.size() == 1) {
      return nth(weekdays.get(0), months.get(0));
    }
    return null;
  }

  private static @Nullable DayRule yearly(Month month, int day) {
    return day >= 1 && day <= month.maxLength()
        ? new DayRule.Yearly(MonthDay.of(month, day))
        : null;
  }

  private static @Nullable DayRule nth(WeekDay weekday, Month month) {
    int n = weekday.getOffset();
    DayOfWeek day = WeekDay.getDayOfWeek(weekday);
    return day != null && (n == DayRule.NthWeekday.LAST || (n >= 1 && n <= 5))
        ? new DayRule.NthWeekday(n, day, month)
        : null;
  }
}
