package tandem.router.feed;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Extension;
import akka.actor.typed.ExtensionId;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.pubsub.Topic;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tandem.router.domain.TenantId;

/**
 * One topic a tenant and node, made when first used. At most once and eventually consistent: a
 * reader subscribes, takes a snapshot from the entities, and repairs by {@link FeedItem#seq()}.
 */
public final class FeedTopics implements Extension {
  private static final ExtensionId<FeedTopics> ID =
      new ExtensionId<>() {
        @Override
        public FeedTopics createExtension(ActorSystem<?> system) {
          return new FeedTopics(system);
        }
      };

  private final ActorSystem<?> system;
  private final Map<TenantId, ActorRef<Topic.Command<FeedItem>>> topics = new ConcurrentHashMap<>();

  private FeedTopics(ActorSystem<?> system) {
    this.system = system;
  }

  public static FeedTopics get(ActorSystem<?> system) {
    return system.registerExtension(ID);
  }

  public void publish(FeedItem item) {
    topic(item.tenant()).tell(Topic.publish(item));
  }

  public void subscribe(TenantId tenant, ActorRef<FeedItem> reader) {
    topic(tenant).tell(Topic.subscribe(reader));
  }

  public void unsubscribe(TenantId tenant, ActorRef<FeedItem> reader) {
    topic(tenant).tell(Topic.unsubscribe(reader));
  }

  private ActorRef<Topic.Command<FeedItem>> topic(TenantId tenant) {
    return topics.computeIfAbsent(
        tenant,
        t -> {
          String name = "feed-" + t.value();
          Behavior<Topic.Command<FeedItem>> topic =
              Behaviors.setup(context -> Topic.create(FeedItem.class, name));
          return system.systemActorOf(topic, name, Props.empty());
        });
  }
}
