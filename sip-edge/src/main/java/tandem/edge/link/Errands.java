package tandem.edge.link;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.router.edge.CallFact;
import tandem.router.edge.Errand;
import tandem.router.edge.SwitchCommand;
import tandem.router.edge.SwitchCommand.Sound;

/**
 * Hands callers over to the switch, which does something with them by itself (context {@value
 * #CONTEXT} of our dialplan). Single owner of what each caller was handed over for on the present
 * connection: an errand is run once. What an earlier connection began is asked of the switch, whose
 * dialplan notes on the channel which errand it began and which it has finished.
 */
final class Errands {
  private static final String CONTEXT = "tandem-errands";

  /** The number the caller dialled, which whoever is called outside is shown. */
  private static final String CALLED = "tandem_called";

  private static final Pattern SHOWABLE = Pattern.compile("\\+?[0-9]{1,20}");

  private static final Pattern DIGITS = Pattern.compile("[0-9A-D*#]{1,64}");

  private final LinkContext link;
  private final Questions questions;
  private final ArrangeDesk arrange;

  Errands(LinkContext link, Questions questions, ArrangeDesk arrange) {
    this.link = link;
    this.questions = questions;
    this.arrange = arrange;
  }

  /** One errand of one caller. */
  static final class Trip {
    private final int number;
    private final Errand errand;
    private final ErrandOrder order;
    private Stage stage = Stage.ASKED;
    private String why = "";

    /** What the caller typed; null unless it was asked to. */
    private @Nullable String digits;

    /** Nothing that an earlier connection has begun can be running. */
    private boolean known;

    /** The caller heard music before it. */
    private boolean music;

    private Trip(int number, Errand errand, ErrandOrder order) {
      this.number = number;
      this.errand = errand;
      this.order = order;
    }

    /** Fewer than are wanted are none. */
    private void typed(@Nullable String said) {
      if (errand instanceof Errand.Collect collect) {
        digits =
            said != null && DIGITS.matcher(said).matches() && said.length() >= collect.least()
                ? said
                : "";
      }
    }

    boolean isAway() {
      return stage == Stage.PREPARED || stage == Stage.ORDERED || stage == Stage.AWAY;
    }

    /** Whatever the errand has come to, its caller is wanted for something else. */
    void takenBack() {
      if (stage != Stage.REFUSED) {
        stage = Stage.BACK;
      }
    }
  }

  /** How far an errand is. */
  private enum Stage {
    /** Whether an earlier connection has begun it is being asked. */
    ASKED,
    /** The channel is being told what it is about. */
    PREPARED,
    /** The transfer is written. */
    ORDERED,
    /** The switch has taken the caller over. */
    AWAY,
    /** The caller is parked again. */
    BACK,
    REFUSED
  }

  void handOver(SwitchCommand.HandOver order) {
    Leg leg = link.legs.get(order.leg());
    if (!link.isCurrent(order.incarnation())) {
      questions.sayHowItStands(order.call());
    } else if (leg == null) {
      questions.missing(order.call(), order.leg());
    } else if (leg.killCause != null) {
      // Its end is what the call hears of it.
      LinkContext.log.debug("{}: {} is being hung up: {}", link.home, leg.id, order);
    } else if (leg.trip == null || leg.trip.number < order.number()) {
      begin(
          leg,
          new Trip(
              order.number(), order.errand(), ErrandOrder.of(leg.call.tenant(), order.errand())));
    } else if (leg.trip.number == order.number()) {
      sayAgain(leg, leg.trip);
    }
  }

  private void begin(Leg leg, Trip trip) {
    String variables = trip.order.variables();
    trip.known = leg.arrivedHere || (leg.trip != null && leg.trip.known);
    leg.trip = trip;
    if (variables == null) {
      refuse(leg, trip, trip.order.wrong());
    } else if (trip.known) {
      prepare(leg, trip, variables);
    } else {
      ask(leg, trip, EventReader.ERRAND_BEGUN, Purpose.ErrandStep.BEGUN);
    }
  }

