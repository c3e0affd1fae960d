package tandem.router.domain.time;

/**
 * What a calendar says of a moment, and why.
 *
 * @param holiday the holiday's name, several joined by a comma; empty for other reasons
 */
public record Reading(boolean open, Reason reason, String holiday) {
  /** What made it open or closed. */
  public enum Reason {
    /** The hours of the week. */
    WEEKLY_HOURS,
    /** A holiday of the day, or of the day before when hours over midnight come from there. */
    HOLIDAY,
    /** Somebody said so. */
    MANUAL
  }

  /** For people, such as {@code closed: holiday Thanksgiving}. */
  public String text() {
    return (open ? "open: " : "closed: ")
        + switch (reason) {
          case WEEKLY_HOURS -> "weekly hours";
          case HOLIDAY -> "holiday " + holiday;
          case MANUAL -> "set by hand";
        };
  }
}
