package tandem.router.call;

import java.time.Duration;
import java.util.List;
import tandem.router.domain.AgentId;
import tandem.router.domain.LegId;
import tandem.router.domain.ReleaseReason;
import tandem.router.feed.CallView;
import tandem.router.feed.CallView.Part;

/** What offers of agents, and calling somebody back, change in a call's state. */
final class OfferChanges {
  private static final Duration SWITCH_TROUBLE = Duration.ofSeconds(30);

  private final CallDraft call;

  OfferChanges(CallDraft call) {
    this.call = call;
  }

  void apply(Call.Event event) {
    if (!calledBack(event)) {
      offered(event);
    }
  }

  /** What concerns being called back; whether the event was one of these. */
  private boolean calledBack(Call.Event event) {
    if (event instanceof Call.CallbackPromised e) {
      call.giveAll();
      call.promised = new Callback.Promised(e.callback(), e.promise());
      call.activity = new Ending(CallFacts.NORMAL, CallView.Outcome.CALLBACK, e.at());
      call.legs.replaceAll((id, leg) -> leg.with(Leg.Status.DYING, e.at()));
    } else if (event instanceof Call.CustomerDialed e) {
      call.callback = call.callback == null ? null : call.callback.dialled(e.attempt());
      call.legs.put(e.leg(), Leg.caller(e.leg(), Leg.Status.ORDERED, e.at()));
      call.activity =
          new Dialing(
              e.offer(), LegId.of(e.offer()), e.leg(), e.attempt(), e.ringDeadline(), e.at());
    } else if (event instanceof Call.CustomerAnswered e) {
      call.legs.computeIfPresent(e.leg(), (id, leg) -> leg.with(Leg.Status.THERE, e.at()));
      call.activity = new Bridging(e.offer(), LegId.of(e.offer()), e.bridgeDeadline(), e.at());
    } else if (event instanceof Call.AttemptFailed e) {
      call.callback = call.callback == null ? null : call.callback.after(e.again());
      call.legs.replaceAll((id, leg) -> leg.isCaller() ? leg.with(Leg.Status.DYING, e.at()) : leg);
      call.adrift = null;
      call.greeted = false;
      call.placeVersion++;
    } else if (event instanceof Call.GivenUp e) {
      call.activity = new Ending(e.cause(), e.outcome(), e.at());
      call.legs.replaceAll((id, leg) -> leg.with(Leg.Status.DYING, e.at()));
    } else {
      return false;
    }
    return true;
  }

  /** What concerns call.offers of agents. */
  private void offered(Call.Event event) {
    if (event instanceof Call.AgentOffered e) {
      call.offers.put(
          e.offer(),
          new OfferRecord(e.offer(), e.agent(), e.queue(), e.round(), false, null, false));
      call.legs.put(e.leg(), Leg.ordered(e.leg(), e.offer(), e.at()));
      Offering.Ring ring = new Offering.Ring(e.offer(), e.leg(), e.queue(), e.ringDeadline());
      call.activity =
          call.activity instanceof Offering already
              ? already.with(ring)
              : new Offering(List.of(ring), e.at());
      if (call.stay != null && call.stay.queues().size() > 1) {
        // The other queues must not reserve for a caller whose phone may be answered any moment.
        call.placeVersion++;
      }
    } else if (event instanceof Call.OfferRefused e) {
      call.offers.put(
          e.offer(),
          new OfferRecord(e.offer(), e.agent(), e.queue(), e.round(), false, e.reason(), true));
      call.placeVersion++;
    } else if (event instanceof Call.AgentAnswered e) {
      call.legs.computeIfPresent(e.leg(), (id, leg) -> leg.with(Leg.Status.THERE, e.at()));
      call.activity = new Bridging(e.offer(), e.leg(), e.bridgeDeadline(), e.at());
    } else if (event instanceof Call.Connected e) {
      OfferRecord offer =
          call.offers.computeIfPresent(e.offer(), (id, record) -> record.asConnected());
      if (offer != null) {
        call.connected(e.offer(), offer.agent(), offer.queue(), e.at());
        seatTwo(e.leg(), offer.agent());
      }
      call.activity = new Bridged(e.offer(), e.leg(), e.at());
      call.greeted = true;
    } else if (event instanceof Call.OfferFailed e) {
      onOfferFailed(e);
    }
  }

  private void onOfferFailed(Call.OfferFailed e) {
    boolean switchTrouble =
        e.reason() == ReleaseReason.NOT_ORDERED || e.reason() == ReleaseReason.LINK_LOST;
    if (call.callback != null && switchTrouble) {
      // It may have hours: there is no need to try agent after agent meanwhile.
      call.callback = call.callback.pausedUntil(e.at().plus(SWITCH_TROUBLE));
    }
    call.offers.computeIfPresent(e.offer(), (id, record) -> record.failed(e.reason()));
    call.legs.replaceAll(
        (id, leg) -> e.offer().equals(leg.offer()) ? leg.with(Leg.Status.DYING, e.at()) : leg);
    if (call.activity instanceof Offering offering) {
      Offering rest = offering.without(e.offer());
      call.activity = rest == null ? new Queued(e.at()) : rest;
    } else {
      call.activity = call.stay == null ? new Reaching(e.at()) : new Queued(e.at());
    }
    call.placeVersion++;
    call.adrift = e.adrift() ? LegId.of(e.offer()) : call.adrift;
  }

  private void seatTwo(LegId agentLeg, AgentId agent) {
    Seat host = Seat.of(agentLeg, Part.AGENT, agent, null, Table.MAIN);
    call.table =
        call.legs.values().stream()
            .filter(leg -> leg.isCaller() && leg.isWanted())
            .findFirst()
            .map(
                leg ->
                    call.table.cleared(
                        Seat.of(leg.id(), Part.CALLER, null, null, Table.MAIN), host))
            .orElseGet(() -> call.table.cleared(host));
  }
}
