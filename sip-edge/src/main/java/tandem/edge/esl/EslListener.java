package tandem.edge.esl;

/**
 * The one consumer of a client's signals. It is called on the connection's own thread: it hands
 * over (a tell) and returns at once.
 */
@FunctionalInterface
public interface EslListener {
  void onSignal(EslSignal signal);
}
