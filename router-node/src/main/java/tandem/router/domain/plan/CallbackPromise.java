package tandem.router.domain.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tandem.router.domain.CallId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.RouterSerializable;

/**
 * What a caller was promised: to be called back with the place it had in line. Kept by the call
 * that promised it, by the link that carries the callback, and by the callback itself.
 *
 * @param origin the call that the caller was on
 * @param number where the caller is called
 * @param queues names, at least one: where it keeps waiting
 * @param priority among those who wait there, 0 to 100
 * @param since since when it waits: its place in line
 * @param from not called before
 * @param until no attempt begins at or after this
 * @param attempts how often it is called at most, 1 to {@value #MOST_ATTEMPTS}
 * @param every pause between an attempt that failed and the next
 * @param ring how long its phone rings
 */
public record CallbackPromise(
    CallId origin,
    PhoneNumber number,
    List<String> queues,
    int priority,
    Wants wants,
    Instant since,
    Instant from,
    Instant until,
    int attempts,
    Duration every,
    Duration ring)
    implements RouterSerializable {
  /** Attempts of one callback (count). */
  public static final int MOST_ATTEMPTS = 10;

  public CallbackPromise {
    queues = List.copyOf(queues);
  }
}
