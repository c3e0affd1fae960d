package tandem.router.plan.ical;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tandem.router.domain.time.Holiday;
import tandem.router.plan.ical.HolidayImport.Result;
import tandem.router.plan.ical.HolidayImport.Skipped;

class HolidayImportTest {
  private static String calendar(String... events) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n"
        + String.join("", events)
        + "END:VCALENDAR\r\n";
  }

  private static String event(String... lines) {
    return "BEGIN:VEVENT\r\n" + String.join("\r\n", lines) + "\r\nEND:VEVENT\r\n";
  }

  private static Result read(String... lines) {
    return HolidayImport.read(calendar(event(lines)), 2026, 2028);
  }

  private static List<String> found(Result result) {
    return result.holidays().stream()
        .map(holiday -> holiday.name() + " " + holiday.when().text())
        .toList();
  }

  private static List<String> days(String... lines) {
    Result result = read(lines);
    assertThat(result.skipped()).isEmpty();
    return result.holidays().stream().map(holiday -> holiday.when().text()).toList();
  }

  private static String reason(String... lines) {
    Result result = read(lines);
    assertThat(result.holidays()).isEmpty();
    assertThat(result.skipped()).hasSize(1);
    return result.skipped().get(0).reason();
  }

  @Test
  void should01ReadAFeedAsPublishersWriteIt() {
    String feed =
        """
        BEGIN:VCALENDAR
        PRODID:-//Example//Holidays 70.9054//EN
        VERSION:2.0
        CALSCALE:GREGORIAN
        METHOD:PUBLISH
        X-WR-CALNAME:Holidays in Examplia
        X-WR-TIMEZONE:UTC
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20261126
        DTEND;VALUE=DATE:20261127
        DTSTAMP:20261101T000000Z
        UID:20261126_thanks@example.com
        CLASS:PUBLIC
        CREATED:20260825T141127Z
        DESCRIPTION:Public holiday\\, and a long text that goes
          on\\nin the next line
        SEQUENCE:0
        STATUS:CONFIRMED
        SUMMARY:Thanksgiving Day
        TRANSP:TRANSPARENT
        END:VEVENT
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20271225
        UID:x
        GEO:not a place
        ATTENDEE:::not an address
        SUMMARY:Christmas\\; first
         \\, and only day
        BEGIN:VALARM
        ACTION:AUDIO
        SUMMARY:Wake up
        TRIGGER:-PT15H
        END:VALARM
        END:VEVENT
        END:VCALENDAR
        """;

    Result result = HolidayImport.read(feed, 2026, 2028);

    assertThat(found(result))
        .containsExactly(
            "Thanksgiving Day 2026-11-26", "Christmas; first, and only day 2027-12-25");
    assertThat(result.holidays()).allMatch(holiday -> holiday.spans().isEmpty());
    assertThat(result.skipped()).isEmpty();
    assertThat(HolidayImport.read("\uFEFF" + feed.replace("\n", "\r\n"), 2026, 2028))
        .isEqualTo(result);
  }

  @Test
  void should02ReadSeveralDaysWithoutTheEnd() {
    assertThat(days("DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20270101", "SUMMARY:Pause"))
        .containsExactly("2026-12-24..2026-12-31");
    assertThat(days("DTSTART;VALUE=DATE:20261224", "DURATION:P3D"))
        .containsExactly("2026-12-24..2026-12-26");
    assertThat(days("DTSTART;VALUE=DATE:20261224", "DURATION:P1W"))
        .containsExactly("2026-12-24..2026-12-30");
    assertThat(days("DTSTART;VALUE=DATE:20261224", "DURATION:P1DT0H0M0S"))
        .containsExactly("2026-12-24");
  }

  @Test
  void should03TakeAnEndOnTheFirstDayForOneDay() {
    assertThat(days("DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261224"))
        .containsExactly("2026-12-24");
  }

  @Test
  void should04MakeARuleOfAYearlyDay() {
    assertThat(days("DTSTART;VALUE=DATE:20001225", "RRULE:FREQ=YEARLY")).containsExactly("12-25");
    assertThat(days("DTSTART;VALUE=DATE:20001225", "RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25"))
        .containsExactly("12-25");
    assertThat(days("DTSTART;VALUE=DATE:20000229", "RRULE:FREQ=YEARLY")).containsExactly("02-29");
    assertThat(days("DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=YEARLY;INTERVAL=1;WKST=MO"))
        .containsExactly("12-25");
  }

  @Test
  void should05MakeARuleOfADayOfTheWeek() {
    assertThat(days("DTSTART;VALUE=DATE:20001123", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"))
        .containsExactly("fourth thursday of november");
    assertThat(days("DTSTART;VALUE=DATE:20000529", "RRULE:FREQ=YEARLY;BYDAY=-1MO;BYMONTH=5"))
        .containsExactly("last monday of may");
  }

  @Test
  void should06WriteOutARuleThatBeginsOrEndsWithinTheYears() {
    assertThat(days("DTSTART;VALUE=DATE:20271225", "RRULE:FREQ=YEARLY"))
        .containsExactly("2027-12-25", "2028-12-25");
    assertThat(days("DTSTART;VALUE=DATE:20001225", "RRULE:FREQ=YEARLY;UNTIL=20271225"))
        .containsExactly("2026-12-25", "2027-12-25");
    assertThat(days("DTSTART;VALUE=DATE:20001225", "RRULE:FREQ=YEARLY;UNTIL=20271225T000000Z"))
        .containsExactly("2026-12-25", "2027-12-25");
    assertThat(days("DTSTART;VALUE=DATE:20251225", "RRULE:FREQ=YEARLY;COUNT=2"))
        .containsExactly("2026-12-25");
    assertThat(days("DTSTART;VALUE=DATE:20251225", "RRULE:FREQ=YEARLY;INTERVAL=2"))
        .containsExactly("2027-12-25");
  }

  @Test
  void should07WriteOutWhatAPlanHasNoRuleFor() {
    assertThat(
            days(
                "DTSTART;VALUE=DATE:20000522",
                "RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=MO;BYMONTHDAY=18,19,20,21,22,23,24"))
        .as("the Monday before 25 May")
        .containsExactly("2026-05-18", "2027-05-24", "2028-05-22");
    assertThat(days("DTSTART;VALUE=DATE:20000925", "RRULE:FREQ=YEARLY;BYMONTHDAY=25;BYMONTH=9,10"))
        .containsExactly(
            "2026-09-25", "2026-10-25", "2027-09-25", "2027-10-25", "2028-09-25", "2028-10-25");
    assertThat(days("DTSTART;VALUE=DATE:20000101", "RRULE:FREQ=YEARLY;BYYEARDAY=-1"))
        .containsExactly("2026-12-31", "2027-12-31", "2028-12-31");
  }

  @Test
  void should08WriteOutARuleThatLeavesOutOrAddsDays() {
    assertThat(
            days(
                "DTSTART;VALUE=DATE:20001225",
                "RRULE:FREQ=YEARLY",
                "EXDATE;VALUE=DATE:20261225,20001225",
                "RDATE;VALUE=DATE:20280704"))
        .containsExactly("2027-12-25", "2028-07-04", "2028-12-25");
  }

  @Test
  void should09RepeatSeveralDays() {
    assertThat(
            days("DTSTART;VALUE=DATE:20001231", "DTEND;VALUE=DATE:20010102", "RRULE:FREQ=YEARLY"))
        .as("also the second day of the one that began in 2025")
        .containsExactly(
            "2026-01-01", "2026-12-31..2027-01-01", "2027-12-31..2028-01-01", "2028-12-31");
  }

  @Test
  void should10TakeAnOccurrenceThatIsGivenAgain() {
    Result result =
        HolidayImport.read(
            calendar(
                event("UID:a", "SUMMARY:Feast", "DTSTART;VALUE=DATE:20000704", "RRULE:FREQ=YEARLY"),
                event(
                    "UID:a",
                    "SUMMARY:Feast, moved",
                    "RECURRENCE-ID;VALUE=DATE:20270704",
                    "DTSTART;VALUE=DATE:20270705"),
                event(
                    "UID:a",
                    "SUMMARY:Feast",
                    "STATUS:CANCELLED",
                    "RECURRENCE-ID;VALUE=DATE:20280704",
                    "DTSTART;VALUE=DATE:20280704")),
            2026,
            2028);

    assertThat(found(result)).containsExactly("Feast 2026-07-04", "Feast, moved 2027-07-05");
    assertThat(result.skipped())
        .containsExactly(new Skipped("a", "Feast", "STATUS: it is cancelled"));
  }

  @Test
  void should11LeaveOutOtherYears() {
    Result result =
        HolidayImport.read(
            calendar(
                event("SUMMARY:Before", "DTSTART;VALUE=DATE:20251231"),
                event("SUMMARY:After", "DTSTART;VALUE=DATE:20290101"),
                event("SUMMARY:Over", "DTSTART;VALUE=DATE:20251231", "DURATION:P3D"),
                event("SUMMARY:Ended", "DTSTART;VALUE=DATE:20001231", "RRULE:FREQ=YEARLY;COUNT=3")),
            2026,
            2028);

    assertThat(found(result)).containsExactly("Over 2026-01-01..2026-01-02");
    assertThat(result.outside()).isEqualTo(3);
    assertThat(result.skipped()).isEmpty();
  }

  @Test
  void should12ReadAllCalendarsOfATextAndEachHolidayOnce() {
    String one = calendar(event("SUMMARY:One", "DTSTART;VALUE=DATE:20260101"));
    String two = calendar(event("SUMMARY:Two", "DTSTART:20260102"));

    assertThat(found(HolidayImport.read(one + two + one, 2026, 2026)))
        .containsExactly("One 2026-01-01", "Two 2026-01-02");
  }

  @Test
  void should13SkipWhatHasATimeOfDayAndSayWhy() {
    Result result =
        HolidayImport.read(
            calendar(
                """
                BEGIN:VTIMEZONE
                TZID:Nowhere/Land
                BEGIN:STANDARD
                DTSTART:19700101T000000
                TZOFFSETFROM:+0100
                TZOFFSETTO:+0100
                END:STANDARD
                END:VTIMEZONE
                """,
                event("UID:t1", "SUMMARY:Party", "DTSTART;TZID=Nowhere/Land:20261231T200000"),
                event("UID:t2", "SUMMARY:Talk", "DTSTART:20261231T200000Z"),
                "BEGIN:VTODO\r\nUID:t3\r\nSUMMARY:Tidy up\r\nEND:VTODO\r\n",
                event("UID:d", "SUMMARY:Day", "DTSTART;VALUE=DATE:20261231")),
            2026,
            2028);

    assertThat(found(result)).containsExactly("Day 2026-12-31");
    assertThat(result.skipped())
        .containsExactly(
            new Skipped(
                "t1",
                "Party",
                "DTSTART: only whole days are read, not times of day, got '20261231T200000'"),
            new Skipped(
                "t2",
                "Talk",
                "DTSTART: only whole days are read, not times of day, got '20261231T200000Z'"),
            new Skipped("t3", "Tidy up", "VTODO is not an event"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SUMMARY:x | DTSTART: must be given",
        "DTSTART:2026-12-25 | DTSTART: must be a day such as 20261225 from 1583 on, got"
            + " '2026-12-25'",
        "DTSTART:20260229 | DTSTART: must be a day such as 20261225",
        "DTSTART:00010101 | DTSTART: must be a day such as 20261225 from 1583 on",
        "DTEND:20261224 | DTEND: must not be before DTSTART, got '20261224'",
        "DTEND:20261226T120000 | DTEND: only whole days are read",
        "DURATION:PT8H | DURATION: must be whole days, got 'PT8H'",
        "DURATION:P1DT8H | DURATION: must be whole days",
        "DURATION:P0D | DURATION: must be a day or more, got 'P0D'",
        "DURATION:-P1D | DURATION: must be whole days",
        "RRULE:FREQ=WEEKLY | RRULE: must be yearly, got 'FREQ=WEEKLY'",
        "RRULE:FREQ=YEARLY;BYHOUR=9 | RRULE: 'BYHOUR=9' is not read",
        "RRULE:FREQ=YEARLY;RSCALE=CHINESE | RRULE: 'RSCALE=CHINESE' is not read",
        "RRULE:FREQ=YEARLY;INTERVAL=0 | RRULE: INTERVAL must be 1 to 100",
        "RRULE:FREQ=YEARLY;INTERVAL=2147483647 | RRULE: INTERVAL must be 1 to 100",
        "RRULE:FREQ=YEARLY;COUNT=0 | RRULE: COUNT must be 1 or more",
        "RRULE:FREQ=YEARLY;COUNT=x | RRULE: cannot be read",
        "RRULE:FREQ=SOMETIMES | RRULE: cannot be read",
        "RRULE:FREQ=YEARLY;BYDAY=XX | RRULE: cannot be read",
        "RRULE:FREQ=YEARLY;BYMONTH=13 | RRULE: cannot be read",
        "RRULE:FREQ=YEARLY;UNTIL=tomorrow | RRULE: cannot be read",
        "RRULE:BYDAY=MO | RRULE: cannot be read",
        "RRULE:nonsense | RRULE: 'nonsense' is not read",
        "EXRULE:FREQ=YEARLY | EXRULE: is not read",
        "EXDATE:20261225T000000Z | EXDATE: only whole days are read",
        "RDATE;VALUE=PERIOD:20261225T000000Z/P1D | RDATE: must be a day",
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20261225 | RECURRENCE-ID: RANGE is not read",
        "RECURRENCE-ID:20261225T090000 | RECURRENCE-ID: only whole days are read",
        "STATUS:cancelled | STATUS: it is cancelled"
      })
  void should14SkipWhatCannotBeUnderstood(String line, String reason) {
    boolean whole = line.startsWith("DTSTART") || line.startsWith("SUMMARY");
    assertThat(whole ? reason(line) : reason("DTSTART:20261225", line)).startsWith(reason);
  }

  @Test
  void should15NameWhatHasNoName() {
    assertThat(found(read("DTSTART:20261225"))).containsExactly("unnamed holiday 2026-12-25");
    assertThat(found(read("DTSTART:20261225", "SUMMARY:  ")))
        .containsExactly("unnamed holiday 2026-12-25");
    assertThat(read("DTSTART:20261225", "SUMMARY:" + "🎄".repeat(300)).holidays().get(0).name())
        .hasSizeLessThanOrEqualTo(Holiday.LONGEST_NAME)
        .endsWith("🎄…");
    assertThat(found(read("DTSTART:20261225", "SUMMARY:a\\\\new\\, \\;$1 \\x")))
        .containsExactly("a\\new, ;$1 \\x 2026-12-25");
    assertThat(found(read("DTSTART:20261225", "SUMMARY;LANGUAGE=de:Weihnachten\\nTag 1")))
        .containsExactly("Weihnachten Tag 1 2026-12-25");
  }

  /** Each nth day of the week of each month, against java.time. */
  @Property(tries = 500)
  void shouldMeanTheDaysThatTheRuleMeans(
      @ForAll @IntRange(min = 1, max = 12) int month,
      @ForAll @IntRange(min = 1, max = 7) int weekday,
      @ForAll @IntRange(min = -2, max = 5) int nth,
      @ForAll @IntRange(min = 1990, max = 2030) int begin) {
    int n = nth == 0 ? 1 : nth;
    String day = DayOfWeek.of(weekday).name().substring(0, 2);
    List<LocalDate> expected = new ArrayList<>();
    for (int year = begin; year <= 2028; year++) {
      LocalDate first = LocalDate.of(year, month, 1);
      LocalDate date = first.with(TemporalAdjusters.dayOfWeekInMonth(n, DayOfWeek.of(weekday)));
      if (year >= 2026 && date.getMonth() == first.getMonth()) {
        expected.add(date);
      }
    }

    Result result =
        read(
            "DTSTART:" + begin + "0101",
            String.format(Locale.ROOT, "RRULE:FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s", month, n, day));

    LocalDate start = LocalDate.of(2026, 1, 1);
    List<LocalDate> days =
        start
            .datesUntil(start.plus(3, ChronoUnit.YEARS))
            .filter(date -> result.holidays().stream().anyMatch(h -> h.when().on(date)))
            .toList();
    assertThat(days).isEqualTo(expected);
  }
}
