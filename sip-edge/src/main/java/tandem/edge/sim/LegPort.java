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
}
