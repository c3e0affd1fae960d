package tandem.router.domain.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeographyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "+14155550100       | US | US | San Francisco, CA | America/Los_Angeles",
        "14155550100        | US | US | San Francisco, CA | America/Los_Angeles",
        "14155550100        | ES | US | San Francisco, CA | America/Los_Angeles",
        "14155550100        | '' | US | San Francisco, CA | America/Los_Angeles",
        "4155550100         | US | US | San Francisco, CA | America/Los_Angeles",
        "4155550100         | us | US | San Francisco, CA | America/Los_Angeles",
        "+1 (415) 555-2671  | '' | US | San Francisco, CA | America/Los_Angeles",
        "+34911234567       | US | ES | Madrid            | Europe/Madrid",
        "34911234567        | ES | ES | Madrid            | Europe/Madrid",
        "911234567          | ES | ES | Madrid            | Europe/Madrid",
        "0034911234567      | ES | ES | Madrid            | Europe/Madrid",
        "01134911234567     | US | ES | Madrid            | Europe/Madrid",
        "+442079460958      | '' | GB | London            | Europe/London",
        "+441534440000      | '' | JE | Jersey            | Europe/Jersey",
        "+4930123456        | '' | DE | Berlin            | Europe/Berlin"
      })
  void shouldTellWhereNumbersAreAtHome(
      String number, String defaultRegion, String country, String region, String timeZone) {
    assertThat(Geography.of(number, defaultRegion))
        .isEqualTo(new Origin(country, region, timeZone));
  }

  @Test
  void shouldLeaveZoneEmptyWhereCountryHasSeveral() {
    assertThat(Geography.of("+34612345678", "")).isEqualTo(new Origin("ES", "Spain", ""));
    assertThat(Geography.of("+79161234567", "").timeZone()).isEmpty();
  }

  @Test
  void shouldLeaveRegionEmptyForNumbersOfAWholeNumberingPlan() {
    assertThat(Geography.of("+18005551212", "")).isEqualTo(new Origin("US", "", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "+",
        "anonymous",
        "Unavailable",
        "sip:ann@example.org",
        "1-800-FLOWERS",
        "+80012345678",
        "112",
        "911",
        "100",
        "+999123",
        "5555550100",
        "1234567890123456",
        "٣٤٩١١٢٣٤٥٦٧"
      })
  void shouldNotKnowWhereNothingTellsIt(String number) {
    assertThat(Geography.of(number, "US")).isEqualTo(Origin.UNKNOWN);
  }

  @Test
  void shouldNotReadNationalNumbersWithoutDefaultRegion() {
    assertThat(Geography.of("4155550100", "")).isEqualTo(Origin.UNKNOWN);
    assertThat(Geography.of("4155550100", "XX")).isEqualTo(Origin.UNKNOWN);
  }

  @Property(tries = 500)
  void shouldNeverThrow(
      @ForAll @StringLength(max = 30) String number, @ForAll @StringLength(max = 3) String region) {
    assertThat(Geography.of(number, region)).isNotNull();
  }

  @Property(tries = 500)
  void shouldNeverThrowForWhatLooksLikeNumbers(
      @ForAll
          @StringLength(max = 18)
          @Chars({'+', '-', ' ', '(', ')'})
          @CharRange(from = '0', to = '9')
          String number) {
    Origin origin = Geography.of(number, "US");
    assertThat(origin.country()).matches("|[A-Z]{2}");
    assertThat(origin.timeZone()).matches("|[A-Za-z_]+(/[A-Za-z_-]+)+");
  }

  @Test
  void shouldAnswerSeveralThreadsTheSame() throws Exception {
    List<String> numbers =
        List.of("+33142685300", "+390612345678", "+351213456789", "+4312345678", "+48221234567");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<List<Origin>>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(() -> numbers.stream().map(number -> Geography.of(number, "")).toList());
      }
      List<List<Origin>> answers = new ArrayList<>();
      for (Future<List<Origin>> answer : threads.invokeAll(all)) {
        answers.add(answer.get());
      }
      assertThat(answers).allMatch(answers.get(0)::equals);
      assertThat(answers.get(0))
          .extracting(Origin::country)
          .containsExactly("FR", "IT", "PT", "AT", "PL");
    } finally {
      threads.shutdownNow();
    }
  }
}
