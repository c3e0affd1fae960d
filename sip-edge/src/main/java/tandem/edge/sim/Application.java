package tandem.edge.sim;

/**
 * Something that runs on one channel for a while: a conference, a prompt that waits for digits. It
 * ends by itself and says so to who started it, or it is stopped; never both.
 */
interface Application {

  void begin();

  /** The channel is gone or goes elsewhere; says what the switch says then. */
  void stop();

  /** A digit that the channel's far end has typed. */
  default void digit(char digit) {
    // Most applications do nothing with digits, and the switch loses them then.
  }
}
