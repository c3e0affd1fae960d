package tandem.router.plan.ical;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tandem.router.domain.time.DayRule;
import tandem.router.domain.time.Holiday;
import tandem.router.plan.ical.Entry.Property;

/**
 * Reads holidays from iCalendar text (RFC 5545), as public feeds and calendar programs write it.
 *
 * <ol>
 *   <li>An event of one whole day is a holiday on that day, one of several days on all of them (the
 *       end is not included). Hours are not taken over: a holiday from a feed is closed all day.
 *   <li>A yearly event becomes a rule for all years ({@code 12-25}, {@code fourth thursday of
 *       november}) when that says the same; otherwise, and when it ends or leaves out days, it
 *       becomes its single days within the years asked for.
 *   <li>An event that is marked as free time (TRANSP:TRANSPARENT) is taken all the same: public
 *       feeds mark their holidays so.
 *   <li>What is cancelled, has a time of day or cannot be understood is skipped, with the reason.
 * </ol>
 */
public final class HolidayImport {
  /** Characters a text has at most. */
  public static final int LONGEST_TEXT = 1_048_576;

  /** Days that come out at most, counted within the years asked for. */
  public static final int MOST_DAYS = 2_000;

  /** Years that can be asked for at once. */
  public static final int MOST_YEARS = 50;

  /** Days of repeating events to be looked at: about a second. */
  private static final long MOST_WORK = 200_000;

  private static final String UNNAMED = "unnamed holiday";

  private final LocalDate first;
  private final LocalDate last;
  private final Map<String, Set<LocalDate>> replaced = new HashMap<>();
  private final Set<Holiday> holidays = new LinkedHashSet<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private int outside;
  private long work;
  private long days;

  /**
   * What came of a text.
   *
   * @param holidays in the order of the text, each once
   * @param skipped what is in the text and was not taken, with the reason
   * @param outside how many events were left out because none of their days is in these years
   */
  public record Result(List<Holiday> holidays, List<Skipped> skipped, int outside) {
    public Result {
      holidays = List.copyOf(holidays);
      skipped = List.copyOf(skipped);
    }
  }

  /**
   * An event that was not taken.
   *
   * @param uid as the text has it; empty when it has none
   * @param summary empty when it has none
   */
  public record Skipped(String uid, String summary, String reason) {}

  private HolidayImport(int firstYear, int lastYear) {
    this.first = LocalDate.of(firstYear, 1, 1);
    this.last = LocalDate.of(lastYear, 12, 31);
  }

