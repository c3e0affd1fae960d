package tandem.edge.link;

import java.time.Duration;
import java.time.Instant;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;
import tandem.router.edge.SwitchCommand.Sound;

/** What waiting callers hear: single owner of how they are answered, and of their music. */
final class Greeter {
  /**
   * A caller whose agent has gone is parked by the switch itself within some 80 ms. A park ordered
   * on top of that takes it out of park again, without an event, and no music would play.
   */
  private static final Duration BY_ITSELF = Duration.ofMillis(300);

  /**
   * A park of a channel that is parked already gives no event: after so long it is taken as done.
   */
  private static final Duration PARK_PATIENCE = Duration.ofMillis(500);

  private final LinkContext link;
  private final Questions questions;
  private final ArrangeDesk arrange;

  Greeter(LinkContext link, Questions questions, ArrangeDesk arrange) {
    this.link = link;
    this.questions = questions;
    this.arrange = arrange;
  }

  void greet(SwitchCommand.Greet order) {
    Leg leg = link.legs.get(order.leg());
    if (!link.isCurrent(order.incarnation())) {
      questions.sayHowItStands(order.call());
    } else if (leg == null) {
      questions.missing(order.call(), order.leg());
    } else if (leg.greeting == Leg.Greeting.DONE) {
      sayGreeted(leg);
    } else if (leg.isAway()) {
      // An order that was overtaken: what it plays would be heard in the middle of the errand.
      LinkContext.log.debug("{}: late {}", link.home, order);
    } else if (leg.greeting == Leg.Greeting.NOT_YET) {
      write(leg, order.mode());
    }
  }

  /** All pipelined: the caller hears something one round trip after the order. */
  private void write(Leg leg, AnswerMode mode) {
    arrange.release(leg);
    leg.takenForCaller();
    leg.greeting = Leg.Greeting.UNDER_WAY;
    leg.greetingFailed = false;
    // The safety hang-up of the dialplan; taking back one that is not there is no error.
    step("sched_del " + leg.id, leg, Purpose.Step.OPTIONAL);
    // One who is answered already, by an announcement, cannot hear it ring.
    boolean music = mode != AnswerMode.ON_AGENT || leg.answered;
    if (mode == AnswerMode.ON_QUEUE && !leg.answered) {
      step("uuid_answer " + leg.id, leg, Purpose.Step.ANSWER);
    } else if (mode == AnswerMode.EARLY_MEDIA && !leg.answered) {
      step("uuid_pre_answer " + leg.id, leg, Purpose.Step.NEEDED);
    } else if (!leg.answered) {
      step("uuid_ring_ready " + leg.id, leg, Purpose.Step.NEEDED);
    }
    if (music && (leg.sound != null || !leg.fresh)) {
      // Something may be playing already, and a second broadcast would wait behind it for ever.
      step("uuid_break " + leg.id + " all", leg, Purpose.Step.OPTIONAL);
    }
    step(
        "uuid_setvar_multi "
            + leg.id
            + " park_after_bridge=true;uuid_bridge_park_on_cancel=true"
            + ";max_session_transfers=1000000;"
            + EventReader.OWNER
            + "="
            + leg.call.value(),
        leg,
        music ? Purpose.Step.NEEDED : Purpose.Step.LAST);
    if (music) {
      leg.sound = Sound.MUSIC;
      leg.playedAt = link.now();
      step(
          "uuid_broadcast " + leg.id + " playback::" + link.musicOf(leg) + " aleg",
          leg,
          Purpose.Step.LAST);
    }
  }

  private void step(String command, Leg leg, Purpose.Step step) {
    link.acts.api(command, new Purpose.Greeting(leg.id, step));
  }

  void stepDone(Purpose.Greeting greeting, boolean ok) {
    if (greeting.step() == Purpose.Step.ANSWER) {
      answerReply(greeting.leg(), ok);
    }
    Leg leg = link.legs.get(greeting.leg());
    if (leg == null || leg.greeting != Leg.Greeting.UNDER_WAY) {
      return;
    }
    leg.greetingFailed |= greeting.step() != Purpose.Step.OPTIONAL && !ok;
    if (greeting.step() == Purpose.Step.LAST) {
      finish(leg);
    }
  }

