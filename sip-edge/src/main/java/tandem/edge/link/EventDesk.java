package tandem.edge.link;

import java.util.Optional;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;

/**
 * Hands what the switch says to whom it concerns. Single owner of which leg an event is about, be
 * it known, unknown, ended or somebody else's.
 */
final class EventDesk {
  private final LinkContext link;
  private final Questions questions;
  private final AdoptionDesk adoption;
  private final Greeter greeter;
  private final Errands errands;
  private final Originates originates;
  private final BridgeDesk bridges;
  private final ArrangeDesk arrange;
  private final TapeDesk tapes;

  EventDesk(
      LinkContext link,
      Questions questions,
      AdoptionDesk adoption,
      Greeter greeter,
      Errands errands,
      Originates originates,
      BridgeDesk bridges,
      ArrangeDesk arrange,
      TapeDesk tapes) {
    this.link = link;
    this.questions = questions;
    this.adoption = adoption;
    this.greeter = greeter;
    this.errands = errands;
    this.originates = originates;
    this.bridges = bridges;
    this.arrange = arrange;
    this.tapes = tapes;
  }

  void take(Happening happening, boolean draining) {
    if (happening instanceof Happening.Parked parked) {
      parked(parked, draining);
    } else if (happening instanceof Happening.Rang rang) {
      known(rang.channel()).filter(leg -> leg.ordered).ifPresent(originates::rang);
    } else if (happening instanceof Happening.Answered answered) {
      known(answered.channel()).ifPresent(this::answered);
    } else if (happening instanceof Happening.Joined joined) {
      bridges.joined(joined);
    } else if (happening instanceof Happening.Parted parted) {
      bridges.parted(parted);
    } else if (happening instanceof Happening.Ended ended) {
      ended(ended);
    } else if (happening instanceof Happening.OrderDone done) {
      originates.done(done);
    } else if (happening instanceof Happening.Taped taped) {
      tapes.ended(taped);
    } else if (happening instanceof Happening.Digit digit) {
      digit(digit);
    }
  }

  private void digit(Happening.Digit digit) {
    Leg leg = link.legs.get(digit.leg());
    if (leg != null) {
      link.tell(leg.call, new CallFact.Dtmf(leg.id, digit.digit(), link.now()));
    }
  }

  private void parked(Happening.Parked parked, boolean draining) {
    Happening.Channel channel = parked.channel();
    Optional<Leg> known = known(channel);
    if (known.isPresent()) {
      Leg leg = known.get();
      leg.answered |= channel.answered();
      if (leg.caller && errands.parked(leg, parked)) {
        leg.seat.left();
        LinkContext.log.debug("{}: {} is parked for an errand", link.home, leg.id);
      } else if (arrange.parked(leg)) {
        LinkContext.log.debug("{}: {} is parked for an arrangement", link.home, leg.id);
      } else if (leg.caller) {
        greeter.parked(leg);
      } else {
        leg.parked = true;
        leg.bridging = false;
      }
      if (leg.ordered) {
        originates.announce(leg);
      }
    } else if (channel.inbound()
        && !channel.answered()
        && !link.tombstones.has(channel.leg())
        && !adoption.isWaiting(channel.leg())) {
      adoption.arrive(channel, draining);
    }
  }

  private void answered(Leg leg) {
    leg.answered = true;
    if (leg.ordered) {
      if (leg.bridgedTo == null && leg.killCause == null) {
        link.settingUp(leg.id);
      }
      originates.announce(leg);
    }
  }

  /**
   * The leg an event is about. One that nobody here knows and that says it is ours belongs to its
   * call, or to nobody any more; a channel of somebody else is left alone.
   */
  private Optional<Leg> known(Happening.Channel channel) {
    Leg leg = link.legs.get(channel.leg());
    if (leg == null) {
      Optional<CallId> owner = LinkContext.owner(channel.owner());
      if (link.tombstones.has(channel.leg())) {
        ghost(channel);
        return Optional.empty();
      }
      if (owner.isEmpty()) {
        return Optional.empty();
      }
      leg = link.adopt(channel.leg(), owner.get());
      if (leg == null) {
        return Optional.empty();
      }
      leg.ringing = !channel.inbound();
    }
    leg.seen = true;
    leg.unproven = false;
    leg.missed = false;
    if (leg.killCause != null) {
      link.kill(leg, leg.killCause);
    } else {
      questions.wanted(leg);
    }
    return Optional.of(leg);
  }

  /** It was said to be over or absent, and lives. */
  private void ghost(Happening.Channel channel) {
    Tombstones.Stone stone = link.tombstones.get(channel.leg());
    if (stone != null && stone.byLink()) {
      link.killStray(channel.leg());
    }
  }

  private void ended(Happening.Ended ended) {
    LegId id = ended.channel().leg();
    Leg leg = link.legs.get(id);
    adoption.left(id);
    if (leg != null) {
      leg.jobPending = false;
      link.metrics.heard(leg.role, ended.quality());
      link.gone(leg, ended.cause(), false, ended.quality());
    } else if (!link.tombstones.has(id)) {
      LinkContext.owner(ended.channel().owner())
          .flatMap(link::living)
          .ifPresent(
              call ->
                  link.gone(link.add(id, call.info.call()), ended.cause(), false, ended.quality()));
    }
  }
}
