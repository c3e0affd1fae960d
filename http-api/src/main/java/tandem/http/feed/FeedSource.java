package tandem.http.feed;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import tandem.router.domain.TenantId;
import tandem.router.feed.FeedItem;
import tandem.router.feed.FeedTopics;

/** Where changes come from: at most once, in no promised order. */
public interface FeedSource {
  void subscribe(TenantId tenant, ActorRef<FeedItem> reader);

  void unsubscribe(TenantId tenant, ActorRef<FeedItem> reader);

  /** The topics that the entities of the whole cluster publish on. */
  static FeedSource topics(ActorSystem<?> system) {
    FeedTopics topics = FeedTopics.get(system);
    return new FeedSource() {
      @Override
      public void subscribe(TenantId tenant, ActorRef<FeedItem> reader) {
        topics.subscribe(tenant, reader);
      }

      @Override
      public void unsubscribe(TenantId tenant, ActorRef<FeedItem> reader) {
        topics.unsubscribe(tenant, reader);
      }
    };
  }
}
