package tandem.router.domain;

/** When a caller is answered; billing usually starts at the answer. */
public enum AnswerMode {
  /** Answered at once, music while waiting. */
  ON_QUEUE,
  /** Early media: music before the answer, where the carrier lets it through. */
  EARLY_MEDIA,
  /** Ringing only, answered with the bridge; for short waits. */
  ON_AGENT
}
