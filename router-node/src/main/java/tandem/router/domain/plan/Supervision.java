package tandem.router.domain.plan;

/** What supervisors may do with calls of their tenant. */
public record Supervision(boolean monitor, boolean whisper, boolean barge, boolean takeOver) {
  /** What counts where a plan says nothing. */
  public static final Supervision ALL = new Supervision(true, true, true, true);
}
