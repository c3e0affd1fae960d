package tandem.router.feed;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.QueueId;
import tandem.router.domain.QueueSettings;

/**
 * A queue as people see it.
 *
 * @param waiting callers with a place, including those whose offer is out
 * @param offered of these, with an offer out
 * @param longestWaitSince since when the caller who waits longest does
 * @param members agents who belong to it
 * @param available of these, as far as the queue knows, free to take a call
 * @param served callers handed to an agent since the queue was made
 * @param abandoned callers who left before
 */
public record QueueView(
    QueueId id,
    QueueSettings settings,
    int waiting,
    int offered,
    @Nullable Instant longestWaitSince,
    int members,
    int available,
    long served,
    long abandoned)
    implements View {}
