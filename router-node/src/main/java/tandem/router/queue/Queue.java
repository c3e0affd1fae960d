package tandem.router.queue;

import akka.actor.typed.ActorRef;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tandem.router.agent.Agent;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.Traits;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.select.Matcher;
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

  /**
   * Asks how a call stands here. Goes through all places, so it is for people, not for other
   * entities. Without an answer while the node has not read the plans yet.
   */
  public record GetPlace(CallId call, ActorRef<PlaceReply> replyTo) implements Command {}

  /** A call asks where it stands; answered by {@link Call.PlaceTold}. */
  public record TellPlace(CallId call) implements Command {}

  /**
   * A call takes a place; a higher round replaces a lower one.
   *
   * @param queue this queue's name: a call may wait in several, and must tell their answers apart
   * @param since since when it waits, which may be before it came to this queue
   * @param from the caller's number
   * @param callback whether nobody is on the line: it has its place whatever the limits say, up to
   *     20,000 such places a queue, and nobody is reserved for it until its {@link Place} says so
   */
  public record Enqueue(
      CallId call,
      String queue,
      int round,
      int priority,
      Instant since,
      Wants wants,
      String from,
      boolean callback)
      implements Command, Word {
    @Override
    public String key() {
      return "enqueue:" + round + ':' + queue;
    }
  }

  /**
   * What the call says of its place.
   *
   * @param version counts the call's changes of mind in this round: a lower one is old
   * @param status whether an agent may be reserved for it
   * @param out offers of this queue that stand
   * @param tried agents it cannot be given
   */
  public record Place(
      CallId call,
      String queue,
      int round,
      int version,
      PlaceStatus status,
      int priority,
      Wants wants,
      List<OfferId> out,
      List<AgentId> tried)
      implements Command, Word {
    public Place {
      out = List.copyOf(out);
      tried = List.copyOf(tried);
    }

    @Override
    public String key() {
      return "place:" + round + ':' + queue + ':' + version + ':' + status;
    }
  }

  /** What may be done with a place. */
  public enum PlaceStatus {
    /** Reserve an agent. */
    WAITING,
    /** Phones ring for it: one more may, where the strategy rings several. */
    RINGING,
    /** Keep the place, reserve nobody: an offer is out, or the call's switch is out of reach. */
    HELD
  }

  /** The call left without having been served here. */
  public record Leave(CallId call, String queue, int round, LeaveReason why)
      implements Command, Word {
    @Override
    public String key() {
      return "leave:" + round + ':' + queue;
    }
  }

  /** Why a caller left. */
  public enum LeaveReason {
    /** The caller hung up, or its switch was lost. */
    ABANDONED,
    /** An agent of another queue was faster. */
    SERVED_ELSEWHERE,
    /** Its plan sent it elsewhere. */
    MOVED
  }

  /**
   * An agent of this queue talks with the caller.
   *
   * @param from the caller's number
   */
  public record Served(CallId call, String queue, int round, AgentId agent, String from)
      implements Command, Word {
    @Override
    public String key() {
      return "served:" + round + ':' + queue;
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
   * @param calls taken since it signed in
   * @param talk how long it has talked since it signed in
   * @param from until then another queue goes first
   * @param first whether this queue goes first, and is to say when it has nobody for the agent
   */
  public record Announcement(
      long version,
      boolean member,
      int free,
      Instant idleSince,
      Traits traits,
      long calls,
      Duration talk,
      Instant from,
      boolean first) {
    /** Whether the other, of another version, means the same for a queue. */
    public boolean saysTheSameAs(Announcement other) {
      boolean neither = !member && !other.member;
      return neither
          || (member == other.member
              && free == other.free
              && idleSince.equals(other.idleSince)
              && from.equals(other.from)
              && first == other.first
              && traits.equals(other.traits));
    }

    Matcher.Standing standing(Instant latest) {
      return new Matcher.Standing(
          traits, free, idleSince, calls, talk, from.isAfter(latest) ? latest : from);
    }
  }

  /** The tenant's plan, or what is open, has changed on this node. */
  public enum PlanChanged implements Command {
    PLAN_CHANGED
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

  /** The plan of this version says how the queue works. */
  public record InPlan(long version) implements ConfigureReply {}

  /** The answer to {@link Get}; null when there is no such queue. */
  public record GetReply(@Nullable QueueView view, long seq) implements RouterSerializable {}

  /**
   * The answer to {@link GetPlace}; null when the call has no place here.
   *
   * @param position now
   */
  public record PlaceReply(QueueId queue, @Nullable Position position)
      implements RouterSerializable {}

  /**
   * How a call stands in a queue.
   *
   * <p>Before it are the places that come first in the order as it is at the moment (priority and
   * ageing, then since when they wait) and that are in line: those for whom an agent could be
   * reserved now, those whose offer is out, and, after a recovery, callers on the line whose calls
   * have not spoken yet. Held places are not in line: callbacks that wait for their time, and
   * callers who are being offered elsewhere or whose switch is out of reach. Whom an agent fits is
   * not asked, so somebody further behind may be served first.
   *
   * @param number places before it and 1: who has 1 is offered next; of a place that is held, the
   *     one it would have if it were not
   * @param estimatedWait from now on, in whole seconds, among those who want the same; null while
   *     too little is known to tell, and of a place that is held, since only its call knows until
   *     when
   */
  public record Position(int number, @Nullable Duration estimatedWait) {}

  /** What a queue persists. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public sealed interface Event extends RouterSerializable {
    Instant at();
  }

  public record QueueConfigured(QueueId queue, QueueSettings settings, Instant at)
      implements Event {}

  /**
   * A caller has a place.
   *
   * @param callback whether nobody is on the line
   */
  public record CallerQueued(
      CallId call,
      int round,
      int priority,
      Instant since,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean callback,
      Instant at)
      implements Event {}

  /**
   * An agent of this queue has got the caller.
   *
   * @param from the caller's number, where the queue is to find that agent again; null otherwise
   */
  public record CallerServed(
      CallId call, int round, AgentId agent, @Nullable String from, Instant at) implements Event {}

  /**
   * A caller has left its place without an agent of this queue.
   *
   * @param why null where it was written before there were other reasons than an abandoned call
   */
  public record CallerLeft(CallId call, int round, @Nullable LeaveReason why, Instant at)
      implements Event {}

  public record MemberJoined(AgentId agent, Instant at) implements Event {}

  public record MemberLeft(AgentId agent, Instant at) implements Event {}
}
