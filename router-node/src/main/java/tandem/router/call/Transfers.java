package tandem.router.call;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.plan.Plans;
import tandem.router.entity.Turn;
import tandem.router.feed.CallView.Part;

/** How a caller is given to somebody else, without or after talking to them. */
final class Transfers {
  private final CallId id;
  private final Plans plans;
  private final Invites invites;
  private final Destinations destinations;
  private final CallRoute route;

  Transfers(CallId id, Plans plans, Invites invites, Destinations destinations, CallRoute route) {
    this.id = id;
    this.plans = plans;
    this.invites = invites;
    this.destinations = destinations;
    this.route = route;
  }

  /** Of a call whose people talk. */
  @Nullable Refusal operate(Turn<CallState, Call.Event> turn, Act act, Operation operation) {
    Table table = turn.state().table();
    if (table.isPending()) {
      return Refusal.BEING_MOVED;
    } else if (operation instanceof Operation.Transfer o) {
      return transfer(turn, act, o);
    } else if (operation instanceof Operation.Consult o) {
      return consult(turn, act, o);
    } else if (operation instanceof Operation.TakeOver o) {
      return takeOver(turn, act, o);
    } else if (operation instanceof Operation.CancelConsult) {
      return cancel(turn, act);
    } else if (!table.isConsulting()) {
      return Refusal.NOT_CONSULTING;
    } else if (table.consulted().isEmpty()) {
      return Refusal.NOT_ANSWERED;
    } else if (operation instanceof Operation.Swap) {
      turn.persist(new TableEvent.Swapped(act, turn.now()));
    } else if (operation instanceof Operation.Complete) {
      turn.persist(new TableEvent.Completed(act, turn.now()));
    } else {
      turn.persist(new TableEvent.Merged(act, turn.now()));
    }
    return null;
  }

  /** Whether this agent and one other talk, so that it can give the other away. */
  static @Nullable Refusal notTwo(Table table, @Nullable AgentId agent) {
    if (table.isConsulting()) {
      return Refusal.CONSULTING;
    } else if (table.people().size() != 2
        || table.caller().isEmpty()
        || table.coming(Invite.Purpose.JOIN).isPresent()) {
      return Refusal.NOT_TWO;
    }
    return table.acting(agent).isEmpty() ? Refusal.NOT_THERE : null;
  }

  private @Nullable Refusal transfer(
      Turn<CallState, Call.Event> turn, Act act, Operation.Transfer operation) {
    CallState state = turn.state();
    Refusal refusal = notTwo(state.table(), operation.agent());
    if (refusal != null) {
      return refusal;
    }
    AgentId host = state.table().acting(operation.agent()).map(Seat::agent).orElse(null);
    if (operation.to() instanceof Target.ToQueue queue) {
      return give(turn, act, operation.to(), destinations.queue(queue.queue()));
    } else if (operation.to() instanceof Target.ToFlow flow) {
      return give(turn, act, operation.to(), destinations.flow(flow.flow()));
    }
    Destinations.Found found = destinations.person(state, operation.to(), host);
    refusal = invites.refusal(state, found);
    if (refusal != null) {
      return refusal;
    }
    turn.persist(new TableEvent.GivenAway(operation.to(), host, act, turn.now()));
    return invites.want(turn, null, found, Invite.Purpose.TRANSFER, host, null);
  }

  private @Nullable Refusal give(
      Turn<CallState, Call.Event> turn, Act act, Target to, Destinations.Way way) {
    if (way.refusal() != null) {
      return way.refusal();
    }
    turn.persist(new TableEvent.GivenAway(to, null, act, turn.now()));
    route.send(turn, Objects.requireNonNull(way.action()));
    return null;
  }

  private @Nullable Refusal consult(
      Turn<CallState, Call.Event> turn, Act act, Operation.Consult operation) {
    CallState state = turn.state();
    Refusal refusal = notTwo(state.table(), operation.agent());
    if (refusal == null) {
      refusal = Tables.noRoom(state.table());
    }
    if (refusal != null) {
      return refusal;
    }
    AgentId host = state.table().acting(operation.agent()).map(Seat::agent).orElse(null);
    Destinations.Found found = destinations.person(state, operation.to(), host);
    refusal = invites.refusal(state, found);
    if (refusal != null) {
      return refusal;
    }
    if (!state.table().isSplit()) {
      turn.persist(new TableEvent.PutOnHold(null, turn.now()));
    }
    return invites.want(turn, act, found, Invite.Purpose.CONSULT, host, null);
  }

  private @Nullable Refusal cancel(Turn<CallState, Call.Event> turn, Act act) {
    if (!turn.state().table().isConsulting()) {
      return Refusal.NOT_CONSULTING;
    }
    turn.persist(new TableEvent.ConsultCancelled(act, turn.now()));
    return null;
  }

  private @Nullable Refusal takeOver(
      Turn<CallState, Call.Event> turn, Act act, Operation.TakeOver operation) {
    Table table = turn.state().table();
    if (!plans.of(id.tenant()).plan().supervision().takeOver()) {
      return Refusal.NOT_ALLOWED;
    } else if (Tables.listening(table, operation.supervisor()).isEmpty()) {
      return Refusal.NOT_SUPERVISING;
    } else if (table.isConsulting()) {
      return Refusal.CONSULTING;
    }
    List<Seat> agents = table.agents();
    Optional<Seat> caller = table.seat(seat -> seat.part() == Part.CALLER);
    if (agents.size() != 1 || caller.isEmpty()) {
      return Refusal.NOT_TWO;
    }
    turn.persist(
        new TableEvent.TakenOver(
            operation.supervisor(),
            Objects.requireNonNull(agents.get(0).agent()),
            act,
            turn.now()));
    return null;
  }
}
