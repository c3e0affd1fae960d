package tandem.edge.link;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tandem.edge.link.Seat.Move;
import tandem.edge.link.SeatPlan.Step;
import tandem.router.domain.LegId;
import tandem.router.edge.SwitchCommand.Ear;
import tandem.router.edge.SwitchCommand.Sound;

/**
 * Does one step of an arrangement, and knows when it is done. Single owner of what is being done
 * with each leg: never two things at once, since two bridges of one leg at once leave a channel
 * that nothing brings back.
 */
final class Moves {
  /** A move takes some 60 ms; without a sign of it for so long it has come to nothing. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** A park that is older than the order is seen by then. */
  private static final Duration LATE_EVENTS = Duration.ofMillis(300);

  /** By then a leg is where it was sent to, and all events of before have been seen. */
  private static final Duration SETTLED = Duration.ofMillis(50);

  /** After a refusal: the end of a leg that was the reason is an event, and comes within 20 ms. */
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final LinkContext link;
  private final Questions questions;
  private final BiConsumer<Leg, String> refused;
  private int count;

  Moves(LinkContext link, Questions questions, BiConsumer<Leg, String> refused) {
    this.link = link;
    this.questions = questions;
    this.refused = refused;
  }

  // ---- Beginning

  void begin(List<Step> steps) {
    steps.forEach(this::begin);
    dropPartners(steps);
  }

  /** Whether the others hear this leg: so it stays wherever the leg is moved. */
  void mute(Leg leg, boolean on) {
    leg.seat.muted = on;
    link.acts.api(
        "uuid_audio " + leg.id + (on ? " start read mute -1" : " stop"),
        new Purpose.Muting(leg.id, on));
  }

  private void begin(Step step) {
    Leg leg = link.legs.get(step.leg());
    if (leg == null) {
      return;
    }
    if (step instanceof Step.Mute mute) {
      mute(leg, mute.on());
    } else if (step instanceof Step.Hear hear) {
      link.playOnceBegun(leg, hear.sound());
    } else {
      Move move = new Move(++count, step, link.now());
      leg.seat.move = move;
      link.settingUp(leg.id);
      prepare(leg);
      link.acts.api(write(leg, step, move), new Purpose.Moving(leg.id, move.number));
    }
  }

  /** A caller whom nobody has greeted yet; taking back a hang-up that is not there is no error. */
  private void prepare(Leg leg) {
    if (!leg.ordered && leg.greeting == Leg.Greeting.NOT_YET && leg.arrivedHere) {
      link.acts.api("sched_del " + leg.id, new Purpose.Unwatched());
      link.acts.api(
          "uuid_setvar_multi "
              + leg.id
              + " park_after_bridge=true;uuid_bridge_park_on_cancel=true"
              + ";max_session_transfers=1000000;"
              + EventReader.OWNER
              + "="
              + leg.call.value(),
          new Purpose.Unwatched());
    }
  }

  private String write(Leg leg, Step step, Move move) {
    link.dropQueue(leg);
    if (step instanceof Step.Answer) {
      return "uuid_answer " + leg.id;
    } else if (step instanceof Step.Join join) {
      Leg other = link.legs.get(join.other());
      if (other != null) {
        other.seat.move = move;
        link.settingUp(other.id);
        prepare(other);
        link.dropQueue(other);
        if (other.caller && !leg.caller) {
          return "uuid_bridge " + other.id + " " + leg.id;
        }
      }
      return "uuid_bridge " + leg.id + " " + join.other();
    } else if (step instanceof Step.Enter enter) {
      return transfer(leg, "'conference:" + enter.room() + Seat.PROFILE + "'");
    } else if (step instanceof Step.Listen listen) {
      // Read when it begins, so that it has to be so before; nor are the supervisor's keys to
      // change
      // who hears it.
      return "uuid_setvar_multi "
          + leg.id
          + " eavesdrop_enable_dtmf=false;eavesdrop_whisper_aleg="
          + (listen.ear() == Ear.BARGE)
          + ";eavesdrop_whisper_bleg="
          + (listen.ear() != Ear.MONITOR);
    }
    return transfer(leg, "park");
  }

  private static String transfer(Leg leg, String what) {
    return "uuid_transfer " + leg.id + " " + what + " inline";
  }

