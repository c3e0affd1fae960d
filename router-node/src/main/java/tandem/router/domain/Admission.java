package tandem.router.domain;

import java.util.Optional;

/** The one step every originate to a phone passes: may this leg be ordered at all? */
public final class Admission {
  /** Legs of one call that may live at the same time: a runaway is stopped here. */
  public static final int MAX_LEGS = 16;

  private Admission() {}

  /**
   * Whether a leg to the contact may be ordered.
   *
   * @param contact the phone
   * @param callerNumber who calls, as the switch said it
   * @param liveLegs legs the call has now
   * @return empty when admitted, or what forbids it
   */
  public static Optional<String> refusal(Contact contact, String callerNumber, int liveLegs) {
    if (liveLegs >= MAX_LEGS) {
      return Optional.of("the call already has " + liveLegs + " legs");
    }
    String user = contact.address().substring(0, contact.address().indexOf('@'));
    if (user.equals(callerNumber)) {
      return Optional.of("the agent's phone is the caller");
    }
    return Optional.empty();
  }
}
