package tandem.router.domain.time;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.WEDNESDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeeklyHoursTest {
  @Test
  void shouldReadSpans() {
    assertThat(Span.parse("09:00-17:30")).isEqualTo(new Span(540, 1050));
    assertThat(Span.parse(" 09:00 - 17:30 ")).isEqualTo(new Span(540, 1050));
    assertThat(Span.parse("22:00-06:00")).isEqualTo(new Span(1320, 360));
    assertThat(Span.parse("00:00-24:00")).isEqualTo(new Span(0, 1440));
    assertThat(Span.parse("22:00-00:00")).isEqualTo(Span.parse("22:00-24:00"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"09:00-17:30", "22:00-06:00", "00:00-24:00", "23:59-00:01"})
  void shouldWriteWhatItReads(String text) {
    assertThat(Span.parse(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9-17 | must be two times such as 09:00-17:30, got '9-17'",
        "9:00-17:00 | must be two times such as",
        "'' | must be two times such as",
        "09:60-17:00 | must be of times 00:00 to 24:00, got '09:60-17:00'",
        "09:00-24:01 | must be of times 00:00 to 24:00",
        "25:00-26:00 | must be of times 00:00 to 24:00",
        "24:00-06:00 | must not begin at 24:00, got '24:00-06:00'",
        "09:00-09:00 | must not end when it begins (the whole day is 00:00-24:00), got"
            + " '09:00-09:00'",
        "00:00-00:00 | must not end when it begins (the whole day is 00:00-24:00)"
      })
  void shouldSayWhatIsWrongWithASpan(String text, String message) {
    assertThatThrownBy(() -> Span.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void shouldRefuseSpansThatAreNone() {
    assertThatThrownBy(() -> new Span(-1, 5)).hasMessageStartingWith("from:");
    assertThatThrownBy(() -> new Span(1440, 5)).hasMessageStartingWith("from:");
    assertThatThrownBy(() -> new Span(5, 0)).hasMessageStartingWith("to:");
    assertThatThrownBy(() -> new Span(5, 1441)).hasMessageStartingWith("to:");
    assertThatThrownBy(() -> new Span(5, 5)).hasMessageStartingWith("to: must differ");
  }

  @Test
  void shouldReadDays() {
    assertThat(DaySet.parse("wed").days()).containsExactly(WEDNESDAY);
    assertThat(DaySet.parse("mon-sun").days()).containsExactly(DayOfWeek.values());
    assertThat(DaySet.parse("Sat - Sun").days()).containsExactly(SATURDAY, SUNDAY);
    assertThat(DaySet.parse("fri-mon").days()).containsExactly(MONDAY, FRIDAY, SATURDAY, SUNDAY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "monday | must be a day such as mon or days such as mon-fri, of mon, tue,",
        "mon-friday | must be a day such as mon",
        "mon- | must be a day such as mon",
        "mon-wed-fri | must be a day such as mon",
        "'' | must be a day such as mon",
        "tue-tue | must be tue for one day or mon-sun for the whole week, got 'tue-tue'"
      })
  void shouldSayWhatIsWrongWithDays(String text, String message) {
    assertThatThrownBy(() -> DaySet.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void shouldReadAWeek() {
    WeeklyHours hours =
        WeeklyHours.parse(
            Map.of(
                "mon-thu", List.of("13:00-17:00", "09:00-12:00"), "fri", List.of("22:00-06:00")));

    assertThat(hours.spans(WEDNESDAY))
        .containsExactly(Span.parse("13:00-17:00"), Span.parse("09:00-12:00"));
    assertThat(hours.spans(FRIDAY)).containsExactly(Span.parse("22:00-06:00"));
    assertThat(hours.spans(SUNDAY)).isEmpty();
    assertThat(WeeklyHours.parse(Map.of())).isEqualTo(WeeklyHours.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "09:00-12:00, 11:59-13:00",
    "09:00-12:00, 10:00-11:00",
    "10:00-11:00, 09:00-12:00",
    "20:00-02:00, 23:00-01:00",
    "20:00-02:00, 19:00-20:01",
    "00:00-24:00, 23:00-04:00"
  })
  void shouldRefuseSpansOfADayThatOverlap(String first, String second) {
    assertThatThrownBy(() -> WeeklyHours.parse(Map.of("mon-fri", List.of(first, second))))
        .hasMessage(
            "mon-fri[1]: must not overlap " + first + " of the same day, got '" + second + "'");
    assertThatThrownBy(
            () -> new WeeklyHours(Map.of(MONDAY, List.of(Span.parse(first), Span.parse(second)))))
        .hasMessageStartingWith("mon: must not overlap " + first);
  }

  @ParameterizedTest
  @CsvSource({
    "09:00-12:00, 12:00-13:00",
    "20:00-02:00, 00:00-03:00",
    "22:00-06:00, 21:00-22:00",
    "22:00-06:00, 06:00-22:00"
  })
  void shouldTakeSpansThatOnlyTouch(String first, String second) {
    assertThat(WeeklyHours.parse(Map.of("mon-sun", List.of(first, second))).spans(MONDAY))
        .hasSize(2);
  }

  @Test
  void shouldReportAllThatIsWrongWithItsPlace() {
    Map<String, List<String>> plan = new LinkedHashMap<>();
    plan.put("mon-fri", List.of("09:00-12:00", "nine", "11:00-13:00"));
    plan.put("freeday", List.of("10:00-10:00"));
    plan.put("fri-sun", List.of("08:00-09:00"));
    List<String> faults = new ArrayList<>();

    WeeklyHours hours = WeeklyHours.parse(plan, fault -> faults.add(fault.text()));

    assertThat(faults)
        .containsExactly(
            "mon-fri[1]: must be two times such as 09:00-17:30, got 'nine'",
            "mon-fri[2]: must not overlap 09:00-12:00 of the same day, got '11:00-13:00'",
            "freeday[0]: must not end when it begins (the whole day is 00:00-24:00), got"
                + " '10:00-10:00'",
            "freeday: must be a day such as mon or days such as mon-fri, of mon, tue, wed, thu,"
                + " fri, sat, sun, got 'freeday'",
            "fri-sun: fri is given by 'mon-fri' already");
    assertThat(hours.spans(MONDAY)).containsExactly(Span.parse("09:00-12:00"));
    assertThat(hours.spans(SUNDAY)).containsExactly(Span.parse("08:00-09:00"));
  }

  @Test
  void shouldThrowTheFirstOfThem() {
    assertThatThrownBy(() -> WeeklyHours.parse(Map.of("mon-fri", List.of("09:00-12:00", "x"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mon-fri[1]: must be two times such as 09:00-17:30, got 'x'");
  }
}
