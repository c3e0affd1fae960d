package tandem.router.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.plan.Dialing.Outcome;
import tandem.router.domain.plan.Dialing.Reason;

class DialingTest {
  private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();
  private static final PhoneNumber FIRST = new PhoneNumber("+493012345670");
  private static final PhoneNumber SECOND = new PhoneNumber("+493012345671");
  private static final PhoneNumber OTHER = new PhoneNumber("+4989123456");
  private static final PhoneNumber FOREIGN = new PhoneNumber("+34911234567");
  private static final List<PhoneNumber> OWN = List.of(OTHER, SECOND, FIRST);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // As people write them, at home and abroad.
        "DE | 030 123456         |          | +4930123456",
        "DE | 030/123456         |          | +4930123456",
        "DE | +49 (0)30 123456   |          | +4930123456",
        "DE | 0049 30 123456     |          | +4930123456",
        "DE | 0151 23456789      |          | +4915123456789",
        "DE | 0800 1234567       |          | +498001234567",
        "DE | 0043 1 58858       | +43*     | +43158858",
        "AT | 01 58858           |          | +43158858",
        "AT | 0664 1234567       |          | +436641234567",
        "AT | 050 100 10100      |          | +435010010100",
        "AT | +49 30 123456      | +49*     | +4930123456",
        "US | (415) 555-0199     |          | +14155550199",
        "US | 1 415.555.0199     |          | +14155550199",
        "US | 800-555-1212       |          | +18005551212",
        "US | 011 44 20 7946 0958 | +44*    | +442079460958",
        "GB | 020 7946 0958      |          | +442079460958",
        "GB | 07400 123456       |          | +447400123456",
        "GB | 0345 678 9000      |          | +443456789000",
        "GB | 00 353 1 234 5678  | +353*    | +35312345678",
        "CA | 1-800-555-1212     |          | +18005551212",
        "IT | 06 12345678        |          | +390612345678",
        // Only the country's own, where nothing is said; then only what is said.
        "DE | 0043 1 58858       |          | NOT_ALLOWED",
        "DE | 030 123456         | +43*     | NOT_ALLOWED",
        "US | 613 555 0199       |          | NOT_ALLOWED",
        "US | 613 555 0199       | +1613*   | +16135550199",
        "GB | 01534 440000       |          | NOT_ALLOWED",
        "DE | +800 12345678      |          | NOT_ALLOWED",
        "DE | +800 12345678      | +800*    | +80012345678",
        // What costs more, only where that is meant.
        "DE | 0900 1 234567      |          | NOT_ALLOWED",
        "DE | 0900 1 234567      | +49*     | NOT_ALLOWED",
        "DE | 0180 5 123456      | +491*    | NOT_ALLOWED",
        "DE | 0180 5 123456      | +49180*  | +491805123456",
        "DE | 0900 1 234567      | +499001234567 | +499001234567",
        "US | 900 555 1234       | +1*      | NOT_ALLOWED",
        "US | 900 555 1234       | +1900*   | +19005551234",
        "AT | 0930 123456        |          | NOT_ALLOWED",
        "AT | 0930 123456        | +43930*  | +43930123456",
        "GB | 0909 8790 123      |          | NOT_ALLOWED",
        "GB | 0871 234 5678      | +44*     | NOT_ALLOWED",
        "GB | 0871 234 5678      | +44871*  | +448712345678",
        // Emergency numbers never.
        "DE | 110                | +49*     | EMERGENCY",
        "DE | 1 1 2              |          | EMERGENCY",
        "DE | +49 112            |          | EMERGENCY",
        "DE | 911                |          | EMERGENCY",
        "AT | 144                |          | EMERGENCY",
        "US | 911                | +1*      | EMERGENCY",
        "US | +1 911             |          | EMERGENCY",
        "GB | 999                |          | EMERGENCY",
        // No numbers.
        "DE | ''                 |          | NOT_A_NUMBER",
        "DE | 12                 |          | NOT_A_NUMBER",
        "DE | 115                |          | NOT_A_NUMBER",
        "US | 555-0199           |          | NOT_A_NUMBER",
        "US | 1-800-FLOWERS      |          | NOT_A_NUMBER",
        "US | 4155550199;ext=12  |          | NOT_A_NUMBER",
        "US | +1+4155550199      |          | NOT_A_NUMBER",
        "US | +999 123 456 789   |          | NOT_A_NUMBER",
        "US | sip:ann@example.org |         | NOT_A_NUMBER",
        "US | ٤١٥٥٥٥٠١٩٩         |          | NOT_A_NUMBER",
        "GB | 000000000000000000000000 |    | NOT_A_NUMBER",
      })
  void shouldFindWhomAnAgentMeansAndMayCall(
      String country, String typed, @Nullable String allow, String expected) {
    Outgoing rules = rules(country, allow == null ? List.of() : List.of(allow), List.of());

    assertThat(told(Dialing.resolve(rules, typed, OWN, null, null))).isEqualTo(expected);
  }

  @Test
  void shouldTakeTheCountryOfTheNumberThatIsShown() {
    Outgoing rules = new Outgoing(null, List.of(FOREIGN, FIRST), List.of(), List.of());

    assertThat(Dialing.resolve(rules, "911 234 568", List.of(FOREIGN, FIRST), null, null))
        .isEqualTo(new Outcome.Allowed(new PhoneNumber("+34911234568"), FOREIGN));
    assertThat(Dialing.resolve(rules, "030 123456", List.of(FOREIGN, FIRST), FIRST, null))
        .isEqualTo(new Outcome.Allowed(new PhoneNumber("+4930123456"), FIRST));
  }

  @Test
  void shouldShowOnlyNumbersOfTheTenant() {
    Outgoing rules = rules("DE", List.of(), List.of());

    assertThat(shown(rules, OWN, null, null)).isEqualTo(FIRST.value());
    assertThat(shown(rules, List.of(SECOND), null, null)).isEqualTo(SECOND.value());
    assertThat(shown(rules, List.of(FOREIGN), null, null)).isEqualTo("NO_SHOWN_NUMBER");
    assertThat(shown(rules, List.of(), FIRST, FIRST)).isEqualTo("NO_SHOWN_NUMBER");
    assertThat(shown(rules, OWN, SECOND, null)).isEqualTo(SECOND.value());
    assertThat(shown(rules, OWN, OTHER, null)).isEqualTo("NO_SHOWN_NUMBER");
    assertThat(shown(rules, OWN, FOREIGN, FOREIGN)).isEqualTo("NO_SHOWN_NUMBER");
  }

  @Test
  void shouldShowAnAgentsOwnNumberWhileItIsTheTenants() {
    Outgoing rules = rules("DE", List.of(), List.of());

    assertThat(shown(rules, OWN, null, OTHER)).isEqualTo(OTHER.value());
    assertThat(shown(rules, OWN, OTHER, OTHER)).isEqualTo(OTHER.value());
    assertThat(shown(rules, OWN, null, FOREIGN)).isEqualTo(FIRST.value());
    assertThat(shown(rules, OWN, SECOND, OTHER)).isEqualTo(SECOND.value());
  }

  @Test
  void shouldShowAnyNumberOfTheTenantWhereThePlanNamesNone() {
    Outgoing rules = new Outgoing("DE", List.of(), List.of(), List.of());

    assertThat(shown(rules, OWN, OTHER, null)).isEqualTo(OTHER.value());
    assertThat(shown(rules, OWN, null, SECOND)).isEqualTo(SECOND.value());
    assertThat(shown(rules, OWN, FOREIGN, null)).isEqualTo("NO_SHOWN_NUMBER");
    assertThat(shown(rules, OWN, null, null)).isEqualTo("NO_SHOWN_NUMBER");
    assertThat(shown(rules, List.of(OTHER, OTHER), null, null)).isEqualTo(OTHER.value());
    assertThat(shown(Outgoing.NONE, List.of(), null, null)).isEqualTo("NO_SHOWN_NUMBER");
  }

  @Test
  void shouldTellOfAnEmergencyCallBeforeAnythingElse() {
    assertThat(told(Dialing.resolve(Outgoing.NONE, "112", List.of(), null, null)))
        .isEqualTo("EMERGENCY");
  }

  private static String shown(
      Outgoing rules,
      List<PhoneNumber> own,
      @Nullable PhoneNumber wished,
      @Nullable PhoneNumber usual) {
    Outcome outcome = Dialing.resolve(rules, "030 123456", own, wished, usual);
    return outcome instanceof Outcome.Allowed allowed ? allowed.shown().value() : told(outcome);
  }

  @Property(tries = 600)
  void shouldReadANumberHoweverItIsWritten(
      @ForAll("plain") Phonenumber.PhoneNumber number,
      @ForAll PhoneNumberFormat format,
      @ForAll boolean spaced) {
    Assume.that(format != PhoneNumberFormat.RFC3966);
    String country = PLANS.getRegionCodeForNumber(number);
    String written = PLANS.format(number, format);
    Assume.that(written.chars().noneMatch(Character::isLetter));
    String typed = spaced ? " " + String.join(" ", written.split("")) + " " : written;

    assertThat(told(Dialing.resolve(rules(country, List.of(), List.of()), typed, OWN, null, null)))
        .isEqualTo(PLANS.format(number, PhoneNumberFormat.E164));
  }

  @Property(tries = 1000)
  void shouldCallNothingCostlyUnlessThatIsMeant(
      @ForAll("any") Phonenumber.PhoneNumber number, @ForAll("countries") String from) {
    String typed = PLANS.format(number, PhoneNumberFormat.E164);
    boolean costly =
        Set.of(
                PhoneNumberType.PREMIUM_RATE,
                PhoneNumberType.SHARED_COST,
                PhoneNumberType.PERSONAL_NUMBER,
                PhoneNumberType.PAGER)
            .contains(PLANS.getNumberType(number));
    String code = "+" + number.getCountryCode();

    String usual = told(Dialing.resolve(rules(from, List.of(), List.of()), typed, OWN, null, null));
    String country =
        told(Dialing.resolve(rules(from, List.of(code + "*"), List.of()), typed, OWN, null, null));
    String itself =
        told(Dialing.resolve(rules(from, List.of(typed), List.of()), typed, OWN, null, null));

    assertThat(usual)
        .isEqualTo(!costly && PLANS.isValidNumberForRegion(number, from) ? typed : "NOT_ALLOWED");
    assertThat(country).isEqualTo(costly ? "NOT_ALLOWED" : typed);
    assertThat(itself).isEqualTo(typed);
  }

  @Property(tries = 500)
  void shouldNeverCallWhatIsDenied(@ForAll("any") Phonenumber.PhoneNumber number) {
    String typed = PLANS.format(number, PhoneNumberFormat.E164);
    String country = PLANS.getRegionCodeForNumber(number);
    for (String deny : List.of(typed, typed.substring(0, 4) + "*", typed + " - " + typed)) {
      assertThat(
              told(
                  Dialing.resolve(
                      rules(country, List.of(typed), List.of(deny)), typed, OWN, null, null)))
          .isEqualTo("NOT_ALLOWED");
    }
  }

  @Property(tries = 1000)
  void shouldNeverThrowAndOnlyCallNumbersOfTheCountry(
      @ForAll
          @StringLength(max = 22)
          @CharRange(from = '0', to = '9')
          @Chars({'+', ' ', '-', '(', ')', '/', '.', '#', 'a', '\u0000', '٣'})
          String typed,
      @ForAll("countries") String country) {
    Outcome outcome = Dialing.resolve(rules(country, List.of(), List.of()), typed, OWN, null, null);

    if (outcome instanceof Outcome.Allowed allowed) {
      assertThat(typed).matches("[-+ ()/.0-9]*");
      assertThat(OWN).contains(allowed.shown());
      Phonenumber.PhoneNumber number = parse(allowed.number().value());
      assertThat(PLANS.isValidNumberForRegion(number, country)).isTrue();
    }
  }

  private static Phonenumber.PhoneNumber parse(String number) {
    try {
      return PLANS.parse(number, "");
    } catch (com.google.i18n.phonenumbers.NumberParseException e) {
      throw new AssertionError(number, e);
    }
  }

  @Provide
  Arbitrary<String> countries() {
    return Arbitraries.of("DE", "AT", "US", "GB", "CA", "IT", "FR", "BR", "AU", "MX");
  }

  /** The examples of all countries, of the kinds that cost no more than usual. */
  @Provide
  Arbitrary<Phonenumber.PhoneNumber> plain() {
    return Arbitraries.of(
        numbers(PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.TOLL_FREE));
  }

  @Provide
  Arbitrary<Phonenumber.PhoneNumber> any() {
    return Arbitraries.of(numbers(PhoneNumberType.values()));
  }

  private static List<Phonenumber.PhoneNumber> numbers(PhoneNumberType... types) {
    List<Phonenumber.PhoneNumber> numbers = new ArrayList<>();
    for (String country : PLANS.getSupportedRegions()) {
      for (PhoneNumberType type : types) {
        Phonenumber.PhoneNumber number =
            type == PhoneNumberType.UNKNOWN ? null : PLANS.getExampleNumberForType(country, type);
        String text = number == null ? "" : PLANS.format(number, PhoneNumberFormat.E164);
        if (number != null
            && text.length() > 8
            && country.equals(PLANS.getRegionCodeForNumber(number))) {
          numbers.add(number);
        }
      }
    }
    return numbers;
  }

  private static Outgoing rules(String country, List<String> allow, List<String> deny) {
    return new Outgoing(
        country.toUpperCase(Locale.ROOT),
        Arrays.asList(FIRST, SECOND),
        allow.stream().map(NumberPattern::parse).toList(),
        deny.stream().map(NumberPattern::parse).toList());
  }

  private static String told(Outcome outcome) {
    if (outcome instanceof Outcome.Allowed allowed) {
      return allowed.number().value();
    }
    Reason why = ((Outcome.Refused) outcome).why();
    return why.name();
  }
}
