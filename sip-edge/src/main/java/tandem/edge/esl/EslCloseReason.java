package tandem.edge.esl;

import java.time.Duration;

/** Why a connection is over. Exactly one is told for each connection. */
public sealed interface EslCloseReason {
  /** One line for people. */
  String text();

  /** No TCP connection came about. */
  record ConnectFailed(String detail) implements EslCloseReason {
    @Override
    public String text() {
      return "cannot connect: " + detail;
    }
  }

  /** The switch did not greet, accept or subscribe in time. */
  record HandshakeTimeout(Duration after, String waitingFor) implements EslCloseReason {
    @Override
    public String text() {
      return "no " + waitingFor + " within " + after.toMillis() + " ms";
    }
  }

  /** The password is wrong. */
  record AuthenticationFailed(String reply) implements EslCloseReason {
    @Override
    public String text() {
      return "the switch refuses the password: " + reply;
    }
  }

  /** The switch's access list refuses this address (a rude rejection). */
  record Rejected(String detail) implements EslCloseReason {
    @Override
    public String text() {
      return "the switch's access list refuses this address: " + detail;
    }
  }

  /** The peer sent what is no Event Socket traffic, or too much of it at once. */
  record ProtocolError(String detail) implements EslCloseReason {
    @Override
    public String text() {
      return "not the Event Socket protocol: " + detail;
    }
  }

  /** Nothing was heard for too long, not even a heartbeat. */
  record IdleTimeout(Duration after) implements EslCloseReason {
    @Override
    public String text() {
      return "nothing heard for " + after.toMillis() + " ms";
    }
  }

  /** The switch announced that it closes: after {@code exit}, or because it is shutting down. */
  record Disconnected(String notice) implements EslCloseReason {
    @Override
    public String text() {
      return "the switch says: " + notice;
    }
  }

  /** The peer closed or broke the connection without a word. */
  record PeerClosed(String detail) implements EslCloseReason {
    @Override
    public String text() {
      return "the peer closed the connection" + (detail.isEmpty() ? "" : ": " + detail);
    }
  }

  /** We closed it. */
  record Stopped() implements EslCloseReason {
    @Override
    public String text() {
      return "closed by us";
    }
  }
}
