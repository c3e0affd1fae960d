package tandem.router.call;

import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.entity.Turn;
import tandem.router.feed.CallView;

/**
 * How a call takes what people want of it: each request once, whatever its state, with an answer
 * that names what is in the way.
 */
final class Controls {
  private final CallId id;
  private final Tables tables;
  private final Transfers transfers;
  private final Phones phones;
  private final Parking parking;
  private final Tapes tapes;

  Controls(
      CallId id, Tables tables, Transfers transfers, Phones phones, Parking parking, Tapes tapes) {
    this.id = id;
    this.tables = tables;
    this.transfers = transfers;
    this.phones = phones;
    this.parking = parking;
    this.tapes = tapes;
  }

  void take(Turn<CallState, Call.Event> turn, Call.Control control) {
    CallState state = turn.state();
    Act done = state.done(control.key());
    if (done != null) {
      boolean same = done.what().equals(Act.of(control).what());
      if (same && parking.waits(state, control)) {
        return;
      }
      answer(turn, control, same ? null : Refusal.OTHER_REQUEST);
    } else if (control.operation() instanceof Operation.Park park) {
      Refusal refusal = parking.park(turn, control, park);
      if (refusal != null) {
        answer(turn, control, refusal);
      }
    } else {
      answer(turn, control, operate(turn, Act.of(control), control.operation()));
    }
  }

  private void answer(
      Turn<CallState, Call.Event> turn, Call.Control control, @Nullable Refusal refusal) {
    turn.reply(control.replyTo(), reply(id, turn.state(), refusal));
  }

  static Call.ControlReply reply(CallId id, CallState state, @Nullable Refusal refusal) {
    CallView view = state.isShown() ? state.view(id) : null;
    return new Call.ControlReply(refusal, view, state.version());
  }

  private @Nullable Refusal operate(
      Turn<CallState, Call.Event> turn, Act act, Operation operation) {
    CallState state = turn.state();
    if (state.arrival() == null) {
      return Refusal.NO_SUCH_CALL;
    } else if (operation instanceof Operation.Note o) {
      return Remarks.note(turn, act, o);
    } else if (operation instanceof Operation.Tag o) {
      return Remarks.tag(turn, act, o);
    } else if (operation instanceof Operation.Dispose o) {
      return Remarks.dispose(turn, act, o);
    } else if (operation instanceof Operation.SetAttributes o) {
      return Remarks.set(turn, act, o);
    } else if (state.isLeaving()) {
      return Refusal.CALL_ENDED;
    } else if (operation instanceof Operation.HangUp) {
      return phones.hangUp(turn, act);
    } else if (operation instanceof Operation.Answer o) {
      return phones.answer(turn, act, o);
    } else if (operation instanceof Operation.Decline o) {
      return phones.decline(turn, act, o);
    } else if (operation instanceof Operation.PickUp o) {
      return parking.pickUp(turn, act, o);
    } else if (!(state.activity() instanceof Bridged)) {
      return Refusal.NOT_TALKING;
    } else if (operation instanceof Operation.Tape o) {
      return tapes.operate(turn, act, o);
    } else if (operation instanceof Operation.Transfer
        || operation instanceof Operation.Consult
        || operation instanceof Operation.Swap
        || operation instanceof Operation.Complete
        || operation instanceof Operation.CancelConsult
        || operation instanceof Operation.Merge
        || operation instanceof Operation.TakeOver) {
      return transfers.operate(turn, act, operation);
    }
    return tables.operate(turn, act, operation);
  }
}
