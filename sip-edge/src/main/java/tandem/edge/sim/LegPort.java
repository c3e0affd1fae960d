package tandem.edge.sim;

import org.jspecify.annotations.Nullable;

/**
 * The far end of a channel as the switch sees it: a SIP dialog, or a phone or caller that the
 * simulator plays itself. Every method is called on the loop and must not call back into the switch
 * at once (it may plan to).
 */
interface LegPort {

  /** Outbound legs only: the INVITE goes out now. */
  void invite(SimChannel channel);

  /** Inbound legs only: 180. */
  void ring(SimChannel channel);

  /** Inbound legs only: 183 with media. */
  void early(SimChannel channel);

  /** Inbound legs only: 200. */
  void answer(SimChannel channel);

  /**
   * The switch ends the leg: BYE, CANCEL or a refusal, whichever fits; nothing when the far end
   * ended it.
   */
  void hangup(SimChannel channel, String cause, boolean byFarEnd);

  /** Audio now flows to and from another channel, or (null) no longer. */
  void bridged(SimChannel channel, @Nullable SimChannel other);

  /** The switch puts the far end on hold or takes it off. */
  void hold(SimChannel channel, boolean on);

  /** The switch sends digits to the far end. */
  default void digits(SimChannel channel, String digits) {
    // A far end without ears.
  }

  /** A prompt that wants digits begins. */
  default void asked(SimChannel channel) {
    // Only a played caller can be told; others hear it.
  }

  /** {@code uuid_phone_event}: the phone is to pick up ({@code talk}) or to hold by itself. */
  default void phoneEvent(SimChannel channel, String event) {
    // A phone that does not know that.
  }

  /** Whether its voice comes as RTP; else its audio is silence of the right length. */
  default boolean speaks() {
    return false;
  }

  /** When it was last louder than that, in microseconds since 1970; 0 for never. */
  default long lastSound(int threshold) {
    return 0;
  }

  /** The RTP that has flowed, or null for a party without RTP. */
  default @Nullable RtpPort rtp() {
    return null;
  }
}
