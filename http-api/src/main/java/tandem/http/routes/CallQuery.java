package tandem.http.routes;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.http.json.Fields;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.json.Words;
import tandem.persistence.readmodel.CallFilter;
import tandem.router.feed.CallView;
import tandem.router.feed.CallView.Outcome;
import tandem.router.feed.CallView.Status;

/**
 * Which calls a client wants, and from where on. Living calls come first, then ended ones; the
 * cursor says in which of the two parts the next page begins.
 *
 * @param after the last living call of the page before, its channel
 * @param past whether the living ones are through
 * @param pastCursor of the history, null for its beginning
 */
record CallQuery(
    CallFilter filter,
    @Nullable Status state,
    int limit,
    @Nullable String after,
    boolean past,
    @Nullable String pastCursor) {
  private static final String LIVE = "live ";
  private static final String PAST = "past ";

  /** Where in the list. */
  private record Place(@Nullable String after, boolean past, @Nullable String pastCursor) {}

  static CallQuery of(Query query) {
    Status state = query.text("state", word -> Words.parse(Status.class, word)).orElse(null);
    String queue = query.text("queue", CallQuery::nonEmpty).orElse(null);
    String agent = query.text("agent", CallQuery::nonEmpty).orElse(null);
    Outcome outcome = query.text("outcome", word -> Words.parse(Outcome.class, word)).orElse(null);
    String caller = query.text("callerNumber", CallQuery::nonEmpty).orElse(null);
    Instant from = query.instant("from").orElse(null);
    Instant to = query.instant("to").orElse(null);
    Optional<Place> place = query.text("cursor", CallQuery::place);
    int limit = query.integer("limit", 1, Pages.LIMIT, Pages.DEFAULT_LIMIT);
    query.finish();
    CallFilter filter;
    try {
      filter = filter(from, to, queue, agent, outcome, caller);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.field("from", Fields.reason(e)));
    }
    Place at = place.orElse(new Place(null, false, null));
    return new CallQuery(filter, state, limit, at.after(), at.past(), at.pastCursor());
  }

  /** The outcome is nullable there; NullAway does not see that through a nested type's name. */
  @SuppressWarnings("NullAway")
  static CallFilter filter(
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable String queue,
      @Nullable String agent,
      @Nullable Outcome outcome,
      @Nullable String caller) {
    return new CallFilter(from, to, queue, agent, outcome, caller);
  }

  /** Whether this page is one of living calls. */
  boolean wantsLiving() {
    return !past && state != Status.ENDED && filter.outcome() == null;
  }

  /** Whether ended calls may fit at all. */
  boolean wantsPast() {
    return state == null || state == Status.ENDED;
  }

  boolean accepts(CallView call) {
    return (state == null || state == call.state())
        && (filter.outcome() == null || filter.outcome() == call.outcome())
        && (filter.queue() == null || isOf(call, filter.queue()))
        && (filter.agent() == null
            || (call.agent() != null && filter.agent().equals(call.agent().name())))
        && (filter.callerNumber() == null || filter.callerNumber().equals(call.callerNumber()))
        && (filter.from() == null || !call.arrivedAt().isBefore(filter.from()))
        && (filter.to() == null || call.arrivedAt().isBefore(filter.to()));
  }

  /** Whether a call waits in a queue, was offered from it or was served by it. */
  static boolean isOf(CallView call, String queue) {
    return (call.queue() != null && queue.equals(call.queue().name()))
        || call.queues().stream().anyMatch(one -> queue.equals(one.name()));
  }

  static String livingCursor(String lastChannel) {
    return Pages.cursor(LIVE + lastChannel);
  }

  static String pastCursor(@Nullable String history) {
    return Pages.cursor(PAST + (history == null ? "" : history));
  }

  private static Place place(String cursor) {
    String opened = Pages.opened(cursor);
    if (opened.startsWith(LIVE)) {
      return new Place(opened.substring(LIVE.length()), false, null);
    } else if (opened.startsWith(PAST)) {
      String history = opened.substring(PAST.length());
      return new Place(null, true, history.isEmpty() ? null : history);
    }
    throw new IllegalArgumentException("is not a cursor of this list");
  }

  static String nonEmpty(String text) {
    if (text.isBlank() || text.length() > 100) {
      throw new IllegalArgumentException("must be 1 to 100 characters");
    }
    return text;
  }
}
