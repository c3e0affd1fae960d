package tandem.router.domain.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.time.Reading.Reason;

/**
 * When somebody is there. It is open at a moment exactly when a clock on the wall of its zone shows
 * a time within one of the day's spans.
 *
 * <ol>
 *   <li>A span over midnight belongs to the day it begins on, and reaches into the next one, whose
 *       own spans it may overlap.
 *   <li>A holiday alone rules its day: the week's spans of that day do not count, and what the day
 *       before left over ends at midnight. Its own spans may go over midnight.
 *   <li>Several holidays on one day: it is open when all of them say so, and closed for the rest.
 *   <li>Wall times that a change of the zone's offset leaves out are never shown: where the clock
 *       goes from 02:00 to 03:00, 02:15-02:45 is never open and 01:00-02:30 ends with the change.
 *       The same holds for a day that is left out.
 *   <li>Wall times that are shown twice count both times.
 *   <li>What somebody set by hand overrides all of this for as long as it counts.
 * </ol>
 *
 * Immutable, and quick enough for each call: no more than a look at two days.
 */
public final class Calendar {
  /** How far {@link #nextChange} looks. */
  public static final Duration HORIZON = Duration.ofDays(400);

  private final ZoneId zone;
  private final WeeklyHours hours;
  private final List<Holiday> holidays;

  /** The longest list by far is of single days (an import): found by their date. */
  private final Map<LocalDate, List<Special>> single = new HashMap<>();

  private final List<Special> moving = new ArrayList<>();

  /** A holiday with its minutes worked out. */
  private record Special(Holiday holiday, Minutes minutes) {}

  /**
   * What counts on a day.
   *
   * @param own open minutes of the spans that begin on it
   * @param before those of the day before; none when the day is a holiday
   * @param holidays of the day
   */
  private record Day(Minutes own, Minutes before, List<Special> holidays) {
    boolean open(int minute) {
      return own.at(minute) || before.at(minute + Span.DAY);
    }

    /** The first minute from this one on that is {@code open}; -1 when none is. */
    int first(int from, boolean open) {
      int minute = from;
      while (minute < Span.DAY && open(minute) != open) {
        minute = Math.min(own.nextEdge(minute), before.nextEdge(minute + Span.DAY) - Span.DAY);
      }
      return minute < Span.DAY ? minute : -1;
    }
  }

  /**
   * @param holidays of one day all count, see above; the order does not matter
   */
  public Calendar(ZoneId zone, WeeklyHours hours, List<Holiday> holidays) {
    this.zone = zone;
    this.hours = hours;
    this.holidays = List.copyOf(holidays);
    for (Holiday holiday : this.holidays) {
      Special special = new Special(holiday, Minutes.of(holiday.spans()));
      if (holiday.when() instanceof DayRule.Once once) {
        single.computeIfAbsent(once.date(), date -> new ArrayList<>()).add(special);
      } else {
        moving.add(special);
      }
    }
  }

