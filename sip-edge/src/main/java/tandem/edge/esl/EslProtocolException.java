package tandem.edge.esl;

/**
 * The peer sent bytes that are no Event Socket traffic, or more of them than the limits allow. The
 * message names what was wrong; the position in the stream is lost, so the connection has to be
 * closed.
 */
public final class EslProtocolException extends Exception {
  private static final long serialVersionUID = 1L;

  public EslProtocolException(String message) {
    super(message);
  }
}