  /** Without any of its steps, also the optional ones, the greeting is to be given again. */
  void notWritten(Purpose.Greeting greeting) {
    Leg leg = link.legs.get(greeting.leg());
    if (leg != null) {
      leg.greetingFailed = true;
      stepDone(greeting, false);
    }
  }

  /** Answered is who the switch says is: a bridge of another caller would kill both legs. */
  void answerReply(LegId caller, boolean ok) {
    Leg leg = link.legs.get(caller);
    if (leg != null && ok) {
      leg.answered = true;
    } else if (leg != null) {
      questions.doubt(leg);
    }
  }

  private void finish(Leg leg) {
    link.setUp(leg.id);
    if (leg.greetingFailed) {
      leg.greeting = Leg.Greeting.NOT_YET;
      leg.fresh = false;
      leg.sound = null;
      questions.doubt(leg);
    } else {
      leg.greeting = Leg.Greeting.DONE;
      sayGreeted(leg);
    }
  }

  private void sayGreeted(Leg leg) {
    link.tell(leg.call, new CallFact.Greeted(leg.id, leg.answered, link.now()));
  }

  void repark(SwitchCommand.Repark order) {
    Leg failed = link.legs.get(order.failedLeg());
    if (failed != null) {
      failed.bridgeSpent = true;
      failed.bridgeOwed = null;
    }
    Leg leg = link.legs.get(order.callerLeg());
    if (!link.isCurrent(order.incarnation())) {
      questions.sayHowItStands(order.call());
    } else if (leg == null) {
      questions.missing(order.call(), order.callerLeg());
    } else if (isLate(order, leg)) {
      LinkContext.log.debug("{}: late {}", link.home, order);
    } else {
      park(leg);
    }
  }

  private void park(Leg leg) {
    // One that talks is not about to come back by itself.
    boolean talks = leg.seat.move == null && (leg.bridgedTo != null || leg.seat.isTaken());
    arrange.release(leg);
    if (leg.parked && !leg.bridging) {
      parkedAgain(leg);
    } else if (!leg.reparking) {
      leg.reparking = true;
      leg.parkDueAt = talks ? link.now() : link.now().plus(BY_ITSELF);
    }
  }

  /**
   * The caller has been given to another agent since, or to the switch: parking it would part the
   * two, or end the errand.
   */
  private boolean isLate(SwitchCommand.Repark order, Leg caller) {
    if (caller.isAway()) {
      return true;
    }
    LegId last = caller.lastPartner;
    return last != null && !last.equals(order.failedLeg()) && link.legs.get(last) != null;
  }

  void parkReply(Purpose.Parking park, boolean ok) {
    Leg leg = link.legs.get(park.leg());
    if (leg != null && !ok) {
      leg.reparked();
      questions.doubt(leg);
    }
  }

  /** CHANNEL_PARK of a caller that is known. */
  void parked(Leg leg) {
    boolean returned = leg.hasTalked || leg.bridging;
    if (leg.bridging) {
      leg.musicEnded();
    }
    leg.parked = true;
    leg.bridging = false;
    leg.hasTalked = false;
    if (leg.bridgedTo != null) {
      Leg partner = link.legs.get(leg.bridgedTo);
      if (partner != null) {
        partner.bridgedTo = null;
      }
      leg.bridgedTo = null;
    }
    if (leg.reparking) {
      parkedAgain(leg);
    } else if (returned) {
      link.tell(leg.call, new CallFact.Parked(leg.id, link.now()));
    }
  }

  void tick(Instant now) {
    for (Leg leg : link.legs.all()) {
      if (leg.reparking && leg.parkDueAt != null && !leg.parkDueAt.isAfter(now)) {
        parkIsDue(leg, now);
      }
    }
  }

  private void parkIsDue(Leg leg, Instant now) {
    if (leg.parkWritten) {
      leg.parked = true;
      leg.bridging = false;
      parkedAgain(leg);
    } else {
      leg.parkWritten = true;
      leg.parkDueAt = now.plus(PARK_PATIENCE);
      link.acts.api("uuid_park " + leg.id, new Purpose.Parking(leg.id));
    }
  }

  private void parkedAgain(Leg leg) {
    leg.takenForCaller();
    leg.reparked();
    if (leg.answered) {
      link.music(leg);
    }
    link.tell(leg.call, new CallFact.Parked(leg.id, link.now()));
  }
}
