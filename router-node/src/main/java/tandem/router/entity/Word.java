package tandem.router.entity;

import tandem.router.domain.RouterSerializable;

/**
 * Something an entity owes to another: it stays in the sender's state and is said again until the
 * other has acknowledged its key.
 */
public interface Word extends RouterSerializable {
  /** Names this word among all that its sender ever says to this receiver. */
  String key();
}