  /**
   * Reads a text.
   *
   * @param text at most {@link #LONGEST_TEXT} characters
   * @param firstYear 1900 to 2200
   * @param lastYear not before the first, and at most {@link #MOST_YEARS} years with it
   * @throws IllegalArgumentException when the text is not iCalendar, with the line, or exceeds a
   *     limit
   */
  public static Result read(String text, int firstYear, int lastYear) {
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "text: must be at most " + LONGEST_TEXT + " characters, got " + text.length());
    } else if (firstYear < 1900 || lastYear > 2200 || lastYear < firstYear) {
      throw new IllegalArgumentException(
          "years: must be within 1900 to 2200, the earlier first, got "
              + (firstYear + " to " + lastYear));
    } else if (lastYear - firstYear >= MOST_YEARS) {
      throw new IllegalArgumentException(
          "years: must be at most " + MOST_YEARS + ", got " + firstYear + " to " + lastYear);
    }
    HolidayImport reader = new HolidayImport(firstYear, lastYear);
    List<Entry> entries = Feed.read(text);
    entries.stream().filter(reader::noteReplacement).toList().forEach(reader::take);
    return new Result(List.copyOf(reader.holidays), reader.skipped, reader.outside);
  }

  /**
   * One occurrence of a repeating event may be given again, with other days or as cancelled.
   *
   * @return whether the entry can be understood so far
   */
  private boolean noteReplacement(Entry entry) {
    Property occurrence = entry.first("RECURRENCE-ID");
    if (occurrence != null) {
      try {
        LocalDate day = Days.date("RECURRENCE-ID", occurrence.value());
        replaced.computeIfAbsent(entry.uid(), uid -> new HashSet<>()).add(day);
      } catch (IllegalArgumentException e) {
        skip(entry, String.valueOf(e.getMessage()));
        return false;
      }
    }
    return true;
  }

  private void take(Entry entry) {
    if (!entry.component().equals("VEVENT")) {
      skip(entry, entry.component() + " is not an event");
    } else if (entry.cancelled()) {
      skip(entry, "STATUS: it is cancelled");
    } else {
      Collection<DayRule> rules;
      try {
        rules = rules(entry);
      } catch (IllegalArgumentException e) {
        skip(entry, String.valueOf(e.getMessage()));
        return;
      }
      String name = entry.summary().isEmpty() ? UNNAMED : entry.summary();
      rules.forEach(rule -> add(new Holiday(name, rule)));
      if (rules.isEmpty()) {
        outside++;
      }
    }
  }

  private void skip(Entry entry, String reason) {
    skipped.add(new Skipped(entry.uid(), entry.summary(), reason));
  }

  private void add(Holiday holiday) {
    if (holidays.add(holiday)) {
      days += daysOf(holiday.when());
    }
    if (days > MOST_DAYS) {
      throw new IllegalArgumentException(
          "text: has more than "
              + MOST_DAYS
              + " days from "
              + (first.getYear() + " to " + last.getYear())
              + "; ask for fewer years");
    }
  }

  private long daysOf(DayRule rule) {
    if (rule instanceof DayRule.Once) {
      return 1;
    } else if (rule instanceof DayRule.Between between) {
      return ChronoUnit.DAYS.between(between.first(), between.last()) + 1;
    }
    return last.getYear() - first.getYear() + 1L;
  }

  private Collection<DayRule> rules(Entry event) {
    refuseWhatIsNotRead(event);
    LocalDate start = Days.start(event);
    int length = Days.length(event, start);
    Set<LocalDate> without = new HashSet<>(Days.list(event, "EXDATE"));
    if (!event.has("RECURRENCE-ID") && !event.uid().isEmpty()) {
      without.addAll(replaced.getOrDefault(event.uid(), Set.of()));
    }
    Set<LocalDate> starts = new TreeSet<>(Days.list(event, "RDATE"));
    Property repeats = event.first("RRULE");
    if (repeats == null) {
      starts.add(start);
    } else {
      YearlyRule yearly = YearlyRule.read(repeats.value(), start);
      LocalDate from = first.minusDays(length - 1L);
      requireWork(yearly.work(from, last));
      List<LocalDate> days = yearly.days(from, last);
      DayRule rule = yearly.forEver();
      boolean plain = length == 1 && starts.isEmpty() && without.isEmpty();
      if (rule != null && plain && saysTheSame(rule, days)) {
        return List.of(rule);
      }
      starts.addAll(days);
    }
    starts.removeAll(without);
    return single(starts, length);
  }

  private void requireWork(long more) {
    if (work + more > MOST_WORK) {
      throw new IllegalArgumentException("RRULE: the text repeats too many days");
    }
    work += more;
  }

  private static void refuseWhatIsNotRead(Entry event) {
    Property occurrence = event.first("RECURRENCE-ID");
    if (occurrence != null && occurrence.parameters().containsKey("RANGE")) {
      throw new IllegalArgumentException("RECURRENCE-ID: RANGE is not read");
    } else if (event.has("EXRULE")) {
      throw new IllegalArgumentException("EXRULE: is not read");
    } else if (event.all("RRULE").size() > 1) {
      throw new IllegalArgumentException("RRULE: must be given once");
    }
  }

  /** Not so when it begins within the years, or when it never comes. */
  private boolean saysTheSame(DayRule rule, List<LocalDate> days) {
    return !days.isEmpty()
        && first.datesUntil(last.plusDays(1)).filter(rule::on).toList().equals(days);
  }

  /** The part of each occurrence that is within the years. */
  private List<DayRule> single(Collection<LocalDate> starts, int length) {
    List<DayRule> rules = new ArrayList<>();
    for (LocalDate start : starts) {
      LocalDate end = start.plusDays(length - 1L);
      LocalDate from = start.isBefore(first) ? first : start;
      LocalDate to = end.isAfter(last) ? last : end;
      if (from.equals(to)) {
        rules.add(new DayRule.Once(from));
      } else if (from.isBefore(to)) {
        rules.add(new DayRule.Between(from, to));
      }
    }
    return rules;
  }
}
