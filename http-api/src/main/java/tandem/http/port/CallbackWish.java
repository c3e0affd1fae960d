package tandem.http.port;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.PhoneNumber;

/**
 * How somebody wants a caller to be called back.
 *
 * @param number where; null for the number the caller has
 * @param from not before; null for as soon as its turn comes
 * @param within no attempt begins later than this after {@code from}
 * @param attempts how often at most
 * @param retryAfter pause between an attempt that failed and the next
 * @param ring how long its phone rings
 */
public record CallbackWish(
    @Nullable PhoneNumber number,
    @Nullable Instant from,
    Duration within,
    int attempts,
    Duration retryAfter,
    Duration ring) {}
