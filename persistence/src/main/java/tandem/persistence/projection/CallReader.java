package tandem.persistence.projection;

import akka.Done;
import java.util.concurrent.CompletionStage;
import tandem.router.domain.CallId;

/** Somebody who follows calls by their signals. Doing the same again changes nothing. */
@FunctionalInterface
interface CallReader {
  /**
   * Takes a call's events up to one of them.
   *
   * @param seq the number of the event that gave the signal
   * @return fails when not all of it is done; the signal then comes again
   */
  CompletionStage<Done> take(CallId call, long seq);
}
