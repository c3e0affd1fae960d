package tandem.router.feed;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.QueueId;
import tandem.router.domain.QueueSettings;

/**
 * A queue as people see it.
 *
 * @param plan version of the plan that says how it works; 0 when none does
 * @param waiting callers with a place, including those whose offer is out
 * @param callbacks of these, with nobody on the line: they are to be called back
 * @param offered of {@code waiting}, with an offer out
 * @param longestWaitSince since when the caller who waits longest does, callbacks not counted
 * @param estimatedWait what one more caller without wishes would wait; zero when nobody waits and
 *     while nothing is known
 * @param members agents who belong to it
 * @param available of these, as far as the queue knows, free to take a call
 * @param served callers handed to an agent since the queue was made
 * @param abandoned callers on the line who left before
 */
public record QueueView(
    QueueId id,
    QueueSettings settings,
    long plan,
    int waiting,
    int callbacks,
    int offered,
    @Nullable Instant longestWaitSince,
    Duration estimatedWait,
    int members,
    int available,
    long served,
    long abandoned)
    implements View {}
