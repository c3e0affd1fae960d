package tandem.edge.sim;

/** Finds the far end of an outbound leg: SIP, or a phone that the simulator plays. */
interface LegPorts {

  /**
   * A far end that has not been called yet.
   *
   * @param target {@code user@host[:port][;parameters]}
   */
  LegPort outbound(String target);
}