  private void sayAgain(Leg leg, Trip trip) {
    if (trip.stage == Stage.AWAY || trip.stage == Stage.BACK) {
      link.tell(leg.call, new CallFact.HandedOver(leg.id, trip.number, link.now()));
    }
    if (trip.stage == Stage.BACK) {
      sayReturned(leg, trip);
    } else if (trip.stage == Stage.REFUSED) {
      link.tell(leg.call, new CallFact.HandOverRefused(leg.id, trip.number, trip.why, link.now()));
    }
  }

  private void ask(Leg leg, Trip trip, String variable, Purpose.ErrandStep step) {
    step(leg, trip, "uuid_getvar " + leg.id + " " + variable, step);
  }

  private void step(Leg leg, Trip trip, String command, Purpose.ErrandStep step) {
    link.acts.api(command, new Purpose.Erranding(leg.id, trip.number, step));
  }

  /** The channel is told first, by itself: without that the dialplan would run the last errand. */
  private void prepare(Leg leg, Trip trip, String variables) {
    arrange.release(leg);
    trip.stage = Stage.PREPARED;
    trip.known = true;
    trip.music = leg.sound == Sound.MUSIC;
    leg.reparked();
    // The safety hang-up of the dialplan; taking back one that is not there is no error.
    step(leg, trip, "sched_del " + leg.id, Purpose.ErrandStep.OPTIONAL);
    if (leg.sound != null || !leg.fresh) {
      // Also music that was ordered and has not begun: it would begin in the middle of the errand.
      step(leg, trip, "uuid_break " + leg.id + " all", Purpose.ErrandStep.OPTIONAL);
      leg.musicEnded();
    }
    step(
        leg,
        trip,
        "uuid_setvar_multi "
            + leg.id
            + " park_after_bridge=true;uuid_bridge_park_on_cancel=true"
            + ";max_session_transfers=1000000;"
            + EventReader.OWNER
            + "="
            + leg.call.value()
            + called(leg)
            + ";"
            + variables,
        Purpose.ErrandStep.TOLD);
  }

  private String called(Leg leg) {
    OpenCall call = link.calls.get(leg.call);
    return call != null && SHOWABLE.matcher(call.info.calledNumber()).matches()
        ? ";" + CALLED + "=" + call.info.calledNumber()
        : "";
  }

  void stepDone(Purpose.Erranding done, boolean ok, String text) {
    Leg leg = link.legs.get(done.leg());
    Trip trip = leg == null ? null : leg.trip;
    if (leg == null || trip == null || trip.number != done.number()) {
      return;
    }
    switch (done.step()) {
      case BEGUN -> begun(leg, trip, ok, text);
      case OVER -> over(leg, trip, ok, text);
      case DIGITS -> digits(leg, trip, ok, text);
      case OPTIONAL -> {}
      case TOLD -> told(leg, trip, ok, text);
      case TRANSFER -> transferred(leg, trip, ok, text);
    }
  }

  private void begun(Leg leg, Trip trip, boolean ok, String text) {
    String variables = trip.order.variables();
    int last = EventReader.errand(text);
    if (trip.stage != Stage.ASKED) {
      return;
    }
    if (!ok || variables == null) {
      leg.trip = null;
      questions.doubt(leg);
    } else if (last > trip.number) {
      LinkContext.log.debug("{}: late errand {} of {}", link.home, trip.number, leg.id);
      leg.trip = null;
    } else if (last < trip.number) {
      prepare(leg, trip, variables);
    } else if (trip.errand.returns()) {
      ask(leg, trip, EventReader.ERRAND_OVER, Purpose.ErrandStep.OVER);
    } else {
      away(leg, trip);
    }
  }

