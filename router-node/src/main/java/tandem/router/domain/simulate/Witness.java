package tandem.router.domain.simulate;

/** Hears what becomes of each call of a simulation, in the order in which their waits end. */
public interface Witness {
  /** Nobody listens. */
  Witness NONE = (call, became) -> {};

  /**
   * A call was answered, or is over without.
   *
   * @param call with the patience and handle time that were drawn for it
   * @param became as a recording would tell it; a call that nobody served for 24 hours counts as
   *     {@link Recorded.Outcome#OTHER}
   */
  void sees(Arrival call, Recorded became);
}
