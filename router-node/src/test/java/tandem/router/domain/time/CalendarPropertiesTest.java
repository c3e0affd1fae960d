package tandem.router.domain.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Holds the calendar against what java.time says of a wall clock, minute by minute. */
class CalendarPropertiesTest {
  private static final Instant FIRST = Instant.parse("1990-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2040-01-01T00:00:00Z");
  private static final Duration STEPPED = Duration.ofDays(3);

  /** A calendar and a moment at which something of it may be seen. */
  record Sample(Calendar calendar, Instant at) {}

  @Property(tries = 1000)
  void shouldBeOpenExactlyWhenTheWallClockShowsATimeWithinASpan(@ForAll("samples") Sample sample) {
    for (int minutes = -90; minutes <= 90; minutes += 7) {
      Instant at = sample.at.plus(Duration.ofMinutes(minutes));
      boolean expected = openByWallClock(sample.calendar, at);

      assertThat(sample.calendar.isOpen(at))
          .as("%s at %s", sample.calendar, at)
          .isEqualTo(expected);
      assertThat(sample.calendar.state(at).open()).isEqualTo(expected);
    }
  }

  @Property(tries = 600)
  void shouldChangeWhenSteppingByMinutesSeesAChange(
      @ForAll("samples") Sample sample, @ForAll("manuals") ManualIn in) {
    Manual manual = in.at(sample.at);
    boolean now = open(sample.calendar, sample.at, manual);
    Instant end = sample.at.plus(STEPPED);
    // Zones of these years and spans change on whole minutes only; so does the manual.
    Instant step = sample.at.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    while (step.isBefore(end) && open(sample.calendar, step, manual) == now) {
      step = step.plus(1, ChronoUnit.MINUTES);
    }

    Instant change = sample.calendar.nextChange(sample.at, manual);

    if (step.isBefore(end)) {
      assertThat(change).as("%s after %s, %s", sample.calendar, sample.at, manual).isEqualTo(step);
      assertThat(sample.calendar.isOpen(step, manual)).isEqualTo(!now);
      assertThat(sample.calendar.isOpen(step.minusNanos(1), manual)).isEqualTo(now);
    } else if (change != null) {
      assertThat(change).isAfterOrEqualTo(end);
      assertThat(sample.calendar.isOpen(change, manual)).isEqualTo(!now);
      assertThat(sample.calendar.isOpen(change.minusNanos(1), manual)).isEqualTo(now);
    }
  }

  private static boolean open(Calendar calendar, Instant at, @Nullable Manual manual) {
    boolean byHand = manual != null && (manual.until() == null || at.compareTo(manual.until()) < 0);
    return byHand ? manual.open() : openByWallClock(calendar, at);
  }

  /** The definition, word by word. */
  private static boolean openByWallClock(Calendar calendar, Instant at) {
    LocalDateTime wall = at.atZone(calendar.zone()).toLocalDateTime();
    LocalDate today = wall.toLocalDate();
    boolean left =
        holidays(calendar, today).isEmpty() && ownHours(calendar, today.minusDays(1), wall);
    return ownHours(calendar, today, wall) || left;
  }

  /** Whether this wall time is within a span that begins on this day. */
  private static boolean ownHours(Calendar calendar, LocalDate day, LocalDateTime wall) {
    List<Holiday> holidays = holidays(calendar, day);
    if (holidays.isEmpty()) {
      return within(calendar.hours().spans(day.getDayOfWeek()), day, wall);
    }
    return holidays.stream().allMatch(holiday -> within(holiday.spans(), day, wall));
  }

  private static boolean within(List<Span> spans, LocalDate day, LocalDateTime wall) {
    return spans.stream()
        .anyMatch(
            span -> {
              LocalDateTime from = day.atStartOfDay().plusMinutes(span.from());
              LocalDate lastDay = span.to() < span.from() ? day.plusDays(1) : day;
              LocalDateTime to = lastDay.atStartOfDay().plusMinutes(span.to());
              return !wall.isBefore(from) && wall.isBefore(to);
            });
  }

  private static List<Holiday> holidays(Calendar calendar, LocalDate day) {
    return calendar.holidays().stream().filter(holiday -> isOn(holiday.when(), day)).toList();
  }

  private static boolean isOn(DayRule rule, LocalDate day) {
    if (rule instanceof DayRule.Once once) {
      return once.date().isEqual(day);
    } else if (rule instanceof DayRule.Between between) {
      return between.first().datesUntil(between.last().plusDays(1)).anyMatch(day::equals);
    } else if (rule instanceof DayRule.Yearly yearly) {
      return MonthDay.from(day).equals(yearly.day());
    } else if (rule instanceof DayRule.NthWeekday nth) {
      LocalDate month = LocalDate.of(day.getYear(), nth.month(), 1);
      return month.with(TemporalAdjusters.dayOfWeekInMonth(nth.n(), nth.weekday())).equals(day)
          && day.getMonth() == nth.month();
    }
    DayRule.Easter easter = (DayRule.Easter) rule;
    return day.minusDays(easter.offset()).equals(gauss(day.minusDays(easter.offset()).getYear()));
  }

