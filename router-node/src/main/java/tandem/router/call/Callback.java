package tandem.router.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.plan.CallbackPromise;
import tandem.router.feed.CallView;

/**
 * What a call that calls somebody back is to do, and how far it is.
 *
 * @param attempts made so far, the present one too
 * @param notBefore when the next may be made
 */
record Callback(CallbackPromise promise, int attempts, Instant notBefore) {
  /** What a call has promised its caller, and the call that does it. */
  record Promised(CallId callback, CallbackPromise promise) {}

  static Callback of(CallbackPromise promise) {
    return new Callback(promise, 0, promise.from());
  }

  Callback dialled(int attempt) {
    return new Callback(promise, attempt, notBefore);
  }

  Callback pausedUntil(Instant at) {
    return new Callback(promise, attempts, at.isAfter(notBefore) ? at : notBefore);
  }

  /** After an attempt; {@code again} is null when it was the last. */
  Callback after(@Nullable Instant again) {
    return new Callback(promise, attempts, again == null ? notBefore : again);
  }

  CallView.Callback view() {
    return new CallView.Callback(
        promise.origin(), attempts, promise.attempts(), notBefore, promise.until());
  }
}
