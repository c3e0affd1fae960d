package tandem.edge.link;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.LegId;
import tandem.router.edge.SwitchCommand.Ear;

/**
 * Where arrangements have put a leg, beyond being parked or bridged, and how they are moving it.
 * {@link ArrangeDesk} sees to it.
 */
final class Seat {
  /** The profile of our conferences in conference.conf.xml. */
  static final String PROFILE = "@tandem";

  /** The conference it is in; null when it is in none. */
  @Nullable String room;

  /** The leg it listens to; null when it does not. */
  @Nullable LegId target;

  /** Who hears it while it listens; null when that is not known. */
  @Nullable Ear ear;

  /** Whether others do not hear it; null when that is not known. */
  @Nullable Boolean muted;

  /** What is being done with it; null when nothing is. */
  @Nullable Move move;

  /** What it hears is to be played again, as soon as it can be ended: it may have been lost. */
  boolean again;

  /** Something was refused: it is not tried again before this. */
  Instant notBefore = Instant.MIN;

  /** One move that is under way. */
  static final class Move {
    final int number;

    /** Null when it was not ordered: it is about to be parked, as whom it talked to is moved. */
    final SeatPlan.@Nullable Step step;

    final Instant at;

    /** What the order needs on the channel is there: the order may follow. */
    boolean prepared;

    /** The switch has taken the order. */
    boolean accepted;

    /** Where it is has been asked, and not been answered. */
    boolean asked;

    /** It was seen parked since; that may be older than the order. */
    @Nullable Instant parkedAt;

    Move(int number, SeatPlan.@Nullable Step step, Instant at) {
      this.number = number;
      this.step = step;
      this.at = at;
    }

    /** Whether nothing but a question tells that it is done. */
    boolean isProbed() {
      return step instanceof SeatPlan.Step.Enter || step instanceof SeatPlan.Step.Listen;
    }
  }

  /** Whether it takes part in something, other than in a bridge. */
  boolean isTaken() {
    return room != null || target != null;
  }

  /** It has left what it was in. */
  void left() {
    room = null;
    target = null;
    ear = null;
  }

  /** What the switch's list says that it runs. */
  void learn(String application, String data) {
    left();
    if (application.equals("conference") && data.endsWith(PROFILE)) {
      room = data.substring(0, data.length() - PROFILE.length());
    } else if (application.equals("eavesdrop")) {
      target = EventReader.leg(data).orElse(null);
    }
  }

  /** Nothing of it is known any more. */
  void disconnected() {
    left();
    muted = null;
    move = null;
  }
}
