package tandem.edge.sim;

/** Legs to SIP addresses: nobody answers there yet. */
final class SipAdapter implements LegPorts, AutoCloseable {
  SipAdapter(SwitchCore core, FarEnd farEnd) {
    this.core = core;
    this.farEnd = farEnd;
  }

  private final SwitchCore core;
  private final FarEnd farEnd;

  int port() {
    return 0;
  }

  @Override
  public LegPort outbound(String target) {
    return new DeadPort(core, farEnd);
  }

  @Override
  public void close() {}
}
