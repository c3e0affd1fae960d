package tandem.router.queue;

import java.time.Duration;

/**
 * How often a queue asks and repeats.
 *
 * @param repeat a reserve without an answer is repeated
 * @param giveUp a reserve unanswered for this long is forgotten, and another agent is tried
 * @param askPlace after a recovery, calls and members are asked this often
 * @param silence a place whose call was not heard from for this long is asked about
 * @param settle after a recovery callers are waited for this long before a later one overtakes them
 * @param turn an agent whose turn is another queue's is left to it for no longer than this,
 *     whatever its clock says
 * @param publish live figures are shown at most this often
 */
public record QueueTimings(
    Duration repeat,
    Duration giveUp,
    Duration askPlace,
    Duration silence,
    Duration settle,
    Duration publish,
    Duration turn) {
  public static final QueueTimings DEFAULT =
      new QueueTimings(
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofMillis(250),
          Duration.ofSeconds(1));
}
