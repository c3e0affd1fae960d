package tandem.edge.link;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import tandem.router.domain.CallId;
import tandem.router.domain.RouterSerializable;

/** What a link persists: which calls it carries, and how it stands with its switch. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LinkEvent.Carried.class, name = "carried"),
  @JsonSubTypes.Type(value = LinkEvent.Dropped.class, name = "dropped"),
  @JsonSubTypes.Type(value = LinkEvent.SwitchSeen.class, name = "switch-seen"),
  @JsonSubTypes.Type(value = LinkEvent.WentDown.class, name = "went-down"),
  @JsonSubTypes.Type(value = LinkEvent.DeclaredDead.class, name = "declared-dead"),
  @JsonSubTypes.Type(value = LinkEvent.DrainSet.class, name = "drain-set")
})
public sealed interface LinkEvent extends RouterSerializable {
  /** A caller was seen, or is to be called back: persisted before the call hears of it. */
  record Carried(CarriedCall call) implements LinkEvent {}

  /** These calls have ended and said so. */
  record Dropped(List<CallId> calls) implements LinkEvent {
    public Dropped {
      calls = List.copyOf(calls);
    }
  }

  /** Connected to the switch; its Core-UUID is another one after each of its starts. */
  record SwitchSeen(String coreUuid, Instant at) implements LinkEvent {}

  /** The connection broke, or could not be made for the first time. */
  record WentDown(Instant at) implements LinkEvent {}

  /**
   * Down for too long: every leg there was is given up, and killed when it is seen again. Callbacks
   * go on without theirs.
   */
  record DeclaredDead(Instant at) implements LinkEvent {}

  record DrainSet(boolean draining, Instant at) implements LinkEvent {}
}
