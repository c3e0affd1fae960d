package tandem.persistence.projection;

import akka.Done;
import akka.projection.eventsourced.EventEnvelope;
import akka.projection.javadsl.Handler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tandem.persistence.readmodel.CallJournal;
import tandem.router.call.Call;
import tandem.router.domain.CallId;

/**
 * Turns a group of signals of one tag into work for a reader: each call once, up to its last
 * signal, different calls side by side. So a call's events stay in order, and the group is done
 * when all are.
 */
final class CallSignals extends Handler<List<EventEnvelope<Call.Event>>> {
  private final CallReader reader;

  CallSignals(CallReader reader) {
    this.reader = reader;
  }

  @Override
  public CompletionStage<Done> process(List<EventEnvelope<Call.Event>> signals) {
    Map<CallId, Long> furthest = new LinkedHashMap<>();
    for (EventEnvelope<Call.Event> signal : signals) {
      furthest.merge(CallJournal.callOf(signal.persistenceId()), signal.sequenceNr(), Math::max);
    }
    CompletableFuture<?>[] all =
        furthest.entrySet().stream()
            .map(call -> reader.take(call.getKey(), call.getValue()).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(all).thenApply(done -> Done.getInstance());
  }
}
