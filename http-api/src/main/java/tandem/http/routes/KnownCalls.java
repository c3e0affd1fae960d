package tandem.http.routes;

import akka.pattern.Patterns;
import akka.stream.Materializer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.port.RouterPort;
import tandem.persistence.readmodel.CallHistory;
import tandem.persistence.readmodel.CallRecord;
import tandem.router.domain.CallId;
import tandem.router.feed.CallView;

/** Keeps ids that never were a call away from the entities, and waits for calls that are coming. */
final class KnownCalls {
  private static final Logger log = LoggerFactory.getLogger(KnownCalls.class);
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** With the pause 3 s, as long as any entity is waited for. */
  private static final int LOOKS = 150;

  private final RouterPort router;
  private final CallHistory history;
  private final Materializer materializer;

  KnownCalls(RouterPort router, CallHistory history, Materializer materializer) {
    this.router = router;
    this.history = history;
    this.materializer = materializer;
  }

  /**
   * What the history has of a call. Fails with 404 when there never was one: no entity is started
   * for it.
   *
   * @param what it is called in the answer
   */
  CompletionStage<CallRecord> record(String what, CallId id) {
    return CallRoutes.reachable(history.get(id))
        .thenApply(
            found ->
                found.orElseThrow(
                    () -> new ProblemException(Problem.notFound(what, id.channel()))));
  }

  /** The call as soon as it is there to be seen; empty when that takes too long. */
  CompletionStage<Optional<CallView>> until(CallId id) {
    return until(id, LOOKS);
  }

  private CompletionStage<Optional<CallView>> until(CallId id, int looks) {
    return router
        .call(id)
        .handle(
            (reply, failure) -> {
              if (failure != null) {
                log.debug("Call {} cannot be seen yet: {}", id, failure.toString());
              }
              return failure == null
                  ? Optional.ofNullable(reply.view())
                  : Optional.<CallView>empty();
            })
        .thenCompose(
            seen ->
                seen.isPresent() || looks == 1
                    ? CompletableFuture.completedFuture(seen)
                    : Patterns.after(PAUSE, materializer.system(), () -> until(id, looks - 1)));
  }
}
