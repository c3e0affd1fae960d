package tandem.router.domain;

/** What an agent wants to be; whether it can take a call also depends on its offers. */
public enum Presence {
  OFFLINE,
  READY,
  NOT_READY
}
