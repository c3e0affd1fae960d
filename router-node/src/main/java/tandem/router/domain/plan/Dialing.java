package tandem.router.domain.plan;

import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.geo.Destination;
import tandem.router.domain.geo.Geography;

/** Finds which number an agent means, whether it may be called, and which number is shown there. */
public final class Dialing {
  /**
   * Digits behind the country calling code that a prefix must have to allow what costs more than a
   * plain call: {@code +49*} and {@code +491*} mean other numbers.
   */
  private static final int SPEAKS_OF_ITSELF = 3;

  private Dialing() {}

  /** What comes of a wish to call somebody. */
  public sealed interface Outcome {
    /**
     * It may be called.
     *
     * @param shown one of the tenant's numbers
     */
    record Allowed(PhoneNumber number, PhoneNumber shown) implements Outcome {}

    /** It is not called. */
    record Refused(Reason why) implements Outcome {}
  }

  /** Why a number is not called. */
  public enum Reason {
    /** It would be an emergency call: those are made at the phone itself, never here. */
    EMERGENCY,
    /** No number anybody can have. */
    NOT_A_NUMBER,
    /** The plan does not let it be called. */
    NOT_ALLOWED,
    /** The number that is to be shown may not be, or there is none. */
    NO_SHOWN_NUMBER
  }

  /**
   * Whom to call, and what to show.
   *
   * @param typed as somebody wrote or dialled it: with a plus, with {@code 00} or what the country
   *     has in its place, or as within the country
   * @param own the tenant's numbers: none but these are ever shown
   * @param wished to be shown; null when nobody says which
   * @param usual to be shown when nothing is wished, and to be wished as well: the agent's own, or
   *     the one that the caller of a call on its way had called. It counts only while it is the
   *     tenant's; null for what the plan says
   */
  public static Outcome resolve(
      Outgoing rules,
      String typed,
      Collection<PhoneNumber> own,
      @Nullable PhoneNumber wished,
      @Nullable PhoneNumber usual) {
    Optional<PhoneNumber> shown = shown(rules, own, wished, usual);
    String country =
        rules.country() != null
            ? rules.country()
            : shown.map(number -> Geography.of(number.value(), "").country()).orElse("");
    if (Geography.isEmergency(typed, country)) {
      return new Outcome.Refused(Reason.EMERGENCY);
    } else if (shown.isEmpty()) {
      return new Outcome.Refused(Reason.NO_SHOWN_NUMBER);
    }
    Optional<Destination> to = Geography.dialled(typed, country);
    if (to.isEmpty()) {
      return new Outcome.Refused(Reason.NOT_A_NUMBER);
    }
    return mayCall(rules, to.get())
        ? new Outcome.Allowed(to.get().number(), shown.get())
        : new Outcome.Refused(Reason.NOT_ALLOWED);
  }

  private static Optional<PhoneNumber> shown(
      Outgoing rules,
      Collection<PhoneNumber> own,
      @Nullable PhoneNumber wished,
      @Nullable PhoneNumber usual) {
    if (wished != null) {
      boolean named = rules.shown().isEmpty() || rules.shown().contains(wished);
      return Optional.of(wished)
          .filter(number -> named || number.equals(usual))
          .filter(own::contains);
    } else if (usual != null && own.contains(usual)) {
      return Optional.of(usual);
    } else if (rules.shown().isEmpty()) {
      return own.stream().distinct().count() == 1 ? own.stream().findFirst() : Optional.empty();
    }
    return rules.shown().stream().filter(own::contains).findFirst();
  }

  private static boolean mayCall(Outgoing rules, Destination to) {
    if (rules.deny().stream().anyMatch(pattern -> pattern.matches(to.number()))) {
      return false;
    } else if (!to.costly() && rules.allow().isEmpty()) {
      return to.national();
    }
    return rules.allow().stream()
        .filter(pattern -> !to.costly() || speaksOf(pattern, to))
        .anyMatch(pattern -> pattern.matches(to.number()));
  }

  /** Whether who wrote it meant this kind of number, rather than a country or a part of it. */
  private static boolean speaksOf(NumberPattern pattern, Destination to) {
    int plusAndCode = 1 + Integer.toString(to.code()).length();
    return !(pattern instanceof NumberPattern.Prefix prefix)
        || prefix.start().length() - plusAndCode >= SPEAKS_OF_ITSELF;
  }
}
