package tandem.router.call;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import tandem.router.domain.AgentId;
import tandem.router.domain.PhoneNumber;

/** Whom, or where, somebody wants a call to go. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "to")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Target.ToAgent.class, name = "agent"),
  @JsonSubTypes.Type(value = Target.ToExtension.class, name = "extension"),
  @JsonSubTypes.Type(value = Target.ToNumber.class, name = "number"),
  @JsonSubTypes.Type(value = Target.ToQueue.class, name = "queue"),
  @JsonSubTypes.Type(value = Target.ToFlow.class, name = "flow")
})
public sealed interface Target {
  record ToAgent(AgentId agent) implements Target {}

  /** An agent by the extension the plan gives it. */
  record ToExtension(String extension) implements Target {}

  record ToNumber(PhoneNumber number) implements Target {}

  record ToQueue(String queue) implements Target {}

  /** A flow of the plan: what it may do with a call that arrives it does with this one. */
  record ToFlow(String flow) implements Target {}
}
