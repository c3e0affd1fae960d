package tandem.router.call;

import static tandem.router.entity.Outbox.earlier;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tandem.router.agent.Agent;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.ReleaseReason;
import tandem.router.edge.CallFact;
import tandem.router.edge.Causes;
import tandem.router.edge.SwitchCommand;
import tandem.router.edge.SwitchCommand.Ear;
import tandem.router.entity.Address.ToAgent;
import tandem.router.entity.Address.ToSwitch;
import tandem.router.entity.Outbox.Owed;
import tandem.router.entity.Turn;

/** How those come whom the call itself wants, and what becomes of a caller when they do not. */
final class Invites {
  /** How long somebody's phone rings where nobody says. */
  static final Duration RING = Duration.ofSeconds(20);

  /** How long an agent may take to say whether it comes. */
  static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  private static final String NO_ANSWER = "NO_ANSWER";

  private final CallId id;
  private final CallTimings timings;
  private final CallMemory memory;

  Invites(CallId id, CallTimings timings, CallMemory memory) {
    this.id = id;
    this.timings = timings;
    this.memory = memory;
  }

  /**
   * Asks somebody to come.
   *
   * @return why not, or null
   */
  @Nullable Refusal want(
      Turn<CallState, Call.Event> turn,
      @Nullable Act act,
      Destinations.Found whom,
      Invite.Purpose purpose,
      @Nullable AgentId host,
      @Nullable Ear ear) {
    return want(turn, act, whom, purpose, host, ear, RING);
  }

  @Nullable Refusal want(
      Turn<CallState, Call.Event> turn,
      @Nullable Act act,
      Destinations.Found whom,
      Invite.Purpose purpose,
      @Nullable AgentId host,
      @Nullable Ear ear,
      Duration ring) {
    AgentId agent = whom.agent();
    Refusal refusal = refusal(turn.state(), whom);
    if (refusal != null) {
      return refusal;
    }
    int number = turn.state().table().invites() + 1;
    turn.persist(
        new TableEvent.Invited(
            new Invite(
                number,
                agent,
                agent == null ? null : new OfferId(turn.newId()),
                whom.number(),
                whom.shown(),
                purpose,
                host,
                ear,
                ring),
            act,
            turn.now()));
    Coming coming = turn.state().table().coming(number);
    if (agent == null && coming != null) {
      dial(turn, coming, 0);
    }
    return null;
  }

  /** Why somebody cannot be asked to come; null when it can. */
  @Nullable Refusal refusal(CallState state, Destinations.Found whom) {
    if (whom.refusal() != null) {
      return whom.refusal();
    } else if (whom.agent() != null && state.table().has(whom.agent())) {
      return Refusal.ALREADY_THERE;
    }
    return whom.number() != null && memory.incarnation() == null ? Refusal.SWITCH_LOST : null;
  }

  /** Numbers are rung over one trunk after the other. */
  private void dial(Turn<CallState, Call.Event> turn, Coming coming, int trunk) {
    CallState state = turn.state();
    Invite invite = coming.invite();
    String incarnation = memory.incarnation();
    LegId leg = LegId.ofInvite(id, invite.number(), trunk);
    Instant now = turn.now();
    turn.persist(
        new TableEvent.InviteOrdered(
            invite.number(),
            leg,
            null,
            trunk,
            now.plus(invite.ring()).plus(timings.ringGrace()),
            now));
    if (incarnation != null) {
      turn.tell(
          new ToSwitch(Objects.requireNonNull(state.arrival()).home()),
          new SwitchCommand.Dial(
              id,
              leg,
              Objects.requireNonNull(invite.outside()),
              Objects.requireNonNull(invite.shown()).value(),
              null,
              false,
              trunk,
              invite.ring(),
              now.plus(timings.orderWithin()),
              incarnation));
    }
  }

  void comes(Turn<CallState, Call.Event> turn, Call.AgentComes m) {
    CallState state = turn.state();
    Coming coming = state.table().coming(m.offer());
    String incarnation = memory.incarnation();
    if (coming == null || coming.leg() != null) {
      OfferRecord known = state.offers().get(m.offer());
      if (known != null) {
        turn.tell(new ToAgent(m.agent()), known.verdict(id));
      }
      return;
    } else if (incarnation == null) {
      // A link that is back soon is waited for: the agent is asked again.
      return;
    }
    LegId leg = LegId.of(m.offer());
    Instant now = turn.now();
    Duration ring = coming.invite().ring();
    turn.persist(
        new TableEvent.InviteOrdered(
            coming.invite().number(),
            leg,
            m.contact(),
            0,
            now.plus(ring).plus(timings.ringGrace()),
            now));
    CallFact.Arrived arrival = Objects.requireNonNull(state.arrival());
    turn.tell(
        new ToSwitch(arrival.home()),
        new SwitchCommand.Originate(
            id,
            leg,
            m.contact(),
            arrival.outbound() == null ? arrival.callerNumber() : arrival.calledNumber(),
            ring,
            now.plus(timings.orderWithin()),
            incarnation));
  }