  /** Easter the other way: C. F. Gauss' rule with the exceptions of 1816, for 1900 to 2099. */
  private static LocalDate gauss(int year) {
    int a = year % 19;
    int d = (19 * a + 24) % 30;
    int e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 5) % 7;
    int days = 22 + d + e;
    if (days == 57 || (days == 56 && d == 28 && e == 6 && a > 10)) {
      days -= 7;
    }
    return LocalDate.of(year, 3, 1).plusDays(days - 1L);
  }

  @Property(tries = 200)
  void shouldAgreeWithGaussOnEaster(@ForAll("years") int year) {
    assertThat(DayRule.Easter.sunday(year)).isEqualTo(gauss(year));
  }

  @Provide
  Arbitrary<Integer> years() {
    return Arbitraries.integers().between(1900, 2099);
  }

  @Provide
  Arbitrary<Sample> samples() {
    List<String> zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
    return Arbitraries.randoms()
        .map(random -> sample(ZoneId.of(zones.get(random.nextInt(zones.size()))), random));
  }

  private static Sample sample(ZoneId zone, RandomGenerator random) {
    Instant at = FIRST.plusMillis(random.nextLong(Duration.between(FIRST, LAST).toMillis()));
    ZoneOffsetTransition near = zone.getRules().previousTransition(at);
    if (near != null && near.getInstant().isAfter(FIRST) && random.nextInt(3) > 0) {
      at = near.getInstant().plusSeconds(random.nextInt(-36 * 3600, 24 * 3600));
    }
    if (random.nextInt(4) == 0) {
      at = at.truncatedTo(ChronoUnit.HOURS);
    }
    Map<DayOfWeek, List<Span>> week = new EnumMap<>(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      week.put(day, spans(random));
    }
    List<Holiday> holidays = new ArrayList<>();
    LocalDate today = at.atZone(zone).toLocalDate();
    for (int i = random.nextInt(5); i > 0; i--) {
      LocalDate day = today.plusDays(random.nextInt(-2, 4));
      holidays.add(new Holiday("holiday " + i, rule(day, random), spans(random)));
    }
    return new Sample(new Calendar(zone, new WeeklyHours(week), holidays), at);
  }

  /**
   * Up to three spans of a day that do not overlap; the times are often those of a change of
   * offset.
   */
  private static List<Span> spans(RandomGenerator random) {
    List<Span> spans = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      int from = random.nextBoolean() ? random.nextInt(1440) : random.nextInt(12) * 15;
      int to = random.nextBoolean() ? random.nextInt(1, 1441) : random.nextInt(1, 17) * 15;
      if (from == to) {
        continue;
      }
      spans.add(new Span(from, to));
      try {
        spans = new ArrayList<>(Span.apart(spans));
      } catch (IllegalArgumentException overlap) {
        spans.remove(spans.size() - 1);
      }
    }
    return spans;
  }

  /** A rule that is on this day. */
  private static DayRule rule(LocalDate day, RandomGenerator random) {
    int nth = (day.getDayOfMonth() + 6) / 7;
    Month month = day.getMonth();
    return switch (random.nextInt(6)) {
      case 0 -> new DayRule.Between(day, day.plusDays(random.nextInt(3)));
      case 1 -> new DayRule.Yearly(MonthDay.from(day));
      case 2 -> new DayRule.NthWeekday(nth, day.getDayOfWeek(), month);
      case 3 -> new DayRule.NthWeekday(DayRule.NthWeekday.LAST, day.getDayOfWeek(), month);
      case 4 ->
          new DayRule.Easter(
              (int)
                  Math.max(-80, Math.min(249, ChronoUnit.DAYS.between(gauss(day.getYear()), day))));
      default -> new DayRule.Once(day);
    };
  }

  /** An override that ends so many minutes after the moment, or never, or none. */
  record ManualIn(int kind, boolean open, int minutes) {
    @Nullable Manual at(Instant now) {
      Instant whole = now.truncatedTo(ChronoUnit.MINUTES);
      return switch (kind) {
        case 0 -> null;
        case 1 -> new Manual(open, null);
        default -> new Manual(open, whole.plus(Duration.ofMinutes(minutes)));
      };
    }
  }

  @Provide
  Arbitrary<ManualIn> manuals() {
    return Arbitraries.randoms()
        .map(
            random ->
                new ManualIn(
                    Math.max(0, random.nextInt(8) - 4),
                    random.nextBoolean(),
                    random.nextInt(-600, 3000)));
  }
}
