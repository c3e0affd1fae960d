package tandem.router.domain.geo;

/**
 * Where a number is at home.
 *
 * @param country two letters (ISO 3166-1), such as {@code ES}; empty when not known
 * @param region city, province or country in English words, as narrow as the number tells; empty
 *     when not known
 * @param timeZone as IANA names it; empty when not known or when the number's region has several
 */
public record Origin(String country, String region, String timeZone) {
  /** Of a number that says nothing, or of none. */
  public static final Origin UNKNOWN = new Origin("", "", "");
}
