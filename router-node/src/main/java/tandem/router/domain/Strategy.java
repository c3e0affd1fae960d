package tandem.router.domain;

/** How a queue picks among agents who could take a caller. */
public enum Strategy {
  LONGEST_IDLE,
  ROUND_ROBIN,
  RING_ALL,
  RING_PROGRESSIVELY,
  TOP_DOWN,
  FEWEST_CALLS,
  LEAST_TALK_TIME,
  RANDOM,
  WEIGHTED_RANDOM,
  MOST_SKILLED,
  LEAST_SKILLED,
  LAST_AGENT;

  /** Whether several phones of one call may ring at the same time. */
  public boolean ringsSeveral() {
    return this == RING_ALL || this == RING_PROGRESSIVELY;
  }
}
