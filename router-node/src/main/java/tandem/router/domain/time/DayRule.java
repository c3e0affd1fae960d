package tandem.router.domain.time;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.util.List;
import java.util.Locale;

/**
 * Which days a holiday is on. The texts of a plan:
 *
 * <ol>
 *   <li>{@code 2026-12-25}: that day
 *   <li>{@code 2026-12-24..2026-12-31}: from that day to that day, both included
 *   <li>{@code 12-25}: each year; {@code 02-29} in leap years only
 *   <li>{@code fourth thursday of november}, {@code last monday of may}; a fifth one only in years
 *       that have it
 *   <li>{@code easter}, {@code easter -2} (Good Friday), {@code easter +49} (Pentecost)
 * </ol>
 */
public sealed interface DayRule {
  /** Whether it is on this day. */
  boolean on(LocalDate day);

  /** As it stands in a plan. */
  String text();

  /** One day. */
  record Once(LocalDate date) implements DayRule {
    @Override
    public boolean on(LocalDate day) {
      return day.equals(date);
    }

    @Override
    public String text() {
      return date.toString();
    }
  }

  /** Days in a row, both ends included. */
  record Between(LocalDate first, LocalDate last) implements DayRule {
    public Between {
      if (last.isBefore(first)) {
        throw new IllegalArgumentException(
            "must be the earlier day first, got '" + first + ".." + last + "'");
      }
    }

    @Override
    public boolean on(LocalDate day) {
      return !day.isBefore(first) && !day.isAfter(last);
    }

    @Override
    public String text() {
      return first + ".." + last;
    }
  }

  /** The same day of each year. */
  record Yearly(MonthDay day) implements DayRule {
    @Override
    public boolean on(LocalDate other) {
      return day.getMonthValue() == other.getMonthValue()
          && day.getDayOfMonth() == other.getDayOfMonth();
    }

    @Override
    public String text() {
      return String.format(Locale.ROOT, "%02d-%02d", day.getMonthValue(), day.getDayOfMonth());
    }
  }

  /**
   * A certain one of the days of the week in a month.
   *
   * @param n 1 to 5, or {@link #LAST}
   */
  record NthWeekday(int n, DayOfWeek weekday, Month month) implements DayRule {
    /** In place of a number. */
    public static final int LAST = -1;

    static final List<String> ORDINALS = List.of("first", "second", "third", "fourth", "fifth");

    public NthWeekday {
      if (n != LAST && (n < 1 || n > ORDINALS.size())) {
        throw new IllegalArgumentException("n: must be 1 to 5 or -1, got " + n);
      }
    }

    @Override
    public boolean on(LocalDate day) {
      return day.getMonth() == month
          && day.getDayOfWeek() == weekday
          && (n == LAST
              ? day.getDayOfMonth() + 7 > day.lengthOfMonth()
              : (day.getDayOfMonth() + 6) / 7 == n);
    }

    @Override
    public String text() {
      String ordinal = n == LAST ? "last" : ORDINALS.get(n - 1);
      return (ordinal + " " + weekday + " of " + month).toLowerCase(Locale.ROOT);
    }
  }

  /**
   * So many days after Easter Sunday of the Western churches, or before it.
   *
   * @param offset -80 to 249 days, so that the day is always in the year of its Easter
   */
  record Easter(int offset) implements DayRule {
    public Easter {
      if (offset < -80 || offset > 249) {
        throw new IllegalArgumentException("must be easter -80 to easter +249, got " + offset);
      }
    }

    @Override
    public boolean on(LocalDate day) {
      return sunday(day.getYear()).plusDays(offset).equals(day);
    }

    /**
     * Easter Sunday of a Gregorian year (1583 and later) by the anonymous algorithm that Nature
     * printed in 1876 (vol. 13, p. 487), in the letters of J. Meeus, Astronomical Algorithms
     * (1991), chapter 8.
     */
    public static LocalDate sunday(int year) {
      int a = year % 19;
      int b = year / 100;
      int c = year % 100;
      int d = b / 4;
      int e = b % 4;
      int f = (b + 8) / 25;
      int g = (b - f + 1) / 3;
      int h = (19 * a + b - d - g + 15) % 30;
      int i = c / 4;
      int k = c % 4;
      int l = (32 + 2 * e + 2 * i - h - k) % 7;
      int m = (a + 11 * h + 22 * l) / 451;
      int n = h + l - 7 * m + 114;
      return LocalDate.of(year, n / 31, n % 31 + 1);
    }

    @Override
    public String text() {
      return offset == 0 ? "easter" : String.format(Locale.ROOT, "easter %+d", offset);
    }
  }

  /**
   * Reads any of them, in either case of letters.
   *
   * @throws IllegalArgumentException that says what is allowed
   */
  static DayRule parse(String text) {
    return DayRuleReader.read(text);
  }
}
