package tandem.router.edge;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.SwitchId;
import tandem.router.domain.TenantId;

/** What operators and the API ask of a switch link, beside the orders of calls. */
public sealed interface LinkQuery extends LinkMessage {

  /** Makes the link exist: every edge node says it at its start for each configured switch. */
  record Start() implements LinkQuery {}

  record GetStatus(ActorRef<LinkStatus> replyTo) implements LinkQuery {}

  /** Which calls of the tenant this link carries: together the links are the list of open calls. */
  record ListCalls(TenantId tenant, ActorRef<LinkCalls> replyTo) implements LinkQuery {}

  /**
   * Orders nothing new for new callers: an unknown caller is turned away (the carrier tries the
   * next switch), calls already carried go on to their end, their originates too. Persisted, so a
   * drained link stays so when it moves or restarts.
   */
  record Drain(ActorRef<LinkStatus> replyTo) implements LinkQuery {}

  /** Ends {@link Drain}. */
  record Resume(ActorRef<LinkStatus> replyTo) implements LinkQuery {}

  /** How the link stands with its switch. */
  enum LinkState {
    /** Never connected since it started, or connected and still comparing notes with the switch. */
    CONNECTING,
    /** Connected and reconciled: orders are carried out. */
    READY,
    /** As READY, for the calls there are; new callers are turned away. */
    DRAINING,
    /** The connection broke and is not back; orders wait or fail. */
    LOST
  }

  /**
   * One link's figures, for {@code /switches}.
   *
   * @param since when it entered this state
   * @param incarnation of the present connection; null while there is none
   * @param coreUuid of the switch, as last seen; null before the first connection ever
   * @param channels legs that live on the switch as far as the link knows
   * @param calls calls carried
   * @param originateRate originates a second that pacing allows now
   * @param originatesWaiting ordered and still held back by pacing
   * @param originatesPending written, and their outcome not known yet
   */
  record LinkStatus(
      SwitchId id,
      LinkState state,
      Instant since,
      @Nullable String incarnation,
      @Nullable String coreUuid,
      int channels,
      int calls,
      double originateRate,
      int originatesWaiting,
      int originatesPending)
      implements RouterSerializable {}

  /** The answer to {@link ListCalls}. */
  record LinkCalls(SwitchId id, List<CallId> calls) implements RouterSerializable {
    public LinkCalls {
      calls = List.copyOf(calls);
    }
  }
}
