package tandem.router.call;

import akka.actor.typed.ActorRef;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tandem.router.agent.Agent;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.Contact;
import tandem.router.domain.LegId;
import tandem.router.domain.LotId;
import tandem.router.domain.OfferId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.QueueId;
import tandem.router.domain.ReleaseReason;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.CallbackPromise;
import tandem.router.domain.plan.Routing;
import tandem.router.domain.select.Decision;
import tandem.router.edge.CallFact;
import tandem.router.edge.Errand;
import tandem.router.feed.CallView;
import tandem.router.lookup.LookUp;
import tandem.router.queue.Queue;

/**
 * What a call hears, and what it persists. A call is the single owner of its legs, of what it is
 * doing, and of the end of every reservation made for it.
 */
public final class Call {
  private Call() {}

  /** What a call hears. */
  public sealed interface Command extends RouterSerializable {}

  /** The switch link saw something. */
  public record Fact(CallFact fact) implements Command {}

  /**
   * An agent has reserved itself for this call.
   *
   * @param several whether its queue lets several phones ring at once
   * @param why the agent was picked
   */
  public record AgentReserved(
      OfferId offer,
      AgentId agent,
      QueueId queue,
      int round,
      Contact contact,
      Duration ringTimeout,
      boolean several,
      Decision why)
      implements Command {}

  /**
   * A reserved or talking agent asks how its offer stands.
   *
   * @param queue null when the call itself has asked for the agent
   * @param round 0 without a queue
   */
  public record AboutOffer(OfferId offer, AgentId agent, @Nullable QueueId queue, int round)
      implements Command {}

  /**
   * The agent no longer wants the offer; its phone may be ringing.
   *
   * @param queue null when the call itself has asked for the agent
   * @param round 0 without a queue
   */
  public record Withdrawn(OfferId offer, AgentId agent, @Nullable QueueId queue, int round)
      implements Command {}

  /** A queue asks whether this place is still wanted. */
  public record AboutPlace(QueueId queue, int round) implements Command {}

  /**
   * A queue has no place for this call.
   *
   * @param plan the version of the plan the queue works by; 0 without one
   * @param then what that plan does with such a caller
   */
  public record NoPlace(QueueId queue, int round, NoPlaceReason why, long plan, Action then)
      implements Command {}

  /** Why a queue has no place. */
  public enum NoPlaceReason {
    FULL,
    ESTIMATED_WAIT
  }

  /** The tenant's plan has changed: a caller who waits may have to follow it. */
  public enum PlanChanged implements Command {
    PLAN_CHANGED
  }

  /** A peer has what we said. */
  public record Heard(String key) implements Command {}

  /**
   * The record has this call's events up to {@code seq}: nobody needs to keep it alive for them.
   *
   * @param published the last event other systems have for sure; the rest is kept for them
   */
  public record Recorded(long seq, long published) implements Command {}

  public record Get(ActorRef<GetReply> replyTo) implements Command {}

  /**
   * Somebody asks that the caller be called back.
   *
   * @param number where; null for the number the caller has
   * @param from not before; null for as soon as its turn comes
   * @param within no attempt begins later than this after {@code from}
   * @param attempts how often at most, 1 to {@link CallbackPromise#MOST_ATTEMPTS}
   * @param every pause between an attempt that failed and the next
   * @param ring how long its phone rings
   */
  public record AskCallback(
      @Nullable PhoneNumber number,
      @Nullable Instant from,
      Duration within,
      int attempts,
      Duration every,
      Duration ring,
      ActorRef<AskedReply> replyTo)
      implements Command {}

  /** Calls a callback off; of a call that somebody has made nothing is changed. */
  public record CancelCallback(ActorRef<AskedReply> replyTo) implements Command {}

  /** The answer to {@link AskCallback} and {@link CancelCallback}. */
  public record AskedReply(Asked asked, @Nullable CallId callback) implements RouterSerializable {}

  /** What became of what somebody asked. */
  public enum Asked {
    DONE,
    NO_SUCH_CALL,
    /** Of a call that does not wait: it is over, or somebody talks or is about to. */
    NOT_WAITING,
    /** The caller has no number that may be called, and none was named. */
    NO_NUMBER,
    /** Not a callback. */
    NO_CALLBACK
  }

  /**
   * Somebody wants something of the call.
   *
   * @param key names the request: said again with the same operation it is not done again, and
   *     answered as if it were
   * @param by who wants it, as a token names them
   */
  public record Control(String key, String by, Operation operation, ActorRef<ControlReply> replyTo)
      implements Command {}

  /**
   * The answer to {@link Control}.
   *
   * @param refusal why it was not done; null when it is
   * @param view the call after that; null when there is none
   */
  public record ControlReply(@Nullable Refusal refusal, @Nullable CallView view, long seq)
      implements RouterSerializable {}

  /** Where the call stands in this queue: answers {@link Queue.TellPlace}. */
  public record PlaceTold(QueueId queue, Queue.Position position) implements Command {}

  /** An agent whom the call itself has asked for is reserved: answers {@link Agent.Summon}. */
  public record AgentComes(OfferId offer, AgentId agent, Contact contact) implements Command {}

  /** An agent whom the call itself has asked for does not come. */
  public record AgentStaysAway(OfferId offer, AgentId agent, Agent.DeclineReason why)
      implements Command {}

  /**
   * A park lot has a slot for this call.
   *
   * @param claim the call's number for what it asked
   */
  public record SlotGranted(LotId lot, int claim, int slot) implements Command {}

