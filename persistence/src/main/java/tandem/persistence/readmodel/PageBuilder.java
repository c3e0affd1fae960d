package tandem.persistence.readmodel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers one page: the calls that a filter accepts, and the place where the next one begins. */
final class PageBuilder {
  /**
   * Calls looked at for one page: a filter that accepts few must not make one request read the
   * whole history. The client goes on with the cursor.
   */
  static final int MOST_LOOKED_AT = 5_000;

  private final CallFilter filter;
  private final int limit;
  private final List<CallRecord> calls = new ArrayList<>();
  private int lookedAt;
  private boolean stopped;
  private @Nullable CallRecord last;

  PageBuilder(CallFilter filter, int limit) {
    this.filter = filter;
    this.limit = limit;
  }

  /** Takes the next older call; false when the page is done. */
  boolean takeAndGoOn(CallRecord call) {
    last = call;
    lookedAt++;
    if (filter.accepts(call)) {
      calls.add(call);
    }
    stopped = calls.size() == limit || lookedAt == MOST_LOOKED_AT;
    return !stopped;
  }

  CallPage build() {
    String next =
        stopped && last != null ? new Cursor(last.arrivedAt(), last.id().channel()).encode() : null;
    return new CallPage(calls, next);
  }
}
