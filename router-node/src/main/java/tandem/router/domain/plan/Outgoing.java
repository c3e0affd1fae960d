package tandem.router.domain.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.PhoneNumber;

/**
 * Whom agents may call, and what is shown there.
 *
 * @param country in which numbers without a prefix are (ISO 3166-1, two letters); null for that of
 *     the number shown
 * @param shown numbers of the tenant that may be shown, the first where nobody says which; none for
 *     all of them
 * @param allow only these may be called; none for those of the country
 * @param deny never these
 */
public record Outgoing(
    @Nullable String country,
    List<PhoneNumber> shown,
    List<NumberPattern> allow,
    List<NumberPattern> deny) {
  /** What counts where a plan says nothing. */
  public static final Outgoing NONE = new Outgoing(null, List.of(), List.of(), List.of());

  public Outgoing {
    if (country != null && !country.matches("[A-Z]{2}")) {
      throw new IllegalArgumentException(
          "country: must be two capital letters of ISO 3166-1, such as US, got '" + country + "'");
    }
    shown = List.copyOf(shown);
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }
}
