package tandem.persistence.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;

class SharedReadsTest {
  private static final TenantId ACME = new TenantId("acme");
  private static final CallId ONE = Calls.id(ACME, 1);

  private final List<CompletableFuture<List<JournaledEvent>>> asked = new ArrayList<>();
  private final SharedReads reads =
      new SharedReads(
          (call, seq) -> {
            CompletableFuture<List<JournaledEvent>> answer = new CompletableFuture<>();
            asked.add(answer);
            return answer;
          });

  @Test
  void shouldReadOnceForAllWhoFollowASignalAlsoWhileItReads() {
    CompletionStage<List<JournaledEvent>> first = reads.upTo(ONE, 3);
    CompletionStage<List<JournaledEvent>> second = reads.upTo(ONE, 3);
    asked.get(0).complete(events(3));

    assertThat(asked).hasSize(1);
    assertThat(first.toCompletableFuture().join()).hasSize(3);
    assertThat(second.toCompletableFuture().join()).hasSize(3);
    assertThat(reads.upTo(ONE, 3).toCompletableFuture()).isCompleted();
  }

  @Test
  void shouldReadFurtherForALaterSignal() {
    var unused = reads.upTo(ONE, 3);
    var unusedToo = reads.upTo(ONE, 4);

    assertThat(asked).hasSize(2);
  }

  @Test
  void shouldReadAgainAfterAFailure() {
    CompletionStage<List<JournaledEvent>> failed = reads.upTo(ONE, 3);
    asked.get(0).completeExceptionally(new IllegalStateException("Cassandra is away"));
    assertThat(failed.toCompletableFuture()).isCompletedExceptionally();

    CompletionStage<List<JournaledEvent>> again = reads.upTo(ONE, 3);
    asked.get(1).complete(events(3));

    assertThat(again.toCompletableFuture().join()).hasSize(3);
  }

  @Test
  void shouldFailOnAJournalThatShowsOnlySomeOfTheEvents() {
    CompletionStage<List<JournaledEvent>> some = reads.upTo(ONE, 3);
    asked.get(0).complete(events(2));

    assertThat(some.toCompletableFuture())
        .failsWithin(java.time.Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("shows 2 of 3 events");
  }

  @Test
  void shouldFailOnAJournalThatShowsNothing() {
    CompletionStage<List<JournaledEvent>> none = reads.upTo(ONE, 3);
    asked.get(0).complete(List.of());

    assertThat(none.toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void shouldForgetTheOldest() {
    for (int i = 1; i <= 1000; i++) {
      var unused = reads.upTo(Calls.id(ACME, i), 3);
      asked.get(i - 1).complete(events(3));
    }

    var unused = reads.upTo(ONE, 3);

    assertThat(asked).hasSize(1001);
  }

  private static List<JournaledEvent> events(long last) {
    return LongStream.rangeClosed(1, last)
        .mapToObj(seq -> new JournaledEvent(seq, new Call.Closed(Instant.EPOCH)))
        .toList();
  }
}