  /** A park lot has none. */
  public record SlotRefused(LotId lot, int claim, Refusal why) implements Command {}

  /** A park lot asks whether the call still wants its slot. */
  public record AboutSlot(LotId lot, int claim) implements Command {}

  /**
   * What came of asking another system: answers {@link LookUp}.
   *
   * @param number the call's number for what it asked
   * @param values what was found, by attribute: texts, numbers and booleans
   */
  public record LookedUp(int number, FlowEvent.Found found, Map<String, Object> values)
      implements Command {
    public LookedUp {
      values = Map.copyOf(values);
    }
  }

  /** A deadline or a repeat is due. */
  public enum Wake implements Command {
    WAKE
  }

  /**
   * The answer to {@link Get}; null when there is no such call.
   *
   * @param seq the sequence number of the call's last event
   */
  public record GetReply(@Nullable CallView view, long seq) implements RouterSerializable {}

  /** What a call persists. {@code at} is when the call decided it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public sealed interface Event extends RouterSerializable
      permits Course, TableEvent, ParkEvent, FlowEvent, TapeEvent, RemarkEvent {
    Instant at();
  }

  /** Where a call goes, who is offered it, and its end. */
  public sealed interface Course extends Event {}

  public record Arrived(CallId call, CallFact.Arrived arrival, Instant at) implements Course {}

  /** A plan decided what becomes of the call. */
  public record Routed(Routing routing, Instant at) implements Course {}

  /**
   * The call takes its places: in one queue, or in all those of the wait it was routed to.
   *
   * @param queue the first of them
   */
  public record Queued(QueueId queue, int round, int priority, Instant since, Instant at)
      implements Course {}

  /**
   * A queue had no place; the call waits in those that are left, if any.
   *
   * @param plan the version of the plan that says so
   * @param then what becomes of it when none is left
   */
  public record PlaceRefused(
      QueueId queue, int round, NoPlaceReason why, long plan, Action then, Instant at)
      implements Course {}

  /**
   * A step of the wait was taken.
   *
   * @param step its place among the wait's steps, from 0
   */
  public record StepTaken(int round, int step, Instant at) implements Course {}

  /**
   * The switch is to do something with the caller by itself.
   *
   * @param number counts the call's errands
   * @param until when one that returns is taken as done; null for the others
   */
  public record HandedOver(Errand errand, int number, @Nullable Instant until, Instant at)
      implements Course {}

  /** The caller is back from an errand, or never went. */
  public record CameBack(int number, boolean refused, Instant at) implements Course {}

  /**
   * The call waits in a park lot.
   *
   * @param then what becomes of it when nobody picks it up until then
   */
  public record Held(String lot, Action then, Instant until, Instant at) implements Course {}

  /**
   * The caller is going to be called back, by another call; this one ends.
   *
   * @param callback that call
   */
  public record CallbackPromised(CallId callback, CallbackPromise promise, Instant at)
      implements Course {}

  /**
   * An agent is there, and the phone of who is called back is to ring.
   *
   * @param attempt from 1
   */
  public record CustomerDialed(
      OfferId offer, LegId leg, int attempt, Instant ringDeadline, Instant at) implements Course {}

  /** Who is called back has answered. */
  public record CustomerAnswered(OfferId offer, LegId leg, Instant bridgeDeadline, Instant at)
      implements Course {}

  /**
   * Who is called back was not reached, or hung up before an agent and it could talk.
   *
   * @param cause as the switch named it
   * @param again not called before this; null when that was the last attempt
   */
  public record AttemptFailed(int attempt, String cause, @Nullable Instant again, Instant at)
      implements Course {}

  /** A callback comes to its end without anybody having talked. */
  public record GivenUp(CallView.Outcome outcome, String cause, Instant at) implements Course {}

  /** The plan ends the call. */
  public record Dismissed(String cause, Instant at) implements Course {}

  /** The caller hears something; {@code answered} starts billing with most carriers. */
  public record CallerGreeted(boolean answered, Instant at) implements Course {}

  /**
   * An agent's phone is to ring.
   *
   * @param why the agent was picked; null where it was written before decisions were kept
   */
  public record AgentOffered(
      OfferId offer,
      AgentId agent,
      QueueId queue,
      int round,
      LegId leg,
      Contact contact,
      Instant ringDeadline,
      @Nullable Decision why,
      Instant at)
      implements Course {}

  /**
   * An agent's reservation this call will never use.
   *
   * @param queue null where the agent was not reserved by one; {@code round} is 0 then
   */
  public record OfferRefused(
      OfferId offer,
      AgentId agent,
      @Nullable QueueId queue,
      int round,
      ReleaseReason reason,
      Instant at)
      implements Course {}

  public record LegRang(LegId leg, Instant at) implements Course {}

  public record AgentAnswered(OfferId offer, LegId leg, Instant bridgeDeadline, Instant at)
      implements Course {}

  public record Connected(OfferId offer, LegId leg, Instant at) implements Course {}

  /**
   * An offer ended without the two having talked.
   *
   * @param adrift whether the caller may be stuck in a bridge that did not come about
   */
  public record OfferFailed(OfferId offer, ReleaseReason reason, boolean adrift, Instant at)
      implements Course {}

  /** The caller, who may have been stuck, is parked again. */
  public record CallerParked(Instant at) implements Course {}

  public record LegLeft(LegId leg, String cause, Instant at) implements Course {}

  public record Ended(CallView.Outcome outcome, String cause, Instant at) implements Course {}

  /** All peers know the end, the record too. */
  public record Closed(Instant at) implements Course {}
}
