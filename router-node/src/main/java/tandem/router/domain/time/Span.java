package tandem.router.domain.time;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ObjIntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From one time of day until another, written {@code 09:00-17:30}; its end is not part of it.
 * {@code 22:00-06:00} goes over midnight and belongs to the day it begins on; {@code 00:00-24:00}
 * is the whole day.
 *
 * @param from minute of the day, 0 to 1439
 * @param to minute of the day, 1 to 1440; less than {@code from} over midnight, never equal to it
 */
public record Span(int from, int to) {
  static final int DAY = 24 * 60;

  private static final Pattern TEXT =
      Pattern.compile("([0-9]{2}):([0-9]{2})\\s*-\\s*([0-9]{2}):([0-9]{2})");

  public Span {
    if (from < 0 || from >= DAY) {
      throw new IllegalArgumentException("from: must be minute 0 to 1439, got " + from);
    } else if (to < 1 || to > DAY) {
      throw new IllegalArgumentException("to: must be minute 1 to 1440, got " + to);
    } else if (from == to) {
      throw new IllegalArgumentException("to: must differ from the beginning, got " + to);
    }
  }

  /**
   * Reads {@code 09:00-17:30}. An end of {@code 00:00} is midnight at the end of the day.
   *
   * @throws IllegalArgumentException that says what is allowed
   */
  public static Span parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be two times such as 09:00-17:30, got '" + text + "'");
    }
    int from = minute(matcher.group(1), matcher.group(2), text);
    int to = minute(matcher.group(3), matcher.group(4), text);
    if (from == DAY) {
      throw new IllegalArgumentException("must not begin at 24:00, got '" + text + "'");
    } else if (from == to) {
      throw new IllegalArgumentException(
          "must not end when it begins (the whole day is 00:00-24:00), got '" + text + "'");
    }
    return new Span(from, to == 0 ? DAY : to);
  }

  private static int minute(String hour, String minute, String text) {
    int hours = Integer.parseInt(hour);
    int minutes = Integer.parseInt(minute);
    if (minutes > 59 || hours * 60 + minutes > DAY) {
      throw new IllegalArgumentException("must be of times 00:00 to 24:00, got '" + text + "'");
    }
    return hours * 60 + minutes;
  }

  /**
   * Reads the spans of one day, and reports all that is wrong with them.
   *
   * @param fault takes what is wrong and with which of them, from 0
   * @return those that are right and do not overlap one before them
   */
  public static List<Span> parseAll(List<String> texts, ObjIntConsumer<String> fault) {
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      try {
        Span span = parse(texts.get(i));
        requireApart(spans, span);
        spans.add(span);
      } catch (IllegalArgumentException e) {
        fault.accept(String.valueOf(e.getMessage()), i);
      }
    }
    return spans;
  }

  /**
   * Refuses spans of one day that overlap. What goes over midnight may reach into the next day's.
   */
  static List<Span> apart(List<Span> spans) {
    for (int i = 1; i < spans.size(); i++) {
      requireApart(spans.subList(0, i), spans.get(i));
    }
    return List.copyOf(spans);
  }

  private static void requireApart(List<Span> before, Span span) {
    for (Span other : before) {
      if (span.from < other.end() && other.from < span.end()) {
        throw new IllegalArgumentException(
            "must not overlap " + other.text() + " of the same day, got '" + span.text() + "'");
      }
    }
  }

  /** Minutes since the midnight before it begins, up to 2879 when it goes over midnight. */
  int end() {
    return to < from ? to + DAY : to;
  }

  /** As it stands in a plan. */
  public String text() {
    return String.format(
        Locale.ROOT, "%02d:%02d-%02d:%02d", from / 60, from % 60, to / 60, to % 60);
  }

  @Override
  public String toString() {
    return text();
  }
}
