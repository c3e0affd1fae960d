package tandem.edge.link;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.LegId;
import tandem.router.domain.Quality;

/** What an event of the switch means to a link. */
sealed interface Happening {

  /**
   * The channel an event is about.
   *
   * @param inbound whether it called us
   * @param answered whether it is answered
   * @param owner the call it belongs to as the channel itself says (variable tandem_call), or null
   * @param callerNumber of an inbound channel
   * @param calledNumber of an inbound channel, as dialled
   */
  record Channel(
      LegId leg,
      boolean inbound,
      boolean answered,
      @Nullable String owner,
      String callerNumber,
      String calledNumber) {}

  /**
   * CHANNEL_PARK: it waits for orders. Comes many times in a call.
   *
   * @param errand the last errand that the channel has come back from, as the channel itself says
   *     (variable tandem_errand_over); 0 when there is none
   * @param digits what it has typed in that, as the channel itself says (variable tandem_digits);
   *     null when that is nothing
   */
  record Parked(Channel channel, int errand, @Nullable String digits) implements Happening {
    Parked(Channel channel) {
      this(channel, 0);
    }

    Parked(Channel channel, int errand) {
      this(channel, errand, null);
    }
  }

  /** CHANNEL_PROGRESS, CHANNEL_PROGRESS_MEDIA: the far phone rings. */
  record Rang(Channel channel) implements Happening {}

  /** CHANNEL_ANSWER. */
  record Answered(Channel channel) implements Happening {}

  /** CHANNEL_BRIDGE: one event for both. */
  record Joined(LegId a, LegId b) implements Happening {}

  /** CHANNEL_UNBRIDGE: one event for both, perhaps after the end of one. */
  record Parted(LegId a, LegId b) implements Happening {}

  /**
   * CHANNEL_HANGUP_COMPLETE: the end.
   *
   * @param quality how well it was heard; null when nothing came, or the switch does not say
   */
  record Ended(Channel channel, String cause, @Nullable Quality quality) implements Happening {
    Ended(Channel channel, String cause) {
      this(channel, cause, null);
    }
  }

  /** BACKGROUND_JOB of an originate; the text is its outcome. */
  record OrderDone(LegId leg, String outcome) implements Happening {}

  /** What RECORD_STOP is about. */
  enum TapeKind {
    /** A recording of what is said. */
    RECORDING,
    /** A message that a caller has left. */
    MESSAGE
  }

  /**
   * RECORD_STOP of a file that was named by a link.
   *
   * @param id what the file's name ends with
   */
  record Taped(LegId leg, TapeKind kind, String id, Duration length) implements Happening {}

  record Digit(LegId leg, String digit) implements Happening {}

  /** HEARTBEAT: the switch lives. */
  record Heartbeat() implements Happening {}
}
