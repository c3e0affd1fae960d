package tandem.edge.link;

import org.jspecify.annotations.Nullable;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;

/**
 * Connects a caller and an agent. The caller is named first: when the agent goes before the two are
 * joined, the switch parks the caller, whom it might hang up named second. Single owner of what is
 * said about bridges: only CHANNEL_BRIDGE makes one.
 */
final class BridgeDesk {
  private final LinkContext link;
  private final Questions questions;
  private final Greeter greeter;
  private final ArrangeDesk arrange;

  BridgeDesk(LinkContext link, Questions questions, Greeter greeter, ArrangeDesk arrange) {
    this.link = link;
    this.questions = questions;
    this.greeter = greeter;
    this.arrange = arrange;
  }

  void bridge(SwitchCommand.Bridge order) {
    Leg agent = link.legs.get(order.agentLeg());
    Leg caller = link.legs.get(order.callerLeg());
    if (!link.isCurrent(order.incarnation())) {
      questions.sayHowItStands(order.call());
    } else if (order.agentLeg().equals(order.callerLeg())) {
      // The switch would say +OK and leave a stuck channel.
      refuse(order, "a leg cannot be bridged with itself");
    } else if (agent == null || caller == null) {
      questions.missing(order.call(), agent == null ? order.agentLeg() : order.callerLeg());
      refuse(order, "no such leg");
    } else if (caller.id.equals(agent.bridgedTo)) {
      sayBridged(agent, caller);
    } else if (order.notAfter().isBefore(link.now())) {
      agent.bridgeSpent = true;
      refuse(order, "too late");
    } else if (!agent.bridgeSpent && agent.killCause == null) {
      agent.bridgeSpent = true;
      arrange.release(agent);
      arrange.release(caller);
      caller.lastPartner = agent.id;
      caller.takenForCaller();
      if (caller.answered || isEarly(caller)) {
        write(agent, caller);
      } else {
        // A bridge of an unanswered caller is accepted, and kills both: this one waits for the
        // reply.
        agent.bridgeOwed = order;
        link.acts.api("uuid_answer " + caller.id, new Purpose.Answering(order));
      }
    }
  }

  private void refuse(SwitchCommand.Bridge order, String why) {
    link.tell(
        order.call(),
        new CallFact.BridgeRefused(order.agentLeg(), order.callerLeg(), why, link.now()));
  }

  private void write(Leg agent, Leg caller) {
    if (caller.trip != null) {
      // Its call no longer waits for the end of the errand: the bridge ends it.
      caller.trip.takenBack();
    }
    agent.bridging = true;
    caller.bridging = true;
    link.dropQueue(caller);
    link.dropQueue(agent);
    link.acts.api(
        "uuid_bridge " + caller.id + " " + agent.id, new Purpose.Bridging(agent.id, caller.id));
  }

  /** The caller of a bridge was answered, or could not be; meanwhile much may have happened. */
  void answerReply(SwitchCommand.Bridge order, boolean ok, String text) {
    greeter.answerReply(order.callerLeg(), ok);
    Leg agent = link.legs.get(order.agentLeg());
    Leg caller = link.legs.get(order.callerLeg());
    if (agent == null || !order.equals(agent.bridgeOwed)) {
      // Its end, or the order that took the bridge back, has said enough.
      entertain(caller, ok);
      return;
    }
    agent.bridgeOwed = null;
    if (!ok) {
      refuse(order, "the caller is not answered: " + text);
    } else if (caller == null) {
      refuse(order, "no such leg");
    } else if (order.notAfter().isBefore(link.now())) {
      refuse(order, "too late");
    } else if (agent.killCause == null && agent.id.equals(caller.lastPartner)) {
      write(agent, caller);
    } else {
      entertain(caller, ok);
    }
  }

  /** The caller, who heard ringing until now, is answered for nothing: silence would follow. */
  private void entertain(@Nullable Leg caller, boolean answered) {
    if (answered && caller != null && caller.parked && !caller.bridging) {
      link.music(caller);
    }
  }

  /** Early media runs: the bridge itself answers. */
  private boolean isEarly(Leg caller) {
    OpenCall call = link.calls.get(caller.call);
    return call != null
        && call.info.entry().answer() == AnswerMode.EARLY_MEDIA
        && caller.greeting == Leg.Greeting.DONE;
  }

  void reply(Purpose.Bridging bridge, boolean ok, String text) {
    Leg agent = link.legs.get(bridge.agentLeg());
    Leg caller = link.legs.get(bridge.callerLeg());
    if (ok) {
      if (caller != null && caller.bridging) {
        // The switch ends the music when it takes the order, whatever comes of the bridge.
        caller.musicEnded();
      }
      return;
    }
    Leg either = agent != null ? agent : caller;
    if (agent != null) {
      agent.bridging = false;
      questions.doubt(agent);
    }
    if (caller != null) {
      caller.bridging = false;
      questions.doubt(caller);
    }
    if (either != null) {
      link.tell(
          either.call,
          new CallFact.BridgeRefused(bridge.agentLeg(), bridge.callerLeg(), text, link.now()));
    }
  }

  void joined(Happening.Joined joined) {
    Leg a = link.legs.get(joined.a());
    Leg b = link.legs.get(joined.b());
    if (a == null && b == null) {
      return;
    }
    Leg first = a != null ? a : adopted(joined.a(), b);
    Leg second = b != null ? b : adopted(joined.b(), a);
    if (first == null || second == null) {
      return;
    }
    boolean ordered = first.bridging || second.bridging;
    join(first, second.id);
    join(second, first.id);
    if (arrange.joined(first, second) && !ordered) {
      LinkContext.log.debug("{}: {} and {} are arranged", link.home, first.id, second.id);
    } else if (first.caller) {
      sayBridged(second, first);
    } else {
      sayBridged(first, second);
    }
  }

  /**
   * Who talks to a leg of a call belongs to that call: nobody else bridges here, but for the switch
   * itself, with a caller who was handed over to it.
   */
  private @Nullable Leg adopted(LegId unknown, @Nullable Leg partner) {
    if (partner == null || partner.isAway() || link.tombstones.has(unknown)) {
      return null;
    }
    return link.add(unknown, partner.call);
  }

  private void join(Leg leg, LegId partner) {
    leg.bridgedTo = partner;
    leg.answered = true;
    leg.announced = true;
    leg.bridging = false;
    leg.hasTalked = true;
    leg.parked = false;
    leg.reparked();
    leg.sound = null;
    leg.seat.left();
    leg.fresh = true;
    leg.seen = true;
    leg.unproven = false;
    leg.partnerUnknown = false;
    link.setUp(leg.id);
  }

  private void sayBridged(Leg agent, Leg caller) {
    link.tell(caller.call, new CallFact.Bridged(agent.id, caller.id, link.now()));
  }

  void parted(Happening.Parted parted) {
    part(parted.a(), parted.b());
    part(parted.b(), parted.a());
  }

  private void part(LegId id, LegId from) {
    Leg leg = link.legs.get(id);
    if (leg != null && from.equals(leg.bridgedTo)) {
      leg.bridgedTo = null;
    }
  }
}
