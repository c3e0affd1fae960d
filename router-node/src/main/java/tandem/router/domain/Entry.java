package tandem.router.domain;

/**
 * What a called number leads to: the minimal plan.
 *
 * @param queue where callers wait
 * @param priority higher is served first, 0 to 100
 * @param answer when the caller is answered
 */
public record Entry(QueueId queue, int priority, AnswerMode answer) {
  public Entry {
    if (priority < 0 || priority > 100) {
      throw new IllegalArgumentException("priority: must be 0 to 100, got " + priority);
    }
  }
}
