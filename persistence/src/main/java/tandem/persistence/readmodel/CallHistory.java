package tandem.persistence.readmodel;

import akka.actor.typed.ActorSystem;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;

/**
 * What was: calls by their arrival, and each call's timeline. Never blocks; a stage fails when
 * Cassandra does not answer.
 */
public interface CallHistory {
  /** The most calls a page can hold. */
  int MAX_PAGE = 500;

  /** The most events {@link #events} gives: a call has a few dozen. */
  int MAX_EVENTS = 2_000;

  /**
   * Ended calls of a tenant, newest arrival first. A call appears when its record is written,
   * within a second of its end as a rule.
   *
   * @param cursor {@link CallPage#next()} of the page before with the same filter, or null
   * @param limit calls a page, 1 to {@link #MAX_PAGE}
   * @throws IllegalArgumentException at once, naming {@code cursor} or {@code limit}, when it is
   *     not valid
   */
  CompletionStage<CallPage> list(
      TenantId tenant, CallFilter filter, @Nullable String cursor, int limit);

  /** A call as its events say now, living or ended; empty when there is none. */
  CompletionStage<Optional<CallRecord>> get(CallId call);

  /** Each step of a call so far, read from its journal; empty when there is no such call. */
  CompletionStage<List<TimelineEntry>> timeline(CallId call);

  /**
   * What happened to a call so far, in order: at most the first {@link #MAX_EVENTS}. Empty when
   * there is no such call.
   */
  CompletionStage<List<Call.Event>> events(CallId call);

  /** The history in this node's Cassandra. */
  static CallHistory of(ActorSystem<?> system) {
    return new CassandraCallHistory(CallTables.of(system), CallEvents.of(system));
  }
}
