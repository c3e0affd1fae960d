package tandem.router.domain.geo;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import com.google.i18n.phonenumbers.ShortNumberInfo;
import com.google.i18n.phonenumbers.geocoding.PhoneNumberOfflineGeocoder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells where a number is at home, from the numbering plans of libphonenumber: no look-up outside.
 * A mobile number that was taken along, or one from another carrier, still counts for where it was
 * first given out. The first look-up reads the plans (0.2 s), the first of a country some more (a
 * few ms); later ones take about 10 µs. All countries together hold about 11 MB.
 */
public final class Geography {
  /** Digits of a number with its country code (E.164). */
  private static final int LONGEST = 15;

  /** Digits somebody dials: those of a number, and what comes before it for calls abroad. */
  private static final int LONGEST_DIALLED = 20;

  /** Digits of a {@link tandem.router.domain.PhoneNumber}. */
  private static final int SHORTEST = 7;

  /** The plus, and what people and switches put between digits. */
  private static final String FILLERS = "+ -.()/";

  /** What libphonenumber says for networks of no country, such as +800. */
  private static final String NO_COUNTRY = "001";

  /** The numbering plans, read when the first number comes. */
  private static final class Plans {
    static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    static final ShortNumberInfo SHORT = ShortNumberInfo.getInstance();
    static final PhoneNumberOfflineGeocoder REGIONS = PhoneNumberOfflineGeocoder.getInstance();
    static final PhoneNumberToTimeZonesMapper ZONES = PhoneNumberToTimeZonesMapper.getInstance();
  }

  /**
   * Kinds that cost who calls them more than a plain call, or that no caller calls from: whoever
   * shows such a number wants it to be called.
   */
  private static final Set<PhoneNumberType> NOT_CALLED_BACK =
      Set.of(
          PhoneNumberType.PREMIUM_RATE,
          PhoneNumberType.SHARED_COST,
          PhoneNumberType.PERSONAL_NUMBER,
          PhoneNumberType.PAGER,
          PhoneNumberType.UAN,
          PhoneNumberType.VOICEMAIL,
          PhoneNumberType.UNKNOWN);

  /** Kinds that cost who calls them more than a plain call. */
  private static final Set<PhoneNumberType> COSTLY =
      Set.of(
          PhoneNumberType.PREMIUM_RATE,
          PhoneNumberType.SHARED_COST,
          PhoneNumberType.PERSONAL_NUMBER,
          PhoneNumberType.PAGER);

  /** Networks connect these with emergency services wherever they are dialled (3GPP TS 22.101). */
  private static final Set<String> EMERGENCY_EVERYWHERE = Set.of("112", "911");

  private Geography() {}

  /**
   * Where a caller is from; one whose number stands without a country code is taken to be from the
   * country of the number it called.
   */
  public static Origin ofCaller(String from, String to) {
    return of(from, from.startsWith("+") ? "" : of(to, "").country());
  }

  /**
   * The number at which a caller may be called back; never throws. A caller may show any number:
   * one in another country, or one that earns its owner money, must not be called because of that.
   *
   * @param callerNumber as a switch gives it; without a country code it is taken to be one of the
   *     called number's country
   * @param calledNumber the same
   * @param countries two letters each (ISO 3166-1, upper case): where it must be at home; empty for
   *     the called number's country alone
   * @return empty when it is withheld, no valid number, at home elsewhere or in no country, or of
   *     premium rate, shared cost, a personal number, a pager, a company's access number (UAN) or a
   *     voicemail's
   */
  public static Optional<tandem.router.domain.PhoneNumber> dialable(
      String callerNumber, String calledNumber, List<String> countries) {
    String called = of(calledNumber, "").country();
    List<String> allowed = countries.isEmpty() ? List.of(called) : countries;
    return valid(callerNumber, called)
        .filter(number -> isIn(allowed, number))
        .filter(number -> !NOT_CALLED_BACK.contains(Plans.NUMBERS.getNumberType(number)))
        .map(number -> Plans.NUMBERS.format(number, PhoneNumberFormat.E164))
        .filter(text -> text.length() > SHORTEST && text.length() <= LONGEST + 1)
        .map(tandem.router.domain.PhoneNumber::new);
  }

  /**
   * What somebody dials; never throws.
   *
   * @param typed with a plus and country code, with the country's prefix for calls abroad ({@code
   *     00}, {@code 011}), or as within the country; spaces and {@code -.()/} do not count
   * @param country two letters (ISO 3166-1, upper case), where it is dialled; empty when numbers
   *     must begin with a plus
   * @return empty when it is no valid number
   */
  public static Optional<Destination> dialled(String typed, String country) {
    return parsed(typed, country)
        .filter(Plans.NUMBERS::isValidNumber)
        .flatMap(number -> destination(number, country));
  }

