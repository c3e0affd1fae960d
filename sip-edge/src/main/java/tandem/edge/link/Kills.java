package tandem.edge.link;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import tandem.router.edge.CallFact;
import tandem.router.edge.Causes;
import tandem.router.edge.SwitchCommand;

/**
 * Ends legs, and repeats it until they are over. Single owner of legs that are to be ended and
 * cannot be yet.
 */
final class Kills {
  /** A kill can come before the channel of an originate under way: the phone would ring on. */
  private static final Duration TOO_EARLY = Duration.ofMillis(100);

  /** The end of a killed leg is an event; it is looked for when that does not come. */
  private static final Duration END_PATIENCE = Duration.ofSeconds(1);

  private static final Pattern CAUSE = Pattern.compile("[A-Z0-9_]{1,64}");

  private static final String NO_CHANNEL = "-ERR No such channel";

  private final LinkContext link;
  private final Questions questions;
  private final Originates originates;

  Kills(LinkContext link, Questions questions, Originates originates) {
    this.link = link;
    this.questions = questions;
    this.originates = originates;
  }

  void kill(SwitchCommand.Kill order) {
    String cause = CAUSE.matcher(order.cause()).matches() ? order.cause() : "NORMAL_CLEARING";
    Leg leg = link.legs.get(order.leg());
    if (leg == null && link.sayEndAgain(order.call(), order.leg())) {
      return;
    }
    if (leg != null && leg.waiting) {
      originates.cancel(leg);
    } else if (link.isConnected()) {
      link.kill(leg != null ? leg : unproven(order), cause);
    } else if (link.dead) {
      link.neverWas(order.call(), order.leg(), Causes.SWITCH_LOST);
    } else {
      (leg != null ? leg : unproven(order)).killCause = cause;
      link.tell(order.call(), new CallFact.LinkLost(link.home.id(), link.now()));
    }
  }

  private Leg unproven(SwitchCommand.Kill order) {
    Leg leg = link.add(order.leg(), order.call());
    leg.unproven = true;
    return leg;
  }

  /** The leg may live: the kill is tried again. */
  void notWritten(Purpose.Killing kill) {
    Leg leg = link.legs.get(kill.leg());
    if (leg != null) {
      leg.killAgainAt = link.now().plus(TOO_EARLY);
    }
  }

  void reply(Purpose.Killing kill, boolean ok, String text) {
    Leg leg = link.legs.get(kill.leg());
    if (leg == null) {
      return;
    }
    Instant now = link.now();
    if (ok) {
      leg.seen = true;
      leg.unproven = false;
      leg.askAgainAt = now.plus(END_PATIENCE);
    } else if (!text.startsWith(NO_CHANNEL)) {
      // Whatever it means, it does not say that the leg is gone.
      leg.killAgainAt = now.plus(END_PATIENCE);
    } else if (leg.jobPending) {
      leg.killAgainAt = now.plus(TOO_EARLY);
    } else if (leg.seen) {
      questions.doubt(leg);
    } else if (questions.isBelievable(leg, now)) {
      link.gone(leg, Causes.ABSENT, true);
    } else {
      leg.killAgainAt = link.connectedAt.plus(link.settings.absentAfter());
    }
  }

  void tick(Instant now) {
    for (Leg leg : List.copyOf(link.legs.all())) {
      if (leg.killCause != null && leg.killAgainAt != null && !leg.killAgainAt.isAfter(now)) {
        link.kill(leg, leg.killCause);
      }
    }
  }
}
