package tandem.persistence.readmodel;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import tandem.router.domain.CallId;

/**
 * Calls' events read from the journal once for all who follow the same signal: the history and
 * Kafka get it at about the same time. What has been persisted does not change, so a kept answer is
 * as good as a new one.
 */
public final class SharedReads {
  /** Signals (count): some seconds of a busy node. One that comes later reads again. */
  private static final int KEPT = 512;

  /**
   * Longer than the driver's own patience: without it a lost answer would be waited for for ever.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private record Reach(CallId call, long seq) {}

  private final BiFunction<CallId, Long, CompletionStage<List<JournaledEvent>>> journal;
  private final Map<Reach, CompletionStage<List<JournaledEvent>>> kept =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(
            Map.Entry<Reach, CompletionStage<List<JournaledEvent>>> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * @param journal reads a call's events from the first to one of them
   */
  SharedReads(BiFunction<CallId, Long, CompletionStage<List<JournaledEvent>>> journal) {
    this.journal = journal;
  }

  public static SharedReads of(CallJournal journal) {
    return new SharedReads((call, seq) -> journal.read(call, 1, seq));
  }

  /**
   * A call's events from the first up to that number, in order. Fails when the journal does not
   * show that far yet, or not in time: what is missing would be passed over for ever.
   */
  public synchronized CompletionStage<List<JournaledEvent>> upTo(CallId call, long seq) {
    Reach reach = new Reach(call, seq);
    CompletionStage<List<JournaledEvent>> before = kept.get(reach);
    if (before != null && !before.toCompletableFuture().isCompletedExceptionally()) {
      return before;
    }
    CompletionStage<List<JournaledEvent>> now =
        journal
            .apply(call, seq)
            .thenApply(events -> whole(call, seq, events))
            .toCompletableFuture()
            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    kept.put(reach, now);
    return now;
  }

  private static List<JournaledEvent> whole(CallId call, long seq, List<JournaledEvent> events) {
    long last = events.isEmpty() ? 0 : events.get(events.size() - 1).seq();
    if (last < seq) {
      throw new IllegalStateException(
          "the journal of " + call + " shows " + last + " of " + seq + " events");
    }
    return events;
  }
}
