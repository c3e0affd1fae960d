package tandem.router.queue;

import akka.actor.typed.ActorRef;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.agent.Agent;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.RouterSerializable;
import tandem.router.entity.Word;
import tandem.router.feed.QueueView;

/**
 * What a queue hears, and what it persists. A queue is the single owner of the order of its
 * callers; what it knows of its agents is a hint.
 */
public final class Queue {
  private Queue() {}

  /** What a queue hears. */
  public sealed interface Command extends RouterSerializable {}

  public record Configure(
      QueueSettings settings, boolean onlyIfNew, ActorRef<ConfigureReply> replyTo)
      implements Command {}

  public record Get(ActorRef<GetReply> replyTo) implements Command {}

  /** A call takes a place; a higher round replaces a lower one. */
  public record Enqueue(CallId call, int round, int priority, Instant since)
      implements Command, Word {
    @Override
    public String key() {
      return "enqueue:" + round;
    }
  }

  /**
   * What the call says of its place.
   *
   * @param version counts the call's changes of mind in this round: a lower one is old
   * @param status whether an agent may be reserved for it
   */
  public record Place(CallId call, int round, int version, PlaceStatus status)
      implements Command, Word {
    @Override
    public String key() {
      return "place:" + round + ':' + version + ':' + status;
    }
  }

  /** What may be done with a place. */
  public enum PlaceStatus {
    /** Reserve an agent. */
    WAITING,
    /** Keep the place, reserve nobody: an offer is out, or the call's switch is out of reach. */
    HELD
  }

  /** The call left without having been served. */
  public record Leave(CallId call, int round) implements Command, Word {
    @Override
    public String key() {
      return "leave:" + round;
    }
  }

  public record Served(CallId call, int round, AgentId agent) implements Command, Word {
    @Override
    public String key() {
      return "served:" + round;
    }
  }

  /** The agent is reserved for the offer. */
  public record Granted(OfferId offer, CallId call, AgentId agent, Announcement now)
      implements Command {}

  public record Declined(
      OfferId offer, CallId call, AgentId agent, Agent.DeclineReason reason, Announcement now)
      implements Command {}

  /** An agent tells how it is. */
  public record Announce(AgentId agent, Announcement now) implements Command {}

  /**
   * How an agent is: a hint.
   *
   * @param version counts the agent's events: a lower one is old
   * @param member whether it belongs to this queue
   * @param free calls it could take now
   * @param idleSince since when it handled nothing
   */
  public record Announcement(long version, boolean member, int free, Instant idleSince) {
    /** Whether the other, of another version, means the same for a queue. */
    public boolean saysTheSameAs(Announcement other) {
      boolean neither = !member && !other.member;
      return neither
          || (member == other.member && free == other.free && idleSince.equals(other.idleSince));
    }
  }

  /** The directory has listed us. */
  public record Heard(String key) implements Command {}

  /** The shard wants the entity to stop: it does once nothing is under way. Never decided upon. */
  public enum Stop implements Command {
    STOP
  }

  public enum Wake implements Command {
    WAKE
  }

  public sealed interface ConfigureReply extends RouterSerializable {}

  public record Configured(QueueView view, long seq) implements ConfigureReply {}

  public enum AlreadyExists implements ConfigureReply {
    ALREADY_EXISTS
  }

  /** The answer to {@link Get}; null when there is no such queue. */
  public record GetReply(@Nullable QueueView view, long seq) implements RouterSerializable {}

  /** What a queue persists. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public sealed interface Event extends RouterSerializable {
    Instant at();
  }

  public record QueueConfigured(QueueId queue, QueueSettings settings, Instant at)
      implements Event {}

  public record CallerQueued(CallId call, int round, int priority, Instant since, Instant at)
      implements Event {}

  public record CallerServed(CallId call, int round, AgentId agent, Instant at) implements Event {}

  public record CallerLeft(CallId call, int round, Instant at) implements Event {}

  public record MemberJoined(AgentId agent, Instant at) implements Event {}

  public record MemberLeft(AgentId agent, Instant at) implements Event {}
}