  /** Whoever a moved leg talks to is parked by the switch itself, unless it is moved as well. */
  private void dropPartners(List<Step> steps) {
    for (Step step : steps) {
      if (step instanceof Step.Park || step instanceof Step.Enter || step instanceof Step.Listen) {
        dropPartner(step.leg());
      } else if (step instanceof Step.Join join) {
        dropPartner(join.leg());
        dropPartner(join.other());
      }
    }
  }

  private void dropPartner(LegId id) {
    Leg leg = link.legs.get(id);
    Leg partner = leg == null || leg.bridgedTo == null ? null : link.legs.get(leg.bridgedTo);
    if (partner != null && partner.seat.move == null) {
      dropped(partner);
    }
  }

  void dropped(Leg leg) {
    leg.seat.move = new Move(++count, null, link.now());
    link.settingUp(leg.id);
  }

  // ---- Events

  /**
   * CHANNEL_PARK.
   *
   * @param ours whether nobody else tells the leg
   */
  void parked(Leg leg, boolean ours) {
    Move move = leg.seat.move;
    leg.seat.left();
    if (!ours) {
      return;
    }
    leg.parked = true;
    leg.bridging = false;
    leg.hasTalked = false;
    part(leg);
    if (move == null) {
      leg.musicEnded();
    } else if (move.step == null || move.step instanceof Step.Park) {
      leg.musicEnded();
      leg.fresh = true;
      end(leg);
    } else {
      move.parkedAt = link.now();
    }
  }

  /** What was ordered before the park may be heard after it: twice it would never end. */
  void playAgain(Leg leg) {
    Sound lost = leg.sound;
    leg.seat.again = lost != null && !link.hasBegun(leg);
    if (lost != null && !leg.seat.again) {
      leg.musicEnded();
      link.play(leg, lost);
    }
  }

  private void part(Leg leg) {
    if (leg.bridgedTo != null) {
      Leg partner = link.legs.get(leg.bridgedTo);
      if (partner != null && leg.id.equals(partner.bridgedTo)) {
        partner.bridgedTo = null;
        partner.parked = false;
      }
      leg.bridgedTo = null;
    }
  }

  /** CHANNEL_BRIDGE of the two. */
  void joined(Leg a, Leg b) {
    joined(a);
    joined(b);
  }

  private void joined(Leg leg) {
    if (leg.seat.move != null && leg.seat.move.step instanceof Step.Join) {
      end(leg);
    }
  }

  /**
   * A leg has ended. Whom it was being joined with may be stuck without an event, or be parked by
   * the switch; an order brings it back either way. Whom it talked to is parked in a moment.
   */
  void gone(Leg gone) {
    Move move = gone.seat.move;
    for (Leg other : link.legs.of(gone.call)) {
      if (move != null && move == other.seat.move) {
        end(other);
        other.parked = false;
      } else if (other.id.equals(gone.bridgedTo) && !other.parked && other.seat.move == null) {
        dropped(other);
      }
    }
  }

  private void end(Leg leg) {
    leg.seat.move = null;
    link.setUp(leg.id);
  }

  // ---- Replies

  private @Nullable Leg moving(LegId id, int number) {
    Leg leg = link.legs.get(id);
    return leg != null && leg.seat.move != null && leg.seat.move.number == number ? leg : null;
  }

  void reply(Purpose.Moving moving, boolean ok, String text) {
    Leg leg = moving(moving.leg(), moving.move());
    Move move = leg == null ? null : leg.seat.move;
    if (leg == null || move == null) {
      return;
    }
    if (!ok) {
      failed(leg, text);
    } else if (move.step instanceof Step.Answer) {
      leg.answered = true;
      end(leg);
    } else if (move.step instanceof Step.Join) {
      move.accepted = true;
      both(leg, move).forEach(Leg::musicEnded);
    } else if (move.step instanceof Step.Listen listen && !move.prepared) {
      move.prepared = true;
      link.acts.api(
          transfer(leg, "'m:^:eavesdrop:" + listen.target() + "^park'"),
          new Purpose.Moving(leg.id, move.number));
    } else {
      move.accepted = true;
      leg.musicEnded();
      leg.parked &= !move.isProbed();
    }
  }

