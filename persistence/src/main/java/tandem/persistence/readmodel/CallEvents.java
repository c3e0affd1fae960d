package tandem.persistence.readmodel;

import akka.actor.typed.ActorSystem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.router.domain.CallId;

/** A call's events, from whoever still has them. */
public final class CallEvents {
  private static final Logger log = LoggerFactory.getLogger(CallEvents.class);

  private final CallTables tables;
  private final CallJournal journal;

  private CallEvents(CallTables tables, CallJournal journal) {
    this.tables = tables;
    this.journal = journal;
  }

  public static CallEvents of(ActorSystem<?> system) {
    return new CallEvents(CallTables.of(system), CallJournal.of(system));
  }

  /**
   * The journal is right at once; the history remembers longer. A journal that has forgotten a
   * call's first events, or is about to, has forgotten the call.
   */
  public CompletionStage<List<JournaledEvent>> of(CallId call) {
    return journal
        .read(call)
        .handle(
            (events, failure) -> {
              if (failure == null && !events.isEmpty() && events.get(0).seq() == 1) {
                return CompletableFuture.completedStage(events);
              }
              if (failure != null) {
                log.warn("The journal of {} cannot be read: {}", call, failure.getMessage());
              }
              return tables
                  .events(call)
                  .thenCompose(
                      recorded ->
                          failure != null && recorded.isEmpty()
                              ? CompletableFuture.<List<JournaledEvent>>failedStage(failure)
                              : CompletableFuture.completedStage(recorded));
            })
        .thenCompose(found -> found);
  }
}
