package tandem.http.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.http.json.Wire;
import tandem.http.port.RouterPort;
import tandem.router.domain.CallId;
import tandem.router.domain.QueueId;
import tandem.router.feed.CallView;
import tandem.router.queue.Queue;

/** Asks the queues where a call waits how it stands there. */
final class Places {
  private static final Logger log = LoggerFactory.getLogger(Places.class);

  private final RouterPort router;

  Places(RouterPort router) {
    this.router = router;
  }

  /**
   * The call with its places, in the order of its queues, when it waits. A queue that does not
   * answer, or has no place for it yet, is left out: the rest of the call is worth more.
   */
  CompletionStage<Wire.Call> of(CallView view) {
    if (view.queues().isEmpty()) {
      return CompletableFuture.completedFuture(Wire.call(view));
    }
    CompletionStage<List<Wire.Place>> all = CompletableFuture.completedFuture(new ArrayList<>());
    List<CompletionStage<Optional<Wire.Place>>> asked =
        view.queues().stream().map(queue -> place(queue, view.id())).toList();
    for (CompletionStage<Optional<Wire.Place>> one : asked) {
      all =
          all.thenCombine(
              one,
              (places, found) -> {
                found.ifPresent(places::add);
                return places;
              });
    }
    return all.thenApply(places -> Wire.call(view).in(List.copyOf(places)));
  }

  private CompletionStage<Optional<Wire.Place>> place(QueueId queue, CallId call) {
    return router
        .place(queue, call)
        .handle(
            (reply, failure) -> {
              if (failure != null) {
                log.debug("Queue {} did not tell the place of {}: {}", queue, call, failure);
                return Optional.empty();
              }
              return Optional.ofNullable(reply.position()).map(at -> place(queue, at));
            });
  }

  private static Wire.Place place(QueueId queue, Queue.Position at) {
    return new Wire.Place(queue.name(), at.number(), at.estimatedWait());
  }
}