  void staysAway(Turn<CallState, Call.Event> turn, Call.AgentStaysAway m) {
    Coming coming = turn.state().table().coming(m.offer());
    boolean stillHere =
        coming != null
            && coming.is(Invite.Purpose.RECALL)
            && m.why() == Agent.DeclineReason.AT_CAPACITY;
    // Who has just given the caller away has its phone free in a moment: it is asked again.
    if (coming != null && coming.leg() == null && !stillHere) {
      end(turn, coming, m.why().name());
    }
  }

  /** An agent who was to come has signed out. */
  void withdrawn(Turn<CallState, Call.Event> turn, OfferId offer) {
    Coming coming = turn.state().table().coming(offer);
    if (coming != null) {
      end(turn, coming, ReleaseReason.WITHDRAWN.name());
    }
  }

  /** Whether this leg is somebody's who was wanted, and is there now. */
  boolean answered(Turn<CallState, Call.Event> turn, LegId leg) {
    Coming coming = turn.state().table().coming(leg);
    if (coming == null) {
      return false;
    }
    turn.persist(new TableEvent.InviteAnswered(coming.invite().number(), turn.now()));
    return true;
  }

  /** Whether this leg, which has gone, was somebody's who was wanted. */
  boolean gone(Turn<CallState, Call.Event> turn, LegId leg, String cause) {
    Coming coming = turn.state().table().coming(leg);
    if (coming == null) {
      return false;
    }
    boolean outside = coming.invite().outside() != null;
    if (outside && Causes.triesNextTrunk(cause) && memory.incarnation() != null) {
      dial(turn, coming, coming.trunk() + 1);
    } else {
      // What the last trunk said tells more than that there is no other.
      boolean noMore = coming.trunk() > 0 && cause.equals(Causes.NO_TRUNK);
      end(turn, coming, noMore ? turn.state().lastMiss() : cause);
    }
    return true;
  }

  void end(Turn<CallState, Call.Event> turn, Coming coming, String cause) {
    turn.persist(new TableEvent.InviteEnded(coming.invite().number(), cause, turn.now()));
  }

  /** What agents are to be asked. */
  List<Owed> owed(CallState state) {
    List<Owed> owed = new ArrayList<>();
    for (Coming coming : state.table().coming()) {
      Invite invite = coming.invite();
      AgentId agent = invite.agent();
      OfferId offer = invite.offer();
      if (agent != null && offer != null && coming.leg() == null) {
        owed.add(
            new Owed(
                "summon:" + offer,
                new ToAgent(agent),
                new Agent.Summon(
                    offer,
                    id,
                    invite.ring(),
                    coming.is(Invite.Purpose.SUPERVISE)
                        ? Duration.ZERO
                        : QueueSettings.DEFAULT.wrapUp(),
                    coming.deadline(),
                    isOwn(invite),
                    coming.is(Invite.Purpose.SUPERVISE))));
      }
    }
    return owed;
  }

  private static boolean isOwn(Invite invite) {
    return switch (invite.purpose()) {
      case RECALL, PICK_UP, SUPERVISE, OUTBOUND -> true;
      case CONSULT, JOIN, TRANSFER -> false;
    };
  }

  /** Whether who comes would find nobody, or not those who were meant. */
  private static boolean isInVain(CallState state, Coming coming) {
    Activity activity = state.activity();
    return coming.getsCaller()
        ? !(activity instanceof Reaching || activity instanceof Holding)
        : !(activity instanceof Bridged);
  }

  /**
   * Gives up who does not come in time.
   *
   * @return when to look again, or null
   */
  @Nullable Instant settle(Turn<CallState, Call.Event> turn) {
    Instant next = null;
    for (Coming coming : turn.state().table().coming()) {
      Instant due = memory.due(coming.deadline());
      if (isInVain(turn.state(), coming)) {
        end(turn, coming, CallFacts.NORMAL);
      } else if (due != null && !due.isAfter(turn.now())) {
        end(turn, coming, NO_ANSWER);
      } else {
        next = earlier(next, due);
      }
    }
    return next;
  }
}
