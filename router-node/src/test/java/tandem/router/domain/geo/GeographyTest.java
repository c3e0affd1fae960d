package tandem.router.domain.geo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.router.domain.PhoneNumber;

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      nullValues = "none",
      value = {
        // Plain numbers, in every form a switch shows.
        "+14155550199    | +14155550100 |       | +14155550199",
        "14155550199     | +14155550100 |       | +14155550199",
        "4155550199      | +14155550100 |       | +14155550199",
        "(415) 555-0199  | +14155550100 |       | +14155550199",
        "+18005551212    | +14155550100 |       | +18005551212",
        "020 7946 0958   | +442079460000 |      | +442079460958",
        "07400 123456    | +442079460000 |      | +447400123456",
        "+4915123456789  | +4930123456  |       | +4915123456789",
        "030 123456      | +4930123456  |       | +4930123456",
        "+390612345678   | +390698765432 |      | +390612345678",
        // Another country only where that is said, and then no longer its own.
        "+34911234567    | +14155550100 |       | none",
        "+18765551234    | +14155550100 |       | none",
        "+16135550199    | +14155550100 |       | none",
        "+16135550199    | +14155550100 | US CA | +16135550199",
        "+34911234567    | +14155550100 | ES    | +34911234567",
        "+14155550199    | +14155550100 | ES    | none",
        "0034911234567   | +4930123456  | ES    | +34911234567",
        // Whose owner earns by being called, or where nobody is.
        "+19005551234    | +14155550100 |       | none",
        "09012345678     | +442079460000 |      | none",
        "+449012345678   | +442079460000 |      | none",
        "+448431234567   | +442079460000 |      | none",
        "+447012345678   | +442079460000 |      | none",
        "+447640123456   | +442079460000 |      | none",
        "+445512345678   | +442079460000 |      | none",
        "+499001654321   | +4930123456  |       | none",
        "0900 1654321    | +4930123456  |       | none",
        "+491806654321   | +4930123456  |       | none",
        "+4970012345678  | +4930123456  |       | none",
        "+80012345678    | +14155550100 |       | none",
        "+80012345678    | +14155550100 | 001   | none",
        "+882345678901   | +14155550100 | US    | none",
        // Nobody, and nothing that could be called.
        "anonymous       | +14155550100 |       | none",
        "''              | +14155550100 |       | none",
        "''              | +14155550100 | US    | none",
        "911             | +14155550100 |       | none",
        "112             | +4930123456  |       | none",
        "+999123456789   | +14155550100 |       | none",
        "+1415555019     | +14155550100 |       | none",
        "4155550199      | 100          |       | none",
        "4155550199      | 100          | US    | none",
        "+14155550199    | 100          | US    | +14155550199",
        "+14155550199    | 100          |       | none"
      })
  void shouldCallBackOnlyWhereThatIsMeant(
      String caller, String called, @Nullable String countries, @Nullable String number) {
    List<String> allowed = countries == null ? List.of() : List.of(countries.split(" "));

    assertThat(Geography.dialable(caller, called, allowed).map(PhoneNumber::value))
        .isEqualTo(Optional.ofNullable(number));
  }

  /** Every kind of number of every country: only plain ones are called, as they are. */
  @Test
  void shouldCallBackNoKindOfNumberThatCostsMore() {
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    Set<PhoneNumberType> called = EnumSet.noneOf(PhoneNumberType.class);
    for (String country : numbers.getSupportedRegions()) {
      for (PhoneNumberType type : PhoneNumberType.values()) {
        var example = numbers.getExampleNumberForType(country, type);
        if (example == null || numbers.getNumberType(example) != type) {
          continue;
        }
        String text = numbers.format(example, PhoneNumberFormat.E164);
        Optional<PhoneNumber> dialable = Geography.dialable(text, "", List.of(country));
        dialable.ifPresent(number -> assertThat(number.value()).isEqualTo(text));
        if (dialable.isPresent()) {
          called.add(type);
        }
      }
    }
    assertThat(called)
        .containsExactlyInAnyOrder(
            PhoneNumberType.FIXED_LINE,
            PhoneNumberType.MOBILE,
            PhoneNumberType.FIXED_LINE_OR_MOBILE,
            PhoneNumberType.TOLL_FREE,
            PhoneNumberType.VOIP);
  }

  @Property(tries = 1000)
  void shouldCallBackOnlyNumbersOfTheCountry(
      @ForAll @StringLength(max = 18) @Chars({'+', '-', ' '}) @CharRange(from = '0', to = '9')
          String caller) {
    for (String called : List.of("+14155550100", "+4312345678", "+4930123456", "")) {
      Geography.dialable(caller, called, List.of())
          .ifPresent(
              number ->
                  assertThat(Geography.of(number.value(), "").country())
                      .isEqualTo(Geography.of(called, "").country())
                      .isNotEmpty());
    }
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
