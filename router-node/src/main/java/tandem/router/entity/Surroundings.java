package tandem.router.entity;

import java.time.Clock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tandem.cluster.LivenessGate;
import tandem.router.domain.RouterSerializable;
import tandem.router.feed.FeedItem;

/**
 * What an entity's shell needs of its node.
 *
 * @param post delivers to other entities
 * @param publish shows a change on the live feed
 * @param persisted sees each event that was persisted, for metrics
 * @param stopped hears the persistence id of each entity that stops on this node
 * @param ids makes fresh UUIDs
 */
public record Surroundings(
    BiConsumer<Address, RouterSerializable> post,
    Consumer<FeedItem> publish,
    Consumer<Object> persisted,
    Consumer<String> stopped,
    Clock clock,
    Supplier<String> ids,
    LivenessGate gate) {}
