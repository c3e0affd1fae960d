package tandem.router.plan.ical;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tandem.router.plan.ical.Entry.Property;

/** Reads the days of an event. What is not a whole day gets an {@link IllegalArgumentException}. */
final class Days {
  private static final Pattern DATE = Pattern.compile("[0-9]{8}");
  private static final Pattern TIME = Pattern.compile("[0-9]{8}T[0-9]{6}Z?");

  /** Weeks, or days without hours, minutes and seconds. */
  private static final Pattern DURATION =
      Pattern.compile("\\+?P(?:([0-9]{1,4})W|([0-9]{1,5})D(?:T(?:0+[HMS])+)?)");

  /** The Gregorian calendar begins in 1582. */
  private static final int FIRST_YEAR = 1583;

  private Days() {}

  static LocalDate start(Entry event) {
    Property start = event.first("DTSTART");
    if (start == null) {
      throw new IllegalArgumentException("DTSTART: must be given");
    }
    return date("DTSTART", start.value());
  }

  /** How many days each occurrence has. An end on the day of the start is common, and means one. */
  static int length(Entry event, LocalDate start) {
    Property end = event.first("DTEND");
    Property duration = event.first("DURATION");
    long days = 1;
    if (end != null) {
      days = Math.max(1, ChronoUnit.DAYS.between(start, notBefore(start, end.value())));
    } else if (duration != null) {
      days = duration(duration.value());
    }
    return Math.toIntExact(days);
  }

  private static LocalDate notBefore(LocalDate start, String text) {
    LocalDate end = date("DTEND", text);
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("DTEND: must not be before DTSTART, got '" + text + "'");
    }
    return end;
  }

  private static long duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("DURATION: must be whole days, got '" + text + "'");
    }
    String weeks = matcher.group(1);
    long days = weeks == null ? Long.parseLong(matcher.group(2)) : 7 * Long.parseLong(weeks);
    if (days == 0) {
      throw new IllegalArgumentException("DURATION: must be a day or more, got '" + text + "'");
    }
    return days;
  }

  /** All days of RDATE or EXDATE. */
  static List<LocalDate> list(Entry event, String name) {
    List<LocalDate> dates = new ArrayList<>();
    for (Property property : event.all(name)) {
      for (String text : property.value().split(",", -1)) {
        dates.add(date(name, text.strip()));
      }
    }
    return dates;
  }

  static LocalDate date(String name, String text) {
    if (TIME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          name + ": only whole days are read, not times of day, got '" + text + "'");
    }
    try {
      if (DATE.matcher(text).matches()) {
        LocalDate date = LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
        if (date.getYear() >= FIRST_YEAR) {
          return date;
        }
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(wrong(name, text), e);
    }
    throw new IllegalArgumentException(wrong(name, text));
  }

  private static String wrong(String name, String text) {
    return name + ": must be a day such as 20261225 from 1583 on, got '" + text + "'";
  }
}
