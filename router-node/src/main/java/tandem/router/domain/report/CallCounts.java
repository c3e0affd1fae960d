package tandem.router.domain.report;

/**
 * Calls counted for a service level.
 *
 * @param answeredWithin of those answered, within the threshold
 * @param abandonedWithin of those abandoned, within the threshold
 * @param abandonedShort of those abandoned, so soon that they do not count against anybody
 */
public record CallCounts(
    long answered, long answeredWithin, long abandoned, long abandonedWithin, long abandonedShort) {
  public CallCounts {
    part("answeredWithin", answeredWithin, answered);
    part("abandonedWithin", abandonedWithin, abandoned);
    part("abandonedShort", abandonedShort, abandoned);
  }

  private static void part(String name, long part, long whole) {
    if (part < 0 || part > whole) {
      throw new IllegalArgumentException(name + ": must be 0 to " + whole + ", got " + part);
    }
  }
}
