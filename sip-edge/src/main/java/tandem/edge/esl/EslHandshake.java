package tandem.edge.esl;

/** How far a connection has come; each state but the last waits for one thing of the switch. */
enum EslHandshake {
  /** Connecting or connected: the switch speaks first. */
  GREETING("greeting"),
  /** The password is written. */
  ACCEPTANCE("answer to the password"),
  /** Accepted; the events are subscribed to before anything else, so that none is missed. */
  SUBSCRIPTION("answer to the subscription"),
  /** Open for commands. */
  READY("nothing");

  private final String awaited;

  EslHandshake(String awaited) {
    this.awaited = awaited;
  }

  String awaited() {
    return awaited;
  }
}
