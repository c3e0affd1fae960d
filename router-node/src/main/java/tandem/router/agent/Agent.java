package tandem.router.agent;

import akka.actor.typed.ActorRef;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.Contact;
import tandem.router.domain.OfferId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.Presence;
import tandem.router.domain.QueueId;
import tandem.router.domain.ReleaseReason;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.Traits;
import tandem.router.domain.select.Decision;
import tandem.router.entity.Word;
import tandem.router.feed.AgentView;

/**
 * What an agent hears, and what it persists. An agent is the single owner of its presence and the
 * only one who grants a reservation of itself; only the call ends one.
 */
public final class Agent {
  private Agent() {}

  /**
   * Who the agent is.
   *
   * @param queues the queues it is a member of, by name
   * @param capacity calls at once, 1 to 10
   * @param traits what plans decide by
   * @param callerId shown to whom the agent calls; null for what its plan says
   */
  public record Profile(
      String displayName,
      Contact contact,
      List<String> queues,
      int capacity,
      Traits traits,
      @Nullable PhoneNumber callerId) {
    public Profile {
      queues = List.copyOf(queues);
      if (capacity < 1 || capacity > 10) {
        throw new IllegalArgumentException("capacity: must be 1 to 10, got " + capacity);
      }
      if (displayName.isBlank() || displayName.length() > 100) {
        throw new IllegalArgumentException("displayName: must be 1 to 100 characters");
      }
      if (queues.size() > 50) {
        throw new IllegalArgumentException("queues: at most 50, got " + queues.size());
      }
    }

    /** Without a number of its own. */
    public Profile(
        String displayName, Contact contact, List<String> queues, int capacity, Traits traits) {
      this(displayName, contact, queues, capacity, traits, null);
    }

    /** Reads what was written before agents had traits, or a number, too. */
    @JsonCreator
    public static Profile of(
        @JsonProperty("displayName") String displayName,
        @JsonProperty("contact") Contact contact,
        @JsonProperty("queues") List<String> queues,
        @JsonProperty("capacity") int capacity,
        @JsonProperty("traits") @Nullable Traits traits,
        @JsonProperty("callerId") @Nullable PhoneNumber callerId) {
      return new Profile(
          displayName, contact, queues, capacity, traits == null ? Traits.NONE : traits, callerId);
    }
  }

  /** What an agent hears. */
  public sealed interface Command extends RouterSerializable {}

  /** Makes the agent, or changes who it is. */
  public record Save(Profile profile, boolean onlyIfNew, ActorRef<SaveReply> replyTo)
      implements Command {}

  public record SetPresence(
      Presence presence, @Nullable String reason, ActorRef<PresenceReply> replyTo)
      implements Command {}

  public record Get(ActorRef<GetReply> replyTo) implements Command {}

  /**
   * A queue wants this agent for a caller. Repeated until answered.
   *
   * @param notAfter a reserve that comes later is declined: its queue no longer waits for it
   * @param several whether other phones may ring for the call at the same time
   * @param why this agent was picked
   */
  public record Reserve(
      OfferId offer,
      CallId call,
      int round,
      QueueId queue,
      Duration ringTimeout,
      Duration wrapUp,
      Instant notAfter,
      boolean several,
      Decision why)
      implements Command {}

  /**
   * A call wants this agent, by its own choice or somebody's, and no queue is asked. Repeated until
   * answered by {@link Call.AgentComes} or {@link Call.AgentStaysAway}.
   *
   * <p>One that fails, for whatever reason, leaves the agent as it was before. NOT_READY and a rest
   * are there to keep a queue from sending the next caller to a phone that was not picked up; a
   * colleague who does not answer a consultation has not missed a caller of a queue, and who asked
   * hears at once that it does not come.
   *
   * @param wrapUp what it has to write up after a talk; zero for none
   * @param notAfter one that comes later is declined
   * @param own whether the agent itself wants it: it is free for that when it does not want calls,
   *     and ends a wrap-up when it has no room otherwise
   * @param listens whether it only listens to others: it counts neither as a call nor as talk, and
   *     the agent is idle since as long as before
   */
  public record Summon(
      OfferId offer,
      CallId call,
      Duration ringTimeout,
      Duration wrapUp,
      Instant notAfter,
      boolean own,
      boolean listens)
      implements Command {}

  /** What the call says about an offer, by itself or when asked. */
  public record Verdict(OfferId offer, CallId call, Standing standing, @Nullable ReleaseReason why)
      implements Command, Word {
    @Override
    public String key() {
      return "verdict:" + offer + ':' + standing;
    }
  }

  /** How an offer stands with its call. */
  public enum Standing {
    /** The call has it; the phone is about to ring, rings, or is still being hung up. */
    HELD,
    /** The two are talking. */
    CONNECTED,
    /** It is over and they never talked. */
    RELEASED,
    /** They talked, and the agent's leg is gone. */
    OVER
  }

  /** A queue whose turn it was to have this agent has nobody for it. */
  public record NobodyWaits(QueueId queue) implements Command {}

  /** The tenant's plan has changed on this node. */
  public enum PlanChanged implements Command {
    PLAN_CHANGED
  }

  /** A queue lost its picture of its agents. */
  public record AnnounceTo(QueueId queue) implements Command {}

  public record Heard(String key) implements Command {}

  public enum Wake implements Command {
    WAKE
  }

  public sealed interface SaveReply extends RouterSerializable {}

  public record Saved(AgentView view, long seq) implements SaveReply {}

  public enum AlreadyExists implements SaveReply {
    ALREADY_EXISTS
  }

  public sealed interface PresenceReply extends RouterSerializable {}

  public record PresenceChanged(AgentView view, long seq) implements PresenceReply {}

  public enum NoSuchAgent implements PresenceReply {
    NO_SUCH_AGENT
  }

  /** The answer to {@link Get}; null when there is no such agent. */
  public record GetReply(@Nullable AgentView view, long seq) implements RouterSerializable {}

  /** Why an agent does not take a reserve, or does not come when a call asks for it. */
  public enum DeclineReason {
    OFFLINE,
    NOT_READY,
    AT_CAPACITY,
    RESTING,
    NOT_A_MEMBER,
    TOO_LATE,
    /** This very offer was given and is over. */
    OVER,
    /** Nobody has made an agent of this name; only for {@link Summon}. */
    NO_SUCH_AGENT
  }

  /** What an agent persists. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public sealed interface Event extends RouterSerializable {
    Instant at();
  }

  public record ProfileSaved(AgentId agent, Profile profile, Instant at) implements Event {}

  public record PresenceSet(Presence presence, @Nullable String reason, Instant at)
      implements Event {}

  public record Reserved(
      OfferId offer,
      CallId call,
      int round,
      QueueId queue,
      Duration ringTimeout,
      Duration wrapUp,
      Instant at)
      implements Event {}

  /** The agent has granted itself to a call that asked for it, without a queue. */
  public record Summoned(
      OfferId offer,
      CallId call,
      Duration ringTimeout,
      Duration wrapUp,
      boolean own,
      boolean listens,
      Instant at)
      implements Event {}

  public record TalkStarted(OfferId offer, Instant at) implements Event {}

  /**
   * An offer ended without talk.
   *
   * @param restUntil until when the agent is passed over, where the reason says so
   */
  public record Released(
      OfferId offer, ReleaseReason reason, @Nullable Instant restUntil, Instant at)
      implements Event {}

  public record WrapUpStarted(OfferId offer, Instant until, Instant at) implements Event {}

  public record WrapUpEnded(OfferId offer, Instant at) implements Event {}
}
