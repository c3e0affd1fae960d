package tandem.router.call;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.plan.Plans;
import tandem.router.domain.plan.Supervision;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;
import tandem.router.edge.SwitchCommand.Ear;
import tandem.router.entity.Address.ToSwitch;
import tandem.router.entity.Turn;
import tandem.router.feed.CallView.Part;

/** What people do at a call's table: who hears whom, who joins, who is sent out. */
final class Tables {
  /** At one table, those on their way too (count). */
  static final int MOST_PEOPLE = 15;

  /** How often a caller is moved once more whom the switch would not move. */
  static final int STUCK_AT_MOST = 3;

  private final CallId id;
  private final CallMemory memory;
  private final Plans plans;
  private final Invites invites;
  private final Destinations destinations;

  Tables(CallId id, CallMemory memory, Plans plans, Invites invites, Destinations destinations) {
    this.id = id;
    this.memory = memory;
    this.plans = plans;
    this.invites = invites;
    this.destinations = destinations;
  }

  /** Of a call whose people talk. */
  @Nullable Refusal operate(Turn<CallState, Call.Event> turn, Act act, Operation operation) {
    if (operation instanceof Operation.Hold) {
      return hold(turn, act);
    } else if (operation instanceof Operation.Resume) {
      return resume(turn, act);
    } else if (operation instanceof Operation.Mute o) {
      return mute(turn, act, o);
    } else if (operation instanceof Operation.Press o) {
      return press(turn, act, o);
    } else if (operation instanceof Operation.Add o) {
      return add(turn, act, o);
    } else if (operation instanceof Operation.Remove o) {
      return remove(turn, act, o);
    } else if (operation instanceof Operation.Lock o) {
      turn.persist(new TableEvent.LockSet(o.on(), act, turn.now()));
      return null;
    } else if (operation instanceof Operation.Supervise o) {
      return supervise(turn, act, o);
    } else if (operation instanceof Operation.StopSupervising o) {
      return stop(turn, act, o);
    }
    throw new IllegalStateException("a call has no answer to " + operation);
  }

  private static @Nullable Refusal hold(Turn<CallState, Call.Event> turn, Act act) {
    Table table = turn.state().table();
    if (table.people().size() != 2
        || table.agents().size() != 1
        || table.isConsulting()
        || table.coming(Invite.Purpose.JOIN).isPresent()) {
      return Refusal.NOT_TWO;
    } else if (table.isPending()) {
      return Refusal.BEING_MOVED;
    } else if (!table.isSplit()) {
      turn.persist(new TableEvent.PutOnHold(act, turn.now()));
    }
    return null;
  }

  private static @Nullable Refusal resume(Turn<CallState, Call.Event> turn, Act act) {
    Table table = turn.state().table();
    if (table.isConsulting()) {
      return Refusal.CONSULTING;
    } else if (!table.isSplit()) {
      return Refusal.NOT_HELD;
    }
    turn.persist(new TableEvent.TakenOffHold(act, turn.now()));
    return null;
  }

  private static @Nullable Refusal mute(
      Turn<CallState, Call.Event> turn, Act act, Operation.Mute operation) {
    Optional<Seat> seat = turn.state().table().seat(operation.leg());
    if (seat.isEmpty() || seat.get().isSupervisor() || seat.get().leaving()) {
      return Refusal.NO_SUCH_LEG;
    } else if (seat.get().muted() != operation.on()) {
      turn.persist(new TableEvent.Muted(operation.leg(), operation.on(), act, turn.now()));
    }
    return null;
  }

  private @Nullable Refusal press(
      Turn<CallState, Call.Event> turn, Act act, Operation.Press operation) {
    CallState state = turn.state();
    String incarnation = memory.incarnation();
    LegId leg =
        operation.leg() != null
            ? operation.leg()
            : state.table().caller().map(Seat::leg).orElse(null);
    if (leg == null || state.table().seat(leg).isEmpty()) {
      return Refusal.NO_SUCH_LEG;
    } else if (incarnation == null) {
      return Refusal.SWITCH_LOST;
    }
    turn.persist(new TableEvent.DigitsSent(leg, operation.digits().length(), act, turn.now()));
    turn.tell(
        new ToSwitch(Objects.requireNonNull(state.arrival()).home()),
        new SwitchCommand.SendDigits(
            id,
            leg,
            act.key(),
            operation.digits(),
            turn.now().plus(Phones.NOT_LATER),
            incarnation));
    return null;
  }

  private @Nullable Refusal add(
      Turn<CallState, Call.Event> turn, Act act, Operation.Add operation) {
    Table table = turn.state().table();
    Refusal refusal = noRoom(table);
    if (table.isSplit() || table.isConsulting()) {
      return Refusal.NOT_TWO;
    } else if (refusal != null) {
      return refusal;
    }
    AgentId host = table.acting(null).map(Seat::agent).orElse(null);
    return invites.want(
        turn,
        act,
        destinations.person(turn.state(), operation.who(), host),
        Invite.Purpose.JOIN,
        host,
        null);
  }