  /**
   * Reads the name of a zone, such as {@code America/New_York} or {@code UTC}.
   *
   * @throws IllegalArgumentException that says what is allowed
   */
  public static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "must be a time zone such as America/New_York, got '" + name + "'", e);
    }
  }

  public ZoneId zone() {
    return zone;
  }

  public WeeklyHours hours() {
    return hours;
  }

  public List<Holiday> holidays() {
    return holidays;
  }

  /** Whether it is open by hours and holidays. */
  public boolean isOpen(Instant at) {
    LocalDateTime wall = LocalDateTime.ofInstant(at, zone);
    return day(wall.toLocalDate()).open(minute(wall));
  }

  /** Whether it is open. */
  public boolean isOpen(Instant at, @Nullable Manual manual) {
    return (manual != null && manual.counts(at)) ? manual.open() : isOpen(at);
  }

  /** Whether it is open by hours and holidays, and why. */
  public Reading state(Instant at) {
    return state(at, null);
  }

  /** Whether it is open, and why. */
  public Reading state(Instant at, @Nullable Manual manual) {
    if (manual != null && manual.counts(at)) {
      return new Reading(manual.open(), Reason.MANUAL, "");
    }
    LocalDateTime wall = LocalDateTime.ofInstant(at, zone);
    LocalDate date = wall.toLocalDate();
    int minute = minute(wall);
    Day day = day(date);
    boolean open = day.open(minute);
    if (!day.holidays().isEmpty()) {
      return new Reading(open, Reason.HOLIDAY, names(day.holidays()));
    }
    List<Special> yesterday = holidaysOn(date.minusDays(1));
    if (!yesterday.isEmpty() && !day.own().at(minute)) {
      boolean usual = hours.minutes(date.minusDays(1).getDayOfWeek()).at(minute + Span.DAY);
      if (open || usual) {
        return new Reading(open, Reason.HOLIDAY, names(yesterday));
      }
    }
    return new Reading(open, Reason.WEEKLY_HOURS, "");
  }

  /**
   * The first moment after this one from which on it is no longer as it is now.
   *
   * @return null when that does not come within {@link #HORIZON}
   */
  public @Nullable Instant nextChange(Instant after, @Nullable Manual manual) {
    Instant limit = after.plus(HORIZON);
    boolean open = isOpen(after, manual);
    if (manual == null || !manual.counts(after)) {
      return nextChange(after, open, limit);
    }
    Instant until = manual.until();
    if (until == null || until.isAfter(limit)) {
      return null;
    }
    return isOpen(until) != open ? until : nextChange(until, open, limit);
  }

  /**
   * Goes from one change of the zone's offset to the next: between them wall and time go together.
   */
  private @Nullable Instant nextChange(Instant after, boolean open, Instant limit) {
    ZoneRules rules = zone.getRules();
    Instant from = after;
    while (from.isBefore(limit)) {
      ZoneOffsetTransition transition = rules.nextTransition(from);
      Instant end =
          transition != null && transition.getInstant().isBefore(limit)
              ? transition.getInstant()
              : limit;
      Instant change = changeWithin(from, end, rules.getOffset(from), open);
      if (change != null) {
        return change;
      } else if (isOpen(end) != open) {
        return end;
      }
      from = end;
    }
    return null;
  }

  /** The first change after {@code from} and before {@code end}, all of it at one offset. */
  private @Nullable Instant changeWithin(
      Instant from, Instant end, ZoneOffset offset, boolean open) {
    LocalDateTime first = LocalDateTime.ofInstant(from, offset);
    LocalDate last = LocalDateTime.ofInstant(end, offset).toLocalDate();
    int minute = minute(first);
    for (LocalDate date = first.toLocalDate(); !date.isAfter(last); date = date.plusDays(1)) {
      int change = day(date).first(minute, !open);
      if (change >= 0) {
        Instant at = date.atStartOfDay().plusMinutes(change).toInstant(offset);
        return at.isBefore(end) ? at : null;
      }
      minute = 0;
    }
    return null;
  }

  private static int minute(LocalDateTime wall) {
    return wall.getHour() * 60 + wall.getMinute();
  }

  private Day day(LocalDate date) {
    List<Special> today = holidaysOn(date);
    if (!today.isEmpty()) {
      return new Day(common(today), Minutes.NONE, today);
    }
    LocalDate yesterday = date.minusDays(1);
    List<Special> before = holidaysOn(yesterday);
    return new Day(
        hours.minutes(date.getDayOfWeek()),
        before.isEmpty() ? hours.minutes(yesterday.getDayOfWeek()) : common(before),
        today);
  }

  private static Minutes common(List<Special> holidays) {
    Minutes common = holidays.get(0).minutes();
    for (Special other : holidays.subList(1, holidays.size())) {
      common = common.and(other.minutes());
    }
    return common;
  }

  private List<Special> holidaysOn(LocalDate date) {
    List<Special> found = single.getOrDefault(date, List.of());
    for (Special special : moving) {
      if (special.holiday().when().on(date)) {
        found = new ArrayList<>(found);
        found.add(special);
      }
    }
    return found;
  }

  private static String names(List<Special> holidays) {
    return holidays.stream()
        .map(special -> special.holiday().name())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Calendar calendar
        && zone.equals(calendar.zone)
        && hours.equals(calendar.hours)
        && holidays.equals(calendar.holidays);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * zone.hashCode() + hours.hashCode()) + holidays.hashCode();
  }

  @Override
  public String toString() {
    return "Calendar[" + zone + ", " + hours + ", " + holidays + "]";
  }
}
