package tandem.router.domain.simulate;

/** Hears how far a simulation has come, and may end it. */
public interface Progress {
  /** Nobody listens, and it is run to its end. */
  Progress NONE = share -> true;

  /**
   * Called now and then, on the thread that simulates.
   *
   * @param share of the calls that have come, 0 to 1; never less than before
   * @return false to end it without a report
   */
  boolean at(double share);
}
