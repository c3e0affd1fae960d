package tandem.persistence.local;

/** How long a child JVM lives. */
public enum Lifetime {
  /** Until it is stopped or this JVM ends, however it ends: also by kill -9. For tests. */
  WITH_PARENT,

  /**
   * Until it is stopped. It survives this JVM, and the next start on the same data finds it running
   * and takes it over.
   */
  UNTIL_STOPPED
}
