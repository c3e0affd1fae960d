package tandem.http;

import akka.actor.typed.ActorRef;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tandem.http.feed.FeedSource;
import tandem.router.domain.TenantId;
import tandem.router.feed.FeedItem;

/** A topic in memory, which loses nothing by itself. */
final class FakeFeed implements FeedSource {
  private final Map<TenantId, Set<ActorRef<FeedItem>>> readers = new ConcurrentHashMap<>();

  void publish(FeedItem item) {
    readers.getOrDefault(item.tenant(), Set.of()).forEach(reader -> reader.tell(item));
  }

  int readers(TenantId tenant) {
    return readers.getOrDefault(tenant, Set.of()).size();
  }

  @Override
  public void subscribe(TenantId tenant, ActorRef<FeedItem> reader) {
    readers.computeIfAbsent(tenant, t -> ConcurrentHashMap.newKeySet()).add(reader);
  }

  @Override
  public void unsubscribe(TenantId tenant, ActorRef<FeedItem> reader) {
    readers.getOrDefault(tenant, Set.of()).remove(reader);
  }
}
