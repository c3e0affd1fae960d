package tandem.persistence.projection;

import akka.Done;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.persistence.readmodel.CallRecord;
import tandem.persistence.readmodel.CallTables;
import tandem.persistence.readmodel.JournaledEvent;
import tandem.router.domain.CallId;

/**
 * Writes the call history: single writer of its rows. A row is the sum of all events of its call,
 * and rows written before are written again as they are.
 */
final class HistoryWriter {
  private static final Logger log = LoggerFactory.getLogger(HistoryWriter.class);

  private final CallTables tables;

  HistoryWriter(CallTables tables) {
    this.tables = tables;
  }

  /**
   * Writes what there is to know of a call, if it has ended.
   *
   * @param events from the first on
   */
  CompletionStage<Done> write(CallId call, List<JournaledEvent> events) {
    Optional<CallRecord> record = CallRecord.of(events);
    if (record.isEmpty()) {
      // Only a call that outlived the journal's retention can meet this.
      log.warn("The journal of {} has no arrival any more; its history stays as it is", call);
      return CompletableFuture.completedStage(Done.getInstance());
    }
    // A living call is where it lives, and its steps are in its journal; both are written once.
    return record.get().ended()
        ? tables.write(record.get(), events)
        : CompletableFuture.completedStage(Done.getInstance());
  }
}
