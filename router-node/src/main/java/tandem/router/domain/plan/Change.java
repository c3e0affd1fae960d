package tandem.router.domain.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One thing a step changes for a waiting call. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Change.Require.class, name = "require"),
  @JsonSubTypes.Type(value = Change.Prefer.class, name = "prefer"),
  @JsonSubTypes.Type(value = Change.AlsoQueue.class, name = "also-queue"),
  @JsonSubTypes.Type(value = Change.SetPriority.class, name = "priority"),
  @JsonSubTypes.Type(value = Change.Notify.class, name = "notify"),
  @JsonSubTypes.Type(value = Change.Go.class, name = "go")
})
public sealed interface Change {
  /**
   * The agent must now be like this.
   *
   * @param expression empty when any member will do
   */
  record Require(String expression) implements Change {}

  record Prefer(String expression) implements Change {}

  /** Waits in this queue too, as if it had from the start. */
  record AlsoQueue(String queue) implements Change {}

  /** 0 to 100. */
  record SetPriority(int priority) implements Change {}

  /** Supervisors hear this on the feed. */
  record Notify(String text) implements Change {}

  /** Leaves its queues for something else. */
  record Go(Action to) implements Change {}
}