  /** Whom a move is about: two, when they are being joined. */
  private List<Leg> both(Leg leg, Move move) {
    return link.legs.of(leg.call).stream().filter(other -> other.seat.move == move).toList();
  }

  private void ask(Leg leg, Move move) {
    move.asked = true;
    link.acts.api(
        "uuid_getvar " + leg.id + " current_application_data",
        new Purpose.WhereIs(leg.id, move.number));
  }

  void whereReply(Purpose.WhereIs where, boolean ok, String text) {
    Leg leg = moving(where.leg(), where.move());
    Move move = leg == null ? null : leg.seat.move;
    if (leg == null || move == null) {
      return;
    }
    move.asked = false;
    if (ok && move.step instanceof Step.Enter enter && text.equals(enter.room() + Seat.PROFILE)) {
      arrived(leg);
      leg.seat.room = enter.room();
    } else if (ok
        && move.step instanceof Step.Listen listen
        && text.equals(listen.target().value())) {
      arrived(leg);
      leg.seat.target = listen.target();
      leg.seat.ear = listen.ear();
    }
  }

  private void arrived(Leg leg) {
    end(leg);
    leg.seat.left();
    leg.parked = false;
    part(leg);
    leg.hasTalked = true;
    leg.fresh = true;
  }

  /** It has not come to what it was to: it may be anywhere, and is brought back. */
  private void failed(Leg leg, String why) {
    Move move = leg.seat.move;
    if (move == null) {
      return;
    }
    for (Leg moved : both(leg, move)) {
      end(moved);
      moved.parked &= !move.accepted;
      questions.doubt(moved);
    }
    leg.parked |= move.isProbed() && move.parkedAt != null;
    refused(leg, why);
  }

  private void refused(Leg leg, String why) {
    leg.seat.notBefore = link.now().plus(PAUSE);
    refused.accept(leg, why);
  }

  void muteReply(Purpose.Muting muting, boolean ok, String text) {
    Leg leg = link.legs.get(muting.leg());
    if (leg != null && !ok) {
      leg.seat.muted = null;
      questions.doubt(leg);
      refused(leg, text);
    }
  }

  void soundReply(Purpose.Sounding sounding, boolean ok, String text) {
    Leg leg = link.legs.get(sounding.leg());
    if (leg != null && !ok) {
      leg.musicEnded();
      questions.doubt(leg);
      refused(leg, text);
    }
  }

  /** What could not be written has not happened: it is planned again with the next tick. */
  void notWritten(Purpose purpose) {
    if (purpose instanceof Purpose.Moving moving) {
      Leg leg = moving(moving.leg(), moving.move());
      if (leg != null && leg.seat.move != null) {
        both(leg, leg.seat.move).forEach(this::end);
      }
    } else if (purpose instanceof Purpose.WhereIs where) {
      Leg leg = moving(where.leg(), where.move());
      if (leg != null && leg.seat.move != null) {
        leg.seat.move.asked = false;
      }
    } else if (purpose instanceof Purpose.Muting muting) {
      Leg leg = link.legs.get(muting.leg());
      if (leg != null) {
        leg.seat.muted = null;
      }
    } else if (purpose instanceof Purpose.Sounding sounding) {
      Leg leg = link.legs.get(sounding.leg());
      if (leg != null) {
        leg.musicEnded();
      }
    }
  }

  // ---- Time

  void tick(Leg leg, Instant now) {
    Move move = leg.seat.move;
    if (move == null) {
      if (leg.seat.again && leg.parked) {
        playAgain(leg);
      }
    } else if (move.step == null) {
      if (!now.isBefore(move.at.plus(LATE_EVENTS))) {
        // No park was seen: an order makes sure.
        end(leg);
      }
    } else if (!move.step.leg().equals(leg.id)) {
      // Two are being joined: the other one is looked at.
      return;
    } else if (move.parkedAt != null && !now.isBefore(move.parkedAt.plus(LATE_EVENTS))) {
      failed(leg, "parked instead");
    } else if (!now.isBefore(move.at.plus(PATIENCE))) {
      failed(leg, "no sign of it");
    } else if (move.accepted
        && !move.asked
        && move.isProbed()
        && !now.isBefore(move.at.plus(SETTLED))) {
      ask(leg, move);
    }
  }
}
