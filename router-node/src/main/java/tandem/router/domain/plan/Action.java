package tandem.router.domain.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.Attributes;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.geo.Geography;

/** What a rule does with a call. Kept in calls' journals: a waiting call carries its own. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Action.Wait.class, name = "wait"),
  @JsonSubTypes.Type(value = Action.Park.class, name = "park"),
  @JsonSubTypes.Type(value = Action.Voicemail.class, name = "voicemail"),
  @JsonSubTypes.Type(value = Action.Announce.class, name = "announce"),
  @JsonSubTypes.Type(value = Action.HangUp.class, name = "hangup"),
  @JsonSubTypes.Type(value = Action.Transfer.class, name = "transfer"),
  @JsonSubTypes.Type(value = Action.Callback.class, name = "callback"),
  @JsonSubTypes.Type(value = Action.GoTo.class, name = "flow"),
  @JsonSubTypes.Type(value = Action.Interact.class, name = "ivr"),
  @JsonSubTypes.Type(value = Action.SetAttributes.class, name = "set")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Action extends RouterSerializable {

  /** Whether the flow goes on with its next rule afterwards. */
  default boolean goesOn() {
    return false;
  }

  /**
   * Wait for an agent: in one queue, in several at once, for one agent, or in a ring group. One
   * agent and a group are queues too, by the names {@link QueueNames#ofAgent} and {@link
   * QueueNames#ofGroup}.
   *
   * @param queues names, at least one; all of them may offer an agent, the first one to do gets it
   * @param priority higher is served first, 0 to 100
   * @param boosts added to the priority when their condition holds as the call is routed
   * @param wants what its agent must and should be like, at first
   * @param steps what changes while it waits, in the order of the plan
   * @param answer when the caller is answered
   */
  record Wait(
      List<String> queues,
      int priority,
      List<Boost> boosts,
      Wants wants,
      List<Step> steps,
      AnswerMode answer)
      implements Action {
    public Wait {
      queues = List.copyOf(queues);
      boosts = List.copyOf(boosts);
      steps = List.copyOf(steps);
    }
  }

  /** Added to the priority, -100 to 100, when the condition holds. */
  record Boost(String when, int add) {}

  /**
   * Hold without an agent, with music.
   *
   * @param then what follows when nobody has picked the call up in time
   */
  record Park(String lot, Duration timeout, Action then) implements Action {}

  record Voicemail(String box) implements Action {}

  /**
   * Play a file to the caller, then go on.
   *
   * @param file as the switch knows it
   */
  record Announce(String file) implements Action {
    @Override
    public boolean goesOn() {
      return true;
    }
  }

  /**
   * End the call.
   *
   * @param cause FreeSWITCH's name of the cause
   */
  record HangUp(String cause) implements Action {}

  /** Hand the call to somebody outside. */
  record Transfer(PhoneNumber to) implements Action {}

  /**
   * Let the caller hang up and call back when its turn comes, at the place it has in line.
   *
   * @param queues names, where it keeps waiting; empty for those where it waits already, or for the
   *     queue of the number that was dialled when it never waited
   * @param within no attempt begins later than this after the promise
   * @param attempts how often it is called at most, 1 to {@value CallbackPromise#MOST_ATTEMPTS}
   * @param every pause between an attempt that failed and the next
   * @param ring how long its phone rings
   * @param countries where it may be called (ISO 3166-1, two letters); empty for the country of the
   *     number that was dialled
   * @param otherwise what becomes of a caller whose number cannot be called; null only in a step of
   *     a wait, where such a caller waits on
   */
  record Callback(
      List<String> queues,
      Duration within,
      int attempts,
      Duration every,
      Duration ring,
      List<String> countries,
      @Nullable Action otherwise)
      implements Action {
    /** What counts where a plan, or somebody who asks, says nothing. */
    public static final Duration WITHIN = Duration.ofHours(2);

    public static final int ATTEMPTS = 3;

    public static final Duration EVERY = Duration.ofMinutes(10);

    public static final Duration RING = Duration.ofSeconds(30);

    public Callback {
      queues = List.copyOf(queues);
      countries = List.copyOf(countries);
    }

    /** Where this caller can be called back; empty when it cannot be. */
    public Optional<PhoneNumber> number(String from, String to) {
      return Geography.dialable(from, to, countries);
    }
  }

  /** Go on with the rules of another flow. */
  record GoTo(String flow) implements Action {}

  /**
   * Lead the caller through an interactive flow, which says itself what becomes of the call.
   *
   * @param ivr one of the plan's {@link Plan#ivrs}
   */
  record Interact(String ivr) implements Action {}

  record SetAttributes(Attributes attributes) implements Action {
    @Override
    public boolean goesOn() {
      return true;
    }
  }

  /**
   * What happens to a waiting call after a time, or after agents did not answer.
   *
   * @param after since the call began to wait; null when it depends on {@code unanswered}
   * @param unanswered after this many offers that rang to the end; null when it depends on time
   * @param changes one or more, done together
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Step(@Nullable Duration after, @Nullable Integer unanswered, List<Change> changes) {
    public Step {
      changes = List.copyOf(changes);
    }
  }
}
