package tandem.edge.esl;

/**
 * The one consumer of a client's signals. It is called on the connection's own thread: it hands
 * over (a tell) and returns at once.
 */
@FunctionalInterface
public interface EslListener {
  /**
   * Takes a signal over. While too many have not been dealt with, the switch is not read on.
   *
   * @param taken to be run once, on any thread, when this one has been; never held back until a
   *     reply comes, since replies come behind the events
   */
  void onSignal(EslSignal signal, Runnable taken);
}
