package tandem.edge.sim;

/**
 * What a far end may tell the switch. SIP and the played parties speak through this alone, on the
 * loop.
 */
interface FarEnd {

  void ringing(SimChannel channel);

  void early(SimChannel channel);

  void answered(SimChannel channel);

  void refused(SimChannel channel, int sipStatus);

  /** The same where the cause is known better than by its SIP status. */
  void failed(SimChannel channel, String cause);

  /** CANCEL or BYE. */
  void gone(SimChannel channel);

  /** Digits typed, one after the other, each for so many samples (of 8,000 a second). */
  void digits(SimChannel channel, String keys, int samples);
}
