package tandem.router.feed;

import tandem.router.domain.RouterSerializable;
import tandem.router.domain.TenantId;

/**
 * One thing as it is now, for the live feed. A higher sequence of the same kind and id replaces a
 * lower one; a repeat changes nothing.
 *
 * @param seq counts up for each (kind, id), also over restarts
 * @param view a {@link CallView}, {@link AgentView}, {@link QueueView} or {@link LotView}
 */
public record FeedItem(TenantId tenant, String id, long seq, View view)
    implements RouterSerializable {}
