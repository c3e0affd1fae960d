package tandem.router.domain.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tandem.router.domain.time.Reading.Reason;

class CalendarTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");
  private static final ZoneId APIA = ZoneId.of("Pacific/Apia");
  private static final ZoneId UTC = ZoneId.of("UTC");

  private static Calendar calendar(ZoneId zone, Map<String, List<String>> hours, Holiday... days) {
    return new Calendar(zone, WeeklyHours.parse(hours), List.of(days));
  }

  private static Calendar daily(ZoneId zone, String... spans) {
    return calendar(zone, Map.of("mon-sun", List.of(spans)));
  }

  private static Holiday holiday(String name, String when, String... spans) {
    return new Holiday(
        name, DayRule.parse(when), List.of(spans).stream().map(Span::parse).toList());
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }

  @Test
  void should01BeOpenFromTheFirstMinuteUntilBeforeTheLast() {
    Calendar office = calendar(NEW_YORK, Map.of("mon-fri", List.of("09:00-12:00", "13:00-17:30")));

    // Friday 20 November 2026, five hours behind UTC.
    assertThat(office.isOpen(at("2026-11-20T13:59:59.999Z"))).isFalse();
    assertThat(office.isOpen(at("2026-11-20T14:00:00Z"))).isTrue();
    assertThat(office.isOpen(at("2026-11-20T16:59:59.999Z"))).isTrue();
    assertThat(office.isOpen(at("2026-11-20T17:00:00Z"))).isFalse();
    assertThat(office.isOpen(at("2026-11-20T18:00:00Z"))).isTrue();
    assertThat(office.isOpen(at("2026-11-21T15:00:00Z"))).isFalse();
  }

  @Test
  void should02TellTheNextChangeOverAWeekend() {
    Calendar office = calendar(NEW_YORK, Map.of("mon-fri", List.of("09:00-17:30")));

    assertThat(office.nextChange(at("2026-11-20T15:00:00Z"), null))
        .isEqualTo(at("2026-11-20T22:30:00Z"));
    assertThat(office.nextChange(at("2026-11-20T22:30:00Z"), null))
        .isEqualTo(at("2026-11-23T14:00:00Z"));
  }

  @Test
  void should03CutASpanThatEndsInTheHourThatSpringLeavesOut() {
    // New York, 8 March 2026: 02:00 (07:00Z) is followed by 03:00.
    Calendar night = daily(NEW_YORK, "01:00-02:30");

    assertThat(night.isOpen(at("2026-03-08T06:59:59Z"))).isTrue();
    assertThat(night.isOpen(at("2026-03-08T07:00:00Z"))).isFalse();
    assertThat(night.nextChange(at("2026-03-08T06:30:00Z"), null))
        .isEqualTo(at("2026-03-08T07:00:00Z"));
  }

  @Test
  void should04BeginWithTheChangeWhenASpanBeginsInTheHourThatSpringLeavesOut() {
    Calendar night = daily(NEW_YORK, "02:30-04:00");

    assertThat(night.nextChange(at("2026-03-08T06:00:00Z"), null))
        .isEqualTo(at("2026-03-08T07:00:00Z"));
    assertThat(night.nextChange(at("2026-03-08T07:00:00Z"), null))
        .isEqualTo(at("2026-03-08T08:00:00Z"));
  }

  @Test
  void should05NeverOpenWithinTheHourThatSpringLeavesOut() {
    Calendar night = daily(NEW_YORK, "02:15-02:45");

    assertThat(night.nextChange(at("2026-03-08T05:00:00Z"), null))
        .as("02:15 of the next day")
        .isEqualTo(at("2026-03-09T06:15:00Z"));
  }

  @Test
  void should06BeOpenTwiceInTheHourThatAutumnRepeats() {
    // New York, 1 November 2026: 02:00 (06:00Z) is followed by 01:00.
    Calendar night = daily(NEW_YORK, "01:15-01:45");

    assertThat(night.nextChange(at("2026-11-01T05:00:00Z"), null))
        .isEqualTo(at("2026-11-01T05:15:00Z"));
    assertThat(night.nextChange(at("2026-11-01T05:15:00Z"), null))
        .isEqualTo(at("2026-11-01T05:45:00Z"));
    assertThat(night.nextChange(at("2026-11-01T05:45:00Z"), null))
        .isEqualTo(at("2026-11-01T06:15:00Z"));
    assertThat(night.nextChange(at("2026-11-01T06:15:00Z"), null))
        .isEqualTo(at("2026-11-01T06:45:00Z"));
  }

  @Test
  void should07CloseWithTheChangeThatGoesBackBeforeTheBeginning() {
    Calendar night = daily(NEW_YORK, "01:30-03:00");

    // Open at 01:30, closed by the step back to 01:00, open at the second 01:30.
    assertThat(night.nextChange(at("2026-11-01T05:30:00Z"), null))
        .isEqualTo(at("2026-11-01T06:00:00Z"));
    assertThat(night.nextChange(at("2026-11-01T06:00:00Z"), null))
        .isEqualTo(at("2026-11-01T06:30:00Z"));
    assertThat(night.nextChange(at("2026-11-01T06:30:00Z"), null))
        .isEqualTo(at("2026-11-01T08:00:00Z"));
  }

  @Test
  void should08KeepANightShiftOpenThroughBothChanges() {
    Calendar night = calendar(NEW_YORK, Map.of("sat", List.of("22:00-06:00")));

    // Seven hours in spring, nine in autumn.
    assertThat(night.nextChange(at("2026-03-08T03:00:00Z"), null))
        .isEqualTo(at("2026-03-08T10:00:00Z"));
    assertThat(night.nextChange(at("2026-11-01T02:00:00Z"), null))
        .isEqualTo(at("2026-11-01T11:00:00Z"));
  }

  @Test
  void should09FollowTheHalfHourOfLordHowe() {
    // 4 October 2026: 02:00+10:30 is followed by 02:30+11. 5 April 2026: 02:00+11 by 01:30+10:30.
    Calendar night = daily(LORD_HOWE, "01:40-02:20");

    assertThat(night.nextChange(at("2026-10-03T15:10:00Z"), null))
        .isEqualTo(at("2026-10-03T15:30:00Z"));
    assertThat(night.nextChange(at("2026-04-04T14:40:00Z"), null))
        .as("back to 01:30")
        .isEqualTo(at("2026-04-04T15:00:00Z"));
    assertThat(night.nextChange(at("2026-04-04T15:00:00Z"), null))
        .as("01:40 again")
        .isEqualTo(at("2026-04-04T15:10:00Z"));
  }

  @Test
  void should10FollowTheDayThatApiaLeftOut() {
    // 29 December 2011 24:00-10 (30th 10:00Z) is followed by 31 December 00:00+14.
    Calendar days = calendar(APIA, Map.of("thu-fri", List.of("08:00-16:00", "22:00-02:00")));

    assertThat(days.nextChange(at("2011-12-30T03:00:00Z"), null))
        .as("Thursday 22:00")
        .isEqualTo(at("2011-12-30T08:00:00Z"));
    // What Thursday would leave over to Friday is not shown; what Friday leaves over to Saturday
    // is.
    assertThat(days.isOpen(at("2011-12-30T10:00:00Z"))).isTrue();
    assertThat(days.nextChange(at("2011-12-30T08:00:00Z"), null))
        .as("Saturday 02:00")
        .isEqualTo(at("2011-12-30T12:00:00Z"));
    assertThat(days.nextChange(at("2011-12-30T12:00:00Z"), null))
        .as("Thursday 5 January 08:00")
        .isEqualTo(at("2012-01-04T18:00:00Z"));
  }

  @Test
  void should11LetASpanOverMidnightBelongToTheDayItBeginsOn() {
    Calendar night =
        calendar(UTC, Map.of("fri", List.of("22:00-06:00"), "sat", List.of("05:00-07:00")));

    assertThat(night.isOpen(at("2026-11-20T05:00:00Z"))).as("Friday morning").isFalse();
    assertThat(night.isOpen(at("2026-11-21T03:00:00Z"))).as("Saturday morning").isTrue();
    assertThat(night.nextChange(at("2026-11-20T23:00:00Z"), null))
        .as("both spans")
        .isEqualTo(at("2026-11-21T07:00:00Z"));
  }

  @Test
  void should12CloseOnAHolidayAndCutTheNightBefore() {
    Calendar night =
        calendar(UTC, Map.of("mon-sun", List.of("20:00-04:00")), holiday("Labour Day", "05-01"));

    assertThat(night.nextChange(at("2026-04-30T21:00:00Z"), null))
        .isEqualTo(at("2026-05-01T00:00:00Z"));
    assertThat(night.nextChange(at("2026-05-01T00:00:00Z"), null))
        .as("nothing is left over from the holiday either")
        .isEqualTo(at("2026-05-02T20:00:00Z"));
    assertThat(night.state(at("2026-05-02T03:00:00Z")))
        .isEqualTo(new Reading(false, Reason.HOLIDAY, "Labour Day"));
    assertThat(night.state(at("2026-05-02T05:00:00Z")))
        .isEqualTo(new Reading(false, Reason.WEEKLY_HOURS, ""));
  }

  @Test
  void should13OpenForPartOfAHoliday() {
    Calendar office =
        calendar(
            NEW_YORK,
            Map.of("mon-fri", List.of("09:00-17:30")),
            holiday("Thanksgiving", "fourth thursday of november", "10:00-14:00"));

    assertThat(office.state(at("2026-11-26T14:30:00Z")))
        .isEqualTo(new Reading(false, Reason.HOLIDAY, "Thanksgiving"));
    assertThat(office.state(at("2026-11-26T15:00:00Z")))
        .isEqualTo(new Reading(true, Reason.HOLIDAY, "Thanksgiving"));
    assertThat(office.nextChange(at("2026-11-26T15:00:00Z"), null))
        .isEqualTo(at("2026-11-26T19:00:00Z"));
  }

  @Test
  void should14LetAHolidaysNightReachIntoTheNextDay() {
    Calendar bar =
        calendar(
            UTC,
            Map.of("mon-fri", List.of("09:00-17:00")),
            holiday("New Year's Eve", "12-31", "20:00-03:00"));

    assertThat(bar.state(at("2027-01-01T02:59:00Z")))
        .isEqualTo(new Reading(true, Reason.HOLIDAY, "New Year's Eve"));
    assertThat(bar.state(at("2027-01-01T03:00:00Z")).open()).isFalse();
    assertThat(bar.state(at("2027-01-01T09:00:00Z")))
        .isEqualTo(new Reading(true, Reason.WEEKLY_HOURS, ""));
  }

  @Test
  void should15OpenOnlyWhereAllHolidaysOfADayAreOpen() {
    Calendar office =
        calendar(
            UTC,
            Map.of(),
            holiday("Christmas Eve", "12-24", "08:00-14:00"),
            holiday("Holiday week", "2026-12-24..2026-12-31", "10:00-16:00"),
            holiday("Christmas", "2026-12-25"));

    assertThat(office.nextChange(at("2026-12-24T00:00:00Z"), null))
        .isEqualTo(at("2026-12-24T10:00:00Z"));
    assertThat(office.nextChange(at("2026-12-24T10:00:00Z"), null))
        .isEqualTo(at("2026-12-24T14:00:00Z"));
    assertThat(office.nextChange(at("2026-12-24T14:00:00Z"), null))
        .as("closed on the 25th")
        .isEqualTo(at("2026-12-26T10:00:00Z"));
    assertThat(office.state(at("2026-12-24T12:00:00Z")).holiday())
        .isEqualTo("Christmas Eve, Holiday week");
  }

  @Test
  void should16LetAPersonOverrideUntilATime() {
    Calendar office = calendar(UTC, Map.of("mon-fri", List.of("09:00-17:00")));
    Manual closed = new Manual(false, at("2026-11-20T12:00:00Z"));
    Manual late = new Manual(true, at("2026-11-20T20:00:00Z"));

    assertThat(office.isOpen(at("2026-11-20T11:59:59Z"), closed)).isFalse();
    assertThat(office.isOpen(at("2026-11-20T12:00:00Z"), closed)).isTrue();
    assertThat(office.state(at("2026-11-20T11:00:00Z"), closed))
        .isEqualTo(new Reading(false, Reason.MANUAL, ""));
    assertThat(office.nextChange(at("2026-11-20T08:00:00Z"), closed))
        .isEqualTo(at("2026-11-20T12:00:00Z"));
    assertThat(office.nextChange(at("2026-11-20T16:00:00Z"), late))
        .isEqualTo(at("2026-11-20T20:00:00Z"));
    assertThat(office.nextChange(at("2026-11-20T16:00:00Z"), closed))
        .as("it counts no more")
        .isEqualTo(at("2026-11-20T17:00:00Z"));
  }

  @Test
  void should17GoOnWithTheCalendarWhenAnOverrideEndsAsItSays() {
    Calendar office = calendar(UTC, Map.of("mon-fri", List.of("09:00-17:00")));

    assertThat(
            office.nextChange(
                at("2026-11-20T08:00:00Z"), new Manual(true, at("2026-11-20T10:00:00Z"))))
        .isEqualTo(at("2026-11-20T17:00:00Z"));
  }

  @Test
  void should18KeepAnOverrideWithoutAnEnd() {
    Calendar office = daily(UTC, "09:00-17:00");
    Manual open = new Manual(true, null);

    assertThat(office.isOpen(at("2036-11-20T03:00:00Z"), open)).isTrue();
    assertThat(office.nextChange(at("2026-11-20T03:00:00Z"), open)).isNull();
  }

  @Test
  void should19TellNoChangeWhenThereIsNoneWithinTheHorizon() {
    assertThat(daily(NEW_YORK, "00:00-24:00").nextChange(at("2026-11-20T03:00:00Z"), null))
        .isNull();
    assertThat(daily(NEW_YORK).nextChange(at("2026-11-20T03:00:00Z"), null)).isNull();

    Calendar once = calendar(UTC, Map.of(), holiday("Gala", "2027-12-31", "10:00-12:00"));
    assertThat(once.nextChange(at("2026-11-26T10:00:00Z"), null))
        .isEqualTo(at("2027-12-31T10:00:00Z"));
    assertThat(once.nextChange(at("2026-11-26T09:59:59Z"), null)).isNull();
  }

  @Test
  void should20StayOpenOverMidnightFromWholeDayToWholeDay() {
    Calendar weekdays = calendar(UTC, Map.of("mon-fri", List.of("00:00-24:00")));

    assertThat(weekdays.nextChange(at("2026-11-17T12:00:00Z"), null))
        .isEqualTo(at("2026-11-21T00:00:00Z"));
  }

  @Test
  void shouldReadZonesAndNameWhatIsNone() {
    assertThat(Calendar.zone("Europe/Berlin")).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThatThrownBy(() -> Calendar.zone("Mars/Olympus"))
        .hasMessage("must be a time zone such as America/New_York, got 'Mars/Olympus'");
  }

  @Test
  void shouldTellReasonsToPeople() {
    assertThat(new Reading(false, Reason.HOLIDAY, "Easter").text())
        .isEqualTo("closed: holiday Easter");
    assertThat(new Reading(true, Reason.WEEKLY_HOURS, "").text()).isEqualTo("open: weekly hours");
    assertThat(new Reading(true, Reason.MANUAL, "").text()).isEqualTo("open: set by hand");
  }

  @Test
  void shouldBeEqualWhenItSaysTheSame() {
    assertThat(daily(UTC, "09:00-17:00")).isEqualTo(daily(UTC, "09:00-17:00"));
    assertThat(daily(UTC, "09:00-17:00")).isNotEqualTo(daily(UTC, "09:00-17:01"));
  }

  @Test
  void shouldRefuseAHolidayWithoutAName() {
    DayRule day = new DayRule.Once(LocalDate.of(2026, 12, 25));
    assertThatThrownBy(() -> new Holiday(" ", day))
        .hasMessageStartingWith("name: must be 1 to 200");
    assertThatThrownBy(() -> new Holiday("a\nb", day)).hasMessageStartingWith("name:");
    assertThatThrownBy(() -> holiday("x", "12-25", "09:00-12:00", "11:00-13:00"))
        .hasMessage("hours: must not overlap 09:00-12:00 of the same day, got '11:00-13:00'");
    assertThat(new WeeklyHours(Map.of()).spans(DayOfWeek.MONDAY)).isEmpty();
  }
}