  /** Whether somebody more can come. */
  static @Nullable Refusal noRoom(Table table) {
    if (table.locked()) {
      return Refusal.LOCKED;
    } else if (table.isPending()) {
      return Refusal.BEING_MOVED;
    }
    return table.seats().size() + table.coming().size() >= MOST_PEOPLE ? Refusal.FULL : null;
  }

  private @Nullable Refusal remove(
      Turn<CallState, Call.Event> turn, Act act, Operation.Remove operation) {
    Table table = turn.state().table();
    Coming coming = table.coming(operation.leg());
    if (coming != null) {
      turn.persist(new TableEvent.SentOut(operation.leg(), act, turn.now()));
      invites.end(turn, coming, CallFacts.NORMAL);
      return null;
    }
    Optional<Seat> seat = table.seat(operation.leg());
    if (seat.isEmpty() || seat.get().leaving()) {
      return Refusal.NO_SUCH_LEG;
    } else if (!seat.get().isSupervisor() && table.people().size() < 3) {
      // Of two who talk nobody would be left: that is a hang-up.
      return Refusal.NOT_ENOUGH;
    }
    turn.persist(new TableEvent.SentOut(operation.leg(), act, turn.now()));
    return null;
  }

  private @Nullable Refusal supervise(
      Turn<CallState, Call.Event> turn, Act act, Operation.Supervise operation) {
    Table table = turn.state().table();
    if (!allows(operation.ear())) {
      return Refusal.NOT_ALLOWED;
    }
    AgentId target = operation.agent();
    if (target != null && table.acting(target).isEmpty()) {
      return Refusal.NOT_THERE;
    }
    Optional<Seat> listening = listening(table, operation.supervisor());
    if (listening.isPresent()) {
      turn.persist(
          new TableEvent.EarSet(
              operation.supervisor(),
              target == null ? listening.get().target() : target,
              operation.ear(),
              act,
              turn.now()));
      return null;
    } else if (table.has(operation.supervisor())) {
      return Refusal.ALREADY_THERE;
    } else if (table.seats().size() + table.coming().size() >= MOST_PEOPLE) {
      return Refusal.FULL;
    }
    return invites.want(
        turn,
        act,
        Destinations.agent(operation.supervisor()),
        Invite.Purpose.SUPERVISE,
        target,
        operation.ear());
  }

  private boolean allows(Ear ear) {
    Supervision policy = plans.of(id.tenant()).plan().supervision();
    return switch (ear) {
      case MONITOR -> policy.monitor();
      case WHISPER -> policy.whisper();
      case BARGE -> policy.barge();
    };
  }

  static Optional<Seat> listening(Table table, AgentId supervisor) {
    return table.seat(seat -> seat.part() == Part.SUPERVISOR && supervisor.equals(seat.agent()));
  }

  private @Nullable Refusal stop(
      Turn<CallState, Call.Event> turn, Act act, Operation.StopSupervising operation) {
    Table table = turn.state().table();
    Optional<Seat> listening = listening(table, operation.supervisor());
    Optional<Coming> coming =
        table
            .coming(Invite.Purpose.SUPERVISE)
            .filter(one -> operation.supervisor().equals(one.invite().agent()));
    if (listening.isPresent()) {
      turn.persist(new TableEvent.SentOut(listening.get().leg(), act, turn.now()));
    } else if (coming.isPresent()) {
      turn.persist(new TableEvent.StoppedSupervising(operation.supervisor(), act, turn.now()));
      invites.end(turn, coming.get(), CallFacts.NORMAL);
    } else {
      return Refusal.NOT_SUPERVISING;
    }
    return null;
  }

  // ---- What the switch has done

  void arranged(Turn<CallState, Call.Event> turn, CallFact.Arranged fact) {
    Table table = turn.state().table();
    String incarnation = memory.incarnation();
    if (fact.version() != table.version()) {
      return;
    }
    if (incarnation != null) {
      memory.outbox.heard(CallDebts.arrangeKey(table.version(), incarnation));
    }
    // Of a caller who waits for somebody certain nothing is settled.
    if (table.isPending() && turn.state().activity() instanceof Bridged) {
      turn.persist(new TableEvent.Settled(fact.version(), turn.now()));
    }
  }

  void failed(Turn<CallState, Call.Event> turn, CallFact.ArrangeFailed fact) {
    Table table = turn.state().table();
    if (fact.version() == table.version()
        && table.owed()
        && !turn.state().isLeaving()
        && turn.state().legs().containsKey(fact.leg())) {
      turn.persist(new TableEvent.Unsettled(fact.version(), fact.leg(), fact.text(), turn.now()));
    }
  }
}
