package tandem.router.domain.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.router.domain.time.DayRule.Easter;

class DayRuleTest {
  private static List<LocalDate> daysOf(String rule, int year) {
    DayRule parsed = DayRule.parse(rule);
    LocalDate first = LocalDate.of(year, 1, 1);
    return first.datesUntil(first.plusYears(1)).filter(parsed::on).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-12-25, 2026, 2026-12-25",
    "12-25, 2031, 2031-12-25",
    "02-29, 2028, 2028-02-29",
    "fourth thursday of november, 2026, 2026-11-26",
    "fourth thursday of november, 2027, 2027-11-25",
    "Last  Monday of May, 2026, 2026-05-25",
    "last monday of may, 2027, 2027-05-31",
    "first monday of september, 2026, 2026-09-07",
    "third monday of january, 2026, 2026-01-19",
    "fifth friday of january, 2027, 2027-01-29",
    "easter, 2026, 2026-04-05",
    "easter -2, 2026, 2026-04-03",
    "easter+1, 2026, 2026-04-06",
    "easter +49, 2026, 2026-05-24",
    "EASTER - 47, 2026, 2026-02-17"
  })
  void shouldFindItsOnlyDayOfAYear(String rule, int year, LocalDate day) {
    assertThat(daysOf(rule, year)).containsExactly(day);
  }

  @ParameterizedTest
  @CsvSource({"2026-12-25, 2027", "02-29, 2027", "02-29, 2100", "fifth friday of february, 2026"})
  void shouldNotBeInAYearThatDoesNotHaveIt(String rule, int year) {
    assertThat(daysOf(rule, year)).isEmpty();
  }

  @Test
  void shouldHoldBothEndsOfARange() {
    assertThat(daysOf("2026-12-30..2027-01-02", 2026))
        .containsExactly(LocalDate.of(2026, 12, 30), LocalDate.of(2026, 12, 31));
    assertThat(daysOf("2026-12-30 .. 2027-01-02", 2027))
        .containsExactly(LocalDate.of(2027, 1, 1), LocalDate.of(2027, 1, 2));
    assertThat(daysOf("2026-12-30..2026-12-30", 2026)).hasSize(1);
  }

  /** 2024 to 2030 as calendars print them, and the earliest and the latest there are. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2028-04-16",
        "2029-04-01",
        "2030-04-21",
        "1818-03-22",
        "2285-03-22",
        "1943-04-25",
        "2038-04-25",
        "1954-04-18",
        "1981-04-19",
        "2049-04-18",
        "2076-04-19"
      })
  void shouldKnowEaster(LocalDate sunday) {
    assertThat(Easter.sunday(sunday.getYear())).isEqualTo(sunday);
  }

  @Test
  void shouldKeepAnyOffsetOfEasterInItsYear() {
    for (int year = 1583; year <= 3000; year++) {
      LocalDate sunday = Easter.sunday(year);
      assertThat(sunday.minusDays(80).getYear()).isEqualTo(year);
      assertThat(sunday.plusDays(249).getYear()).isEqualTo(year);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-12-25",
        "2026-12-24..2026-12-31",
        "12-25",
        "02-29",
        "fourth thursday of november",
        "last monday of may",
        "easter",
        "easter -2",
        "easter +49"
      })
  void shouldWriteWhatItReads(String text) {
    assertThat(DayRule.parse(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "christmas | must be a day such as 2026-12-25,",
        "2026-02-29 | must be a day that exists, got '2026-02-29'",
        "02-30 | must be a month and a day that exist, got '02-30'",
        "13-01 | must be a month and a day that exist, got '13-01'",
        "2026-12-31..2026-12-24 | must be the earlier day first, got '2026-12-31..2026-12-24'",
        "2026-12-31..2027-13-24 | must be a day that exists, got '2027-13-24'",
        "4th thursday of november | must begin with first, second,",
        "fourth thursda of november | must name a day in full such as monday, got 'thursda'",
        "fourth thursday of nov | must name a month in full such as january, got 'nov'",
        "easter +250 | must be easter -80 to easter +249, got 250",
        "easter 2 | must be a day such as",
        "'' | must be a day such as"
      })
  void shouldSayWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> DayRule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
