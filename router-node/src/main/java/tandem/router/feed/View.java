package tandem.router.feed;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import tandem.router.domain.RouterSerializable;

/** How an entity shows itself to people. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CallView.class, name = "call"),
  @JsonSubTypes.Type(value = AgentView.class, name = "agent"),
  @JsonSubTypes.Type(value = QueueView.class, name = "queue"),
  @JsonSubTypes.Type(value = LotView.class, name = "lot")
})
public sealed interface View extends RouterSerializable
    permits CallView, AgentView, QueueView, LotView {}
