package tandem.edge.esl;

import java.time.Duration;

/** What a client tells its owner, in the order of the wire. */
public sealed interface EslSignal {
  /** Connected, accepted and subscribed: from here on commands can be sent. */
  record Ready(EslConnection connection) implements EslSignal {}

  /** An event; those that end a job of ours come here too, right after the job's result. */
  record EventArrived(EslEvent event) implements EslSignal {}

  /**
   * A frame that is neither a reply nor an event: a log line, a linger notice, a type not known
   * here.
   */
  record Noticed(EslFrame frame) implements EslSignal {}

  /**
   * The connection is over, or did not come about; everything pending on it has failed. Comes once
   * a connection.
   */
  record Closed(EslCloseReason reason) implements EslSignal {}

  /**
   * The client will connect again.
   *
   * @param attempt counted from 1 since the last connection that held
   */
  record Reconnecting(int attempt, Duration in) implements EslSignal {}
}
