package tandem.router.entity;

import akka.actor.typed.ActorRef;
import tandem.router.domain.RouterSerializable;
import tandem.router.feed.FeedItem;

/** What is to happen once a turn's events are persisted. May be lost: nothing relies on it. */
public sealed interface Effect {
  /** Send a message to another entity. */
  record Tell(Address to, RouterSerializable message) implements Effect {}

  /** Answer somebody who asked. */
  record Reply<T>(ActorRef<T> to, T message) implements Effect {
    void send() {
      to.tell(message);
    }
  }

  /** Show a change on the live feed. */
  record Publish(FeedItem item) implements Effect {}
}