  private void over(Leg leg, Trip trip, boolean ok, String text) {
    if (trip.stage != Stage.ASKED) {
      return;
    }
    if (!ok) {
      leg.trip = null;
      questions.doubt(leg);
      return;
    }
    away(leg, trip);
    if (EventReader.errand(text) != trip.number) {
      return;
    }
    if (trip.errand instanceof Errand.Collect) {
      ask(leg, trip, EventReader.DIGITS, Purpose.ErrandStep.DIGITS);
    } else {
      back(leg, trip, null);
    }
  }

  /** What was typed before the connection broke; an unset variable is said as {@code _undef_}. */
  private void digits(Leg leg, Trip trip, boolean ok, String text) {
    if (trip.stage == Stage.AWAY) {
      back(leg, trip, ok ? text : null);
    }
  }

  private void told(Leg leg, Trip trip, boolean ok, String text) {
    if (trip.stage != Stage.PREPARED) {
      return;
    }
    if (!ok) {
      refuse(leg, trip, text);
      questions.doubt(leg);
    } else if (leg.killCause != null) {
      leg.trip = null;
    } else {
      trip.stage = Stage.ORDERED;
      step(
          leg,
          trip,
          "uuid_transfer " + leg.id + " " + trip.order.kind() + trip.number + " XML " + CONTEXT,
          Purpose.ErrandStep.TRANSFER);
    }
  }

  private void transferred(Leg leg, Trip trip, boolean ok, String text) {
    if (trip.stage != Stage.ORDERED) {
      return;
    }
    if (ok) {
      away(leg, trip);
    } else {
      refuse(leg, trip, text);
      questions.doubt(leg);
    }
  }

  private void away(Leg leg, Trip trip) {
    trip.stage = Stage.AWAY;
    trip.known = true;
    leg.parked = false;
    leg.seat.left();
    leg.bridging = false;
    leg.musicEnded();
    link.setUp(leg.id);
    OpenCall call = link.calls.get(leg.call);
    if (call != null) {
      // How long the caller listens says nothing of how fast a phone is rung.
      call.parkedAt = null;
    }
    sayAgain(leg, trip);
  }

  private void refuse(Leg leg, Trip trip, String why) {
    trip.stage = Stage.REFUSED;
    trip.why = why;
    if (trip.music) {
      link.music(leg);
    }
    sayAgain(leg, trip);
  }

  /**
   * CHANNEL_PARK of a caller that is known.
   *
   * @return whether it is about an errand, and nobody else's
   */
  boolean parked(Leg leg, Happening.Parked parked) {
    Trip trip = leg.trip;
    if (trip == null || trip.stage == Stage.BACK || trip.stage == Stage.REFUSED) {
      return false;
    }
    if (parked.errand() == trip.number) {
      if (trip.stage != Stage.AWAY) {
        away(leg, trip);
      }
      leg.fresh = true;
      back(leg, trip, parked.digits());
      return true;
    }
    // From before the transfer, and late.
    return trip.stage == Stage.AWAY;
  }

  private void back(Leg leg, Trip trip, @Nullable String typed) {
    trip.stage = Stage.BACK;
    trip.typed(typed);
    leg.parked = true;
    // One who was never greeted is so next. Of one from before this connection nobody knows: music
    // that is heard for a moment does less harm than silence.
    if (leg.answered && (leg.greeting == Leg.Greeting.DONE || !leg.arrivedHere)) {
      link.music(leg);
    }
    sayReturned(leg, trip);
  }

  private void sayReturned(Leg leg, Trip trip) {
    link.tell(leg.call, new CallFact.Returned(leg.id, trip.number, trip.digits, link.now()));
  }

  /**
   * What could not be written has not happened, and what hangs on it must not: it is ordered again.
   */
  void notWritten(Purpose.Erranding step) {
    Leg leg = link.legs.get(step.leg());
    Trip trip = leg == null ? null : leg.trip;
    if (leg == null || trip == null || trip.number != step.number()) {
      return;
    }
    if (trip.stage == Stage.ASKED || trip.stage == Stage.PREPARED || trip.stage == Stage.ORDERED) {
      leg.trip = null;
      if (trip.music) {
        link.music(leg);
      }
    }
  }
}