  private static Optional<Destination> destination(PhoneNumber number, String country) {
    String text = Plans.NUMBERS.format(number, PhoneNumberFormat.E164);
    if (text.length() <= SHORTEST || text.length() > LONGEST + 1) {
      return Optional.empty();
    }
    return Optional.of(
        new Destination(
            new tandem.router.domain.PhoneNumber(text),
            number.getCountryCode(),
            !country.isEmpty() && Plans.NUMBERS.isValidNumberForRegion(number, country),
            COSTLY.contains(Plans.NUMBERS.getNumberType(number))));
  }

  /**
   * Whether it would be an emergency call, or was meant as one; never throws.
   *
   * @param typed as for {@link #dialled}
   * @param country two letters (ISO 3166-1, upper case), where it is dialled; empty when that is
   *     not known
   */
  public static boolean isEmergency(String typed, String country) {
    if (!isDialled(typed)) {
      return false;
    }
    String digits = typed.replaceAll("[^0-9]", "");
    return EMERGENCY_EVERYWHERE.contains(digits)
        || isEmergencyIn(country, digits)
        || parsed(typed, country)
            .filter(
                number ->
                    isEmergencyIn(
                        Plans.NUMBERS.getRegionCodeForCountryCode(number.getCountryCode()),
                        Plans.NUMBERS.getNationalSignificantNumber(number)))
            .isPresent();
  }

  private static boolean isEmergencyIn(String country, String digits) {
    return !country.isEmpty() && Plans.SHORT.isEmergencyNumber(digits, country);
  }

  /** Perhaps of a number that nobody has. */
  private static Optional<PhoneNumber> parsed(String typed, String country) {
    if (!isDialled(typed)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Plans.NUMBERS.parse(typed, country));
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }

  private static boolean isDialled(String typed) {
    return typed.strip().lastIndexOf('+') <= 0 && isNumber(typed, LONGEST_DIALLED);
  }

  private static boolean isIn(List<String> countries, PhoneNumber number) {
    String country = Plans.NUMBERS.getRegionCodeForNumber(number);
    return country != null && !country.equals(NO_COUNTRY) && countries.contains(country);
  }

  /**
   * Where a number is at home; never throws.
   *
   * @param number as a switch gives it: with a plus ({@code +14155550100}), without one ({@code
   *     14155550100}), or as dialed within {@code defaultRegion} ({@code 4155550100}); anything
   *     else, such as {@code anonymous}, is {@link Origin#UNKNOWN}
   * @param defaultRegion two letters (ISO 3166-1), of what stands without a country code; empty
   *     when numbers always have one
   */
  public static Origin of(String number, String defaultRegion) {
    return valid(number, defaultRegion).map(Geography::origin).orElse(Origin.UNKNOWN);
  }

  private static Optional<PhoneNumber> valid(String number, String defaultRegion) {
    if (!isNumber(number, LONGEST)) {
      return Optional.empty();
    }
    String region = defaultRegion.toUpperCase(Locale.ROOT);
    return number.strip().startsWith("+")
        ? parse(number, region)
        : parse(number, region).or(() -> parse("+" + number.strip(), region));
  }

  private static Optional<PhoneNumber> parse(String number, String region) {
    try {
      PhoneNumber parsed = Plans.NUMBERS.parse(number, region);
      return Plans.NUMBERS.isValidNumber(parsed) ? Optional.of(parsed) : Optional.empty();
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }

  private static Origin origin(PhoneNumber number) {
    String country = Plans.NUMBERS.getRegionCodeForNumber(number);
    if (country == null || country.equals(NO_COUNTRY)) {
      return Origin.UNKNOWN;
    }
    String region = region(number);
    List<String> zones = Plans.ZONES.getTimeZonesForNumber(number);
    boolean known =
        zones.size() == 1
            && !zones.get(0).equals(PhoneNumberToTimeZonesMapper.getUnknownTimeZone());
    return new Origin(country, region, known ? zones.get(0) : "");
  }

  /**
   * The geocoder reads a country's regions when first asked, into a map that is not for threads.
   */
  private static String region(PhoneNumber number) {
    synchronized (Plans.REGIONS) {
      return Plans.REGIONS.getDescriptionForValidNumber(number, Locale.ENGLISH);
    }
  }

  /** Letters would be read as those on a telephone's keys. */
  private static boolean isNumber(String text, int longest) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (FILLERS.indexOf(c) < 0) {
        return false;
      }
    }
    return digits > 0 && digits <= longest;
  }
}
