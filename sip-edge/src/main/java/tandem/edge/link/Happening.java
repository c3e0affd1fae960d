package tandem.edge.link;

import org.jspecify.annotations.Nullable;
import tandem.router.domain.LegId;

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
   */
  record Parked(Channel channel, int errand) implements Happening {
    Parked(Channel channel) {
      this(channel, 0);
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

  /** CHANNEL_HANGUP_COMPLETE: the end. */
  record Ended(Channel channel, String cause) implements Happening {}

  /** BACKGROUND_JOB of an originate; the text is its outcome. */
  record OrderDone(LegId leg, String outcome) implements Happening {}

  record Digit(LegId leg, String digit) implements Happening {}

  /** HEARTBEAT: the switch lives. */
  record Heartbeat() implements Happening {}
}
