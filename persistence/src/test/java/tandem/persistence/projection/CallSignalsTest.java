package tandem.persistence.projection;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.persistence.query.Offset;
import akka.projection.eventsourced.EventEnvelope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import tandem.persistence.readmodel.CallJournal;
import tandem.persistence.readmodel.Calls;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;

class CallSignalsTest {
  private static final CallId ONE = Calls.id(new TenantId("acme"), 1);
  private static final CallId TWO = Calls.id(new TenantId("acme"), 2);

  private final List<String> taken = new ArrayList<>();
  private final CompletableFuture<Done> two = new CompletableFuture<>();
  private final CallSignals signals =
      new CallSignals(
          (call, seq) -> {
            taken.add(call.channel().substring(35) + '@' + seq);
            return call.equals(TWO) ? two : CompletableFuture.completedStage(Done.getInstance());
          });

  @Test
  void shouldTakeEachCallOnceUpToItsLastSignalAndEndWithTheSlowest() {
    CompletionStage<Done> group =
        signals.process(List.of(signal(ONE, 8), signal(TWO, 7), signal(ONE, 10)));
    assertThat(taken).containsExactly("1@10", "2@7");
    assertThat(group.toCompletableFuture()).isNotDone();
    two.complete(Done.getInstance());
    assertThat(group.toCompletableFuture()).isCompletedWithValue(Done.getInstance());
  }

  @Test
  void shouldFailAsAWholeSoThatTheGroupComesAgain() {
    CompletionStage<Done> group = signals.process(List.of(signal(ONE, 8), signal(TWO, 7)));
    two.completeExceptionally(new IllegalStateException("Cassandra is away"));
    assertThat(group.toCompletableFuture()).isCompletedExceptionally();
  }

  private static EventEnvelope<Call.Event> signal(CallId call, long seq) {
    return EventEnvelope.create(
        Offset.noOffset(),
        CallJournal.persistenceId(call).id(),
        seq,
        new Call.Closed(Instant.EPOCH),
        0);
  }
}
