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
    return of(call, Integer.MAX_VALUE);
  }

  /**
   * As {@link #of(CallId)}, but only the first events.
   *
   * @param most so many at most
   */
  CompletionStage<List<JournaledEvent>> of(CallId call, int most) {
    return journal
        .read(call, 1, most)
        .handle(
            (events, failure) -> {
              if (failure == null && !events.isEmpty() && events.get(0).seq() == 1) {
                return CompletableFuture.completedStage(events);
              }
              if (failure != null) {
                log.warn("The journal of {} cannot be read: {}", call, failure.getMessage());
              }
              return tables
                  .events(call, most)
                  .thenCompose(
                      recorded ->
                          failure != null && recorded.isEmpty()
                              ? CompletableFuture.<List<JournaledEvent>>failedStage(failure)
                              : CompletableFuture.completedStage(recorded));
            })
        .thenCompose(found -> found);
  }
}
