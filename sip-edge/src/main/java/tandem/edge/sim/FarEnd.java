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

  /** CANCEL or BYE. */
  void gone(SimChannel channel);

  void digit(SimChannel channel, char digit);
}
