package tandem.router.call;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.LegId;
import tandem.router.edge.SwitchCommand;

/**
 * What somebody does with a call. Which of these a call takes in which state, and why not: {@code
 * docs/calls.md}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "operation")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Operation.HangUp.class, name = "hangup"),
  @JsonSubTypes.Type(value = Operation.Answer.class, name = "answer"),
  @JsonSubTypes.Type(value = Operation.Decline.class, name = "decline"),
  @JsonSubTypes.Type(value = Operation.Hold.class, name = "hold"),
  @JsonSubTypes.Type(value = Operation.Resume.class, name = "resume"),
  @JsonSubTypes.Type(value = Operation.Mute.class, name = "mute"),
  @JsonSubTypes.Type(value = Operation.Press.class, name = "press"),
  @JsonSubTypes.Type(value = Operation.Transfer.class, name = "transfer"),
  @JsonSubTypes.Type(value = Operation.Consult.class, name = "consult"),
  @JsonSubTypes.Type(value = Operation.Swap.class, name = "swap"),
  @JsonSubTypes.Type(value = Operation.Complete.class, name = "complete"),
  @JsonSubTypes.Type(value = Operation.CancelConsult.class, name = "cancel-consult"),
  @JsonSubTypes.Type(value = Operation.Merge.class, name = "merge"),
  @JsonSubTypes.Type(value = Operation.Park.class, name = "park"),
  @JsonSubTypes.Type(value = Operation.PickUp.class, name = "pick-up"),
  @JsonSubTypes.Type(value = Operation.Add.class, name = "add"),
  @JsonSubTypes.Type(value = Operation.Remove.class, name = "remove"),
  @JsonSubTypes.Type(value = Operation.Lock.class, name = "lock"),
  @JsonSubTypes.Type(value = Operation.Supervise.class, name = "supervise"),
  @JsonSubTypes.Type(value = Operation.StopSupervising.class, name = "stop-supervising"),
  @JsonSubTypes.Type(value = Operation.TakeOver.class, name = "take-over"),
  @JsonSubTypes.Type(value = Operation.Tape.class, name = "tape"),
  @JsonSubTypes.Type(value = Operation.Note.class, name = "note"),
  @JsonSubTypes.Type(value = Operation.Tag.class, name = "tag"),
  @JsonSubTypes.Type(value = Operation.Dispose.class, name = "dispose"),
  @JsonSubTypes.Type(value = Operation.SetAttributes.class, name = "set-attributes")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Operation {

  /** Ends the call for all. */
  record HangUp() implements Operation {}

  /** Asks this agent's ringing phone to pick up by itself, where it can. */
  record Answer(AgentId agent) implements Operation {}

  /** This agent does not want the call that rings. */
  record Decline(AgentId agent) implements Operation {}

  /** The agent's side falls silent, the other hears music. */
  record Hold() implements Operation {}

  record Resume() implements Operation {}

  /** Whether the others hear this leg. */
  record Mute(LegId leg, boolean on) implements Operation {}

  /**
   * Sends digits, 0-9, A-D, * and #, 1 to 32.
   *
   * @param leg whose far side gets them; null for the caller's
   */
  record Press(String digits, @Nullable LegId leg) implements Operation {}

  /**
   * Gives the caller away without talking to the target first.
   *
   * @param agent who does so; null for the only agent there
   */
  record Transfer(Target to, @Nullable AgentId agent) implements Operation {}

  /**
   * Talks to somebody while the caller hears music.
   *
   * @param agent who does so; null for the only agent there
   */
  record Consult(Target to, @Nullable AgentId agent) implements Operation {}

  /** Talks to the other one: to the caller, or to who is consulted. */
  record Swap() implements Operation {}

  /** Gives the caller to who is consulted. */
  record Complete() implements Operation {}

  /** Hangs up on who is consulted and talks to the caller. */
  record CancelConsult() implements Operation {}

  /** All talk: the caller, the agent and who is consulted. */
  record Merge() implements Operation {}

  /**
   * Leaves the caller in a park lot.
   *
   * @param slot the one wanted; null for the next free one
   * @param agent who does so; null for the only agent there
   */
  record Park(String lot, @Nullable Integer slot, @Nullable AgentId agent) implements Operation {}

  /** This agent gets the parked caller. */
  record PickUp(AgentId agent) implements Operation {}

  /** Brings somebody into the conversation. */
  record Add(Target who) implements Operation {}

  /** Sends somebody out of it. */
  record Remove(LegId leg) implements Operation {}

  /** While it is locked nobody is added. */
  record Lock(boolean on) implements Operation {}

  /**
   * A supervisor listens, or is heard; said again, it changes how.
   *
   * @param supervisor whose phone rings
   * @param agent who is listened to; null for the only agent there
   */
  record Supervise(AgentId supervisor, @Nullable AgentId agent, SwitchCommand.Ear ear)
      implements Operation {}

  record StopSupervising(AgentId supervisor) implements Operation {}

  /** A supervisor who listens gets the call, and the agent is released. */
  record TakeOver(AgentId supervisor) implements Operation {}

  /** Starts, stops, pauses or resumes the recording of the call. */
  record Tape(SwitchCommand.TapeMode mode) implements Operation {}

  /** Writes something down about the call, 1 to 4,000 characters. */
  record Note(String text) implements Operation {}

  /** Adds and removes tags. */
  record Tag(List<String> add, List<String> remove) implements Operation {
    public Tag {
      add = List.copyOf(add);
      remove = List.copyOf(remove);
    }
  }

  /**
   * What the call came to, in the tenant's own words.
   *
   * @param code 1 to 64 characters
   */
  record Dispose(String code, @Nullable String comment) implements Operation {}

  /** Sets attributes of the call, and takes those away whose value is empty. */
  record SetAttributes(Map<String, String> attributes) implements Operation {
    public SetAttributes {
      // In an order that is the same on every node: a repeat is told from another request by it.
      attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }
  }
}
