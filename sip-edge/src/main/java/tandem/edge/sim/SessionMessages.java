package tandem.edge.sim;

/**
 * What {@code sendmsg} does to a channel; kept apart so that a connection knows nothing of
 * channels.
 */
interface SessionMessages {

  /** The reply's text. */
  String message(String uuid, CommandReader.Command command);
}
