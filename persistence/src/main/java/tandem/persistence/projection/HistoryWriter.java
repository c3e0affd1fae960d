package tandem.persistence.projection;

import akka.Done;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.persistence.readmodel.CallRecord;
import tandem.persistence.readmodel.CallTables;
import tandem.persistence.readmodel.JournaledEvent;
import tandem.persistence.readmodel.SharedReads;
import tandem.router.domain.CallId;

/**
 * Writes the call history: single writer of its rows. It reads a call from its first event each
 * time, since a row is the sum of all of them, and rows written before are written again as they
 * are.
 */
final class HistoryWriter implements CallReader {
  private static final Logger log = LoggerFactory.getLogger(HistoryWriter.class);

  private final SharedReads journal;
  private final CallTables tables;
  private final Consumer<CallId> recorded;

  /**
   * @param recorded told of each call whose record is complete: it has ended, and the history has
   *     all of it
   */
  HistoryWriter(SharedReads journal, CallTables tables, Consumer<CallId> recorded) {
    this.journal = journal;
    this.tables = tables;
    this.recorded = recorded;
  }

  @Override
  public CompletionStage<Done> take(CallId call, long seq) {
    return journal.upTo(call, seq).thenCompose(events -> write(call, events));
  }

  private CompletionStage<Done> write(CallId call, List<JournaledEvent> events) {
    Optional<CallRecord> record = CallRecord.of(events);
    if (record.isEmpty()) {
      // Only a signal older than the journal's retention can meet this: its call was written long
      // ago.
      log.warn("The journal of {} has no arrival any more; its history stays as it is", call);
      recorded.accept(call);
      return CompletableFuture.completedStage(Done.getInstance());
    }
    // A living call's timeline is in its journal; its rows are for later, and written once.
    return tables
        .write(record.get(), record.get().ended() ? events : List.of())
        .thenApply(
            done -> {
              if (record.get().ended()) {
                recorded.accept(call);
              }
              return done;
            });
  }
}
